// The tables of a calibration's Recording, column by column: calibration_recording.cpp writes and calibration_view.cpp reads by them.
#pragma once

#include <string_view>
#include <vector>

#include "model/calibration_view.hpp"
#include "model/record_table.hpp"

namespace spillway::calibration_columns {

inline constexpr double not_there = std::numeric_limits<double>::quiet_NaN();

// clang-format off
inline constexpr TableColumn<CalibratedTarget> targets[]{
    {"title", "", "the target in words", [](CalibratedTarget& t) -> std::string& { return t.title; }},
    {"unit", "", "unit of its values", [](CalibratedTarget& t) -> std::string& { return t.unit; }},
    {"outcome", "", "observable that it maps to", [](CalibratedTarget& t) -> std::string& { return t.outcome; }},
    {"tolerance", "1", "taken as two standard deviations; a share of the record, or in the target's unit, or days", [](CalibratedTarget& t) -> double& { return t.tolerance; }},
    {"or_days", "d", "a row also counts as met where the model reaches its value within so many days; 0: no", [](CalibratedTarget& t) -> double& { return t.or_days; }},
    {"weight", "1", "of its squared residuals in the objective", [](CalibratedTarget& t) -> double& { return t.weight; }},
};

inline constexpr TableColumn<TargetFit> fits[]{
    {"model", "", "the model, mean over replicates", [](TargetFit& f) -> double& { return f.model; }},
    {"low", "", "5 % quantile over posterior and luck", [](TargetFit& f) -> double& { return f.low; }},
    {"high", "", "95 % quantile over posterior and luck", [](TargetFit& f) -> double& { return f.high; }},
    {"residual", "1", "model less record, in standard deviations (half a tolerance)", [](TargetFit& f) -> double& { return f.residual; }},
    {"days", "d", "that the model reaches the record's value later than the record", [](TargetFit& f) -> double& { return f.days; }},
    {"met", "1", "whether the model is within the tolerance", [](TargetFit& f) -> bool& { return f.met; }},
};

/// Beside those of the fits; target and tolerance kind are words, which the view writes.
inline constexpr TableColumn<CalibratedRow> rows[]{
    {"date", "", "day of the record", [](CalibratedRow& r) -> Date& { return r.date; }},
    {"record", "", "value of the record, in the target's unit", [](CalibratedRow& r) -> double& { return r.fit.record; }},
    {"fitted", "1", "1: fitted, 0: after fit_until", [](CalibratedRow& r) -> bool& { return r.fit.datum.fitted; }},
    {"source", "", "of the record's value", [](CalibratedRow& r) -> std::string& { return r.source; }},
};

inline constexpr TableColumn<CalibratedParameter> parameters[]{
    {"keys", "", "keys of the scenario that take its value", [](CalibratedParameter& p) -> std::string& { return p.estimate.keys; }},
    {"unit", "", "unit of its values", [](CalibratedParameter& p) -> std::string& { return p.estimate.unit; }},
    {"meaning", "", "of the key", [](CalibratedParameter& p) -> std::string& { return p.estimate.meaning; }},
    {"prior", "", "distribution before any data", [](CalibratedParameter& p) -> std::string& { return p.prior; }},
    {"prior_low", "", "5 % quantile of the prior", [](CalibratedParameter& p) -> double& { return p.estimate.low; }},
    {"prior_high", "", "95 % quantile of the prior", [](CalibratedParameter& p) -> double& { return p.estimate.high; }},
    {"best", "", "value with the smallest misfit", [](CalibratedParameter& p) -> double& { return p.estimate.best; }},
    {"posterior_low", "", "5 % quantile of the posterior", [](CalibratedParameter& p) -> double& { return p.estimate.posterior_low; }},
    {"posterior_median", "", "median of the posterior", [](CalibratedParameter& p) -> double& { return p.estimate.posterior_median; }},
    {"posterior_high", "", "95 % quantile of the posterior", [](CalibratedParameter& p) -> double& { return p.estimate.posterior_high; }},
    {"identified", "1", "whether the data narrow it to half of the prior or less", [](CalibratedParameter& p) -> bool& { return p.estimate.identified; }},
    {"coverage", "1", "share of synthetic worlds whose true value lies in the 90 % interval", [](CalibratedParameter& p) -> double& { return p.estimate.coverage; }},
};

inline constexpr TableColumn<WaveReport> waves[]{
    {"runs", "1", "runs of the wave", [](WaveReport& w) -> std::uint64_t& { return w.runs; }},
    {"kept", "1", "share of its points that are not ruled out", [](WaveReport& w) -> double& { return w.kept; }},
    {"best_misfit", "1", "smallest sum of weighted squared residuals among its runs", [](WaveReport& w) -> double& { return w.best_misfit; }},
    {"surface_error", "1", "median deviation of the response surfaces, in standard deviations of the data", [](WaveReport& w) -> double& { return w.surface_error; }},
};

inline constexpr TableColumn<CalibratedVariant> variants[]{
    {"title", "", "the variant in words", [](CalibratedVariant& v) -> std::string& { return v.fit.title; }},
    {"parameters", "1", "number of parameters fitted", [](CalibratedVariant& v) -> std::uint64_t& { return v.fit.parameters; }},
    {"misfit", "1", "sum of weighted squared residuals at its best", [](CalibratedVariant& v) -> double& { return v.fit.misfit; }},
    {"bic", "1", "misfit + parameters x ln(data)", [](CalibratedVariant& v) -> double& { return v.fit.bic; }},
};

inline constexpr TableColumn<BaselineFit> baselines[]{
    {"title", "", "the curve in words", [](BaselineFit& b) -> std::string& { return b.title; }},
    {"error", "1", "sum of |prediction / record - 1| over the rows that were not fitted", [](BaselineFit& b) -> double& { return b.error; }},
};

inline constexpr TableColumn<ForecastQuantity> quantities[]{
    {"title", "", "what is forecast, in words", [](ForecastQuantity& q) -> std::string& { return q.title; }},
    {"unit", "", "unit of its values", [](ForecastQuantity& q) -> std::string& { return q.unit; }},
};

inline constexpr TableColumn<ForecastRow> forecast[]{
    {"date", "", "day of the prediction", [](ForecastRow& r) -> Date& { return r.date; }},
    {"median", "", "of the model, over posterior and luck", [](ForecastRow& r) -> double& { return r.model.median; }},
    {"low", "", "5 % quantile over posterior and luck", [](ForecastRow& r) -> double& { return r.model.low; }},
    {"lower_quartile", "", "25 % quantile over posterior and luck", [](ForecastRow& r) -> double& { return r.model.lower_quartile; }},
    {"upper_quartile", "", "75 % quantile over posterior and luck", [](ForecastRow& r) -> double& { return r.model.upper_quartile; }},
    {"high", "", "95 % quantile over posterior and luck", [](ForecastRow& r) -> double& { return r.model.high; }},
    {"record", "", "value of the record on that day", [](ForecastRow& r) -> double& { return r.record; }},
};
// clang-format on

/// By ToleranceKind.
inline constexpr std::string_view kind_words[] = {"relative", "absolute", "days"};

/// Whole numbers of the method and their attributes.
struct MethodRow {
  std::string_view attribute;
  std::uint64_t CalibrationMethod::*member;
};
inline constexpr MethodRow method_rows[] = {{"method_waves", &CalibrationMethod::waves},
                                            {"method_points", &CalibrationMethod::points},
                                            {"method_search_users", &CalibrationMethod::search_users},
                                            {"method_starts", &CalibrationMethod::starts},
                                            {"method_steps", &CalibrationMethod::steps},
                                            {"method_final_users", &CalibrationMethod::final_users},
                                            {"method_final_runs", &CalibrationMethod::final_runs},
                                            {"method_worlds", &CalibrationMethod::worlds},
                                            {"method_draws", &CalibrationMethod::draws},
                                            {"seed", &CalibrationMethod::seed}};

/// By prediction_quantiles.
inline constexpr double Quantiles::*quantile_members[] = {&Quantiles::low, &Quantiles::lower_quartile, &Quantiles::median,
                                                          &Quantiles::upper_quartile, &Quantiles::high};

}  // namespace spillway::calibration_columns
