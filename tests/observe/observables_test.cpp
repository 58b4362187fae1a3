// Daily and monthly users, minutes and revenue against their definitions (model amendments, items 13 to 17).
#include <catch2/catch.hpp>
#include <cmath>

#include "support/recordings.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
constexpr std::uint32_t users = 2560;
constexpr double people = 1e9, budget = 240.0, session = 4.2;

Scenario audience(double utility) {
  Scenario s = still_market(users, {utility});
  s.population.people.points[0].second = people;
  return s;
}
double share_at(double utility) { return 1.0 / (1.0 + std::exp(-utility)); }
}  // namespace

// Sums are of shares in steps of 2^-20 and minutes in steps of 1/64: relative errors below 1e-5 here.
TEST_CASE("minutes, attention and sessions of identical people") {
  const double utility = GENERATE(-6.0, -3.0, 0.0), dispersion = GENERATE(0.2, 2.0, never);
  Scenario s = audience(utility);
  s.platforms[0].second.session_dispersion = dispersion;
  const Recording r = record(s, 8);
  const double a = share_at(utility), sessions = budget * a / session;
  const double unused = std::isinf(dispersion) ? std::exp(-sessions) : std::pow(1.0 + sessions / dispersion, -dispersion);
  INFO("utility " << utility << ", dispersion " << dispersion);
  CHECK(numbers(r, "members")[5] == Approx(people));
  CHECK(numbers(r, "attention_share")[5] == Approx(a).epsilon(2e-5).margin(1e-6));
  CHECK(numbers(r, "minutes_total")[5] == Approx(people * budget * a).epsilon(1e-5).margin(people / 64));
  CHECK(numbers(r, "minutes_per_member")[5] == Approx(budget * a).epsilon(1e-5).margin(1.0 / 64));
  CHECK(numbers(r, "daily_active_users")[5] == Approx(people * (1.0 - unused)).epsilon(1e-5));
  // Members joined half a tick before the start: for 30 days, ticks 0 to 3, everybody counts as a monthly user.
  for (std::size_t tick = 0; tick < 8; ++tick)
    CHECK(numbers(r, "monthly_active_users")[tick] == Approx(tick < 4 ? people : people * (1.0 - std::pow(unused, 30))).epsilon(1e-5));
}

TEST_CASE("accounts, lapsed members and several homes") {
  Scenario s = still_market(users, {-1.0, -1.0});
  s.platforms[0].second.measurement.accounts_per_person = 1.5;
  s.platforms[1].second.initial_share = 0.25;
  s.exit.baseline_churn = 2.0;
  s.exit.grace = 0.0;
  s.adoption.return_factor = 0.0;
  const Recording r = record(s, 20);
  const auto members = numbers(r, "members"), lapsed = numbers(r, "lapsed_members"), accounts = numbers(r, "accounts_ever"),
             both = numbers(r, "multi_homing_members");
  const auto exits = numbers(r, "exits");
  double left = 0.0;
  for (std::size_t t = 0; t < 20; ++t) {
    CHECK(lapsed[2 * t] == Approx(left).margin(1e-3));
    CHECK(accounts[2 * t] == Approx(1.5 * (members[2 * t] + lapsed[2 * t])));
    CHECK(both[2 * t] == both[2 * t + 1]);
    CHECK(both[2 * t] <= members[2 * t + 1]);
    for (std::size_t cause = 0; cause < 3; ++cause) left += exits[6 * t + cause];
  }
  CHECK(left > 0.0);
}

// Revenue of an interval: minutes, times impressions a minute, times load, times price per thousand, times what is not overlooked.
// Blindness relaxes towards lambda_b A and acts with the value it had at the start of the tick.
TEST_CASE("advertising revenue and blindness") {
  Scenario s = audience(-1.0);
  s.ad_response.stock_nuisance = s.ad_response.flow_nuisance = 0.0;
  s.platforms[0].second.ads = {0.2, 5.0, 10.0};
  const Recording r = record(s, 60);
  const auto minutes = numbers(r, "minutes_total"), shown = numbers(r, "impressions"), revenue = numbers(r, "ad_revenue"),
             blind = numbers(r, "ad_blindness");
  for (std::size_t t = 0; t < 60; ++t) {
    const double expected = 0.5 * 0.2 * (1.0 - std::exp(-7.0 * static_cast<double>(t) / 90.0));
    CHECK(blind[t] == Approx(expected).epsilon(1e-9).margin(1e-12));
    CHECK(shown[t] == Approx(minutes[t] * 7.0 * 5.0).epsilon(1e-12));
    CHECK(revenue[t] == Approx(shown[t] * 0.2 * 0.010 * (1.0 - expected)).epsilon(1e-9));
  }
}

TEST_CASE("people online follow the series") {
  Scenario s = audience(-1.0);
  s.population.people.points = {{day("2012-01-01"), 4e8}, {day("2012-12-30"), 8e8}};
  const auto online = numbers(record(s, 60), "people_online");
  for (std::size_t t = 0; t < 60; ++t)
    CHECK(online[t] == Approx(std::min(8e8, 4e8 + 4e8 * 7.0 * static_cast<double>(t) / 364.0)).margin(0.5 * 8e8 / users + 1.0));
}

}  // namespace spillway::testing
