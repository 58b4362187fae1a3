// Charts of a calibration over time: the model beside the record, and its forecast.
#pragma once

#include <vector>

#include "base/date.hpp"
#include "model/calibration_view.hpp"
#include "report/document.hpp"

namespace spillway {

/// The time axis of a calibration's charts: of its trajectories, else of its rows and forecasts.
struct CalibrationAxis {
  Date start;
  std::vector<double> days;    ///< since start
  std::size_t fit_points = 0;  ///< points up to a little after the last record: what charts of the fit show
};
CalibrationAxis calibration_axis(const CalibrationResult& result);

/// One chart for each target: the model's curve with its bands, the record's values as points with their tolerances. Targets without a
/// trajectory have their values on the record's days, joined by straight lines.
std::vector<Chart> fit_charts(const CalibrationResult& result, const CalibrationAxis& axis);

/// One chart for each quantity of the forecast: the model, the baselines dashed, and the record.
std::vector<Chart> forecast_charts(const CalibrationResult& result, const CalibrationAxis& axis);

}  // namespace spillway
