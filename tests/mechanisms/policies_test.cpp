// Dates fall inside ticks: policies act on average over a tick, and a launch counts from its day on (model amendments, item 7).
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

TEST_CASE("a policy enters a tick as its average over it") {
  Scenario s = still_market(20, {-1.0});
  s.interventions.clear();
  intervene(s, 0, "utility_shock", 0.7, 10, 30);  // ticks of 7 days: 4 of 7 days, two whole ticks, 2 of 7
  Run run(s);
  const PanelUsers all = everybody(*run.world);
  for (const double expected : {0.0, 0.7 * 4 / 7, 0.7, 0.7, 0.7 * 2 / 7, 0.0})
    CHECK(static_cast<double>(run.watch(all).utility[0]) == Approx(-1.0 + expected).margin(1e-6));
}

TEST_CASE("free messages save as long as text messages cost: full until the date, then less and less") {
  Scenario s = still_market(20, {-1.0});
  s.platforms[0].second.conversation_weight = 0.5;
  s.utility.conversation = 2.0;
  s.utility.sms_saving = 0.6;
  s.utility.sms_saving_start = Date{s.time.start.days + 14};
  s.utility.sms_saving_memory = 100.0;
  Run run(s);
  for (int tick = 0; tick < 10; ++tick) {
    run.tick();
    const double age = std::max(0.0, 7.0 * tick + 3.5 - 14.0);  // at the middle of the tick
    CHECK(static_cast<double>(run.world->view.platform[0].conversation) ==
          Approx(0.5 * (2.0 + 0.6 * std::exp(-age / 100.0))).epsilon(1e-6));
  }
}

TEST_CASE("what phones add is lacked by the share of people without one, at the middle of the tick") {
  Scenario s = still_market(20, {-1.0});
  s.platforms[0].second.phone_utility = 4.0;
  s.population.phones.points = {{s.time.start, 0.5}, {Date{s.time.start.days + 28}, 0.9}};
  Run run(s);
  const PanelUsers all = everybody(*run.world);
  for (const double share : {0.55, 0.65, 0.75, 0.85, 0.9, 0.9})
    CHECK(static_cast<double>(run.watch(all).utility[0]) == Approx(-1.0 - 4.0 * (1.0 - share)).margin(1e-6));
}

namespace {
/// Chance of joining by oneself in each tick: launch on day 10, rate 2 a year, with or without the launch pulse.
std::vector<double> spontaneous(double pulse, double step, int ticks) {
  Scenario s = still_market(20, {-1.0}, step);
  Platform& p = s.platforms[0].second;
  p.launch = Date{s.time.start.days + 10};
  p.initial_share = 0.0;
  p.innovation_rate = 2.0;
  p.launch_pulse = pulse;
  Run run(s);
  std::vector<double> hazards;
  for (int tick = 0; tick < ticks; ++tick) {
    run.tick();
    const PlatformTick& now = run.world->view.platform[0];
    hazards.push_back(now.live ? static_cast<double>(now.join_spontaneous) : 0.0);
  }
  return hazards;
}
}  // namespace

TEST_CASE("joining starts on the launch day, and the pulse lasts fourteen days, whatever the step") {
  constexpr double a_day = 2.0 / days_per_year, pulse = 0.01;
  const std::vector<double> weekly = spontaneous(pulse, 7.0, 5),
                            expected{0, 4 * (a_day + pulse), 7 * (a_day + pulse), 7 * a_day + 3 * pulse, 7 * a_day};
  for (std::size_t tick = 0; tick < 5; ++tick) CHECK(weekly[tick] == Approx(expected[tick]).epsilon(1e-6));
  for (const double step : {1.0, 5.0, 7.0}) {
    double sum = 0.0;
    for (const double hazard : spontaneous(pulse, step, static_cast<int>(35 / step))) sum += hazard;
    CHECK(sum == Approx(25 * a_day + 14 * pulse).epsilon(1e-6));
  }
}

// Days joined are those of the launch tick's middle; nobody is counted before.
TEST_CASE("a platform is dead before its launch tick") {
  Scenario s = still_market(200, {-1.0});
  s.platforms[0].second.launch = Date{s.time.start.days + 10};
  Run run(s);
  const PanelUsers all = everybody(*run.world);
  PanelRows row = run.watch(all);
  CHECK(row.status == std::vector<std::uint8_t>(200, 0));
  CHECK(row.outside_share == std::vector<float>(200, 1.0F));
  row = run.watch(all);  // days 7 to 14: everybody joins, and is a member from the next tick on
  CHECK(row.outside_share == std::vector<float>(200, 1.0F));
  CHECK(run.world->platforms[0].active == 200);
  row = run.watch(all);
  CHECK(static_cast<double>(row.attention_share[0]) == Approx(1.0 / (1.0 + std::exp(1.0))).epsilon(1e-6));
}

}  // namespace spillway::testing
