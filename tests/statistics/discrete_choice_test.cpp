// D22, D23: markets in which everybody chooses one platform per round by logit. The engine has no such rule of its own, but its
// mechanisms make one: with one home and hazards of tens per tick everybody joins within the tick, and platforms win by their share
// of the hazard; far below its reference utility the gate is an exponential of utility, so that share is the logit; and at a churn
// of hundreds per tick everybody leaves in the next. A round is two ticks.
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
constexpr double below_gate = 10.0;  // the gate's slope falls short of that of an exponential by e^-10, relative

double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

/// Two platforms, no outside option (e^-20 of it is left). Rates are beyond what YAML allows.
Scenario rounds_of_choice(std::uint32_t users) {
  Scenario s = still_market(users, {0.0, 0.0});
  s.adoption.homing = Homing::single;
  s.adoption.utility_gate = 1.0;
  s.adoption.reference_utility = below_gate;
  s.adoption.return_factor = 1.0;
  s.attention.outside_utility = -20.0;
  s.exit.baseline_churn = 100.0 * days_per_year / 7.0;  // e^-100 stay
  s.exit.grace = 0.0;
  for (auto& [name, platform] : s.platforms) {
    platform.initial_share = 0.0;
    platform.innovation_rate = 20.0 * std::exp(below_gate) * days_per_year / 7.0;  // e^-40 do not join
  }
  return s;
}

/// Everybody chooses, and leaves; the share who chose the first platform.
double round_of(Run& run) {
  run.tick();
  const double first = static_cast<double>(run.world->platforms[0].active), second = static_cast<double>(run.world->platforms[1].active);
  REQUIRE(first + second == run.world->view.users);
  run.tick();
  REQUIRE(run.world->platforms[0].active + run.world->platforms[1].active == 0);
  return first / (first + second);
}
// The difference of shares m becomes tanh(r m), r = alpha/2, plus binomial noise of variance (1 - tanh^2)/N. To first order its
// variance v is (1/N)/(1 - r^2); with the cubic term of tanh, and E m^4 = 3 v^2, it solves v (1 - r^2) = (1 - r^2 v)/N - 2 r^4 v^2.
double variance_with_curvature(double r, double n) {
  double v = 1.0 / n / (1.0 - r * r);
  for (int i = 0; i < 100; ++i) v = ((1.0 - r * r * v) / n - 2.0 * std::pow(r, 4) * v * v) / (1.0 - r * r);
  return v;
}

struct Sides {
  double users, sellers;  ///< value of the other side's presence
};

/// Shares on the first platform, as infinitely many would choose: sellers answer to users, then users to sellers.
double answer(const Sides& alpha, double share) {
  const double sellers = logistic(alpha.sellers * (2.0 * share - 1.0));
  return logistic(alpha.users * (2.0 * sellers - 1.0));
}

double rests_at(const Sides& alpha) {
  double share = 1.0;  // the largest solution, by iteration from above
  for (int i = 0; i < 100'000; ++i) share = answer(alpha, share);
  return share;
}
}  // namespace

TEST_CASE("D22: the variance has its tabulated values") {
  const double table[][2] = {{0.0, 5.00e-4}, {1.0, 6.67e-4}, {1.6, 1.389e-3}};
  for (const auto& [alpha, variance] : table) CHECK(1.0 / 2000 / (1.0 - alpha * alpha / 4.0) == Approx(variance).epsilon(1e-3));
  CHECK(variance_with_curvature(0.8, 2000) == Approx(1.389e-3).epsilon(0.005));
}

// Successive rounds correlate as r^|lag|, so the mean of m^2 over n rounds scatters by sqrt(2 (1 + r^2)/(1 - r^2)/n), relative.
// Rounds are as many as bring four of that to the law's 10 %.
TEST_CASE("D22: fluctuations grow on the way to tipping") {
  constexpr std::uint32_t users = 1000;
  const double alpha = GENERATE(0.0, 1.0, 1.6), r = 0.5 * alpha;
  Scenario s = rounds_of_choice(users);
  s.utility.fame = alpha;
  s.utility.fame_of = FameOf::attention;
  Run run(s);
  for (int round = 0; round < 50; ++round) round_of(run);  // r^50 of the start is left
  const int rounds = static_cast<int>(2.0 * (1.0 + r * r) / (1.0 - r * r) * 1600.0);
  double squares = 0.0;
  for (int round = 0; round < rounds; ++round) {
    const double m = 2.0 * round_of(run) - 1.0;
    squares += m * m / rounds;
  }
  INFO("alpha " << alpha << ": " << squares << ", to first order " << 1.0 / users / (1.0 - r * r));
  CHECK(squares == Approx(variance_with_curvature(r, users)).epsilon(0.1));
}

TEST_CASE("D23: a two-sided market has its tabulated resting points") {
  CHECK(rests_at({std::sqrt(3.9), std::sqrt(3.9)}) == Approx(0.5).margin(1e-6));
  CHECK(rests_at({std::sqrt(4.1), std::sqrt(4.1)}) == Approx(0.5955).margin(5e-5));
  CHECK(rests_at({std::sqrt(4.4), std::sqrt(4.4)}) == Approx(0.6833).margin(5e-5));
  CHECK(rests_at({1.0, 3.9}) == Approx(0.5).margin(1e-6));  // it is the product that counts
  CHECK(rests_at({1.0, 4.1}) > 0.55);
}

// Users and sellers are two worlds; the test hands each the other's shares as a utility, the choices are the engine's. Each round's
// shares carry binomial noise, which later rounds multiply by the slopes of the answers: the spread around the path of infinitely
// many is followed along.
TEST_CASE("D23: a two-sided market tips when the product of the answers' slopes exceeds one") {
  constexpr std::uint32_t people = 100'000;
  const Sides alpha = GENERATE(Sides{std::sqrt(3.9), std::sqrt(3.9)}, Sides{std::sqrt(4.1), std::sqrt(4.1)}, Sides{1.1, 4.0});
  INFO("product " << alpha.users * alpha.sellers);
  Scenario other = rounds_of_choice(people);
  other.replicate = 1;  // other luck: equal words would make both sides err alike
  Run users(rounds_of_choice(people)), sellers(other);
  double share = 0.65, path = 0.65, variance = 0.0;
  for (int round = 0; round < 60; ++round) {
    sellers.world->platforms[0].live.utility_shock = alpha.sellers * (2.0 * share - 1.0);
    const double there = round_of(sellers);
    users.world->platforms[0].live.utility_shock = alpha.users * (2.0 * there - 1.0);
    share = round_of(users);
    const double expected_there = logistic(alpha.sellers * (2.0 * path - 1.0));
    path = answer(alpha, path);
    const double slope_there = 2.0 * alpha.sellers * expected_there * (1.0 - expected_there),
                 slope = 2.0 * alpha.users * path * (1.0 - path);
    variance = slope * slope * (slope_there * slope_there * variance + expected_there * (1.0 - expected_there) / people) +
               path * (1.0 - path) / people;
    INFO("round " << round << ": " << share << ", expected " << path << " +- " << std::sqrt(variance));
    CHECK(std::abs(share - path) < 4.0 * std::sqrt(variance));
  }
  const double rest = rests_at(alpha);
  CHECK(std::abs(path - rest) < 0.5 * std::abs(0.65 - rest));  // a path that could tell
}

}  // namespace spillway::testing
