// Partial rank correlation coefficients (Marino et al. 2008, "A methodology for performing global uncertainty and sensitivity analysis
// in systems biology"): each factor's rank against the outcome's, the other factors' ranks taken out of both. Ties share their mean
// rank. Intervals by resampling points and ranking anew: Fisher's z would take normal residuals, which ranks do not have.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/bootstrap.hpp"
#include "analysis/indices.hpp"
#include "analysis/partial_correlation.hpp"
#include "base/error.hpp"
#include "base/parallel.hpp"

namespace spillway {

namespace {
/// Rows of a column in ascending order, sorted once: a resample's ranks then take one walk.
class Order {
 public:
  explicit Order(std::vector<double> values) : values_(std::move(values)), rows_(values_.size()) {
    std::iota(rows_.begin(), rows_.end(), 0U);
    std::sort(rows_.begin(), rows_.end(), [&](std::uint32_t a, std::uint32_t b) { return values_[a] < values_[b]; });
  }

  /// Mean ranks, less the mean of all, of rows that are there weights[row] times; row r's goes to out[r * stride].
  void ranks(std::span<const std::uint32_t> weights, double* out, std::size_t stride) const {
    double below = 0;
    const double middle = 0.5 * (static_cast<double>(rows_.size()) + 1);  // weights add up to the number of rows
    for (std::size_t first = 0, next = 0; first < rows_.size(); first = next) {
      double here = 0;
      for (; next < rows_.size() && values_[rows_[next]] == values_[rows_[first]]; ++next) here += weights[rows_[next]];
      for (std::size_t i = first; i < next; ++i) out[rows_[i] * stride] = below + 0.5 * (here + 1) - middle;
      below += here;
    }
  }

 private:
  std::vector<double> values_;
  std::vector<std::uint32_t> rows_;
};

std::vector<double> correlations(const std::vector<Order>& columns, std::span<const std::uint32_t> weights) {
  const std::size_t m = columns.size();
  std::vector<double> ranks(weights.size() * m);
  for (std::size_t c = 0; c < m; ++c) columns[c].ranks(weights, ranks.data() + c, m);
  Matrix products{m, std::vector<double>(m * m, 0.0)};
  for (std::size_t row = 0; row < weights.size(); ++row) {
    if (weights[row] == 0) continue;
    const double* rank = ranks.data() + row * m;
    for (std::size_t i = 0; i < m; ++i) {
      const double weighted = weights[row] * rank[i];
      double* sums = products.values.data() + i * m;
      for (std::size_t j = 0; j <= i; ++j) sums[j] += weighted * rank[j];
    }
  }
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < i; ++j) products.values[j * m + i] = products.values[i * m + j];
  return partial_correlations(products).value_or(std::vector<double>(m - 1, std::numeric_limits<double>::quiet_NaN()));
}

struct Used {
  std::vector<std::size_t> points;   ///< that have a value
  std::vector<std::size_t> factors;  ///< that vary
  std::vector<std::string> still;    ///< factors that do not
};

std::vector<double> column(const SweepData& data, const std::vector<std::size_t>& points, std::size_t factor) {
  std::vector<double> values;
  for (const std::size_t p : points) values.push_back(data.points.row(p)[factor]);
  return values;
}

Used used_of(const SweepData& data, const std::vector<double>& y) {
  Used used;
  for (std::size_t p = 0; p < y.size(); ++p)
    if (!std::isnan(y[p])) used.points.push_back(p);
  for (std::size_t j = 0; j < data.factor_count(); ++j) {
    if (!is_constant(column(data, used.points, j)))
      used.factors.push_back(j);
    else
      used.still.push_back(data.factors[j].name);
  }
  return used;
}

void fill(const SweepData& data, const Used& used, const std::vector<double>& y, Finding finding) {
  std::vector<Order> columns;
  for (const std::size_t j : used.factors) columns.emplace_back(column(data, used.points, j));
  std::vector<double> values;
  for (const std::size_t p : used.points) values.push_back(y[p]);
  columns.emplace_back(std::move(values));
  const std::vector<double> found = correlations(columns, std::vector<std::uint32_t>(used.points.size(), 1U));
  if (std::isnan(found[0])) {
    finding.warnings.push_back(finding.out.outcome + ": some factors go together in all points, so their influences cannot be told apart.");
    return;
  }
  std::vector<std::vector<double>> resampled(found.size(), std::vector<double>(data.options.resamples));
  for_blocks(data.options.resamples, 1, available_threads(), [&](int, std::size_t first, std::size_t last) {
    std::vector<std::uint32_t> weights(used.points.size());
    for (std::size_t b = first; b < last; ++b) {
      resample_weights(data.options.seed, b, weights);
      const std::vector<double> again = correlations(columns, weights);
      for (std::size_t c = 0; c < again.size(); ++c) resampled[c][b] = again[c];
    }
  });
  for (std::size_t c = 0; c < found.size(); ++c)
    finding.out.factors[used.factors[c]].correlation = with_interval(found[c], resampled[c], data.options.confidence);
}
}  // namespace

void prcc_indices(const SweepData& data, const OutcomeData& outcome, Finding finding) {
  constexpr std::size_t rows_a_factor = 10;  // chosen: resamples then have six different points for each coefficient
  const Used used = used_of(data, outcome.means);
  const std::size_t rows = used.points.size(), k = used.factors.size();
  finding.out.rows = rows;
  if (rows < outcome.means.size())
    finding.warnings.push_back(
        fmt::format("{}: {} of {} points are left out, as they have no value.", outcome.name, outcome.missing, outcome.means.size()));
  if (!used.still.empty())
    finding.warnings.push_back(
        fmt::format("{}: {} does not vary, so nothing is known of its influence.", outcome.name, fmt::join(used.still, ", ")));
  if (k == 0) return;
  if (rows <= k + 2) {
    finding.warnings.push_back(
        fmt::format("{}: {} points are too few for partial correlations of {} factors; {} is the least, {} are good.", outcome.name, rows,
                    k, k + 3, rows_a_factor * (k + 1)));
    return;
  }
  if (rows < rows_a_factor * (k + 1))
    finding.warnings.push_back(fmt::format("{}: {} points are few for {} factors, so intervals are rough; {} are good.", outcome.name, rows,
                                           k, rows_a_factor * (k + 1)));
  fill(data, used, outcome.means, finding);
}

}  // namespace spillway
