#include "report/sweep_effects.hpp"

#include <algorithm>
#include <cmath>

#include "model/ensemble_view.hpp"
#include "report/sweep_words.hpp"

namespace spillway {

namespace {
constexpr double band_low = 0.05, band_high = 0.95;  // as in charts.cpp

std::vector<double> levels_of(const FactorColumn& factor) {
  std::vector<double> levels;
  for (const double v : factor.values)
    if (!std::isnan(v)) levels.push_back(v);
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  return levels;
}

/// Place of a value among the levels; their number for one that is not known.
std::size_t place_in(const std::vector<double>& levels, double value) {
  if (std::isnan(value)) return levels.size();
  return static_cast<std::size_t>(std::lower_bound(levels.begin(), levels.end(), value) - levels.begin());
}

Estimate estimate(const std::vector<double>& values) {
  double sum = 0;
  std::size_t count = 0;
  for (const double v : values)
    if (!std::isnan(v)) sum += v, ++count;
  if (count == 0) return {};
  Estimate found{sum / static_cast<double>(count), not_known, not_known};
  if (count > 1) found.low = quantile(values, band_low), found.high = quantile(values, band_high);
  return found;
}

/// Whether a point tells of this factor alone.
bool counts(const SweepTable& table, std::size_t point, std::size_t factor) {
  if (table.design != "one_at_a_time") return true;
  for (std::size_t f = 0; f < table.factors.size(); ++f)
    if (f != factor && table.factors[f].values[point] != table.factors[f].values[0]) return false;
  return true;
}

/// The point at which the factor has the value; as many as there are points if there is none.
std::size_t point_at(const SweepTable& table, std::size_t factor, double value) {
  std::size_t p = 0;
  while (p < table.points && !(table.factors[factor].values[p] == value && counts(table, p, factor))) ++p;
  return p;
}

Estimate difference(const SweepTable& table, const OutcomeColumn& outcome, std::size_t point) {
  std::vector<double> pairs;
  for (std::size_t r = 0; r < table.replicates; ++r) pairs.push_back(table.run(outcome, point, r) - table.run(outcome, 0, r));
  return estimate(pairs);
}
}  // namespace

FactorAxis axis_of(const FactorColumn& factor) {
  const AxisKind kind = factor.factor.dates ? AxisKind::date : factor.factor.words.empty() ? AxisKind::number : AxisKind::word;
  FactorAxis axis{factor.label, plain_unit(factor.factor.unit), kind, levels_of(factor), {}};
  for (const double v : axis.values) axis.labels.push_back(factor_value_text(factor.factor, v));
  return axis;
}

EffectPanel effect_of(const SweepTable& table, const OutcomeColumn& outcome, std::size_t factor) {
  EffectPanel panel{axis_of(table.factors[factor]), table.factors[factor].role, {}};
  std::vector<std::vector<double>> runs(panel.axis.values.size());
  for (std::size_t p = 0; p < table.points; ++p) {
    const std::size_t at = place_in(panel.axis.values, table.factors[factor].values[p]);
    if (at == runs.size() || !counts(table, p, factor)) continue;
    for (std::size_t r = 0; r < table.replicates; ++r) runs[at].push_back(table.run(outcome, p, r));
  }
  for (const auto& at_value : runs) panel.values.push_back(estimate(at_value));
  return panel;
}

double swing(const EffectPanel& panel) {
  double low = not_known, high = not_known;
  for (const Estimate& e : panel.values) low = std::fmin(low, e.value), high = std::fmax(high, e.value);
  return std::isnan(low) ? 0 : high - low;
}

std::vector<std::size_t> by_swing(const SweepTable& table, const OutcomeColumn& outcome) {
  std::vector<std::pair<double, std::size_t>> found;
  for (std::size_t f = 0; f < table.factors.size(); ++f)
    if (const EffectPanel panel = effect_of(table, outcome, f); panel.axis.values.size() > 1) found.emplace_back(swing(panel), f);
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::size_t> order;
  for (const auto& [size, factor] : found) order.push_back(factor);
  return order;
}

std::vector<double> cells_of(const SweepTable& table, const OutcomeColumn& outcome, std::size_t across, std::size_t upwards) {
  const std::vector<double> columns = levels_of(table.factors[across]), rows = levels_of(table.factors[upwards]);
  std::vector<double> sums(columns.size() * rows.size());
  std::vector<std::size_t> counts_of(sums.size());
  for (std::size_t p = 0; p < table.points; ++p) {
    const std::size_t column = place_in(columns, table.factors[across].values[p]);
    const std::size_t row = place_in(rows, table.factors[upwards].values[p]);
    if (column == columns.size() || row == rows.size() || std::isnan(outcome.means[p])) continue;
    const std::size_t cell = row * columns.size() + column;
    sums[cell] += outcome.means[p];
    ++counts_of[cell];
  }
  for (std::size_t cell = 0; cell < sums.size(); ++cell)
    sums[cell] = counts_of[cell] == 0 ? not_known : sums[cell] / static_cast<double>(counts_of[cell]);
  return sums;
}

std::vector<IntervalRow> tornado(const SweepTable& table, const OutcomeColumn& outcome) {
  std::vector<IntervalRow> rows;
  for (const std::size_t f : by_swing(table, outcome)) {
    const std::vector<double> levels = levels_of(table.factors[f]);
    IntervalRow row{table.factors[f].label, table.factors[f].role, {}};
    for (const double level : {levels.front(), levels.back()}) {
      const std::size_t point = point_at(table, f, level);
      row.values.push_back(point > 0 && point < table.points ? difference(table, outcome, point) : Estimate{});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace spillway
