#include "analysis/cma_es.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "analysis/study_draws.hpp"
#include "base/error.hpp"
#include "base/math.hpp"

using namespace spillway;
using Catch::Contains;

namespace {
using Point = std::span<const double>;

/// Corners of a cube about the origin.
Matrix corners(std::size_t columns, double side) {
  Matrix cloud{columns, {}};
  for (std::size_t corner = 0; corner < 2 * columns; ++corner)
    for (std::size_t c = 0; c < columns; ++c) cloud.values.push_back(corner / 2 == c ? (corner % 2 == 0 ? side : -side) : 0.0);
  return cloud;
}

std::vector<double> values_of(const Matrix& points, const std::function<double(Point)>& function) {
  std::vector<double> values;
  for (std::size_t p = 0; p < points.rows(); ++p) values.push_back(function(points.row(p)));
  return values;
}

double ellipsoid(Point x) {  // axes from 1 to 1000, of none of which a coordinate is
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double along = x[i] + (i > 0 ? x[i - 1] : 0.0) - 1;
    sum += std::pow(10.0, 3.0 * static_cast<double>(i) / static_cast<double>(x.size() - 1)) * along * along;
  }
  return sum;
}

double rosenbrock(Point x) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) sum += 100 * std::pow(x[i + 1] - x[i] * x[i], 2) + std::pow(1 - x[i], 2);
  return sum;
}

std::vector<double> found(CmaEs strategy, const std::function<double(Point)>& function, int generations) {
  for (int g = 0; g < generations; ++g) strategy.tell(values_of(strategy.ask(), function));
  return strategy.mean();
}
}  // namespace

TEST_CASE("the strategy finds the end of bent and of narrow valleys", "[minimise]") {
  const std::vector<double> origin(6, 0.0);
  CHECK(rosenbrock(found(CmaEs(origin, corners(6, 1), 0.3, 12, 1), rosenbrock, 400)) < 1e-8);
  CHECK(ellipsoid(found(CmaEs(origin, corners(6, 1), 0.3, 12, 2), ellipsoid, 250)) < 1e-8);
}

TEST_CASE("the strategy's first generation has the cloud's covariance", "[minimise]") {
  Matrix cloud{2, {-1, -2, 1, 2, -2, 1, 2, -1}};                                       // variances 10/3, covariance 0
  for (std::size_t r = 0; r < 4; ++r) cloud.values[2 * r + 1] += cloud.values[2 * r];  // 10/3, 10/3; 20/3
  CmaEs strategy({5, 6}, cloud, 0.5, 20000, 3);
  const Matrix& points = strategy.ask();
  double sum[2] = {}, products[3] = {};
  for (std::size_t p = 0; p < points.rows(); ++p) {
    const double x = points.row(p)[0] - 5, y = points.row(p)[1] - 6;
    sum[0] += x, sum[1] += y, products[0] += x * x, products[1] += x * y, products[2] += y * y;
  }
  // Five standard errors of 20,000 points: sqrt(variance / n) of a mean, sqrt((v w + c^2) / n) of a product.
  const double n = 20000, v = 10.0 / 12, c = 10.0 / 12, w = 20.0 / 12;
  CHECK(sum[0] / n == Approx(0).margin(5 * std::sqrt(v / n)));
  CHECK(sum[1] / n == Approx(0).margin(5 * std::sqrt(w / n)));
  CHECK(products[0] / n == Approx(v).margin(5 * std::sqrt(2 * v * v / n)));
  CHECK(products[1] / n == Approx(c).margin(5 * std::sqrt((v * w + c * c) / n)));
  CHECK(products[2] / n == Approx(w).margin(5 * std::sqrt(2 * w * w / n)));
}

TEST_CASE("luck shared by a generation does not mislead the strategy", "[minimise]") {
  int generation = 0;
  CmaEs strategy(std::vector<double>(4, 2.0), corners(4, 1), 0.5, 12, 4);
  std::vector<double> late(4, 0.0);
  for (; generation < 200; ++generation) {
    const Draw d = study_draw(9, static_cast<std::size_t>(generation), 0, Stream::unit_point);
    const double shift = static_cast<double>(normal_quantile_f(static_cast<float>(unit_number(d.word[0], d.word[1]))));
    strategy.tell(values_of(strategy.ask(), [&](Point x) {
      double sum = 0;
      for (const double value : x) sum += (value - 0.1 * shift) * (value - 0.1 * shift);
      return sum + 1000 * shift;  // the level does not count, only the order
    }));
    if (generation >= 100)
      for (std::size_t c = 0; c < 4; ++c) late[c] += strategy.mean()[c] / 100;
  }
  // Minima lie at 0.1 times a normal number; the mean of 100 of them has deviation 0.01, and the strategy does not average better than
  // that.
  for (const double value : late) CHECK(std::abs(value) < 0.05);
}

TEST_CASE("the strategy repeats itself to the bit and refuses what it cannot use", "[minimise]") {
  const std::vector<double> origin(3, 0.0);
  CHECK(found(CmaEs(origin, corners(3, 1), 0.3, 8, 5), rosenbrock, 30) == found(CmaEs(origin, corners(3, 1), 0.3, 8, 5), rosenbrock, 30));
  CHECK(found(CmaEs(origin, corners(3, 1), 0.3, 8, 5), rosenbrock, 30) != found(CmaEs(origin, corners(3, 1), 0.3, 8, 6), rosenbrock, 30));
  CHECK_THROWS_WITH(CmaEs(origin, corners(3, 1), 0.3, 3, 1), Contains("at least 4 are needed"));
  CHECK_THROWS_WITH(CmaEs(origin, corners(2, 1), 0.3, 8, 1), Contains("2 columns about a mean of 3"));
  CHECK_THROWS_WITH(CmaEs(origin, {3, {1, 2, 3}}, 0.3, 8, 1), Contains("a cloud of 1 points"));
}
