#include "study/calibrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "analysis/outcomes.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/math.hpp"
#include "model/version.hpp"
#include "study/calibration_fit.hpp"
#include "study/calibration_forecast.hpp"
#include "study/calibration_recovery.hpp"
#include "study/calibration_search.hpp"
#include "study/design_file.hpp"
#include "study/sweep_plan.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double no_temperature = std::numeric_limits<double>::infinity();
constexpr double identified_share = 0.5;  // of the prior's interval; chosen: the data halve at least what was unknown

/// The calibration of a variant: other sets, fewer parameters, nothing but the fit.
Calibration variant_of(const Calibration& calibration, const Variant& variant) {
  Calibration other = calibration;
  other.study.sets.insert(other.study.sets.end(), variant.sets.begin(), variant.sets.end());
  std::erase_if(other.study.factors, [&](const Factor& factor) {
    return std::find(variant.without.begin(), variant.without.end(), factor.name) != variant.without.end();
  });
  other.variants.clear();
  return other;
}

double bic_of(double misfit, std::size_t parameters, std::size_t data) {
  return misfit + static_cast<double>(parameters) * log_d(static_cast<double>(data));
}

std::vector<TargetFit> fits_of(const Targets& targets, std::span<const double> outcomes) {
  const std::vector<double> values = targets.values(outcomes);
  std::vector<TargetFit> fits;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const double late = targets.days_late(i, outcomes);
    fits.push_back({targets.datum(i), targets.row(i).value, values[i], nan, nan, targets.residual(i, values[i]), late,
                    targets.met(i, values[i], late)});
  }
  return fits;
}

std::string prior_text(const Factor& factor) {
  const Distribution& d = factor.distribution;
  if (d.kind == DistributionKind::normal)
    return fmt::format("normal, mean {}, deviation {}", value_text(factor, d.mean), value_text(factor, d.deviation));
  return fmt::format("{} from {} to {}", to_text(d.kind), value_text(factor, d.low), value_text(factor, d.high));
}

/// Names, titles, units and rows: what stands before anything was run.
CalibrationResult frame_of(const LoadedCalibration& loaded, const Targets& targets, const Recording& run) {
  const Calibration& calibration = loaded.calibration;
  CalibrationResult result;
  result.title = calibration.study.title;
  result.description = calibration.study.description;
  result.scenario = fs::path(calibration.study.scenario).filename().string();
  result.program_version = std::string(program_version);
  result.model_version = std::to_string(model_version);
  result.fit_until = calibration.fit_until;
  result.method = calibration.method;
  for (const Target& target : calibration.targets)
    if (target.kind == ToleranceKind::relative && target.weight > 0) result.headline.push_back(target.name);
  for (const Target& target : calibration.targets) {
    Outcome outcome = target.outcome;
    outcome.statistic = Statistic::at;
    const std::string unit = target.over ? "1" : outcome_unit(run, outcome);
    result.targets.push_back({target.name,
                              target.title.empty() ? target.name : target.title,
                              unit,
                              target.over ? target.outcome.text + " / " + target.over->text : target.outcome.text,
                              target.kind,
                              target.tolerance,
                              target.or_days,
                              target.weight,
                              {}});
  }
  for (std::size_t i = 0; i < targets.size(); ++i)
    result.rows.push_back(
        {{targets.datum(i), targets.row(i).value, nan, nan, nan, nan, nan, false}, targets.row(i).date, targets.row(i).source});
  return result;
}

CalibratedParameter parameter_of(const Factor& factor, const Interval& unit, double best, double coverage) {
  ParameterEstimate estimate;
  estimate.name = factor.name;
  for (const std::string& key : factor.keys) estimate.keys += (estimate.keys.empty() ? "" : " ") + key;
  estimate.unit = std::string(to_text(factor.unit));
  estimate.meaning = factor.meaning;
  estimate.low = quantile_of(factor, 0.05);
  estimate.high = quantile_of(factor, 0.95);
  estimate.best = best;
  estimate.posterior_low = quantile_of(factor, unit.low);
  estimate.posterior_median = quantile_of(factor, unit.median);
  estimate.posterior_high = quantile_of(factor, unit.high);
  estimate.identified = unit.high - unit.low <= identified_share * 0.9;
  estimate.coverage = coverage;
  return {estimate, prior_text(factor)};
}

void add_parameters(const Calibration& calibration, const Matrix& unit_draws, const Recovery& recovery, const Optimum& optimum,
                    CalibrationResult& result) {
  result.recovery_worlds = recovery.worlds;
  double covered = 0, identified = 0;
  for (std::size_t i = 0; i < calibration.study.factors.size(); ++i) {
    const double coverage = recovery.worlds > 0 ? recovery.coverage[i] : nan;
    result.parameters.push_back(parameter_of(calibration.study.factors[i], interval_of(unit_draws, i), optimum.parameters[i], coverage));
    if (!result.parameters.back().estimate.identified) continue;
    covered += coverage;
    ++identified;
  }
  if (recovery.worlds > 0 && identified > 0) result.recovery_coverage = covered / identified;
  for (std::size_t d = 0; d < unit_draws.rows(); ++d) result.posterior.push_back(parameter_values(calibration, unit_draws.row(d)));
}

