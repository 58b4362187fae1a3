// The parameters that fit best by the model itself: an evolution strategy with more users than the waves had, then all users.
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

/// From `start`, with the covariance of `cloud` (both in the unit cube). The points of a generation have the same luck, every generation
/// has other luck, so what is found does not hang on one. Then means over the last generations' means are run with all users, and the best
/// is taken. Throws Stopped, InputError, FileError.
Optimum search(const Calibration& calibration, const Targets& targets, const std::vector<double>& start, const Matrix& cloud,
               const std::string& folder, const StageRunner& runner);

}  // namespace spillway
