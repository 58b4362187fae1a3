// The series that an outcome speaks of, row by row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/recording.hpp"
#include "model/study.hpp"

namespace spillway {

class OutcomeRows {
 public:
  /// Throws InputError, naming what the run has, where it has no such series or label, or the statistic does not suit the series.
  OutcomeRows(const Recording& run, const Outcome& outcome);

  std::size_t size() const { return days_.size(); }
  double day(std::size_t row) const { return days_[row]; }  ///< since the run's start
  double day_of(Date date) const { return date.days - start_.days; }
  double every() const;                      ///< days from row to row
  bool counted() const { return counted_; }  ///< in intervals ("time: sum"), so that values of rows add up
  double per_year() const;                   ///< from an interval's count to a yearly rate; 1 for what is not counted or a share
  bool is_share() const { return share_; }
  const Variable& variable() const { return *variable_; }

  /// Sum over the labels that are not named, of those that are known; NaN if none is.
  double part(std::size_t row) const { return part_[row]; }
  /// The same over all platforms; 1 where no share is asked for.
  double whole(std::size_t row) const { return share_ ? whole_[row] : 1.0; }
  /// What stands at the moment, a yearly rate of what is counted, or a share.
  double value(std::size_t row) const;

 private:
  struct Axis {
    std::string name;
    std::vector<std::string> labels;
    std::optional<std::size_t> chosen;
  };

  void find_variable(const Recording& run, const Outcome& outcome);
  void choose_labels(const Recording& run, const Outcome& outcome);
  void check(const Outcome& outcome) const;
  std::string described() const;
  std::vector<double> sums(bool all_platforms) const;

  const Variable* variable_ = nullptr;
  Date start_;
  std::vector<double> days_;
  std::vector<Axis> axes_;  ///< after time
  bool counted_ = false, share_ = false;
  std::vector<double> part_, whole_;
};

}  // namespace spillway
