// Does the method find what it ought to? Synthetic worlds, made by the model at known parameters, are calibrated like the record.
#pragma once

#include <string>
#include <vector>

#include "study/calibration_fit.hpp"

namespace spillway {

/// Draws of the posterior, in the unit cube, of data with these residuals (empty: the record itself) and this density before them.
Matrix posterior_draws(const Waves& waves, std::span<const double> shift, double prior_temperature, std::size_t draws, std::uint64_t seed);

struct Interval {
  double low = 0, median = 0, high = 0;
};
/// Quantiles of a column of draws: 5, 50 and 95 %.
Interval interval_of(const Matrix& draws, std::size_t column);

struct Recovery {
  std::size_t worlds = 0;
  std::vector<double> coverage;  ///< by parameter: share of worlds whose true value lies in the 90 % interval
};

/// Worlds are drawn from what the last wave looked at, which is also what is believed of them beforehand. Each is one run with other luck,
/// its data blurred by the targets' tolerances. Throws Stopped, FileError.
Recovery recover(const Calibration& calibration, const Targets& targets, const Waves& waves, const std::string& folder,
                 const StageRunner& runner);

}  // namespace spillway
