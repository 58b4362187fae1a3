// Functions whose sensitivity indices are known in closed form, for tests of indices and of sweeps.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace spillway::testing {

/// Variance shares of each factor, alone and with all its interactions.
struct KnownIndices {
  std::vector<double> first, total;
};

/// Ishigami and Homma (1990), three factors uniform on [-pi, pi]: sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1.
struct Ishigami {
  static constexpr double a = 7, b = 0.1;
  static double value(std::span<const double> x) {
    return std::sin(x[0]) + a * std::pow(std::sin(x[1]), 2) + b * std::pow(x[2], 4) * std::sin(x[0]);
  }
  static double variance() { return a * a / 8 + b * std::pow(M_PI, 4) / 5 + b * b * std::pow(M_PI, 8) / 18 + 0.5; }
  /// Of x1 and x3 together, beyond each alone; all other interactions are 0.
  static double pair_13() { return b * b * std::pow(M_PI, 8) * (1.0 / 18 - 1.0 / 50) / variance(); }
  static KnownIndices indices() {
    const double one = 0.5 * std::pow(1 + b * std::pow(M_PI, 4) / 5, 2) / variance(), two = a * a / 8 / variance();
    return {{one, two, 0}, {one + pair_13(), two, pair_13()}};
  }
};

/// Sobol's g-function, factors uniform on [0, 1]: product of (|4 x_i - 2| + a_i) / (1 + a_i). Saltelli and Sobol (1995).
struct GFunction {
  std::vector<double> a{0, 1, 4.5, 9, 99, 99, 99, 99};
  double value(std::span<const double> x) const {
    double product = 1;
    for (std::size_t i = 0; i < a.size(); ++i) product *= (std::abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
    return product;
  }
  double part(std::size_t i) const { return 1 / (3 * (1 + a[i]) * (1 + a[i])); }
  double variance() const {
    double product = 1;
    for (std::size_t i = 0; i < a.size(); ++i) product *= 1 + part(i);
    return product - 1;
  }
  double pair(std::size_t i, std::size_t j) const { return part(i) * part(j) / variance(); }
  KnownIndices indices() const {
    KnownIndices known;
    for (std::size_t i = 0; i < a.size(); ++i) {
      known.first.push_back(part(i) / variance());
      known.total.push_back(part(i) * (1 + variance()) / (1 + part(i)) / variance());
    }
    return known;
  }
};

}  // namespace spillway::testing
