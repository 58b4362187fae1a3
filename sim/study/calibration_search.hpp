// The parameters that fit best by the model itself: descents with more users than the waves had, then all users.
#pragma once

#include <string>
#include <vector>

#include "study/calibration_fit.hpp"

namespace spillway {

struct Optimum {
  std::vector<double> point;       ///< in the unit cube
  std::vector<double> parameters;  ///< four digits, as they are to be written into a scenario
  std::vector<double> outcomes;    ///< mean over the replicates
  double misfit = 0;
};

/// Where descents begin: the waves' centre, then their nearest runs; method.starts of them, fewer where there are fewer runs.
Matrix starts_of(const Waves& waves, std::uint64_t starts);

/// Descents from the rows of `starts` (in the unit cube) side by side, method.steps steps each, all runs with the same luck. What luck
/// alone moves (runs at the first start tell) widens the data's deviations there, so that nothing bends to it. The ends are run with all
/// users and other luck; of these the one that fits best is taken. Throws Stopped, InputError, FileError.
Optimum search(const Calibration& calibration, const Targets& targets, const Matrix& starts, const std::string& folder,
               const StageRunner& runner);

}  // namespace spillway
