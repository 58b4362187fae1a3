// What one chart shows, out of the ensemble's series: values by world, replicate, row, platform and part.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/ensemble_view.hpp"
#include "model/recording.hpp"

namespace spillway {

class Quantity {
 public:
  /// Series by name, separated by blanks; those that are absent are left out. One series has its causes, kinds or (of a flow)
  /// origins as parts, several are the parts themselves.
  Quantity(const Recording& ensemble, std::string_view observables);

  bool empty() const { return values_.empty(); }  ///< nothing recorded, or 0 throughout
  bool sums() const { return sums_; }             ///< counted over each interval, not read at a moment
  bool flow() const { return flow_; }             ///< from platform to platform; the platform is where it ends
  std::size_t worlds() const { return worlds_; }
  std::size_t replicates() const { return replicates_; }
  std::size_t times() const { return times_; }
  std::size_t platforms() const { return platforms_; }  ///< 1 if it is of the whole market
  bool of_market() const { return of_market_; }
  const std::vector<std::string>& parts() const { return parts_; }  ///< labels of the data; one empty label if not divided

  double value(std::size_t world, std::size_t replicate, std::size_t time, std::size_t platform, std::size_t part) const {
    return values_[(((world * replicates_ + replicate) * times_ + time) * platforms_ + platform) * parts_.size() + part];
  }
  /// Over all parts; NaN where none is known.
  double total(std::size_t world, std::size_t replicate, std::size_t time, std::size_t platform) const;

 private:
  void take(const Recording& ensemble, const Series& series, std::size_t as_part, bool own_parts);
  void add(std::size_t world, std::size_t replicate, std::size_t time, std::size_t platform, std::size_t part, double value);

  std::size_t worlds_ = 0, replicates_ = 0, times_ = 0, platforms_ = 1;
  bool sums_ = false, of_market_ = false, flow_ = false;
  std::vector<std::string> parts_;
  std::vector<double> values_;
};

/// Sum of the numbers that are known; NaN if none is.
double known_sum(const std::vector<double>& values);

}  // namespace spillway
