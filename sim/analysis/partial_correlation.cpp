#include "analysis/partial_correlation.hpp"

#include <algorithm>
#include <cmath>

namespace spillway {

namespace {
/// Inverse of a correlation matrix by Cholesky's factor, A = L L'; nothing where a column is nearly a sum of those before.
std::optional<Matrix> inverse(Matrix a) {
  constexpr double least = 1e-10;  // of a column's variance, that those before leave: chosen, between rounding and data
  const std::size_t n = a.columns;
  const auto at = [&](Matrix& m, std::size_t i, std::size_t j) -> double& { return m.values[i * n + j]; };
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t c = 0; c < j; ++c) at(a, j, j) -= at(a, j, c) * at(a, j, c);
    if (!(at(a, j, j) > least)) return {};
    at(a, j, j) = std::sqrt(at(a, j, j));
    for (std::size_t i = j + 1; i < n; ++i) {
      for (std::size_t c = 0; c < j; ++c) at(a, i, j) -= at(a, i, c) * at(a, j, c);
      at(a, i, j) /= at(a, j, j);
    }
  }
  Matrix lower{n, std::vector<double>(n * n, 0.0)}, result = lower;  // the inverse of L
  for (std::size_t j = 0; j < n; ++j) {
    at(lower, j, j) = 1 / at(a, j, j);
    for (std::size_t i = j + 1; i < n; ++i) {
      double sum = 0;
      for (std::size_t c = j; c < i; ++c) sum += at(a, i, c) * at(lower, c, j);
      at(lower, i, j) = -sum / at(a, i, i);
    }
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t c = std::max(i, j); c < n; ++c) at(result, i, j) += at(lower, c, i) * at(lower, c, j);
  return result;
}
}  // namespace

std::optional<std::vector<double>> partial_correlations(const Matrix& products) {
  constexpr double least_rest = 1e-14;
  const std::size_t k = products.columns - 1;
  const auto diagonal = [&](std::size_t i) { return products.row(i)[i]; };
  for (std::size_t i = 0; i <= k; ++i)
    if (!(diagonal(i) > 0)) return {};
  const auto correlation = [&](std::size_t i, std::size_t j) { return products.row(i)[j] / std::sqrt(diagonal(i) * diagonal(j)); };
  Matrix among{k, {}};
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = 0; j < k; ++j) among.values.push_back(correlation(i, j));
  const std::optional<Matrix> inverted = inverse(std::move(among));
  if (!inverted) return {};
  std::vector<double> slope(k, 0.0), found(k);
  double rest = 1;
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) slope[i] += inverted->row(i)[j] * correlation(j, k);
    rest -= slope[i] * correlation(i, k);
  }
  rest = std::max(rest, least_rest);
  for (std::size_t i = 0; i < k; ++i) found[i] = slope[i] / std::sqrt(slope[i] * slope[i] + rest * inverted->row(i)[i]);
  return found;
}

}  // namespace spillway
