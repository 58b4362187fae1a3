// A whole calibration: fit, intervals, recovery, variants, forecast, gathered into one result.
#pragma once

#include <string>

#include "analysis/targets.hpp"
#include "input/calibration.hpp"
#include "model/calibration_view.hpp"
#include "study/calibration_stage.hpp"

namespace spillway {

/// All runs stand in `folder`; what is there already is not run again. Throws Stopped, InputError (a target that the scenario does not
/// record, too few runs for the surfaces), FileError.
CalibrationResult calibrate(const LoadedCalibration& loaded, const std::string& folder, const StageRunner& runner);

/// Forecasts of draws that were kept (rows of parameters' values), without fitting anything: their medians stand as best parameters.
CalibrationResult forecast_draws(const LoadedCalibration& loaded, const Matrix& draws, const std::string& folder,
                                 const StageRunner& runner);

/// A scenario that extends the calibration's with the best parameters: to be run, compared, changed. `folder` is where it will stand.
std::string calibrated_scenario(const Calibration& calibration, const CalibrationResult& result, const std::string& folder);

/// The posterior's draws as a table that `design: {file: ...}` of a study and `spillway forecast` read.
std::string posterior_csv(const Calibration& calibration, const CalibrationResult& result);

/// Throws InputError by place where a target's observable or label is not in the scenario's runs.
void check_targets(const LoadedCalibration& loaded, const Targets& targets);

}  // namespace spillway
