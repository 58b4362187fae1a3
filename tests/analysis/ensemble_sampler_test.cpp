// Whether the sampler draws from the density it is given. Draws are correlated: of a function's mean over W walkers and S steps the
// standard error is sqrt(variance tau / (W S)), with tau the function's own integrated autocorrelation time, taken from the chain. Its own
// error is below a tenth here, and bounds are 4.5 standard errors: for 40 numbers at once less than one false alarm in a thousand.
#include "analysis/ensemble_sampler.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "analysis/autocorrelation.hpp"
#include "analysis/study_draws.hpp"
#include "base/error.hpp"

using namespace spillway;
using Catch::Contains;

namespace {
using Point = std::span<const double>;
constexpr double nothing = -std::numeric_limits<double>::infinity();

Matrix boxed(std::size_t rows, std::size_t columns, double low, double high) {
  Matrix points = random_points(rows, columns, 77);
  for (double& x : points.values) x = low + (high - low) * x;
  return points;
}

/// x = centre + L z with z standard normal: covariance L L'.
struct Correlated {
  static constexpr std::size_t columns = 6;
  static double centre(std::size_t i) { return 10.0 - 3.0 * static_cast<double>(i); }
  static double factor(std::size_t i, std::size_t j) {
    if (j > i) return 0;
    return i == j ? std::pow(3.0, static_cast<double>(i) - 3.0)
                  : 0.7 * std::pow(3.0, static_cast<double>(i) - 3.0) / static_cast<double>(i - j);
  }
  static double covariance(std::size_t i, std::size_t j) {
    double sum = 0;
    for (std::size_t c = 0; c < columns; ++c) sum += factor(i, c) * factor(j, c);
    return sum;
  }
  static double density(Point x) {
    double z[columns], sum = 0;
    for (std::size_t i = 0; i < columns; ++i) {
      z[i] = x[i] - centre(i);
      for (std::size_t c = 0; c < i; ++c) z[i] -= factor(i, c) * z[c];
      z[i] /= factor(i, i);
      sum -= 0.5 * z[i] * z[i];
    }
    return sum;
  }
};

/// Mean of a function over draws that were not thinned, against the truth.
void check_mean(const Draws& draws, std::size_t walkers, const std::function<double(Point)>& function, double truth) {
  const std::size_t rows = draws.points.rows(), steps = rows / walkers;
  std::vector<double> series(rows);
  double mean = 0, squares = 0;
  for (std::size_t r = 0; r < rows; ++r) {
    const double x = function(draws.points.row(r));
    series[r % walkers * steps + r / walkers] = x;
    mean += x / static_cast<double>(rows);
    squares += x * x / static_cast<double>(rows);
  }
  const double tau = integrated_time(series, steps), error = std::sqrt((squares - mean * mean) * tau / static_cast<double>(rows));
  CAPTURE(truth, mean, tau, error);
  CHECK(std::abs(mean - truth) < 4.5 * error);
  CHECK(tau < static_cast<double>(steps) / 20);  // else the error would not be known
}

SamplerOptions long_run() {
  SamplerOptions options;
  options.walkers = 48;
  options.warm_up = 1000;
  options.steps = 6000;
  options.thin = 1;
  return options;
}

double in_unit_box(Point x) {
  for (const double v : x)
    if (!(v >= 0 && v <= 1)) return nothing;
  return 0;
}
}  // namespace

TEST_CASE("the ensemble sampler finds a correlated normal density's moments", "[sampler]") {
  const SamplerOptions options = long_run();
  const Draws draws = draw_from(Correlated::density, boxed(200, 6, -8, 12), options);
  REQUIRE(draws.points.rows() == options.walkers * options.steps);
  CHECK(draws.accepted > 0.2);
  CHECK(draws.accepted < 0.7);
  for (std::size_t i = 0; i < 6; ++i) {
    check_mean(
        draws, options.walkers, [i](Point x) { return x[i]; }, Correlated::centre(i));
    for (std::size_t j = 0; j <= i; ++j) {
      const auto product = [i, j](Point x) { return (x[i] - Correlated::centre(i)) * (x[j] - Correlated::centre(j)); };
      check_mean(draws, options.walkers, product, Correlated::covariance(i, j));
    }
  }
  for (std::size_t r = 0; r < draws.points.rows(); r += 997) CHECK(draws.density[r] == Correlated::density(draws.points.row(r)));
}

TEST_CASE("the ensemble sampler fills a box evenly and stays inside", "[sampler]") {
  const SamplerOptions options = long_run();
  const Draws draws = draw_from(in_unit_box, boxed(400, 3, -0.5, 1.5), options);
  for (const double x : draws.points.values) REQUIRE((x >= 0 && x <= 1));
  for (std::size_t i = 0; i < 3; ++i)
    for (const double part : {0.05, 0.5, 0.95})
      check_mean(
          draws, options.walkers, [=](Point x) { return x[i] < part ? 1.0 : 0.0; }, part);
  check_mean(
      draws, options.walkers, [](Point x) { return x[0] < 0.5 && x[1] < 0.5 && x[2] < 0.5 ? 1.0 : 0.0; }, 0.125);
}

TEST_CASE("a single column is drawn from its density", "[sampler]") {
  const SamplerOptions options = long_run();
  const Draws draws = draw_from([](Point x) { return x[0] > 0 ? -x[0] : nothing; }, boxed(100, 1, 0, 3), options);  // exponential
  check_mean(
      draws, options.walkers, [](Point x) { return x[0]; }, 1);
  check_mean(
      draws, options.walkers, [](Point x) { return x[0] > 2 ? 1.0 : 0.0; }, std::exp(-2));
}

