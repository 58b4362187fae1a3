// A calibration on the screen.
#pragma once

#include <string>

#include "model/calibration_view.hpp"

namespace spillway {

/// What the fit comes to, then tables of parameters, targets, variants and baselines, what is not identified, notes. Ends with a newline.
std::string calibration_text(const CalibrationResult& result);

}  // namespace spillway
