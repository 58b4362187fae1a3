// What calibrated parameters say about the time after: runs of the posterior's draws to the scenario's end, beside curves fitted to the
// same data.
#pragma once

#include <string>
#include <vector>

#include "analysis/growth_curves.hpp"
#include "analysis/targets.hpp"
#include "model/calibration_view.hpp"
#include "study/calibration_stage.hpp"

namespace spillway {

/// Runs each draw (rows of parameters' values) once, with other luck and method.search_users, to the scenario's own end (the calibration's
/// time.end does not count), and fills trajectories, forecasts, baselines and the rows' intervals of a result whose targets and rows stand
/// already. Throws Stopped, InputError, FileError.
void forecast(const Calibration& calibration, const Targets& targets, const Matrix& draws, const std::string& folder,
              const StageRunner& runner, CalibrationResult& result);

}  // namespace spillway