/// From the calibration's own optimum.
CalibratedVariant fit_variant(const LoadedCalibration& loaded, const Variant& variant, const Optimum& from, const std::string& folder,
                              const StageRunner& runner) {
  const Calibration calibration = variant_of(loaded.calibration, variant);
  const Targets targets(calibration, loaded.base.scenario.time.start);
  const std::vector<Factor>& all = loaded.calibration.study.factors;
  std::vector<double> start;
  for (std::size_t c = 0; c < all.size(); ++c)
    if (std::find(variant.without.begin(), variant.without.end(), all[c].name) == variant.without.end()) start.push_back(from.point[c]);
  const Optimum optimum = search(calibration, targets, {start.size(), start}, folder, runner);
  const std::size_t parameters = calibration.study.factors.size();
  return {{variant.name, variant.title, parameters, optimum.misfit, bic_of(optimum.misfit, parameters, targets.fitted()),
           fits_of(targets, optimum.outcomes), optimum.parameters},
          variant.without};
}

/// The place on the prior's own scale, by bisection.
double unit_of(const Factor& factor, double value) {
  double low = 0, high = 1;
  for (int halving = 0; halving < 50; ++halving) {
    const double middle = 0.5 * (low + high);
    (quantile_of(factor, middle) < value ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

Matrix unit_draws(const Calibration& calibration, const Matrix& draws) {
  Matrix unit{draws.columns, {}};
  for (std::size_t d = 0; d < draws.rows(); ++d)
    for (std::size_t c = 0; c < draws.columns; ++c) unit.values.push_back(unit_of(calibration.study.factors[c], draws.row(d)[c]));
  return unit;
}

/// Of draws nobody says which fits best: their medians stand for it.
void take_medians(const Calibration& calibration, const Targets& targets, const Matrix& draws, CalibrationResult& result) {
  const Matrix unit = unit_draws(calibration, draws);
  for (std::size_t c = 0; c < draws.columns; ++c) {
    const Interval interval = interval_of(unit, c);
    const Factor& factor = calibration.study.factors[c];
    result.parameters.push_back(parameter_of(factor, interval, quantile_of(factor, interval.median), nan));
  }
  for (std::size_t d = 0; d < draws.rows(); ++d) result.posterior.emplace_back(draws.row(d).begin(), draws.row(d).end());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    TargetFit& fit = result.rows[i].fit;
    fit.residual = targets.residual(i, fit.model);
    fit.met = targets.met(i, fit.model, nan);
    if (const double weight = targets.weight(i); weight > 0) result.misfit += weight * fit.residual * fit.residual;
  }
  result.bic = bic_of(result.misfit, draws.columns, targets.fitted());
}

/// A small run, for labels and units; throws where a target is not in it.
Recording checked_probe(const LoadedCalibration& loaded) {
  Recording run = probe(loaded.base);
  std::vector<Issue> issues;
  const auto check = [&](Outcome outcome) {
    outcome.statistic = Statistic::at;
    try {
      outcome_value(run, outcome);
    } catch (const InputError& error) {
      Issue issue = place_of_text(outcome.text, loaded.source_text, loaded.files.at(0));
      issue.path = "targets: " + outcome.text;
      issue.message = error.issues().front().message;
      issues.push_back(std::move(issue));
    }
  };
  for (const Target& target : loaded.calibration.targets) {
    check(target.outcome);
    if (target.over) check(*target.over);
  }
  if (!issues.empty()) throw InputError(std::move(issues));
  return run;
}
}  // namespace

void check_targets(const LoadedCalibration& loaded) { checked_probe(loaded); }

CalibrationResult calibrate(const LoadedCalibration& loaded, const std::string& folder, const StageRunner& runner) {
  const Calibration& calibration = loaded.calibration;
  const CalibrationMethod& method = calibration.method;
  const Targets targets(calibration, loaded.base.scenario.time.start);
  CalibrationResult result = frame_of(loaded, targets, checked_probe(loaded));
  Waves waves = run_waves(calibration, targets, folder, runner);
  const Optimum optimum = search(calibration, targets, starts_of(waves, method.starts), folder, runner);
  look_about(calibration, targets, optimum.point, folder, runner, waves);
  const Recovery recovery = recover(calibration, targets, waves, folder, runner);
  const Matrix draws = posterior_draws(waves, {}, no_temperature, method.draws, chain(method.seed, hash_text("posterior")));
  result.waves = waves.reports;
  const std::vector<TargetFit> fits = fits_of(targets, optimum.outcomes);
  for (std::size_t i = 0; i < fits.size(); ++i) result.rows[i].fit = fits[i];
  result.misfit = optimum.misfit;
  result.bic = bic_of(optimum.misfit, calibration.study.factors.size(), targets.fitted());
  add_parameters(calibration, draws, recovery, optimum, result);
  forecast(calibration, targets, parameter_rows(calibration, draws), folder, runner, result);
  for (const Variant& variant : calibration.variants)
    result.variants.push_back(fit_variant(loaded, variant, optimum, folder + "/variants/" + variant.name, runner));
  return result;
}

CalibrationResult forecast_draws(const LoadedCalibration& loaded, const Matrix& draws, const std::string& folder,
                                 const StageRunner& runner) {
  const Calibration& calibration = loaded.calibration;
  const Targets targets(calibration, loaded.base.scenario.time.start);
  CalibrationResult result = frame_of(loaded, targets, checked_probe(loaded));
  forecast(calibration, targets, draws, folder, runner, result);
  take_medians(calibration, targets, draws, result);
  return result;
}

}  // namespace spillway
