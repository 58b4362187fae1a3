#include "analysis/response_surface.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "analysis/least_squares.hpp"
#include "base/error.hpp"

using namespace spillway;
using Catch::Contains;

namespace {
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Columns of very different sizes, far from 0: 1 +- 0.05, 30 +- 15, 900 +- 450, ...
Matrix points_of(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  Matrix points = latin_hypercube(rows, columns, seed);
  for (std::size_t i = 0; i < points.values.size(); ++i) {
    const std::size_t c = i % columns;
    points.values[i] = std::pow(30.0, static_cast<double>(c)) * (c == 0 ? 0.95 + 0.1 * points.values[i] : 0.5 + points.values[i]);
  }
  return points;
}

/// A polynomial of second degree; each outcome has another. In units of the columns' sizes, so that all terms count.
double quadratic(std::span<const double> x, std::size_t outcome) {
  const auto number = [&](std::size_t i) { return std::sin(1.0 + static_cast<double>(i) * 1.7 + static_cast<double>(outcome) * 0.37); };
  double sum = number(0);
  for (std::size_t i = 0, t = 1; i < x.size(); ++i) {
    const double a = x[i] / std::pow(30.0, static_cast<double>(i));
    sum += number(t++) * a;
    for (std::size_t j = i; j < x.size(); ++j) sum += number(t++) * a * x[j] / std::pow(30.0, static_cast<double>(j));
  }
  return sum;
}

std::vector<double> values_of(const Matrix& points, std::size_t outcome) {
  std::vector<double> values;
  for (std::size_t i = 0; i < points.rows(); ++i) values.push_back(quadratic(points.row(i), outcome));
  return values;
}

/// Standard normal numbers.
std::vector<double> noise(std::size_t count, std::uint64_t seed) {
  std::vector<double> numbers = random_points(count, 1, seed).values;
  for (double& x : numbers) x = boost::math::quantile(boost::math::normal(), x);
  return numbers;
}

std::vector<double> noisy(const Matrix& points, double deviation, std::uint64_t seed) {
  std::vector<double> values = values_of(points, 0);
  const std::vector<double> luck = noise(points.rows(), seed);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] += deviation * luck[i];
  return values;
}
}  // namespace

TEST_CASE("a response surface finds a polynomial of second degree again", "[response_surface]") {
  const std::size_t columns = 5;
  const Matrix points = points_of(rows_for_surface(columns), columns, 1), others = points_of(100, columns, 2);
  const ResponseSurface surface(points, values_of(points, 0));
  CHECK(surface.terms() == 21);
  CHECK(rows_for_surface(columns) == 26);  // 25.2
  for (std::size_t i = 0; i < others.rows(); ++i) {
    const double truth = quadratic(others.row(i), 0);
    CHECK(std::abs(surface.at(others.row(i)) - truth) < 1e-9);
  }
  CHECK(surface.deviation() < 1e-9);
  CHECK(surface.left_out_deviation() < 1e-9);
}

TEST_CASE("a response surface does not follow a cubic", "[response_surface]") {
  const Matrix points = latin_hypercube(40, 2, 1);
  std::vector<double> values;
  for (std::size_t i = 0; i < points.rows(); ++i) values.push_back(std::pow(points.row(i)[0], 3));
  const ResponseSurface surface(points, values);
  // Of x^3 on [0, 1] the best quadratic leaves the Legendre polynomial of third degree over 20, of deviation 1 / (20 sqrt 7) = 0.0189.
  CHECK(surface.deviation() == Approx(0.0189).epsilon(0.2));
}

TEST_CASE("leaving a row out by the hat matrix is fitting again without it", "[response_surface]") {
  const std::size_t columns = 3, rows = 30;
  const Matrix points = points_of(rows, columns, 3);
  const std::vector<double> values = noisy(points, 0.5, 4);
  double squares = 0;
  for (std::size_t out = 0; out < rows; ++out) {
    std::vector<double> others = values;
    others[out] = missing;
    const double e = values[out] - ResponseSurface(points, others).at(points.row(out));
    squares += e * e;
  }
  const ResponseSurface surface(points, values);
  CHECK(surface.left_out_deviation() == Approx(std::sqrt(squares / rows)).epsilon(1e-9));
  CHECK(surface.left_out_deviation() > surface.deviation());
}

// (rows - terms) s^2 / sigma^2 has the chi-square law with rows - terms degrees of freedom.
TEST_CASE("the deviation about a response surface is that of the noise", "[response_surface]") {
  const std::size_t columns = 5, rows = 200;
  const double sigma = 0.7, freedom = static_cast<double>(rows - quadratic_terms(columns)), chance = 1e-4;
  const boost::math::chi_squared law(freedom);
  const double low = boost::math::quantile(law, chance), high = boost::math::quantile(boost::math::complement(law, chance));
  const Matrix points = points_of(rows, columns, 5);
  for (std::uint64_t seed = 10; seed < 15; ++seed) {
    const double s = ResponseSurface(points, noisy(points, sigma, seed)).deviation();
    const double ratio = freedom * s * s / (sigma * sigma);
    CHECK(ratio > low);
    CHECK(ratio < high);
  }
}

