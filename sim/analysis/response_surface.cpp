#include "analysis/response_surface.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "analysis/least_squares.hpp"
#include "base/error.hpp"
#include "base/multiversion.hpp"

namespace spillway {

namespace {
// Outcomes side by side: four vectors, so that additions need not wait for each other. A vector is written as such, because compilers
// leave an array of sums in memory, which takes twice as long.
using Vector [[gnu::vector_size(32)]] = double;
constexpr std::size_t vectors = 4, width = sizeof(Vector) / sizeof(double), lanes = vectors * width;

/// The terms at a point already shifted and scaled, in the order in which they are added up: 1, then of each column itself and its
/// products with itself and those behind it.
void add_terms(std::span<const double> z, std::vector<double>& terms) {
  terms.push_back(1);
  for (std::size_t i = 0; i < z.size(); ++i) {
    terms.push_back(z[i]);
    for (std::size_t j = i; j < z.size(); ++j) terms.push_back(z[i] * z[j]);
  }
}

SPILLWAY_INLINE void load(const double* from, Vector& to) { std::memcpy(&to, from, sizeof to); }

/// total = c_0 + sum_i z_i (c_i + sum_{j>=i} c_ij z_j) for each lane. Lanes add on their own, so that vectors change no bit.
SPILLWAY_MULTIVERSION void evaluate(const double* c, const double* z, std::size_t columns, double* total) {
  Vector all[vectors], sum[vectors], next;
#pragma GCC unroll 4
  for (std::size_t v = 0; v < vectors; ++v) load(c + v * width, all[v]);
  c += lanes;
  for (std::size_t i = 0; i < columns; ++i) {
#pragma GCC unroll 4
    for (std::size_t v = 0; v < vectors; ++v) load(c + v * width, sum[v]);
    c += lanes;
    for (std::size_t j = i; j < columns; ++j, c += lanes) {
#pragma GCC unroll 4
      for (std::size_t v = 0; v < vectors; ++v) {
        load(c + v * width, next);
        sum[v] += next * z[j];
      }
    }
#pragma GCC unroll 4
    for (std::size_t v = 0; v < vectors; ++v) all[v] += sum[v] * z[i];
  }
  std::memcpy(total, all, sizeof all);
}

void check(const Matrix& points, const std::vector<std::vector<double>>& values) {
  const std::size_t needed = rows_for_surface(points.columns);
  for (std::size_t i = 0; i < points.values.size(); ++i)
    if (!std::isfinite(points.values[i]))
      throw InputError(
          fmt::format("response surface: coordinate {} of run {} is {}", i % points.columns, i / points.columns, points.values[i]));
  for (std::size_t outcome = 0; outcome < values.size(); ++outcome) {
    const std::vector<double>& y = values[outcome];
    require(y.size() == points.rows(), "response surface: a value, or NaN, for each point");
    if (const auto at = std::ranges::find_if(y, [](double v) { return std::isinf(v); }); at != y.end())
      throw InputError(fmt::format("response surface: outcome {} of run {} is {}", outcome, at - y.begin(), *at));
    const auto given = static_cast<std::size_t>(std::ranges::count_if(y, [](double v) { return !std::isnan(v); }));
    if (given < needed)
      throw InputError(
          fmt::format("response surface: outcome {} has a value in {} runs; {} terms of {} columns need at least {}: more runs, "
                      "or fewer factors",
                      outcome, given, quadratic_terms(points.columns), points.columns, needed));
  }
}

/// Mean of each column, and 1 over its deviation; 1 where it has none.
void find_scales(const Matrix& points, std::vector<double>& centre, std::vector<double>& per_scale) {
  const auto rows = static_cast<double>(points.rows());
  centre.assign(points.columns, 0.0);
  per_scale.assign(points.columns, 0.0);
  for (std::size_t i = 0; i < points.rows(); ++i)
    for (std::size_t c = 0; c < points.columns; ++c) centre[c] += points.row(i)[c] / rows;
  for (std::size_t i = 0; i < points.rows(); ++i)
    for (std::size_t c = 0; c < points.columns; ++c) per_scale[c] += (points.row(i)[c] - centre[c]) * (points.row(i)[c] - centre[c]);
  for (double& squares : per_scale) squares = squares > 0 ? 1 / std::sqrt(squares / rows) : 1.0;
}

/// Outcomes that have values in the same runs share a factorisation. Keys are masks of runs.
std::map<std::vector<bool>, std::vector<std::size_t>> by_runs(const std::vector<std::vector<double>>& values) {
  std::map<std::vector<bool>, std::vector<std::size_t>> groups;
  for (std::size_t outcome = 0; outcome < values.size(); ++outcome) {
    std::vector<bool> mask;
    for (const double v : values[outcome]) mask.push_back(!std::isnan(v));
    groups[mask].push_back(outcome);
  }
  return groups;
}
}  // namespace

ResponseSurfaces::ResponseSurfaces(const Matrix& points, const std::vector<std::vector<double>>& values)
    : deviation_(values.size()), left_out_(values.size()) {
  check(points, values);
  find_scales(points, centre_, per_scale_);
  coefficients_.assign((values.size() + lanes - 1) / lanes * lanes * terms(), 0.0);
  std::vector<double> z(columns());
  for (const auto& [mask, outcomes] : by_runs(values)) {
    Matrix design{terms(), {}};
    std::vector<std::vector<double>> given(outcomes.size());
    for (std::size_t i = 0; i < points.rows(); ++i) {
      if (!mask[i]) continue;
      for (std::size_t c = 0; c < columns(); ++c) z[c] = (points.row(i)[c] - centre_[c]) * per_scale_[c];
      add_terms(z, design.values);
      for (std::size_t o = 0; o < outcomes.size(); ++o) given[o].push_back(values[outcomes[o]][i]);
    }
    const std::vector<LeastSquaresFit> fits = least_squares(design, given);
    for (std::size_t o = 0; o < outcomes.size(); ++o) {
      const std::size_t outcome = outcomes[o];
      double* lane = coefficients_.data() + outcome / lanes * lanes * terms() + outcome % lanes;
      for (std::size_t t = 0; t < terms(); ++t) lane[t * lanes] = fits[o].coefficients[t];
      deviation_[outcome] = fits[o].deviation;
      left_out_[outcome] = fits[o].left_out_deviation;
    }
  }
}

void ResponseSurfaces::at(std::span<const double> point, std::span<double> out) const {
  require(point.size() == columns() && out.size() == size(), "response surface: a coordinate for each column, a place for each outcome");
  std::vector<double> z(columns());
  for (std::size_t c = 0; c < columns(); ++c) z[c] = (point[c] - centre_[c]) * per_scale_[c];
  double total[lanes];
  for (std::size_t first = 0; first < size(); first += lanes) {
    evaluate(coefficients_.data() + first * terms(), z.data(), columns(), total);
    for (std::size_t l = 0; l < std::min(lanes, size() - first); ++l) out[first + l] = total[l];
  }
}

}  // namespace spillway
