// Policies: the numbers that interventions may change, and their values over time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/field.hpp"
#include "model/scenario.hpp"

namespace spillway {

/// Whose number a policy is, and so how its path is written.
enum class PolicyScope {
  platform,                 ///< platforms.NAME.<name>
  marketplace_by_platform,  ///< <name>.NAME
  marketplace               ///< <name>
};

/// One policy, "ads.load" or "marketplace.link_openness", from the rows flagged FieldFlag::policy.
struct PolicyRow {
  std::string name;
  Unit unit;
  Range range, likely;
  FieldFlag flags;
  std::string meaning, source;
  PolicyScope scope;
};

/// All policies in row order.
const std::vector<PolicyRow>& policy_rows();

/// As interventions write it; `platform` is not used by policies of the whole marketplace.
std::string policy_path(const PolicyRow& row, const std::string& platform);

/// Pointers to the values of platform k's policies, in the order of policy_rows(); a policy of the whole marketplace has the same
/// pointer for each platform.
std::vector<double*> policy_values(Platform& platform, Marketplace& marketplace, std::size_t k);

/// Which policy an intervention path names; platform 0 for one of the whole marketplace.
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
  /// Upper bound of the values.
  double largest() const;
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

/// Timelines of every platform and policy, [platform][policy]; those of the whole marketplace stand under each platform.
std::vector<std::vector<Timeline>> policy_timelines(const Scenario& scenario);

/// Whether a policy is above 0 on any platform at any time: what switches a mechanism on.
bool ever_positive(const Scenario& scenario, std::string_view policy);

}  // namespace spillway
