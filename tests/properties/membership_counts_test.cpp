// D2: members change by joins less exits, and everybody online is never, active or lapsed. Counted anew from the columns.
#include <catch2/catch.hpp>

#include "support/busy_market.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
struct Census {
  std::int64_t never = 0, active = 0, lapsed = 0, offline_members = 0, online = 0;
};

Census census(const World& world, int platform) {
  const std::vector<double> status = values_of(world, UserField::status, platform);
  const std::vector<double> online = values_of(world, UserField::online);
  Census c;
  for (std::size_t user = 0; user < status.size(); ++user) {
    const bool on = online[user] == 1.0;
    c.online += on;
    c.active += status[user] == 1.0;
    c.lapsed += status[user] == 2.0;
    c.never += on && status[user] == 0.0;
    c.offline_members += !on && status[user] != 0.0;
  }
  return c;
}

std::int64_t joins(const Tally& tally, std::size_t k) {
  return tally.total(Count::joins_spontaneous, k) + tally.total(Count::joins_peer, k) + tally.total(Count::joins_drag, k);
}
std::int64_t exits(const Tally& tally, std::size_t k) {
  return tally.total(Count::exits_baseline, k) + tally.total(Count::exits_disuse, k) + tally.total(Count::exits_threshold, k);
}

void check_tick(const World& world, const Tally& tally, std::size_t k, const Census& before) {
  const Census after = census(world, static_cast<int>(k));
  // `before` was taken before people came online in this tick; they are all never-members.
  REQUIRE(after.active - before.active == joins(tally, k) - exits(tally, k));
  REQUIRE(after.lapsed - before.lapsed == exits(tally, k) - tally.total(Count::rejoins, k));
  REQUIRE(after.never + after.active + after.lapsed == after.online);
  REQUIRE(after.online == world.online);
  REQUIRE(after.offline_members == 0);
  if (world.view.platform[k].live) {  // state counts are those of the tick's start
    REQUIRE(tally.total(Count::active, k) == before.active);
    REQUIRE(tally.total(Count::lapsed, k) == before.lapsed);
  }
  REQUIRE(world.platforms[k].active == after.active);
  REQUIRE(world.platforms[k].ever == after.active + after.lapsed);
}
}  // namespace

TEST_CASE("D2: members are conserved in every tick") {
  const bool third = GENERATE(false, true);
  Scenario s = busy_market(4001, third);
  s.population.segments = {{"a", 0.3, 0.2, 300.0, 2.0}, {"b", 0.7, inherited, inherited, inherited}};
  complete(s);
  Run run(s);
  std::vector<Census> before;
  for (std::size_t k = 0; k < s.platforms.size(); ++k) before.push_back(census(*run.world, static_cast<int>(k)));
  std::int64_t seen[6] = {};
  for (int tick = 0; tick < 52; ++tick) {
    const Tally& tally = run.tick();
    for (std::size_t k = 0; k < s.platforms.size(); ++k) {
      check_tick(*run.world, tally, k, before[k]);
      before[k] = census(*run.world, static_cast<int>(k));
      for (int c = 0; c < 6; ++c)
        seen[c] += tally.total(static_cast<Count>(static_cast<int>(c < 3 ? Count::joins_spontaneous : Count::exits_baseline) + c % 3), k);
    }
  }
  for (const std::int64_t events : seen) CHECK(events > 20);  // each cause of joining and leaving took part
}

TEST_CASE("D2: account flow agrees with joins and exits") {
  Run run(busy_market(4000, true));
  for (int tick = 0; tick < 52; ++tick) {
    const Tally& tally = run.tick();
    for (std::size_t k = 0; k < 3; ++k) {
      std::int64_t in = 0, out = 0;
      for (std::size_t o = 0; o < 4; ++o) {
        // A cell from platform to platform holds both the joins of `to` and the exits of `from`: only the outside separates them.
        in += tally.account_flow[o][k + 1];
        out += tally.account_flow[k + 1][o];
      }
      REQUIRE(in >= joins(tally, k));
      REQUIRE(out >= exits(tally, k));
      REQUIRE(tally.account_flow[k + 1][k + 1] == 0);
    }
    std::int64_t moved = 0, events = 0;
    for (const auto& from : tally.account_flow)
      for (const std::int64_t n : from) moved += n;
    for (std::size_t k = 0; k < 3; ++k) events += joins(tally, k) + exits(tally, k);
    REQUIRE(moved == events);
  }
}

}  // namespace spillway::testing
