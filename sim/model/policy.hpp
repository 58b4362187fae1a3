// Policies: the platform numbers that interventions may change, and their values over time.
#pragma once

#include <string>
#include <vector>

#include "base/field.hpp"
#include "model/scenario.hpp"

namespace spillway {

/// One policy of a platform, "ads.load", from the rows flagged FieldFlag::policy.
struct PolicyRow {
  std::string name;
  Unit unit;
  Range range;
  std::string meaning;
};

/// All policies in row order.
const std::vector<PolicyRow>& policy_rows();

/// Pointers to the policies' values, in the order of policy_rows().
std::vector<double*> policy_values(Platform& platform);

/// Which policy an intervention path names.
struct PolicyRef {
  std::size_t platform = 0;
  std::size_t policy = 0;
};

/// Result of looking a path up; `error` is empty on success, otherwise one sentence with a way out.
struct PolicyLookup {
  PolicyRef ref;
  std::string error;
};
PolicyLookup find_policy(const Scenario& scenario, const std::string& path);

/// Value of one policy over time, in days since the scenario's start: built from its dated changes.
class Timeline {
 public:
  explicit Timeline(double initial) : initial_(initial) {}
  /// Changes must be added in order of `on`. `until` = never: for good.
  void set(double on, double until, double value);
  void ramp(double on, double until, double value);
  bool constant() const { return changes_.empty(); }
  double at(double t) const;
  /// Mean over [t, t + dt): a change inside a tick acts for its part of the tick.
  double mean(double t, double dt) const;

 private:
  struct Change {
    double on, until, from, to;
    bool is_ramp;
  };
  double initial_;
  std::vector<Change> changes_;
};

/// Timelines of every platform and policy, [platform][policy].
std::vector<std::vector<Timeline>> policy_timelines(const Scenario& scenario);

}  // namespace spillway
