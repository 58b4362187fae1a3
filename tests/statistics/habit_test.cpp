// D29, D30: habit relaxes as an exponential, multiplies what changes utility, and tips the market when it is strong enough.
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

double share(Run& run, std::size_t k = 0) { return static_cast<double>(run.watch(everybody(*run.world)).attention_share[k]); }
}  // namespace

// The step comes at the start of a tick at each of these time steps (12 d runs as two ticks of 6 d). The stock is in single
// precision: 1e-5 is the rounding of a few hundred additions.
TEST_CASE("D29: habit relaxes exponentially after a step of attention") {
  constexpr int on = 84;
  const double step = GENERATE(1.0, 7.0, 12.0), memory = GENERATE(7.0, 21.0, 60.0);
  Scenario s = still_market(20, {-1.0}, step);
  s.exit.disuse_churn = 1e-12;  // keeps the habit column; nobody leaves: the chance per tick is below one step of the draw
  s.habit.memory = memory;
  intervene(s, 0, "utility_shock", 1.5, on);
  Run run(s);
  const double dt = tick_days(s.time), before = logistic(-1.0), after = logistic(0.5);
  const PanelUsers all = everybody(*run.world);
  double worst = 0.0;
  for (int tick = 0; tick * dt < 400.0; ++tick) {
    const PanelRows row = run.watch(all);  // habit at the end of the tick
    const double age = (tick + 1) * dt - on;
    const double expected = age <= 0.0 ? before : after + (before - after) * std::exp(-age / memory);
    worst = std::max(worst, std::abs(static_cast<double>(row.habit[0]) - expected));
  }
  CHECK(worst < 1e-5);
}

TEST_CASE("D30: one platform with habit: fixed point and multiplier") {
  const auto at_rest = [](double shock, int on, int ticks) {
    Scenario s = still_market(20, {-2.0});
    s.habit = {.strength = 2.0, .friends_feed_strength = 0.0, .memory = 7.0};
    if (on >= 0) intervene(s, 0, "utility_shock", shock, on * 7);
    Run run(s);
    run.ticks(static_cast<std::uint32_t>(ticks));
    return share(run);
  };
  const double a = at_rest(0.0, -1, 200);
  CHECK(a == Approx(0.15605).margin(6e-6));  // five digits are tabulated
  CHECK(a == Approx(logistic(-2.0 + 2.0 * a)).margin(1e-6));
  // Central differences: second-order terms cancel; shares move by 7e-4 and carry 1.5e-8 of rounding.
  const double change = 0.005;
  const double at_once = at_rest(change, 200, 200) - at_rest(-change, 200, 200),
               at_last = at_rest(change, 200, 400) - at_rest(-change, 200, 400);
  CHECK(at_last / at_once == Approx(1.3576).epsilon(5e-4));
}

TEST_CASE("D30: two stable states of one platform need a strength above 4") {
  // At V = -strength/2 the middle state is one half. A push up or down of 100 ticks decides where it starts. Near rest a deviation
  // shrinks per tick by 0.63 (1 - strength a (1-a)), at least 0.0158: a thousand ticks leave e^-15 of it.
  const auto rests_at = [](double strength, double push) {
    Scenario s = still_market(20, {-0.5 * strength});
    s.habit = {.strength = strength, .friends_feed_strength = 0.0, .memory = 7.0};
    intervene(s, 0, "utility_shock", push, 0, 700);
    Run run(s);
    run.ticks(1100);
    return share(run);
  };
  CHECK(rests_at(3.9, 2.0) == Approx(0.5).margin(1e-4));
  CHECK(rests_at(3.9, -2.0) == Approx(0.5).margin(1e-4));
  CHECK(rests_at(4.1, 2.0) == Approx(0.634).margin(6e-4));
  CHECK(rests_at(4.1, -2.0) == Approx(0.366).margin(6e-4));
}

namespace {
struct Tipping {
  double lambda, utility, critical;
};

/// Shares of two equal platforms after the first was favoured a little for a year.
std::pair<double, double> after_a_nudge(const Tipping& t, double strength) {
  Scenario s = still_market(20, {t.utility, t.utility});
  s.attention.nest_parameter = t.lambda;
  s.habit = {.strength = strength, .friends_feed_strength = 0.0, .memory = 7.0};
  intervene(s, 0, "utility_shock", 0.01, 0, 364);
  Run run(s);
  run.ticks(2500);  // a deviation changes per tick by 0.63 * 0.02: e^30 in all
  const PanelRows row = run.watch(everybody(*run.world));
  return {static_cast<double>(row.attention_share[0]), static_cast<double>(row.attention_share[1])};
}
}  // namespace

TEST_CASE("D30: two platforms split when habit is stronger than lambda over the symmetric share") {
  const Tipping t = GENERATE(Tipping{1.0, 0.0, 2.368}, Tipping{1.0, 1.0, 2.135}, Tipping{0.6, 0.0, 1.634}, Tipping{0.6, 1.0, 1.360});
  INFO("lambda " << t.lambda << ", b " << t.utility);
  const auto weak = after_a_nudge(t, 0.98 * t.critical), strong = after_a_nudge(t, 1.02 * t.critical);
  CHECK(weak.first == Approx(weak.second).margin(1e-4));
  CHECK(strong.first > strong.second + 0.1);
  if (t.lambda == 1.0 && t.utility == 0.0) {
    CHECK(strong.first == Approx(0.557).margin(2e-3));  // the table's strength has four digits; near tipping shares move fast
    CHECK(strong.second == Approx(0.298).margin(2e-3));
  }
}

}  // namespace spillway::testing
