// A whole calibration: fit, intervals, recovery, variants, forecast, gathered into one result.
#pragma once

#include <string>

#include "analysis/design.hpp"
#include "input/calibration.hpp"
#include "model/calibration_view.hpp"
#include "study/calibration_stage.hpp"

namespace spillway {

/// All runs stand in `folder`; what is there already is not run again. Throws Stopped, InputError (a target that the scenario does not
/// record, too few runs for the surfaces), FileError.
CalibrationResult calibrate(const LoadedCalibration& loaded, const std::string& folder, const StageRunner& runner);

/// Forecasts of draws that were kept (rows of parameters' values), without fitting anything: their medians stand for the best parameters,
/// and the medians of their runs for the best run.
CalibrationResult forecast_draws(const LoadedCalibration& loaded, const Matrix& draws, const std::string& folder,
                                 const StageRunner& runner);

/// Throws InputError by place where a target's observable or label is not in the scenario's runs.
void check_targets(const LoadedCalibration& loaded);

}  // namespace spillway