TEST_CASE("the ensemble sampler draws the same bits again and on any number of threads", "[sampler]") {
  SamplerOptions options;
  options.walkers = 14;
  options.steps = options.warm_up = 60;
  const Matrix start = boxed(100, 6, -8, 12);
  const Draws one = draw_from(Correlated::density, start, options);
  for (const int threads : {1, 2, 3}) {
    options.threads = threads;
    const Draws again = draw_from(Correlated::density, start, options);
    CHECK(again.points.values == one.points.values);
    CHECK(again.density == one.density);
    CHECK(again.accepted == one.accepted);
    CHECK(again.autocorrelation == one.autocorrelation);
  }
  options.seed = 2;
  CHECK(draw_from(Correlated::density, start, options).points.values != one.points.values);
}

// The second step after the warm-up is done again by formula: the first half moves by the other as it was, then the other by the first.
TEST_CASE("the ensemble sampler's moves are those of its words", "[sampler]") {
  SamplerOptions options;
  options.walkers = 6;
  options.warm_up = 3;
  options.steps = 2;
  options.thin = 1;
  options.seed = 0x500000007;
  const Draws draws = draw_from([](Point) { return 0.0; }, boxed(20, 1, 0, 1), options);  // one column, flat: each move is accepted
  CHECK(draws.accepted == 1);
  std::vector<double> x(draws.points.values.begin(), draws.points.values.begin() + 6);
  for (std::size_t w = 0; w < 6; ++w) {
    const Draw d = study_draw(options.seed, 3 + 2, w, Stream::stretch_move);
    const double root = (d.word[1] + 0.5) / 4294967296.0 + 1, partner = x[(w < 3 ? 3 : 0) + d.word[0] * 3ULL / 4294967296ULL];
    x[w] = partner + root * root / 2 * (x[w] - partner);
    CHECK(draws.points.values[6 + w] == Approx(x[w]).epsilon(1e-14));
  }
}

TEST_CASE("what the ensemble sampler keeps and counts", "[sampler]") {
  SamplerOptions options;
  options.walkers = 8;
  options.warm_up = 5;
  options.steps = 23;
  options.thin = 5;
  std::atomic<int> calls = 0;
  const auto counted = [&](Point x) { return ++calls, in_unit_box(x); };
  const Matrix start = boxed(20, 2, 0.2, 0.8);
  const Draws draws = draw_from(counted, start, options);
  CHECK(draws.points.columns == 2);
  CHECK(draws.points.rows() == 32);
  CHECK(draws.density.size() == 32);
  CHECK(calls == 8 + 28 * 8);
  options.thin = 1;
  const Draws all = draw_from(in_unit_box, start, options);
  std::size_t moves = 0;
  for (std::size_t r = 8; r < all.points.rows(); ++r) moves += all.points.row(r)[0] != all.points.row(r - 8)[0];
  // The first step's moves started from the warm-up's end, which is not seen.
  CHECK(all.accepted * 23 * 8 >= static_cast<double>(moves));
  CHECK(all.accepted * 23 * 8 <= static_cast<double>(moves + 8));
  for (std::size_t i = 0; i < 8; ++i) CHECK(draws.points.row(i)[1] == all.points.row(32 + i)[1]);
}

TEST_CASE("starts without density are passed over, few are used again", "[sampler]") {
  SamplerOptions options;
  options.walkers = 8;
  options.warm_up = 0;
  options.steps = options.thin = 1;
  const Matrix start{2, {5, 5, 0.1, 0.2, -3, 0.5, 0.9, 0.3, 0.5, 0.8, 0.2, std::nan("")}};
  const Draws draws = draw_from(in_unit_box, start, options);
  for (const double value : draws.density) CHECK(value == 0);
  const auto holey = [](Point x) { return x[0] > 0.5 ? std::nan("") : in_unit_box(x); };
  for (const double x : draw_from(holey, boxed(50, 1, 0, 1), options).points.values) CHECK(x <= 0.5);
}

TEST_CASE("the ensemble sampler says why it cannot start", "[sampler]") {
  SamplerOptions options;
  options.walkers = 8;
  const Matrix start = boxed(20, 2, 0, 1);
  CHECK_THROWS_WITH(draw_from([](Point) { return nothing; }, start, options), Contains("none of 20 starts"));
  CHECK_THROWS_WITH(draw_from(in_unit_box, Matrix{2, {0.5, 0.5, 0.1, 0.2, 3, 3}}, options),
                    Contains("2 of 3 starts") && Contains("at least 3"));
  CHECK_THROWS_WITH(draw_from(in_unit_box, Matrix{2, {0.5, 0.5, 0.1, 0.5, 0.2, 0.5}}, options), Contains("column 1 is 0.5 in all starts"));
  CHECK_THROWS_WITH(draw_from(in_unit_box, Matrix{2, {}}, options), Contains("nowhere"));
  options.walkers = 7;
  CHECK_THROWS_WITH(draw_from(in_unit_box, start, options), Contains("7 walkers for 2 columns"));
  options.walkers = 4;
  CHECK_THROWS_WITH(draw_from(in_unit_box, boxed(20, 3, 0, 1), options), Contains("at least 6"));
  options.walkers = 8;
  options.thin = 501;
  CHECK_THROWS_AS(draw_from(in_unit_box, start, options), InputError);
}

TEST_CASE("an exception in a density comes out of the ensemble sampler", "[sampler]") {
  SamplerOptions options;
  options.walkers = 8;
  for (const int threads : {1, 2}) {
    options.threads = threads;
    std::atomic<int> calls = 0;
    const auto failing = [&](Point x) {
      if (++calls > 20) throw InputError("no surface here");
      return in_unit_box(x);
    };
    CHECK_THROWS_WITH(draw_from(failing, boxed(20, 2, 0, 1), options), "no surface here");
  }
}
