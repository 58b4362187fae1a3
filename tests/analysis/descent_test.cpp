#include "analysis/descent.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "analysis/study_draws.hpp"
#include "base/error.hpp"

using namespace spillway;
using Catch::Contains;

namespace {
using Point = std::span<const double>;
using Residuals = std::function<std::vector<double>(Point)>;

Matrix answers(const Matrix& points, const Residuals& residuals) {
  Matrix rows;
  for (std::size_t p = 0; p < points.rows(); ++p) {
    const std::vector<double> row = residuals(points.row(p));
    rows.columns = row.size();
    rows.values.insert(rows.values.end(), row.begin(), row.end());
  }
  return rows;
}

Descent descended(const std::vector<double>& start, const Residuals& residuals, int steps) {
  Descent descent(start, 0.03);
  for (int turn = 0; turn < 2 * steps; ++turn) descent.tell(answers(descent.ask(), residuals));
  return descent;
}

/// Rosenbrock's valley in [-2, 2]^2, its end at (0.75, 0.75).
std::vector<double> valley(Point u) {
  const double x = 4 * u[0] - 2, y = 4 * u[1] - 2;
  return {10 * (y - x * x), 1 - x};
}
}  // namespace

TEST_CASE("a descent follows a bent valley to its end", "[minimise]") {
  const Descent descent = descended({0.2, 0.9}, valley, 60);
  CHECK(descent.value() < 1e-6);
  CHECK(descent.at()[0] == Approx(0.75).margin(1e-3));
  CHECK(descent.at()[1] == Approx(0.75).margin(1e-3));
}

TEST_CASE("a descent ends at the edge where the minimum lies beyond", "[minimise]") {
  // Along u0 = 0.999 the best u1 is 1.2 - 0.999; the other way it would leave the cube.
  const Descent descent = descended(
      {0.5, 0.5},
      [](Point u) {
        return std::vector{50 * (u[0] - 1.5), 50 * (u[0] + u[1] - 1.2)};
      },
      20);
  CHECK(descent.at()[0] == Approx(0.999));
  CHECK(descent.at()[1] == Approx(0.201).margin(1e-6));
}

TEST_CASE("a descent is not led astray by what is rough", "[minimise]") {
  // 12 residuals of 4 numbers with slopes of 40 deviations a side, each with an error of deviation 0.1 that hangs on the point. Slopes by
  // differences of 0.03 then err by 0.1 sqrt(2) / 0.03 = 5, an eighth of themselves. Of the point where errors happen to be 0 the value is
  // 0; errors alone have a mean of 12 x 0.1^2 = 0.12 and a deviation of 0.05: four of these above the mean is 0.32.
  std::size_t asked = 0;
  const Residuals rough = [&](Point u) {
    std::vector<double> r;
    for (std::size_t i = 0; i < 12; ++i) {
      double sum = 0;
      for (std::size_t c = 0; c < 4; ++c) sum += 40 * std::cos(static_cast<double>(1 + i * 4 + c)) * (u[c] - 0.4);
      const Draw d = study_draw(5, asked, i, Stream::unit_point);
      r.push_back(sum + 0.1 * std::sqrt(12.0) * (unit_number(d.word[0], d.word[1]) - 0.5));
    }
    ++asked;
    return r;
  };
  CHECK(descended({0.9, 0.1, 0.8, 0.2}, rough, 15).value() < 0.32);
}

TEST_CASE("a descent never goes up, and repeats itself to the bit", "[minimise]") {
  Descent descent({0.1, 0.1}, 0.05);
  CHECK(descent.value() == std::numeric_limits<double>::infinity());
  double before = descent.value();
  for (int turn = 0; turn < 40; ++turn) {
    descent.tell(answers(descent.ask(), valley));
    CHECK(descent.value() <= before);
    before = descent.value();
  }
  CHECK(descended({0.2, 0.9}, valley, 9).at() == descended({0.2, 0.9}, valley, 9).at());
}

TEST_CASE("a descent asks for the start and one point a side, then for trials within the cube", "[minimise]") {
  Descent descent({0.99, 0.5}, 0.03);
  const Matrix first = descent.ask();
  CHECK(first.values == std::vector<double>{0.99, 0.5, 0.99 - 0.03, 0.5, 0.99, 0.5 + 0.03});
  descent.tell(answers(first, [](Point u) { return std::vector{100 * (2 - u[0]), u[1]}; }));
  const Matrix& trials = descent.ask();
  CHECK(trials.rows() == 8);
  for (std::size_t p = 0; p < trials.rows(); ++p) CHECK(trials.row(p)[0] <= 0.999);
  CHECK_THROWS_WITH(descent.tell({1, {1, 2}}), Contains("residuals of 2 points, 8 were asked for"));
  CHECK_THROWS_WITH(Descent({0.5}, 0.5), Contains("they lie in (0, 0.5)"));
  CHECK_THROWS_WITH(Descent({}, 0.1), Contains("a start without columns"));
}
