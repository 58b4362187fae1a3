// Looking into an ensemble: many runs of one or more worlds in one Recording (analysis/ensemble.hpp makes it).
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/recording.hpp"

namespace spillway {

bool is_ensemble(const Recording& recording);

/// Labels of a text coordinate: "world", "platform", "join_cause", ...; none if there is no such coordinate.
std::vector<std::string> labels(const Recording& recording, std::string_view coordinate);

/// First day of a time axis whose unit reads "days since 2009-08-14 ..."; nothing for any other unit.
std::optional<Date> start_of(const Variable& time);

/// Dates of the rows of an ensemble or of a single run; fractions of a day are dropped.
std::vector<Date> dates(const Recording& recording);

/// One variable with dims (world, replicate, time, ...) or, of group "bands", (world, quantile, time, ...). It keeps a pointer
/// into the recording. Indices beyond an axis are Bugs; an axis that the variable lacks has length 1.
class Series {
 public:
  /// Bug if the recording has no such variable, or one of another form.
  Series(const Recording& ensemble, std::string_view path);

  std::size_t worlds() const { return lengths_[0]; }
  std::size_t replicates() const { return lengths_[1]; }  ///< or quantiles
  std::size_t times() const { return lengths_[2]; }
  std::size_t platforms() const { return lengths_[3]; }  ///< or origins of a flow; 1 for a series without platforms
  std::size_t seconds() const { return lengths_[4]; }    ///< of the dimension after the platform: causes, kinds, ends of a flow

  /// NaN where the world has no such run, row, platform or series.
  double value(std::size_t world, std::size_t replicate, std::size_t time, std::size_t platform = 0, std::size_t second = 0) const;

  const Variable& variable() const { return *variable_; }

 private:
  const Variable* variable_;
  std::size_t lengths_[5] = {1, 1, 1, 1, 1};
};

/// Quantile by linear interpolation between order statistics (R's type 7), NaNs left out; NaN if nothing is left.
double quantile(std::vector<double> values, double share);

}  // namespace spillway
