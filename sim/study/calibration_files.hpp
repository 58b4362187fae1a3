// What a calibration leaves for other commands, as texts.
#pragma once

#include <string>

#include "model/calibration_view.hpp"

namespace spillway {

/// A scenario that extends the calibration's with what it sets in all runs, but users and the run's end, and with the best parameters: to
/// be run, compared, changed. `folder` is where it will stand.
std::string calibrated_scenario(const Calibration& calibration, const CalibrationResult& result, const std::string& folder);

/// The posterior's draws as a table that `design: {file: ...}` of a study and `spillway forecast` read.
std::string posterior_csv(const Calibration& calibration, const CalibrationResult& result);

}  // namespace spillway
