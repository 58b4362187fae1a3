// Charts of a calibration that are not over time: parameters, residuals, variants.
#pragma once

#include <vector>

#include "model/calibration_view.hpp"
#include "report/document.hpp"

namespace spillway {

/// Posterior intervals within the prior's, and, with a recovery, how often such intervals hold the truth.
std::vector<Chart> parameter_charts(const CalibrationResult& result);

/// How far the model is from each value of the record, in tolerances, the farthest first; fitted and predicted ones apart.
std::vector<Chart> residual_charts(const CalibrationResult& result);

/// How much worse each variant fits, and which targets it then misses.
std::vector<Chart> variant_charts(const CalibrationResult& result);

}  // namespace spillway
