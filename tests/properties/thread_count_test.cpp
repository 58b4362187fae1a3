// D6: neither the number of threads nor how the population divides into blocks changes a bit.
#include <catch2/catch.hpp>

#include "support/busy_market.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
// Sizes around a vector group (16), a block (256) and a task (4096), none of them only multiples.
const std::uint32_t sizes[] = {1, 17, 255, 257, 4095, 4097, 9001};

Trace run_with(const Scenario& s, int threads, std::uint32_t ticks) {
  Run run(s, {threads, {}});
  return trace_of(run, ticks);
}
}  // namespace

TEST_CASE("D6: 1, 2, 3 and 8 threads leave the same state and counts", "[threads]") {
  for (const std::uint32_t users : sizes) {
    INFO(users << " users");
    const Scenario s = whole_market(users);
    const Trace alone = run_with(s, 1, 30);
    for (const int threads : {2, 3, 8}) REQUIRE(run_with(s, threads, 30) == alone);
  }
}

TEST_CASE("D6: threads, with three platforms, f32 stocks and slots of one user", "[threads]") {
  Scenario s = whole_market(9001, true);
  SECTION("f32 stocks") { s.numerics.stocks = StockType::f32; }
  SECTION("a row of slots for each user") { s.suppliers.slot_group = 1; }
  SECTION("complete mixing") { s.contacts.kind = ContactsKind::mixing; }
  const Trace alone = run_with(s, 1, 20);
  for (const int threads : {2, 3, 8}) REQUIRE(run_with(s, threads, 20) == alone);
}

// The first moment: several tasks of each loop that builds, none of them only whole batches.
TEST_CASE("D6: 1, 2, 3 and 8 threads build the same world", "[threads]") {
  Scenario s = busy_market(20'011);
  SECTION("people come online") {}
  SECTION("everybody is online from the start") { s.population.people.points.resize(1); }
  SECTION("complete mixing") { s.contacts.kind = ContactsKind::mixing; }
  Run alone(s, {1, {}});
  for (const int threads : {2, 3, 8}) {
    Run run(s, {threads, {}});
    CHECK(run.world->online == alone.world->online);
    CHECK(run.world->platforms[0].active == alone.world->platforms[0].active);
    REQUIRE(run.world->columns.size() == alone.world->columns.size());
    for (const ColumnData& column : run.world->columns) {
      INFO(label(column) << ", " << threads << " threads");
      REQUIRE(bytes_of(*run.world, column.column, column.platform) == bytes_of(*alone.world, column.column, column.platform));
    }
  }
}

// What a person does must not depend on how many others stand in the same block after it: with nobody to meet and no series that
// depends on the total, the first users of a larger population live the same lives.
TEST_CASE("D6: a longer last block changes nothing for those before it") {
  Scenario small = busy_market(300);
  small.contacts.degree = 0.0;
  small.population.people.points.resize(1);
  Scenario large = small;
  large.population.users = 450;
  Run a(small), b(large);
  a.ticks(40);
  b.ticks(40);
  for (const ColumnData& column : a.world->columns) {
    INFO(label(column));
    const auto few = bytes_of(*a.world, column.column, column.platform), many = bytes_of(*b.world, column.column, column.platform);
    REQUIRE(std::equal(few.begin(), few.end(), many.begin()));
  }
}

TEST_CASE("another seed or replicate gives another run") {
  const Scenario s = busy_market(1000);
  Scenario seed = s, replicate = s;
  seed.seed += 1;
  replicate.replicate += 1;
  const Trace base = run_with(s, 1, 10), other_seed = run_with(seed, 1, 10), other_replicate = run_with(replicate, 1, 10);
  CHECK(base.tallies != other_seed.tallies);
  CHECK(base.tallies != other_replicate.tallies);
  CHECK(other_seed.tallies != other_replicate.tallies);
}

}  // namespace spillway::testing
