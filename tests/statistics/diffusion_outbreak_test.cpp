// Enthusiasm that passes, and membership that ends: final sizes and balances.
#include <catch2/catch.hpp>
#include <cmath>

#include "statistics/diffusion_reference.hpp"
#include "support/scenarios.hpp"

namespace spillway::testing {

namespace {
/// F = 1 - (1-F0) e^(-R F), the largest solution, by iteration from above; it converges where R (1-F) < 1.
double final_size(double reproduction, double first) {
  double share = 1.0;
  for (int i = 0; i < 10'000; ++i) share = 1.0 - (1.0 - first) * std::exp(-reproduction * share);
  return share;
}

// Each outsider joins once the pressure so far exceeds an exponential threshold of its own. Every member exerts R/N in the end, at
// any time step, so F - F0 = (share of thresholds below R F): binomial noise with variance (1-F0) e^(-RF) (1 - e^(-RF))/N, that is
// (1-F)(F-F0)/(1-F0)/N, magnified by 1/(1 - R(1-F)) because more joiners exert more pressure.
double final_spread(double reproduction, double share, double first) {
  return std::sqrt((1.0 - share) * (share - first) / (1.0 - first)) / (1.0 - reproduction * (1.0 - share));
}

/// Long-run share with exits at `churn`, and the spread of a run around it: noise 2 churn a/N against the pull back
/// sqrt((q-p-churn)^2 + 4pq).
Reference balance(Rates rates, double churn) {
  const double p = rates.innovation, q = rates.imitation, pull = std::sqrt((q - p - churn) * (q - p - churn) + 4.0 * p * q);
  const double share = (q - p - churn + pull) / (2.0 * q);
  return {share, std::sqrt(churn * share / pull)};
}

// Nobody joins and leaves within one tick: arrivals lose half a tick of exits, leavers half a tick of joining. With joining hazard
// h = p + q a the odds a/(1-a) become (1-e^(-h dt))/(1-e^(-churn dt)), lower by the part (h - churn) dt/2; divided by the slope of
// ln odds - ln h.
double balance_bias(Rates rates, double churn, double share, double step_years) {
  const double joining = rates.innovation + rates.imitation * share;
  return -(joining - churn) * step_years / 2.0 / (1.0 / (share * (1.0 - share)) - rates.imitation / joining);
}

Scenario with_exits(std::uint32_t users, Rates rates, double churn, double first) {
  Scenario s = bass(users, rates.innovation, rates.imitation);
  s.exit.baseline_churn = churn;
  s.exit.grace = 0.0;
  s.adoption.return_factor = 1.0;
  s.platforms[0].second.initial_share = first;
  return s;
}
}  // namespace

TEST_CASE("D15: the final size equation has its tabulated values") {
  CHECK(final_size(1.5, 0.0) == Approx(.5828).margin(5e-5));
  CHECK(final_size(2.0, 0.0) == Approx(.7968).margin(5e-5));
  CHECK(final_size(2.5, 0.0) == Approx(.8926).margin(5e-5));
}

// Only those who joined lately attract. After 300 days the enthusiasm left is e^-8 of its start at R = 0.8, where it decays at
// (1-R)/7 a day, worth 1e-5 of share; at the other R less.
TEST_CASE("D15: passing enthusiasm leaves the final size of an epidemic") {
  const double reproduction = GENERATE(0.8, 1.5, 2.0, 2.5);
  const double step = GENERATE(1.0, 7.0);
  const std::uint32_t users = step > 1.0 ? 600'000 : 200'000;
  Scenario s = bass(users, 0.0, 0.0);
  s.time.step = step;
  s.adoption.recency_weight = 1.0;
  s.platforms[0].second.imitation_rate = reproduction / s.adoption.recency_memory * days_per_year;
  s.platforms[0].second.initial_share = 0.01;
  const auto seen = observe(s, {300.0 / days_per_year});
  const double first = seen[0].share, expected = final_size(reproduction, first);
  INFO("R " << reproduction << ", step " << step << " d: share " << seen[1].share << ", expected " << expected);
  CHECK(std::abs(seen[1].share - expected) < 4.0 * final_spread(reproduction, expected, first) / std::sqrt(users));
}

// The tabulated rates p = 0.03, q = 0.38, churn = 0.1 times four: the same balance, four times as fast. 10 years are 13 relaxation
// times, so either start is forgotten to 2e-6.
TEST_CASE("D16: joining and leaving balance") {
  const Rates rates{0.12, 1.52};
  const double churn = 0.4, first = GENERATE(0.0, 1.0);
  constexpr std::uint32_t users = 200'000;
  const Scenario s = with_exits(users, rates, churn, first);
  const Reference expected = balance(rates, churn);
  const double bias = balance_bias(rates, churn, expected.share, s.time.step / days_per_year);
  CHECK(expected.share == Approx(0.7616).margin(5e-5));
  const double share = observe(s, {10.0})[1].share;
  INFO("from " << first << ": share " << share << ", expected " << expected.share << ", by the step " << bias);
  CHECK(std::abs(share - expected.share - bias) < 4.0 * expected.spread / std::sqrt(users));
}

// Without innovators: 1 - churn/q above q = churn, extinction below. 1 % of 20,000 decay at 1.2 a year; in Kendall's birth-death
// process a line of descent outlives 16 years with chance 1e-9, one of the 200 with 2e-7.
TEST_CASE("D16: without innovators a platform lives only where joining outpaces leaving") {
  SECTION("above") {
    constexpr std::uint32_t users = 100'000;
    const Rates rates{0.0, 1.52};
    const double churn = 0.4;
    const Scenario s = with_exits(users, rates, churn, 0.1);
    const Reference expected = balance(rates, churn);
    const double bias = balance_bias(rates, churn, expected.share, s.time.step / days_per_year);
    CHECK(expected.share == Approx(1.0 - churn / rates.imitation));
    const double share = observe(s, {15.0})[1].share;
    INFO("share " << share << ", expected " << expected.share << ", by the step " << bias);
    CHECK(std::abs(share - expected.share - bias) < 4.0 * expected.spread / std::sqrt(users));
  }
  SECTION("below") { CHECK(observe(with_exits(20'000, {0.0, 3.8}, 5.0, 0.01), {16.0})[1].share == 0.0); }
}

}  // namespace spillway::testing
