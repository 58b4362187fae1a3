// People with one home: nobody is on two platforms, and who could join several in a tick joins the one whose hazard strikes first.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/busy_market.hpp"
#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
Scenario one_home(Scenario s) {
  s.adoption.homing = Homing::single;
  return s;
}

/// Platforms of which each user is a member.
std::vector<int> homes_of(const World& world) {
  std::vector<int> homes(world.view.users, 0);
  for (std::size_t k = 0; k < world.platforms.size(); ++k) {
    const auto status = values_of(world, UserField::status, static_cast<int>(k));
    for (std::size_t user = 0; user < status.size(); ++user) homes[user] += status[user] == 1.0 ? 1 : 0;
  }
  return homes;
}

bool within_four_errors(double seen, double expected, double n) {
  return std::abs(seen - expected) < 4.0 * std::sqrt(expected * (1.0 - expected) / n);
}
}  // namespace

TEST_CASE("with one home nobody is on two platforms, and people move between them") {
  Run run(one_home(busy_market(3001, true)));
  std::int64_t joins = 0, multi = 0;
  for (int tick = 0; tick < 52; ++tick) {
    const Tally& tally = run.tick();
    for (std::size_t k = 0; k < 3; ++k) {
      joins += tally.total(Count::joins_spontaneous, k) + tally.total(Count::joins_peer, k);
      multi += tally.total(Count::multi_homing, k);
    }
    for (const int homes : homes_of(*run.world)) REQUIRE(homes <= 1);
  }
  CHECK(joins > 1000);
  CHECK(multi == 0);
  std::vector<int> visited(3001, 0);  // platforms ever joined
  for (int k = 0; k < 3; ++k) {
    const auto status = values_of(*run.world, UserField::status, k);
    for (std::size_t user = 0; user < status.size(); ++user) visited[user] += status[user] != 0.0 ? 1 : 0;
  }
  CHECK(std::count_if(visited.begin(), visited.end(), [](int n) { return n > 1; }) > 100);
}

// Hazards of 0.5, 1 and 2 per tick: nearly everybody would join several. Somebody joins with chance 1 - e^-3.5, and the platforms
// win by their share of the hazard. With many homes each is joined with chance 1 - e^-H, and most join more than one.
TEST_CASE("platforms race for those who could join several in a tick") {
  constexpr std::uint32_t users = 100'000;
  Scenario s = still_market(users, {0.0, 0.0, 0.0});
  s.adoption.utility_gate = 0.0;
  const double hazard[] = {0.5, 1.0, 2.0}, sum = 3.5;
  for (std::size_t k = 0; k < 3; ++k) {
    s.platforms[k].second.initial_share = 0.0;
    s.platforms[k].second.innovation_rate = hazard[k] * days_per_year / 7.0;
  }
  Run race(one_home(s)), free(s);
  const Tally& won = race.tick();
  const Tally& joined = free.tick();
  for (std::size_t k = 0; k < 3; ++k) {
    INFO("platform " << k);
    const double share = static_cast<double>(won.total(Count::joins_spontaneous, k)) / users;
    CHECK(within_four_errors(share, hazard[k] / sum * (1.0 - std::exp(-sum)), users));
    CHECK(within_four_errors(static_cast<double>(joined.total(Count::joins_spontaneous, k)) / users, 1.0 - std::exp(-hazard[k]), users));
  }
}

// The race is decided user by user by the same words that decide on joining, so it cannot depend on how platforms are listed.
TEST_CASE("with one home platforms have no order", "[threads]") {
  const std::vector<std::size_t> from = GENERATE(std::vector<std::size_t>{1, 0, 2}, std::vector<std::size_t>{2, 1, 0});
  Scenario s = one_home(busy_market(3001, true));
  s.utility.supply = s.cross_promotion.drag_rate = 0.0;  // with sums over one platform only, floats round alike in any order
  Scenario other = s;
  for (std::size_t k = 0; k < 3; ++k) other.platforms[k] = s.platforms[from[k]];
  Run a(s), b(other, {3, {}});
  a.ticks(52);
  b.ticks(52);
  for (const UserFieldRow& row : user_field_table) {
    if (!row.per_platform || a.world->find(row.column, 0) == nullptr) continue;
    for (std::size_t k = 0; k < 3; ++k) {
      INFO(row.name << " of platform " << k);
      REQUIRE(values_of(*b.world, row.field, static_cast<int>(k)) == values_of(*a.world, row.field, static_cast<int>(from[k])));
    }
  }
}

TEST_CASE("with one home, deciding in full for everybody changes no bit") {
  Run some(one_home(busy_market(3001, true))), all(one_home(busy_market(3001, true)));
  for (int tick = 0; tick < 52; ++tick)
    REQUIRE(digest_of(all.engine.tick({.hash_columns = true, .involve_everybody = true})) == digest_of(some.tick(true)));
  CHECK(all.world->hash_chain == some.world->hash_chain);
}

TEST_CASE("on a single platform the number of homes does not matter") {
  Scenario s = busy_market(2000);
  s.platforms.resize(1);
  s.platforms[0].second.initial_share = 0.0;  // initial members are hashed otherwise with one home
  s.interventions.clear();
  Run many(s), one(one_home(s));
  CHECK(trace_of(many, 52) == trace_of(one, 52));
}

TEST_CASE("with one home the members from the start are on one platform each") {
  constexpr std::uint32_t users = 50'000;
  Scenario s = one_home(still_market(users, {0.0, 0.0, 0.0}));
  const double shares[] = {0.5, 0.2, 0.3};
  for (std::size_t k = 0; k < 3; ++k) s.platforms[k].second.initial_share = shares[k];
  SECTION("all from the first day") {
    const Run run(s);
    for (const int homes : homes_of(*run.world)) REQUIRE(homes == 1);
    for (std::size_t k = 0; k < 3; ++k)
      CHECK(within_four_errors(static_cast<double>(run.world->platforms[k].active) / users, shares[k], users));
  }
  SECTION("a later launch takes those who are not members elsewhere") {
    s.platforms[2].second.launch = Date{s.time.start.days + 14};
    Run run(s);
    run.ticks(2);
    const std::int64_t before = run.world->platforms[0].active + run.world->platforms[1].active;
    CHECK(run.world->platforms[2].active == 0);
    run.tick();
    for (const int homes : homes_of(*run.world)) REQUIRE(homes == 1);
    CHECK(run.world->platforms[2].active == users - before);
  }
}

}  // namespace spillway::testing
