// `spillway check CALIBRATION`: what would be fitted to what, in a sentence.
#pragma once

#include <string>

#include "input/calibration.hpp"

namespace spillway {

/// "3 parameters, 2 targets with 9 rows (7 fitted, 2 predicted): 4 degrees of freedom; 1 variant; 6 waves of 1000 runs of 20000 users".
std::string calibration_sentence(const LoadedCalibration& loaded);

/// One line or a JSON document; `strict`: notes make it not ok.
void print_calibration_summary(const LoadedCalibration& loaded, bool json, bool strict);

}  // namespace spillway
