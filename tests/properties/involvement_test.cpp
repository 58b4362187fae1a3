// Only some users decide in full in a tick: members, and those who might join. That must be a saving and nothing else.
#include <catch2/catch.hpp>

#include "support/busy_market.hpp"
#include "support/runs.hpp"
#include "support/sanitized.hpp"

namespace spillway::testing {

namespace {
struct Decided {
  std::uint64_t tallies = 0;
  std::vector<std::uint64_t> columns;
  std::int64_t in_full = 0;
};

Decided decide(const Scenario& s, int ticks, bool everybody) {
  Run run(s);
  Decided result;
  for (int t = 0; t < ticks; ++t) {
    const Tally& tally = run.engine.tick({.hash_columns = true, .involve_everybody = everybody});
    result.tallies = chain(result.tallies, digest_of(tally));
    result.in_full += tally.involved;
  }
  result.columns = run.world->hash_chain;
  return result;
}
}  // namespace

TEST_CASE("deciding in full for everybody changes no bit") {
  Scenario s = GENERATE(busy_market(3001), busy_market(3001, true), small_history(5000));
  SECTION("as it is") {}
  SECTION("steep contagion and a strong gate") {
    s.adoption.contagion_exponent = 1.7;
    s.adoption.utility_gate = 3.0;
    s.adoption.invite_boost = 2.0;
  }
  SECTION("weak contagion, far reach, easy return") {
    s.adoption.contagion_exponent = 0.6;
    s.adoption.global_reach = 0.5;
    s.adoption.return_factor = 1.0;
  }
  SECTION("single slots") { s.suppliers.slot_group = 1; }
  SECTION("segments") {
    s.population.segments = {{"young", 0.25, 0.6, 300.0, 0.5}, {"old", 0.75, inherited, 120.0, inherited}};
    complete(s);
  }
  const int ticks = sanitized ? 40 : 120;
  const Decided some = decide(s, ticks, false), all = decide(s, ticks, true);
  CHECK(some.tallies == all.tallies);
  CHECK(some.columns == all.columns);
  CHECK(all.in_full == std::int64_t{ticks} * s.population.users);
  CHECK(some.in_full < all.in_full);
}

TEST_CASE("those whose contacts call them to what they do not like are not worked out") {
  Scenario s = busy_market(5000);
  s.platforms.resize(1);
  Platform& stage = s.platforms[0].second;
  stage.initial_share = 0.5;  // so that contacts' pressure alone would let nearly everybody join
  stage.imitation_rate = 100.0;
  stage.intrinsic_utility = -60.0;
  s.population.taste_spread = 1.0;
  Run run(s);
  run.tick();  // in the launch tick all are
  const Tally& tally = run.tick();
  const std::int64_t members = tally.total(Count::active, 0), padding = 16 * ((s.population.users + 511) / 512);
  CHECK(members > s.population.users / 10);
  CHECK(members < s.population.users / 2);
  CHECK(tally.involved >= members);
  CHECK(tally.involved <= members + padding);
}

}  // namespace spillway::testing
