#include "validation/regression.hpp"

#include <algorithm>
#include <cmath>

namespace spillway::validation {

namespace {
using Matrix = std::vector<std::vector<double>>;

/// Gauss-Jordan; normal matrices of three columns at most, on x in [0, 1]: no pivoting is needed.
Matrix inverse(Matrix a) {
  const std::size_t n = a.size();
  Matrix b(n, std::vector<double>(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) b[i][i] = 1.0;
  for (std::size_t i = 0; i < n; ++i) {
    const double pivot = a[i][i];
    for (std::size_t c = 0; c < n; ++c) {
      a[i][c] /= pivot;
      b[i][c] /= pivot;
    }
    for (std::size_t r = 0; r < n; ++r) {
      const double factor = a[r][i];
      if (r == i) continue;
      for (std::size_t c = 0; c < n; ++c) {
        a[r][c] -= factor * a[i][c];
        b[r][c] -= factor * b[i][c];
      }
    }
  }
  return b;
}

struct Point {
  double x, rate, years, weight;
};

double value(const std::vector<double>& coefficients, double x) {
  double sum = 0.0, power = 1.0;
  for (const double c : coefficients) {
    sum += c * power;
    power *= x;
  }
  return sum;
}

void fit(const std::vector<Point>& points, RateCurve& curve) {
  const std::size_t n = curve.coefficients.size();
  Matrix normal(n, std::vector<double>(n, 0.0));
  std::vector<double> right(n, 0.0);
  for (const Point& p : points) {
    for (std::size_t r = 0; r < n; ++r) {
      right[r] += p.weight * p.rate * std::pow(p.x, static_cast<double>(r));
      for (std::size_t c = 0; c < n; ++c) normal[r][c] += p.weight * std::pow(p.x, static_cast<double>(r + c));
    }
  }
  const Matrix covariance = inverse(normal);
  for (std::size_t r = 0; r < n; ++r) {
    curve.coefficients[r] = 0.0;
    for (std::size_t c = 0; c < n; ++c) curve.coefficients[r] += covariance[r][c] * right[c];
    curve.errors[r] = std::sqrt(covariance[r][r]);
  }
}

double explained(const std::vector<Point>& points, const RateCurve& curve) {
  double weights = 0.0, mean = 0.0, all = 0.0, rest = 0.0;
  for (const Point& p : points) weights += p.weight;
  for (const Point& p : points) mean += p.weight * p.rate / weights;
  for (const Point& p : points) {
    all += p.weight * (p.rate - mean) * (p.rate - mean);
    rest += p.weight * std::pow(p.rate - value(curve.coefficients, p.x), 2);
  }
  return 1.0 - rest / all;
}
}  // namespace

Line straight_line(const std::vector<double>& x, const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  double mx = 0.0, my = 0.0, xx = 0.0, xy = 0.0, yy = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mx += x[i] / n;
    my += y[i] / n;
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mx) * (x[i] - mx);
    xy += (x[i] - mx) * (y[i] - my);
    yy += (y[i] - my) * (y[i] - my);
  }
  return {my - xy / xx * mx, xy / xx, xy * xy / (xx * yy)};
}

RateCurve rate_curve(const std::vector<Cell>& cells, std::size_t degree) {
  std::vector<Point> points;
  double years = 0.0, events = 0.0;
  for (const Cell& cell : cells) {
    if (cell.years == 0.0) continue;
    points.push_back({cell.exposure / cell.years, cell.events / cell.years, cell.years, cell.years});
    years += cell.years;
    events += cell.events;
  }
  const double least = 0.1 * events / years;  // a fitted rate near zero must not weigh without bound
  RateCurve curve{std::vector<double>(degree + 1, 0.0), std::vector<double>(degree + 1, 0.0), 0.0};
  constexpr int rounds = 5;  // weights by the curve of the round before: equal rates at first; three would do
  for (int round = 0; round < rounds; ++round) {
    for (Point& p : points) p.weight = p.years / (round == 0 ? events / years : std::max(value(curve.coefficients, p.x), least));
    fit(points, curve);
  }
  curve.r_squared = explained(points, curve);
  return curve;
}

}  // namespace spillway::validation
