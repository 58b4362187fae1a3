#include "study/calibrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>

#include "analysis/outcomes.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include "input/quantity.hpp"
#include "model/version.hpp"
#include "study/calibration_fit.hpp"
#include "study/calibration_forecast.hpp"
#include "study/calibration_polish.hpp"
#include "study/calibration_recovery.hpp"
#include "study/design_file.hpp"
#include "study/world_tree.hpp"

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
  return misfit + static_cast<double>(parameters) * std::log(static_cast<double>(data));
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

void add_parameters(const Calibration& calibration, const Matrix& unit_draws, const Recovery& recovery, const Polished& polished,
                    CalibrationResult& result) {
  result.recovery_worlds = recovery.worlds;
  double covered = 0, identified = 0;
  for (std::size_t i = 0; i < calibration.study.factors.size(); ++i) {
    const double coverage = recovery.worlds > 0 ? recovery.coverage[i] : nan;
    result.parameters.push_back(parameter_of(calibration.study.factors[i], interval_of(unit_draws, i), polished.parameters[i], coverage));
    if (!result.parameters.back().estimate.identified) continue;
    covered += coverage;
    ++identified;
  }
  if (recovery.worlds > 0 && identified > 0) result.recovery_coverage = covered / identified;
  for (std::size_t d = 0; d < unit_draws.rows(); ++d) result.posterior.push_back(parameter_values(calibration, unit_draws.row(d)));
}

CalibratedVariant fit_variant(const LoadedCalibration& loaded, const Variant& variant, const std::string& folder,
                              const StageRunner& runner) {
  const Calibration calibration = variant_of(loaded.calibration, variant);
  const Targets targets(calibration, loaded.base.scenario.time.start);
  const Waves waves = run_waves(calibration, targets, folder, runner);
  const Polished polished = polish(calibration, targets, waves, folder, runner);
  const std::size_t parameters = calibration.study.factors.size();
  return {{variant.name, variant.title, parameters, polished.misfit, bic_of(polished.misfit, parameters, targets.fitted()),
           fits_of(targets, polished.outcomes), polished.parameters},
          variant.without};
}

Matrix matrix_of(const std::vector<std::vector<double>>& rows, std::size_t columns) {
  Matrix matrix{columns, {}};
  for (const std::vector<double>& row : rows) matrix.values.insert(matrix.values.end(), row.begin(), row.end());
  return matrix;
}

/// Series, labels and units of a run, from one of few users.
Recording series_of(const LoadedScenario& base) {
  LoadedScenario loaded = base;
  loaded.scenario.population.users = std::min<std::uint32_t>(loaded.scenario.population.users, 1000);
  if (loaded.scenario.suppliers.count > 0) loaded.scenario.suppliers.count = std::min<std::uint32_t>(loaded.scenario.suppliers.count, 100);
  if (loaded.scenario.contacts.kind == ContactsKind::file) loaded.scenario.contacts = {};
  loaded.contacts_path.clear();
  return simulate_market(loaded, 1);
}
}  // namespace

void check_targets(const LoadedCalibration& loaded, const Targets& targets) {
  const Recording run = series_of(loaded.base);
  std::vector<Issue> issues;
  for (const Outcome& outcome : targets.outcomes()) {
    try {
      outcome_value(run, outcome);
    } catch (const InputError& error) {
      const std::string message = error.issues().front().message;
      const bool told = std::any_of(issues.begin(), issues.end(), [&](const Issue& i) { return i.message == message; });
      if (!told) issues.push_back({loaded.files.at(0), 0, 0, "targets: " + outcome.text, message, {}});
    }
  }
  if (!issues.empty()) throw InputError(std::move(issues));
}

CalibrationResult calibrate(const LoadedCalibration& loaded, const std::string& folder, const StageRunner& runner) {
  const Calibration& calibration = loaded.calibration;
  const CalibrationMethod& method = calibration.method;
  const Targets targets(calibration, loaded.base.scenario.time.start);
  check_targets(loaded, targets);
  CalibrationResult result = frame_of(loaded, targets, series_of(loaded.base));
  const Waves waves = run_waves(calibration, targets, folder, runner);
  const Polished polished = polish(calibration, targets, waves, folder, runner);
  const Recovery recovery = recover(calibration, targets, waves, folder, runner);
  const Matrix draws = posterior_draws(waves, {}, no_temperature, method.draws, chain(method.seed, hash_text("posterior")));
  result.waves = waves.reports;
  const std::vector<TargetFit> fits = fits_of(targets, polished.outcomes);
  for (std::size_t i = 0; i < fits.size(); ++i) result.rows[i].fit = fits[i];
  result.misfit = polished.misfit;
  result.bic = bic_of(polished.misfit, calibration.study.factors.size(), targets.fitted());
  add_parameters(calibration, draws, recovery, polished, result);
  forecast(calibration, targets, matrix_of(result.posterior, draws.columns), folder, runner, result);
  for (const Variant& variant : calibration.variants)
    result.variants.push_back(fit_variant(loaded, variant, folder + "/variants/" + variant.name, runner));
  return result;
}

CalibrationResult forecast_draws(const LoadedCalibration& loaded, const Matrix& draws, const std::string& folder,
                                 const StageRunner& runner) {
  const Calibration& calibration = loaded.calibration;
  const Targets targets(calibration, loaded.base.scenario.time.start);
  check_targets(loaded, targets);
  CalibrationResult result = frame_of(loaded, targets, series_of(loaded.base));
  forecast(calibration, targets, draws, folder, runner, result);
  return result;
}

namespace {
/// Keys by their first word, as YAML's maps within maps.
void write_keys(const std::vector<std::pair<std::string, std::string>>& keys, const std::string& indent, std::string& text) {
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> groups;
  for (const auto& [key, value] : keys) {
    const std::size_t dot = key.find('.');
    if (dot == std::string::npos)
      text += fmt::format("{}{}: {}\n", indent, key, value);
    else
      groups[key.substr(0, dot)].emplace_back(key.substr(dot + 1), value);
  }
  for (const auto& [group, inner] : groups) {
    text += fmt::format("{}{}:\n", indent, group);
    write_keys(inner, indent + "  ", text);
  }
}
}  // namespace

std::string calibrated_scenario(const Calibration& calibration, const CalibrationResult& result, const std::string& folder) {
  const fs::path scenario = fs::absolute(calibration.study.scenario).lexically_normal();
  const fs::path there = scenario.lexically_relative(fs::absolute(folder).lexically_normal());
  std::string text = fmt::format("# Written by spillway calibrate: the parameters that fit best.\nextends: {}\n",
                                 (there.empty() ? scenario : there).generic_string());
  std::vector<std::pair<std::string, std::string>> keys;
  for (std::size_t i = 0; i < calibration.study.factors.size(); ++i)
    for (const std::string& key : calibration.study.factors[i].keys)
      keys.emplace_back(key, quantity_text(result.parameters[i].estimate.best, calibration.study.factors[i].unit));
  write_keys(keys, "", text);
  return text;
}

std::string posterior_csv(const Calibration& calibration, const CalibrationResult& result) {
  return design_csv(calibration.study, matrix_of(result.posterior, calibration.study.factors.size()));
}

}  // namespace spillway
