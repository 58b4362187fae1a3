// Joining under complete mixing: Bass and the logistic.
#include <catch2/catch.hpp>
#include <cmath>

#include "statistics/diffusion_reference.hpp"
#include "support/scenarios.hpp"

namespace spillway::testing {

namespace {
// Peers are frozen within a tick and moved ahead by G = sqrt(M(t)/M(t-dt)). What is left is of second order (derived in
// diffusion_step_test.cpp): below (q dt)^2 / 10 on a logistic, and about q p dt^2 ln(T/dt) times the growth f(F)/f(0) < 4 of early
// deviations when the platform starts empty. With weekly ticks, q = 0.38 and 1.5 a year: 8e-5 at most.
constexpr double step_bias = 1e-4;

double tolerance(double spread, double users) { return 4.0 * spread / std::sqrt(users) + step_bias; }
}  // namespace

TEST_CASE("D10: Bass diffusion under complete mixing") {
  constexpr std::uint32_t users = 300'000;
  constexpr double window = 0.5;
  const double p = 0.03, q = 0.38, peak = std::log(q / p) / (p + q);
  const auto seen = observe(bass(users, p, q), {3.0, peak - window / 2.0, 6.0, peak, peak + window / 2.0, 9.0});
  for (std::size_t i = 1; i < seen.size(); ++i) {
    const Reference expected = mixing({p, q}, seen[i].years);
    INFO("at " << seen[i].years << " years: " << seen[i].share << ", expected " << expected.share);
    CHECK(std::abs(seen[i].share - expected.share) < tolerance(expected.spread, users));
  }
  // The peak rate (p+q)^2/(4q), from the joins around the peak. Since a deviation at the window's start has grown by f2/f1 at its
  // end, N var(x2 - x1) = C2 + C1 - 2 C1 f2/f1, C = squared spread, f = joining rate. As f'' = -f (p+q)^2/2 at the peak, the mean
  // over a window w is lower by the part w^2 (p+q)^2/48.
  const Reference before = mixing({p, q}, seen[2].years), after = mixing({p, q}, seen[5].years);
  const double growth = (1.0 - after.share) * (p + q * after.share) / ((1.0 - before.share) * (p + q * before.share));
  const double variance = after.spread * after.spread + before.spread * before.spread * (1.0 - 2.0 * growth);
  const double years = seen[5].years - seen[2].years, rate = (seen[5].share - seen[2].share) / years;
  const double expected = (p + q) * (p + q) / (4.0 * q) * (1.0 - years * years * (p + q) * (p + q) / 48.0);
  INFO("peak rate " << rate << ", expected " << expected);
  CHECK(std::abs(rate - expected) < (4.0 * std::sqrt(variance / users) + step_bias) / years);
}

TEST_CASE("D10: the closed form has its published values") {
  const Rates rates{0.03, 0.38};
  const double peak = std::log(rates.imitation / rates.innovation) / (rates.innovation + rates.imitation);
  CHECK(mixing(rates, 3.0).share == Approx(0.1505).margin(5e-5));
  CHECK(mixing(rates, 6.0).share == Approx(0.4392).margin(5e-5));
  CHECK(mixing(rates, 9.0).share == Approx(0.7407).margin(5e-5));
  CHECK(peak == Approx(6.19).margin(5e-3));
  CHECK(mixing(rates, peak).share == Approx(0.5 - rates.innovation / (2.0 * rates.imitation)));
  // The spread at the peak is sqrt(q/p)/4 to leading order in p/q.
  const Rates rare{0.0002, 0.38};
  const double late = std::log(rare.imitation / rare.innovation) / (rare.innovation + rare.imitation);
  CHECK(mixing(rare, late).spread == Approx(0.25 * std::sqrt(rare.imitation / rare.innovation)).epsilon(0.02));
}

// The initial members are drawn, so the logistic starts from the share that was drawn.
TEST_CASE("D11: without innovators diffusion is logistic") {
  constexpr std::uint32_t users = 300'000;
  Scenario scenario = bass(users, 0.0, 1.5);
  scenario.platforms[0].second.initial_share = 0.01;
  const auto seen = observe(scenario, {1.0, 2.0, 3.0, 4.0, 5.0});
  const double first = seen[0].share;
  CHECK(std::abs(first - 0.01) < 4.0 * std::sqrt(0.01 * 0.99 / users));
  for (std::size_t i = 1; i < seen.size(); ++i) {
    const double grown = first * std::exp(1.5 * seen[i].years), logistic = grown / (1.0 - first + grown);
    const Reference expected = mixing({0.0, 1.5}, seen[i].years, first);
    CHECK(expected.share == Approx(logistic).epsilon(1e-9));
    INFO("at " << seen[i].years << " years: " << seen[i].share << ", expected " << logistic);
    CHECK(std::abs(seen[i].share - logistic) < tolerance(expected.spread, users));
  }
}

TEST_CASE("D11: nobody joins where nobody is and nobody starts") { CHECK(observe(bass(20'000, 0.0, 1.5), {5.0})[1].share == 0.0); }

}  // namespace spillway::testing
