// What a calibration leaves behind, as plain data and as a Recording.
//
// attributes: kind = "calibration", title, summary, scenario, program_version, model_version, fit_until (ISO date; "" without), seed,
//   headline (names of targets, blanks between), method_waves, method_points, ... (CalibrationMethod)
// scalars: misfit, bic, recovery_coverage
// coordinates: target, datum, parameter, variant, draw, baseline, quantile, time, ... ; there is none where its table is empty
// group targets (target), parameters (parameter), data (datum), waves (wave), variants (variant), forecast (row): tables with one variable
//   for each column; data and forecast have one more for each baseline, named as it, attribute role = "baseline"
// group variants, (variant, datum): model, low, high, residual, days, met; (variant, parameter): best, NaN where it is not fitted
// trajectory (target, quantile, time): the model at the best parameters; all NaN where a target has none
// posterior (draw, parameter); notes (note)
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/calibration.hpp"
#include "model/recording.hpp"

namespace spillway {

/// Of predictions over posterior and luck: the 90 % and the 50 % interval about the median.
struct Quantiles {
  double low = std::numeric_limits<double>::quiet_NaN();             ///< 5 %
  double lower_quartile = std::numeric_limits<double>::quiet_NaN();  ///< 25 %
  double median = std::numeric_limits<double>::quiet_NaN();
  double upper_quartile = std::numeric_limits<double>::quiet_NaN();  ///< 75 %
  double high = std::numeric_limits<double>::quiet_NaN();            ///< 95 %
};
inline constexpr std::array prediction_quantiles{0.05, 0.25, 0.5, 0.75, 0.95};

struct CalibratedTarget {
  std::string name, title, unit;
  std::string outcome;  ///< text of the observable, "a / b" for a ratio
  ToleranceKind kind = ToleranceKind::relative;
  double tolerance = 0, or_days = 0, weight = 1;  ///< as in Target
  std::vector<Quantiles> trajectory;              ///< by CalibrationResult::dates, to the end of the run; empty: none
};

struct CalibratedRow {
  TargetFit fit;  ///< its datum.target is the place among CalibrationResult::targets
  Date date;
  std::string source;
};

struct CalibratedParameter {
  ParameterEstimate estimate;
  std::string prior;  ///< in words: "uniform from 0 to 0.3", "loguniform from 0.01 to 1"
};

struct CalibratedVariant {
  VariantFit fit;                    ///< its fits are by CalibrationResult::rows, its best values by the parameters not in `without`
  std::vector<std::string> without;  ///< parameters that are not fitted
};

/// A curve fitted to the same data without a model of behaviour.
struct BaselineFit {
  std::string name, title;
  std::vector<double> rows;                                 ///< prediction by CalibrationResult::rows; NaN where it has none
  std::vector<double> forecast;                             ///< by CalibrationResult::forecast; NaN where it has none
  double error = std::numeric_limits<double>::quiet_NaN();  ///< sum of |prediction / record - 1| over the predicted rows that it has
};

struct ForecastQuantity {
  std::string name, title, unit;  ///< named as the target where there is one, so that its record stands in the same chart
};

struct ForecastRow {
  std::size_t quantity = 0;  ///< place among CalibrationResult::quantities
  Date date;
  Quantiles model;
  double record = std::numeric_limits<double>::quiet_NaN();  ///< where the data have a row of that day
};

struct CalibrationResult {
  std::string title, description, scenario;  ///< scenario: file
  std::string program_version, model_version;
  std::optional<Date> fit_until;
  CalibrationMethod method;

  std::vector<CalibratedTarget> targets;
  std::vector<CalibratedRow> rows;    ///< one for each Datum, in their order
  std::vector<std::string> headline;  ///< targets whose median error is told first
  double misfit = 0;                  ///< sum of weighted squared residuals of the fitted rows, at the best parameters
  double bic = 0;                     ///< misfit + parameters x ln(fitted rows)
  std::vector<CalibratedParameter> parameters;
  std::vector<std::vector<double>> posterior;  ///< by draw and parameter
  std::vector<WaveReport> waves;
  std::vector<CalibratedVariant> variants;  ///< without the calibration itself

  std::uint64_t recovery_worlds = 0;                                    ///< synthetic worlds of the recovery; 0: there was none
  double recovery_coverage = std::numeric_limits<double>::quiet_NaN();  ///< share of (world, identified parameter) in the 90 % interval

  std::vector<Date> dates;  ///< of the trajectories
  std::vector<BaselineFit> baselines;
  std::vector<ForecastQuantity> quantities;
  std::vector<ForecastRow> forecast;
  std::vector<std::string> notes;  ///< whole sentences
};

bool is_calibration(const Recording& recording);

/// Without provenance and timing, which the caller adds (attributes id and git_commit, texts, timing). Bug if a table's lengths or places
/// do not fit together, or a baseline has the name of a column.
Recording recording_of(const CalibrationResult& result);

/// The inverse; Bug for a recording that is no calibration.
CalibrationResult calibration_result(const Recording& recording);

enum class RowRole {
  fitted,
  predicted,  ///< after the fit's end
  shown       ///< of a target without weight
};
RowRole role_of(const CalibrationResult& result, const CalibratedRow& row);
std::string_view to_text(RowRole role);

/// Rows that were fitted, or those that were predicted.
std::size_t count_rows(const CalibrationResult& result, bool fitted);

/// Rows that are met, of the fitted or of the predicted.
std::size_t count_met(const CalibrationResult& result, bool fitted);

/// |model / record - 1|; NaN where the record is 0.
double relative_error(const TargetFit& fit);

/// Median of the relative errors over the rows of the named targets (of all without names); NaN if there is none.
double median_error(const CalibrationResult& result, const std::vector<std::string>& targets, bool fitted);

/// Sum of the relative errors over the rows that were not fitted and that every baseline can predict: what a baseline's `error` stands
/// beside.
double prediction_error(const CalibrationResult& result);

}  // namespace spillway
