// Samples and what they say: moments with their errors, and whether two come from one law.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace spillway::testing {

struct Moments {
  double mean, variance;  ///< variance without bias
  double error;           ///< standard error of the mean
};

inline Moments moments_of(const std::vector<double>& x) {
  const double n = static_cast<double>(x.size());
  double mean = 0.0, squares = 0.0;
  for (const double v : x) mean += v / n;
  for (const double v : x) squares += (v - mean) * (v - mean);
  const double variance = squares / (n - 1.0);
  return {mean, variance, std::sqrt(variance / n)};
}

inline double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const Moments a = moments_of(x), b = moments_of(y);
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - a.mean) * (y[i] - b.mean);
  return sum / (static_cast<double>(x.size()) - 1.0) / std::sqrt(a.variance * b.variance);
}

/// Largest distance between the distribution functions of two samples (Kolmogorov and Smirnov).
inline double largest_gap(std::vector<double> x, std::vector<double> y) {
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  double gap = 0.0;
  for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
    const double at = std::min(x[i], y[j]);  // ties in both are passed together
    while (i < x.size() && x[i] == at) ++i;
    while (j < y.size() && y[j] == at) ++j;
    gap = std::max(
        gap, std::abs(static_cast<double>(i) / static_cast<double>(x.size()) - static_cast<double>(j) / static_cast<double>(y.size())));
  }
  return gap;
}

/// Gap that two samples of one law exceed once in a hundred; fewer times where values tie.
inline double gap_at_one_per_cent(std::size_t n, std::size_t m) {
  const double x = static_cast<double>(n), y = static_cast<double>(m);
  return 1.628 * std::sqrt((x + y) / (x * y));
}

}  // namespace spillway::testing
