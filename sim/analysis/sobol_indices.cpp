// Shares of variance (Sobol 1993) out of Saltelli's sample. With y of base row A, of base row B, of A with column i from B (AB_i) and of
// B with column i from A (BA_i), all less their mean, means over base rows and V the variance of A's and B's:
//
//   first order   S_i  = mean(B (AB_i - A)) / V                          Saltelli et al. (2010), table 2 b
//   total         T_i  = mean((A - AB_i)^2) / (2 V)                      Jansen (1999); table 2 f
//   second order  S_ij = mean(BA_i AB_j - A B) / V - S_i - S_j           Saltelli (2002), as SALib has it
//
// Base rows are resampled, with all that belongs to them (Archer, Saltelli, Sobol 1997). Rows of Sobol's sequence vary less than
// independent ones, so intervals are rather too wide.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/bootstrap.hpp"
#include "analysis/indices.hpp"
#include "base/error.hpp"

namespace spillway {

namespace {
/// Columns of the terms of a base row, and the indices as functions of their means.
struct Layout {
  std::size_t k = 0;
  bool second_order = false;

  std::size_t block() const { return k * (second_order ? 2 : 1) + 2; }
  std::size_t first(std::size_t i) const { return 2 + i; }
  std::size_t total(std::size_t i) const { return 2 + k + i; }
  std::size_t pair(std::size_t i, std::size_t j) const { return 2 + 2 * k + i * (2 * k - i - 1) / 2 + (j - i - 1); }  // i < j
  std::size_t columns() const { return 2 + 2 * k + (second_order ? k * (k - 1) / 2 : 0); }

  /// `y`: the outcome at the block's points, less the mean.
  void add_terms(std::span<const double> y, std::vector<double>& to) const {
    const double a = y[0], b = y[block() - 1];
    to.insert(to.end(), {0.5 * (a + b), 0.5 * (a * a + b * b)});
    for (std::size_t i = 0; i < k; ++i) to.push_back(b * (y[1 + i] - a));
    for (std::size_t i = 0; i < k; ++i) to.push_back((a - y[1 + i]) * (a - y[1 + i]));
    for (std::size_t i = 0; second_order && i < k; ++i)
      for (std::size_t j = i + 1; j < k; ++j) to.push_back(y[1 + k + i] * y[1 + j] - a * b);
  }

  /// In the order first, total, pairs; NaN where a resample does not vary.
  std::vector<double> indices(std::span<const double> means) const {
    const double variance = means[1] - means[0] * means[0];
    std::vector<double> found(columns() - 2, std::nan(""));
    if (!(variance > 0)) return found;
    for (std::size_t i = 0; i < k; ++i) found[first(i) - 2] = means[first(i)] / variance;
    for (std::size_t i = 0; i < k; ++i) found[total(i) - 2] = 0.5 * means[total(i)] / variance;
    for (std::size_t i = 0; second_order && i < k; ++i)
      for (std::size_t j = i + 1; j < k; ++j)
        found[pair(i, j) - 2] = means[pair(i, j)] / variance - found[first(i) - 2] - found[first(j) - 2];
    return found;
  }
};

bool all_there(std::span<const double> y) {
  return std::none_of(y.begin(), y.end(), [](double x) { return std::isnan(x); });
}

/// One row of terms for each base row that is whole.
Matrix terms_of(const Layout& layout, const std::vector<double>& y) {
  double sum = 0, count = 0;
  const auto each_block = [&](auto visit) {
    for (std::size_t first = 0; first < y.size(); first += layout.block())
      if (const auto block = std::span(y).subspan(first, layout.block()); all_there(block)) visit(block);
  };
  each_block([&](std::span<const double> block) { sum += block.front() + block.back(), count += 2; });
  Matrix terms{layout.columns(), {}};
  std::vector<double> centred(layout.block());
  each_block([&](std::span<const double> block) {
    std::transform(block.begin(), block.end(), centred.begin(), [&](double x) { return x - sum / count; });
    layout.add_terms(centred, terms.values);
  });
  return terms;
}

void fill(const SweepData& data, const Layout& layout, const Matrix& terms, Finding finding) {
  const std::vector<double> values = layout.indices(column_means(terms));
  const Matrix means = resampled_means(terms, data.options.resamples, data.options.seed);
  std::vector<std::vector<double>> resampled(values.size());
  for (std::size_t b = 0; b < means.rows(); ++b) {
    const std::vector<double> found = layout.indices(means.row(b));
    for (std::size_t c = 0; c < found.size(); ++c) resampled[c].push_back(found[c]);
  }
  const auto index = [&](std::size_t column) { return with_interval(values[column - 2], resampled[column - 2], data.options.confidence); };
  for (std::size_t i = 0; i < layout.k; ++i) {
    finding.out.factors[i].first = index(layout.first(i));
    finding.out.factors[i].total = index(layout.total(i));
  }
  for (std::size_t i = 0; layout.second_order && i < layout.k; ++i)
    for (std::size_t j = i + 1; j < layout.k; ++j)
      finding.out.interactions.push_back({data.factors[i].name, data.factors[j].name, index(layout.pair(i, j))});
}

void warn_of_width(const OutcomeData& outcome, std::size_t rows, Finding finding) {
  constexpr double widest = 0.1;  // chosen: a tenth of the variance to either side still tells large from small
  const auto& factors = finding.out.factors;
  const auto largest =
      std::max_element(factors.begin(), factors.end(), [](const auto& a, const auto& b) { return a.total.value < b.total.value; });
  const double half = 0.5 * (largest->total.high - largest->total.low);
  if (half > widest)
    finding.warnings.push_back(
        fmt::format("{}: {} base rows are few: the total index of {} is {:.2f}, give or take {:.2f}. Four times the "
                    "rows halve that.",
                    outcome.name, rows, largest->factor, largest->total.value, half));
}
}  // namespace

void sobol_indices(const SweepData& data, const OutcomeData& outcome, Finding finding) {
  const Layout layout{data.factor_count(), data.second_order};
  const std::size_t rows = data.points.rows() / layout.block();
  if (rows * layout.block() != data.points.rows())
    throw InputError(fmt::format("a saltelli design of {} factors has {} points for each base row; {} points are no whole number of rows",
                                 layout.k, layout.block(), data.points.rows()));
  const Matrix terms = terms_of(layout, outcome.means);
  finding.out.rows = terms.rows() * layout.block();
  if (terms.rows() < rows)
    finding.warnings.push_back(fmt::format("{}: {} of {} base rows are left out, as {} points have no value.", outcome.name,
                                           rows - terms.rows(), rows, outcome.missing));
  if (terms.rows() < 2) {
    finding.warnings.push_back(fmt::format("{}: fewer than two base rows are whole, so there are no indices.", outcome.name));
    return;
  }
  fill(data, layout, terms, finding);
  warn_of_width(outcome, terms.rows(), finding);
}

}  // namespace spillway
