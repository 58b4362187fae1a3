// Leaving, rejoining and what is forgotten on the way (model amendments, items 5, 29 and 35).
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
constexpr std::uint32_t users = 20'000;

double left(const Run& run) { return 1.0 - static_cast<double>(run.world->platforms[0].active) / users; }

double binomial_error(double p) { return std::sqrt(p * (1.0 - p) / users); }
}  // namespace

// Members from the start joined 3.5 days before it. A grace of 30 days ends on day 26.5: the tick from 21 to 28 has 1.5 days of risk.
TEST_CASE("constant churn begins on the day on which the grace period ends") {
  Scenario s = still_market(users, {-1.0});
  s.exit.baseline_churn = 5.0;
  s.exit.grace = 30.0;
  s.adoption.return_factor = 0.0;
  Run run(s);
  run.ticks(3);
  CHECK(left(run) == 0.0);
  for (const double days : {1.5, 8.5, 15.5, 22.5}) {
    run.tick();
    const double expected = 1.0 - std::exp(-5.0 * days / days_per_year);
    INFO(days << " days at risk");
    CHECK(std::abs(left(run) - expected) < 4.0 * binomial_error(expected));
  }
}

// Attention at rest 1/(1+e^3): habit is constant from the first day on.
TEST_CASE("disuse churn falls exponentially with habit") {
  Scenario s = still_market(users, {-3.0});
  s.exit.disuse_churn = 20.0;
  s.exit.disuse_share = 0.04;
  s.exit.grace = 0.0;
  s.adoption.return_factor = 0.0;
  Run run(s);
  run.ticks(10);
  const double habit = 1.0 / (1.0 + std::exp(3.0)), expected = 1.0 - std::exp(-20.0 * std::exp(-habit / 0.04) * 70.0 / days_per_year);
  CHECK(std::abs(left(run) - expected) < 4.0 * binomial_error(expected));
}

// Complete mixing: nobody leaves by threshold while the share of ever-members still active is above the highest threshold.
TEST_CASE("threshold exits wait for the share of those who stayed") {
  Scenario s = still_market(users, {-1.0});
  s.exit.baseline_churn = 2.0;
  s.exit.threshold_delay = 1.0;
  s.exit.threshold_low = 0.3;
  s.exit.threshold_high = 0.7;
  s.exit.grace = 0.0;
  s.adoption.return_factor = 0.0;
  Run run(s);
  for (int tick = 0; tick < 20; ++tick) {
    const double stayed = 1.0 - left(run);
    const std::int64_t gone = run.tick().total(Count::exits_threshold, 0);
    if (stayed > 0.7) CHECK(gone == 0);
    if (stayed < 0.65 && stayed > 0.05) CHECK(gone > 0);  // in the end all are gone
  }
  CHECK(left(run) > 0.5);
}

TEST_CASE("who leaves forgets, and who is no member keeps nothing") {
  Scenario s = still_market(4000, {-1.0, -1.0});
  s.numerics.stocks = StockType::u16;
  s.suppliers.count = 50;
  s.habit.strength = 1.0;
  s.exit.baseline_churn = 20.0;
  s.exit.grace = 0.0;
  for (auto& [name, platform] : s.platforms) {
    platform.ads.load = 0.3;
    platform.broadcast_weight = platform.sellers.presence = 1.0;
    platform.innovation_rate = 30.0;  // they come back, and leave again
  }
  Run run(s);
  for (int part = 0; part < 10; ++part) {
    run.ticks(3);
    for (int k = 0; k < 2; ++k) {
      const auto status = values_of(*run.world, UserField::status, k);
      double kept = 0.0, lapsed = 0.0, members = 0.0;
      for (const UserField field : {UserField::habit, UserField::irritation, UserField::supply, UserField::follows}) {
        const auto values = values_of(*run.world, field, k);
        for (std::size_t user = 0; user < values.size(); ++user) (status[user] == 1.0 ? members : kept) += values[user];
      }
      for (const double st : status) lapsed += st == 2.0;
      CHECK(kept == 0.0);
      CHECK(lapsed > 100);
      CHECK(members > 0.0);
    }
  }
}

// A newcomer starts with the habit of the first day, not with none.
TEST_CASE("a new member's habit is the attention of the first day") {
  Scenario s = still_market(500, {-1.0});
  s.habit.strength = 1.0;
  Run run(s);
  const PanelRows row = run.watch(everybody(*run.world));
  CHECK(row.habit == row.attention_share);
  CHECK(static_cast<double>(row.attention_share[0]) == Approx(1.0 / (1.0 + std::exp(1.0))).epsilon(1e-6));
}

// Lapsed users return at a fifth of a newcomer's rate: with nothing else, the share of those still away decays so.
TEST_CASE("who left comes back more slowly") {
  const double back = GENERATE(0.2, 1.0);
  Scenario s = still_market(users, {-1.0});
  s.adoption.utility_gate = 0.0;
  s.adoption.return_factor = back;
  s.exit.baseline_churn = 1e4;  // everybody leaves in the first tick (e^-191 stay) ...
  s.exit.grace = 0.0;
  s.platforms[0].second.innovation_rate = 3.0;
  Run run(s);
  run.tick();
  REQUIRE(run.world->platforms[0].active == 0);
  const double expected = 1.0 - std::exp(-back * 3.0 * 7.0 / days_per_year);  // ... and this share returns in the second
  const double returned = static_cast<double>(run.tick().total(Count::rejoins, 0)) / users;
  CHECK(std::abs(returned - expected) < 4.0 * binomial_error(expected));
}

}  // namespace spillway::testing
