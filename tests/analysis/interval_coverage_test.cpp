// Whether bootstrap intervals hold the truth as often as they say, where rows are independent, for which they are made.
//
// Of 400 samples the hits are binomial: deviation sqrt(c (1 - c) / 400), 1.1 %. The coverage c is not quite 95 %: the percentile interval
// of a mean of n values is that of a normal law with the deviation over n, not n - 1, so it covers P(|t_{n-1}| < 1.96 sqrt((n-1)/n)).
// Skewness and ratios add terms of order 1/n, here at most 1/100, and that much is granted besides 3.9 deviations (1 in 10,000).
#include <boost/math/distributions/students_t.hpp>
#include <catch2/catch.hpp>
#include <cmath>

#include "analysis/sensitivity.hpp"
#include "support/sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
constexpr int samples = 400;

bool as_promised(int hits, std::size_t n) {
  const auto count = static_cast<double>(n);
  const double t = 1.959964 * std::sqrt((count - 1) / count);
  const double c = 1 - 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(count - 1), t));
  return std::abs(static_cast<double>(hits) / samples - c) < 3.9 * std::sqrt(c * (1 - c) / samples) + 1 / count;
}

SensitivityOptions options_of(int sample) {
  SensitivityOptions options;
  options.resamples = 500;
  options.seed = static_cast<std::uint64_t>(sample) + 1;
  return options;
}

bool covers(const SensitivityIndex& index, double truth) { return index.low <= truth && truth <= index.high; }

Recording of(const Study& study, const Matrix& points, const TestModel& model) { return made_sweep(study, points, {{"y", model}}); }
}  // namespace

// y = x1 x2: the effect of x1 is x2, one of 0, 1/3, 2/3, 1, each as likely: mu* = 1/2.
TEST_CASE("intervals of Morris's mu* hold the truth in 95 of 100", "[sensitivity]") {
  const std::size_t n = 100;
  int hits = 0;
  for (int i = 0; i < samples; ++i) {
    const Study study = uniform_study(2, 0, 1, morris(n, 4, static_cast<std::uint64_t>(i)));
    const Recording sweep = of(study, design_points(study, {}), [](auto x, auto, auto) { return x[0] * x[1]; });
    hits += covers(sensitivity_of(sweep, options_of(i)).outcomes.at(0).factors[0].mu_star, 0.5);
  }
  CAPTURE(hits);
  CHECK(as_promised(hits, n));
}

// y = 2 x1 + x2: shares of variance 0.8 and 0.2, first and total alike.
TEST_CASE("intervals of Sobol's indices hold the truth in 95 of 100", "[sensitivity]") {
  const std::size_t n = 200;
  int first = 0, total = 0;
  for (int i = 0; i < samples; ++i) {
    const Study study = uniform_study(2, 0, 1, saltelli(n, false));
    const Matrix base = random_points(n, 4, static_cast<std::uint64_t>(i));  // instead of Sobol's sequence
    Matrix points{2, {}};
    for (std::size_t row = 0; row < n; ++row) {
      const auto b = base.row(row);  // A, A with one of B, B
      points.values.insert(points.values.end(), {b[0], b[1], b[2], b[1], b[0], b[3], b[2], b[3]});
    }
    const Recording sweep = of(study, points, [](auto x, auto, auto) { return 2 * x[0] + x[1]; });
    const Sensitivity found = sensitivity_of(sweep, options_of(i));
    first += covers(found.outcomes.at(0).factors[1].first, 0.2);
    total += covers(found.outcomes[0].factors[0].total, 0.8);
  }
  CAPTURE(first, total);
  CHECK(as_promised(first, n));
  CHECK(as_promised(total, n));
}

// y = x1 + u, both uniform: E[x G(y)] = 37/120 with y's triangular law G, so the rank correlation is 12 * 37/120 - 3 = 0.7. A factor
// that does nothing has 0.
TEST_CASE("intervals of partial rank correlations hold the truth in 95 of 100", "[sensitivity]") {
  const std::size_t n = 200;
  int one = 0, none = 0;
  for (int i = 0; i < samples; ++i) {
    const Study study = uniform_study(2, 0, 1, sampled(DesignKind::random, n, static_cast<std::uint64_t>(i)));
    const Matrix luck = random_points(n, 1, static_cast<std::uint64_t>(i) + (1ULL << 40));
    const Recording sweep = of(study, design_points(study, {}), [&](auto x, std::size_t p, auto) { return x[0] + luck.values[p]; });
    const Sensitivity found = sensitivity_of(sweep, options_of(i));
    one += covers(found.outcomes.at(0).factors[0].correlation, 0.7);
    none += covers(found.outcomes[0].factors[1].correlation, 0);
  }
  CAPTURE(one, none);
  CHECK(as_promised(one, n));
  CHECK(as_promised(none, n));
}
