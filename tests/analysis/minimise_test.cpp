#include "analysis/minimise.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "base/error.hpp"

using namespace spillway;
using Catch::Contains;

namespace {
using Point = std::span<const double>;

double rosenbrock(Point x) { return 100 * std::pow(x[1] - x[0] * x[0], 2) + std::pow(1 - x[0], 2); }
double bowl(Point x) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += static_cast<double>(i + 1) * std::pow(x[i] - 0.3, 2);
  return sum;
}

MinimiseOptions precise(std::size_t evaluations = 1000) {
  MinimiseOptions options;
  options.evaluations = evaluations;
  options.tolerance = 1e-8;
  return options;
}
const std::vector<double> low{-2, -2}, high{2, 3};
}  // namespace

TEST_CASE("minimise finds Rosenbrock's valley's end", "[minimise]") {
  const Minimum found = minimise(rosenbrock, {-1.2, 1}, low, high, precise());
  CHECK(found.at[0] == Approx(1).margin(1e-4));
  CHECK(found.at[1] == Approx(1).margin(2e-4));
  CHECK(found.value < 1e-8);
  CHECK(found.value == rosenbrock(found.at));
  CHECK(found.ended == "steps below the tolerance");
}

TEST_CASE("minimise finds a minimum at the edge of the box", "[minimise]") {
  const std::vector<double> low_here{-2, 0.6}, high_here{0.1, 3};
  const Minimum found = minimise(bowl, {-1, 2}, low_here, high_here, precise());
  CHECK(found.at[0] == Approx(0.1).margin(1e-12));
  CHECK(found.at[1] == Approx(0.6).margin(1e-12));
  const Minimum again = minimise(bowl, {-1, 2}, low_here, high_here, precise());
  CHECK(again.at == found.at);
  CHECK(again.evaluations == found.evaluations);
}

TEST_CASE("minimise never leaves the box", "[minimise]") {
  std::size_t calls = 0;
  const auto watched = [&](Point x) {
    ++calls;
    for (std::size_t i = 0; i < 2; ++i) CHECK((x[i] >= low[i] && x[i] <= high[i]));
    return x[0] - x[1];
  };
  const Minimum found = minimise(watched, {7, -9}, low, high, precise());
  CHECK(found.at == std::vector<double>{-2, 3});
  CHECK(found.evaluations == calls);
}

TEST_CASE("minimise goes round where the function has no value", "[minimise]") {
  for (const double hole : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    int holes = 0;
    const auto pierced = [&](Point x) {
      if (x[0] + x[1] < 0.5) return ++holes, hole;
      return bowl(x);
    };
    const Minimum found = minimise(pierced, {0.4, 0.4}, low, high, precise());
    CHECK(holes > 0);
    CHECK(found.at[0] == Approx(0.3).margin(1e-3));
    CHECK(found.at[1] == Approx(0.3).margin(1e-3));
  }
}

TEST_CASE("minimise keeps to its evaluations and returns the best seen", "[minimise]") {
  double best = std::numeric_limits<double>::infinity();
  std::size_t calls = 0;
  const auto watched = [&](Point x) {
    ++calls;
    best = std::min(best, rosenbrock(x));
    return rosenbrock(x);
  };
  for (const std::size_t most : {1, 2, 17}) {
    calls = 0;
    best = std::numeric_limits<double>::infinity();
    const Minimum found = minimise(watched, {-1.2, 1}, low, high, precise(most));
    CHECK(calls == most);
    CHECK(found.evaluations == most);
    CHECK(found.value == best);
    CHECK(rosenbrock(found.at) == best);
    CHECK(found.ended == "most evaluations");
  }
}

TEST_CASE("minimise's steps end at the tolerance", "[minimise]") {
  MinimiseOptions coarse = precise(), fine = precise();
  coarse.tolerance = 1e-2;
  const Minimum rough = minimise(rosenbrock, {-1.2, 1}, low, high, coarse), exact = minimise(rosenbrock, {-1.2, 1}, low, high, fine);
  CHECK(rough.evaluations < exact.evaluations);
  CHECK(rough.value > exact.value);
}

TEST_CASE("a start at the edge that is best of all is kept", "[minimise]") {
  const auto cliff = [](Point x) { return x[0] == 2 && x[1] == 2.9 ? -1.0 : bowl(x); };  // BOBYQA itself would not look there
  const Minimum found = minimise(cliff, {2, 2.9}, low, high, precise());
  CHECK(found.at == std::vector<double>{2, 2.9});
  CHECK(found.value == -1);
}

TEST_CASE("exceptions pass through minimise", "[minimise]") {
  int calls = 0;
  const auto failing = [&](Point x) {
    if (++calls == 6) throw std::runtime_error("run 6 failed");
    return bowl(x);
  };
  CHECK_THROWS_WITH(minimise(failing, {1, 1}, low, high, precise()), "run 6 failed");
  CHECK(calls == 6);
  const auto at_once = [](Point) -> double { throw 17; };
  CHECK_THROWS_AS(minimise(at_once, {1, 1}, low, high, precise()), int);
}

TEST_CASE("minimise along one side, and along none", "[minimise]") {
  const std::vector<double> low_one{0, 0.7}, high_one{1, 0.7};
  const Minimum one = minimise(bowl, {0.9, 0.7}, low_one, high_one, precise());
  CHECK(one.at[0] == Approx(0.3).margin(1e-6));
  CHECK(one.at[1] == 0.7);
  const Minimum none = minimise(bowl, {0.1, 0.7}, high_one, high_one, precise());
  CHECK(none.at == high_one);
  CHECK(none.evaluations == 1);
  CHECK(none.ended == "nothing to vary");
}

TEST_CASE("minimise refuses a start or a box without numbers", "[minimise]") {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const auto nowhere = [](Point) { return nan; };
  CHECK_THROWS_WITH(minimise(nowhere, {1, 1}, low, high, precise()), Contains("nan at the start"));
  CHECK_THROWS_AS(minimise(bowl, {1, 1}, high, low, precise()), InputError);
  CHECK_THROWS_WITH(minimise(bowl, {1, nan}, low, high, precise()), Contains("column 1 starts at nan, from -2 to 3"));
}
