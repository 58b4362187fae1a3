#include "report/calibration_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "report/calibration_words.hpp"
#include "report/sweep_words.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
constexpr double deviations = 2;  // that a tolerance is taken as

Chart named(std::string id, ChartKind kind, std::string title, std::string note) {
  Chart chart;
  chart.id = std::move(id), chart.kind = kind, chart.title = std::move(title), chart.note = std::move(note);
  return chart;
}

/// Where a value stands in the prior's 90 % interval, from 0 to 1, on the prior's own scale.
double place_in_prior(const CalibratedParameter& parameter, double value) {
  const ParameterEstimate& e = parameter.estimate;
  if (parameter.prior.starts_with("log") && e.low > 0 && value > 0) return std::log(value / e.low) / std::log(e.high / e.low);
  return (value - e.low) / (e.high - e.low);
}

std::string interval_of(double low, double high) { return fmt::format("{} to {}", parameter_number(low), parameter_number(high)); }

std::string with_unit(const std::string& text, const std::string& unit) {
  const std::string words = plain_unit(unit);
  return words.empty() ? text : text + " " + words;
}

std::string whole_percent(double share) { return std::isnan(share) ? "-" : fmt::format("{:.0f} %", 100 * share); }

std::string parameter_label(const ParameterEstimate& e) { return in_words(e.name) + (e.identified ? "" : " (not identified)"); }

Chart posterior_chart(const CalibrationResult& result) {
  Chart chart =
      named("parameters", ChartKind::intervals, "What the data say about the parameters",
            "Each bar is the 90 % interval after the data, the dot the best value; the axis goes from one end of the 90 % interval "
            "before the data (0) to the other (100).");
  chart.percent = true, chart.unit = "share of the prior’s interval", chart.ranges = true, chart.stacks = {"posterior"};
  chart.table.head = {"parameter", "meaning", "keys", "prior", "prior, 90 %", "best", "posterior, 90 %", "identified", "coverage"};
  for (const CalibratedParameter& p : result.parameters) {
    const ParameterEstimate& e = p.estimate;
    IntervalRow row{parameter_label(e), e.identified ? Role::main : Role::neither, {}};
    row.values = {{place_in_prior(p, e.best), place_in_prior(p, e.posterior_low), place_in_prior(p, e.posterior_high)}};
    const std::string posterior = interval_of(e.posterior_low, e.posterior_high);
    row.texts = {with_unit(
        fmt::format("{} [{}, {}]", parameter_number(e.best), parameter_number(e.posterior_low), parameter_number(e.posterior_high)),
        e.unit)};
    chart.rows.push_back(std::move(row));
    chart.table.rows.push_back({e.name, e.meaning, e.keys, p.prior, interval_of(e.low, e.high), with_unit(parameter_number(e.best), e.unit),
                                posterior, e.identified ? "yes" : "no", whole_percent(e.coverage)});
  }
  return chart;
}

/// Wilson (1927): good for shares near 1, unlike the normal approximation.
Estimate share_of_worlds(double share, double worlds) {
  constexpr double z = 1.959963984540054;  // 97.5 % quantile of the normal
  const double centre = (share + z * z / (2 * worlds)) / (1 + z * z / worlds);
  const double half = z / (1 + z * z / worlds) * std::sqrt(share * (1 - share) / worlds + z * z / (4 * worlds * worlds));
  return {share, centre - half, centre + half};
}

Chart coverage_chart(const CalibrationResult& result) {
  Chart chart = named("coverage", ChartKind::intervals, "Whether the intervals can be trusted",
                      fmt::format("In {} synthetic worlds with known parameters: how often the 90 % interval holds the truth. Bars: 95 % "
                                  "intervals of that share. It should be 90 %{}.",
                                  result.recovery_worlds,
                                  std::isnan(result.recovery_coverage)
                                      ? std::string()
                                      : fmt::format("; over the identified parameters it is {:.1f} %", 100 * result.recovery_coverage)));
  chart.percent = true, chart.unit = "share of worlds", chart.stacks = {"coverage"}, chart.ranges = true;
  chart.table.head = {"parameter", "coverage", "95 % interval", "identified"};
  for (const CalibratedParameter& p : result.parameters) {
    const ParameterEstimate& e = p.estimate;
    if (std::isnan(e.coverage)) continue;
    const Estimate share = share_of_worlds(e.coverage, static_cast<double>(result.recovery_worlds));
    chart.rows.push_back({parameter_label(e), e.identified ? Role::main : Role::neither, {share}});
    chart.table.rows.push_back({in_words(e.name), whole_percent(e.coverage),
                                fmt::format("{:.0f} to {:.0f} %", 100 * share.low, 100 * share.high), e.identified ? "yes" : "no"});
  }
  return chart;
}

/// In tolerances: within -1 and 1 the row is met.
Estimate residual_of(const CalibratedTarget& target, const TargetFit& fit) {
  const double size = tolerance_size(target, fit.record);
  return {fit.residual / deviations, (fit.low - fit.record) / size, (fit.high - fit.record) / size};
}

/// Root mean square over the fitted rows of a target, in tolerances, to two decimals; NaN if there is none.
double misfit_of(const std::vector<TargetFit>& fits, std::size_t target) {
  double sum = 0, count = 0;
  for (const TargetFit& fit : fits)
    if (fit.datum.target == target && fit.datum.fitted && !std::isnan(fit.residual)) sum += fit.residual * fit.residual, ++count;
  return count == 0 ? not_known : std::round(100 * std::sqrt(sum / count) / deviations) / 100;
}

std::vector<TargetFit> fits_of(const CalibrationResult& result) {
  std::vector<TargetFit> fits;
  for (const CalibratedRow& row : result.rows) fits.push_back(row.fit);
  return fits;
}

