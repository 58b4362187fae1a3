// How far a run is from the record: dated targets as outcomes of runs, and residuals in standard deviations.
#pragma once

#include <span>
#include <vector>

#include "model/calibration.hpp"

namespace spillway {

inline constexpr double farthest = 40;  ///< standard deviations at which a residual is cut off; chosen: ten times what anybody would accept

class Targets {
 public:
  /// `start` is the runs' first day. The calibration must outlive it.
  Targets(const Calibration& calibration, Date start);

  /// What each run must tell, without doubles, named "<target>_2012_12_31".
  const std::vector<Outcome>& outcomes() const { return outcomes_; }

  std::size_t size() const { return data_.size(); }  ///< rows of all targets
  const Datum& datum(std::size_t i) const { return data_[i]; }
  const Target& target(std::size_t i) const { return calibration_.targets[data_[i].target]; }
  const TargetRow& row(std::size_t i) const { return target(i).rows[data_[i].row]; }
  /// Of its squared residual in the objective; 0 where it is not fitted.
  double weight(std::size_t i) const { return data_[i].fitted ? target(i).weight : 0; }
  std::size_t fitted() const;  ///< rows with a weight

  /// The model's values of a run (or of a mean over runs), in the targets' units, of its outcomes; days of a target by days.
  std::vector<double> values(std::span<const double> outcomes) const;

  /// (model - record) / deviation; on logarithms where the tolerance is relative. A tolerance is two deviations. Cut off at -+farthest; NaN
  /// where the run says nothing, but a value of 0 or below, and a day that never comes, are as far as can be.
  double residual(std::size_t i, double value) const;
  std::vector<double> residuals(std::span<const double> outcomes) const;
  /// The value that has this residual.
  double value_at(std::size_t i, double residual) const;

  /// Days that the run reaches the record's value later than the record did; NaN where the target does not ask (or_days), or it never does.
  double days_late(std::size_t i, std::span<const double> outcomes) const;
  /// Whether the value lies within the tolerance, or is reached soon enough where the target lets that count.
  bool met(std::size_t i, double value, double days_late) const;

 private:
  void add(std::size_t i);
  std::size_t place_of(Outcome outcome, const std::string& name);
  double aim(std::size_t i) const;  ///< what `values` should give

  const Calibration& calibration_;
  std::vector<Datum> data_;
  std::vector<Outcome> outcomes_;
  std::vector<std::size_t> value_, over_, reached_;  ///< places among outcomes_; none where there is no ratio, and no or_days
  Date start_;
};

/// Sum of weighted squared residuals; NaN counts as farthest.
double misfit(const Targets& targets, std::span<const double> residuals);

}  // namespace spillway