TEST_CASE("surfaces of many outcomes are those of each", "[response_surface]") {
  const std::size_t columns = 4, rows = 40, outcomes = 21;
  const Matrix points = points_of(rows, columns, 6), others = points_of(20, columns, 7);
  std::vector<std::vector<double>> values;
  for (std::size_t o = 0; o < outcomes; ++o) {
    values.push_back(values_of(points, o));
    values.back()[5] += 1;
    if (o % 3 == 1) values.back()[o] = missing;
  }
  const ResponseSurfaces surfaces(points, values);
  REQUIRE(surfaces.size() == outcomes);
  std::vector<double> out(outcomes);
  for (std::size_t o = 0; o < outcomes; ++o) {
    const ResponseSurface one(points, values[o]);
    CHECK(surfaces.deviation(o) == one.deviation());
    CHECK(surfaces.left_out_deviation(o) == one.left_out_deviation());
    for (std::size_t i = 0; i < others.rows(); ++i) {
      surfaces.at(others.row(i), out);
      CHECK(out[o] == one.at(others.row(i)));
    }
  }
}

TEST_CASE("a run without a value is left out", "[response_surface]") {
  const std::size_t columns = 2, rows = 30;
  const Matrix points = points_of(rows, columns, 8);
  std::vector<double> values = noisy(points, 0.2, 9);
  Matrix fewer{columns, {}};
  std::vector<double> given;
  for (std::size_t i = 0; i < rows; ++i) {
    if (i % 4 == 1) {
      values[i] = missing;
      continue;
    }
    fewer.values.insert(fewer.values.end(), points.row(i).begin(), points.row(i).end());
    given.push_back(values[i]);
  }
  const ResponseSurface with_gaps(points, values), without(fewer, given);
  CHECK(with_gaps.deviation() == Approx(without.deviation()).epsilon(1e-9));
  CHECK(with_gaps.left_out_deviation() == Approx(without.left_out_deviation()).epsilon(1e-9));
  for (std::size_t i = 0; i < rows; ++i) CHECK(with_gaps.at(points.row(i)) == Approx(without.at(points.row(i))).epsilon(1e-9));
}

// Of a column with two values the square is a line through them, and of a column with one nothing is known.
TEST_CASE("terms that points cannot tell apart are left out of a response surface", "[response_surface]") {
  Matrix points = latin_hypercube(40, 3, 10);
  std::vector<double> values;
  for (std::size_t i = 0; i < points.rows(); ++i) {
    double* x = points.values.data() + 3 * i;
    x[1] = x[1] < 0.5 ? 0.0 : 1.0;
    x[2] = 7;
    values.push_back(2 + x[0] * x[0] + 3 * x[1] - x[0] * x[1] + (i % 2 == 0 ? 0.1 : -0.1));
  }
  const ResponseSurface surface(points, values);
  const std::vector<double> at{0.3, 1, 7};
  CHECK(surface.at(at) == Approx(2 + 0.09 + 3 - 0.3).margin(0.1));
  // 5 terms are left: 1, x0, x0^2, x1, x0 x1. They take nearly nothing of a deviation that goes up and down with the row.
  CHECK(surface.deviation() == Approx(0.1 * std::sqrt(40.0 / 35.0)).epsilon(0.08));
}

TEST_CASE("a run that alone carries a term cannot be left out", "[response_surface]") {
  const Matrix points{1, {0, 0, 0, 0, 1}};
  const ResponseSurface surface(points, std::vector<double>{1, 2, 1, 2, 5});
  CHECK(surface.at(points.row(4)) == Approx(5));
  CHECK(surface.deviation() == Approx(std::sqrt(1.0 / 3)));
  CHECK(std::isinf(surface.left_out_deviation()));
}

TEST_CASE("too few runs for a response surface are counted", "[response_surface]") {
  const Matrix points = points_of(12, 3, 11);
  std::vector<double> values = values_of(points, 0);
  CHECK_NOTHROW(ResponseSurface(points, values));
  values[4] = missing;
  CHECK_THROWS_WITH(ResponseSurfaces(points, {values_of(points, 0), values}),
                    Contains("outcome 1 has a value in 11 runs") && Contains("10 terms of 3 columns") && Contains("at least 12"));
}

TEST_CASE("what is not finite is refused by a response surface", "[response_surface]") {
  Matrix points = points_of(12, 3, 12);
  std::vector<double> values = values_of(points, 0);
  values[7] = std::numeric_limits<double>::infinity();
  CHECK_THROWS_WITH(ResponseSurface(points, values), Contains("outcome 0 of run 7 is inf"));
  points.values[5] = missing;
  CHECK_THROWS_WITH(ResponseSurface(points, values_of(points, 0)), Contains("coordinate 2 of run 1 is nan"));
}

// A line through (0, 0), (1, 1), (2, 1): slope 1/2, intercept 1/6; residuals -1/6, 1/3, -1/6; h = 5/6, 1/3, 5/6.
TEST_CASE("least squares by hand", "[response_surface]") {
  const Matrix design{2, {1, 0, 1, 1, 1, 2}};
  const LeastSquaresFit fit = least_squares(design, {{0, 1, 1}}).at(0);
  CHECK(fit.coefficients[0] == Approx(1.0 / 6));
  CHECK(fit.coefficients[1] == Approx(0.5));
  CHECK(fit.deviation == Approx(std::sqrt(1.0 / 6)));
  CHECK(fit.left_out_deviation == Approx(std::sqrt((1 + 0.25 + 1) / 3)));
}