/// Targets of which the variant misses a fitted row that the calibration meets.
std::string lost_targets(const CalibrationResult& result, const CalibratedVariant& variant) {
  std::vector<std::string> lost;
  for (std::size_t t = 0; t < result.targets.size(); ++t)
    for (std::size_t i = 0; i < result.rows.size(); ++i)
      if (const TargetFit& fit = result.rows[i].fit; fit.datum.target == t && fit.datum.fitted && fit.met && !variant.fit.fits[i].met) {
        lost.push_back("“" + target_title(result.targets[t]) + "”");
        break;
      }
  return lost.empty() ? "none" : listed_words(lost);
}

Chart evidence_chart(const CalibrationResult& result) {
  Chart chart =
      named("variants", ChartKind::intervals, "How much worse the data are explained without a mechanism",
            "Difference in BIC from this calibration, each variant fitted again: above 10 the data speak very strongly against it, "
            "below 2 they cannot tell (Kass and Raftery 1995). Half of it is the logarithm of the ratio of the evidence.");
  chart.unit = "BIC difference", chart.stacks = {"difference in BIC"};
  chart.table.head = {"variant", "parameters", "misfit", "BIC difference", "ln ratio", "evidence", "targets that it loses"};
  std::vector<std::size_t> order(result.variants.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return result.variants[a].fit.bic > result.variants[b].fit.bic; });
  for (const std::size_t v : order) {
    const CalibratedVariant& variant = result.variants[v];
    const double difference = variant.fit.bic - result.bic;
    IntervalRow row{variant.fit.title, Role::main, {{difference, not_known, not_known}}};
    row.texts = {fmt::format("{:+.1f}", difference)};
    chart.rows.push_back(std::move(row));
    chart.table.rows.push_back({variant.fit.title, std::to_string(variant.fit.parameters), parameter_number(variant.fit.misfit),
                                fmt::format("{:+.1f}", difference), fmt::format("{:+.1f}", -difference / 2), evidence_text(difference),
                                lost_targets(result, variant)});
  }
  return chart;
}

Chart pattern_chart(const CalibrationResult& result) {
  Chart chart = named("patterns", ChartKind::heat, "Which pattern each mechanism carries",
                      "How far the best fit is from the fitted values of each target: root mean square, in tolerances. Above 1 the target "
                      "is lost.");
  chart.unit = "tolerances", chart.cell_name = "root mean square";
  FactorAxis across{"variant", "", AxisKind::word, {0}, {"this calibration"}}, upwards{"target", "", AxisKind::word, {}, {}};
  for (const CalibratedVariant& variant : result.variants) {
    across.values.push_back(static_cast<double>(across.values.size()));
    across.labels.push_back(in_words(variant.fit.name));
  }
  const std::vector<TargetFit> own = fits_of(result);
  for (std::size_t t = 0; t < result.targets.size(); ++t) {
    if (std::isnan(misfit_of(own, t))) continue;
    upwards.values.push_back(static_cast<double>(upwards.values.size()));
    upwards.labels.push_back(target_title(result.targets[t]));
    chart.cells.push_back(misfit_of(own, t));
    for (const CalibratedVariant& variant : result.variants) chart.cells.push_back(misfit_of(variant.fit.fits, t));
  }
  chart.axes = {std::move(across), std::move(upwards)};
  return chart;
}
Chart residual_chart(const CalibrationResult& result, bool fitted) {
  Chart chart =
      named(fitted ? "residuals" : "residuals_predicted", ChartKind::intervals,
            fitted ? "How far the model is from the values that were fitted" : "How far it is from the values that it had to predict",
            "Model less record, in tolerances: between -1 and 1 it is within. Lines: 90 % interval over posterior and luck.");
  chart.unit = "tolerances", chart.stacks = {"model less record"};
  chart.table.head = {"value", "record", "model", "error", "tolerance", "within tolerance"};
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < result.rows.size(); ++i)
    if (role_of(result, result.rows[i]) == (fitted ? RowRole::fitted : RowRole::predicted) && !std::isnan(result.rows[i].fit.residual))
      order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(result.rows[a].fit.residual) > std::abs(result.rows[b].fit.residual);
  });
  for (const std::size_t i : order) {
    const CalibratedRow& row = result.rows[i];
    const CalibratedTarget& target = result.targets[row.fit.datum.target];
    const std::string title = fmt::format("{}: {}", short_day(row.date), target_title(target));
    chart.rows.push_back(
        {fmt::format("{}: {}", short_day(row.date), in_words(target.name)), Role::main, {residual_of(target, row.fit)}, {}});
    chart.table.rows.push_back({title, quantity_text(row.fit.record, target.unit), quantity_text(row.fit.model, target.unit),
                                error_text(target, row.fit), tolerance_text(target), verdict_text(target, row.fit)});
  }
  return chart;
}
}  // namespace

std::vector<Chart> parameter_charts(const CalibrationResult& result) {
  std::vector<Chart> found;
  if (!result.parameters.empty()) found.push_back(posterior_chart(result));
  if (result.recovery_worlds == 0) return found;
  if (Chart chart = coverage_chart(result); !chart.rows.empty()) found.push_back(std::move(chart));
  return found;
}

std::vector<Chart> residual_charts(const CalibrationResult& result) {
  std::vector<Chart> found;
  for (const bool fitted : {true, false})
    if (Chart chart = residual_chart(result, fitted); !chart.rows.empty()) found.push_back(std::move(chart));
  return found;
}

std::vector<Chart> variant_charts(const CalibrationResult& result) {
  if (result.variants.empty()) return {};
  std::vector<Chart> found{evidence_chart(result)};
  if (Chart chart = pattern_chart(result); !chart.cells.empty()) found.push_back(std::move(chart));
  return found;
}

}  // namespace spillway
