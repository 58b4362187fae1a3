// The forecast of a calibration: on the screen, and for spreadsheets.
#pragma once

#include <string>
#include <vector>

#include "model/calibration_view.hpp"

namespace spillway {

/// "50 to 61 million", on one scale; "-" where an end is not known.
std::string range_text(double low, double high, const std::string& unit);

/// Head and rows of one quantity: day, model, 50 % and 90 % interval, each baseline, record.
std::vector<std::vector<std::string>> forecast_rows(const CalibrationResult& result, std::size_t quantity);

/// A table for each quantity. Empty without a forecast, else ends with a newline.
std::string forecast_text(const CalibrationResult& result);

/// A row for each quantity and day: quantity, title, unit, date, model_median, model_5, model_25, model_75, model_95, one column for each
/// baseline, record; numbers read back to the same bits, and are empty where there is none.
std::string forecast_csv(const CalibrationResult& result);

}  // namespace spillway
