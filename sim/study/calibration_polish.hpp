// The parameters that fit best by the model itself: from the surfaces' optimum, first with few users, then with all.
#pragma once

#include <string>
#include <vector>

#include "study/calibration_fit.hpp"

namespace spillway {

struct Polished {
  std::vector<double> parameters;  ///< four digits, as they are to be written into a scenario
  std::vector<double> outcomes;    ///< mean over the replicates
  double misfit = 0;
  std::size_t evaluations = 0;
};

/// Throws Stopped, FileError.
Polished polish(const Calibration& calibration, const Targets& targets, const Waves& waves, const std::string& folder,
                const StageRunner& runner);

}  // namespace spillway
