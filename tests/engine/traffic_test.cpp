// What the benchmark holds speed against: bytes a tick must move, and contacts told of changes.
#include "engine/traffic.hpp"

#include <catch2/catch.hpp>

#include "support/busy_market.hpp"
#include "support/networks.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
double column_bytes(const World& world) {
  double bytes = 0;
  for (const ColumnData& column : world.columns) bytes += static_cast<double>(cell_bytes(column.cell));
  return bytes;
}
}  // namespace

TEST_CASE("traffic: a tick moves at most every column in and out again, and at least half of all that") {
  const Run run(busy_market(4096));
  const double columns = column_bytes(*run.world), slots = static_cast<double>(run.world->suppliers.slots.size()) * 4 / 4096;
  REQUIRE(slots > 0);
  const double moved = bytes_moved_per_user(*run.world) - slots;
  CHECK(moved <= 2 * columns);
  CHECK(moved >= columns);
}

TEST_CASE("traffic: wider stocks go in and out in each tick") {
  Scenario s = busy_market(4096);
  const Run narrow(s);
  s.numerics.stocks = StockType::f32;
  const Run wide(s);
  const double wider = column_bytes(*wide.world) - column_bytes(*narrow.world);
  REQUIRE(wider > 0);
  CHECK(bytes_moved_per_user(*wide.world) - bytes_moved_per_user(*narrow.world) == Approx(2 * wider));
}

TEST_CASE("traffic: a mechanism that is off moves nothing") {
  Scenario s = busy_market(4096);
  const double all = bytes_moved_per_user(*Run(s).world);
  s.suppliers.count = 0;
  s.suppliers.per_user = 0;
  CHECK(bytes_moved_per_user(*Run(s).world) < all);
}

TEST_CASE("contact updates: two per change on a ring, members from the start not counted", "[threads]") {
  Scenario s = busy_market(2000);
  s.population.people.points.resize(1);
  s.contacts.kind = ContactsKind::file;
  const int threads = GENERATE(1, 3);
  Run run(s, {threads, {}}, ring(2000));
  CHECK(run.engine.contact_updates() == 0);
  std::int64_t changes = 0;
  for (int tick = 0; tick < 20; ++tick) {
    const Tally& tally = run.tick();
    for (const Count count : {Count::joins_spontaneous, Count::joins_peer, Count::joins_drag, Count::exits_baseline, Count::exits_disuse,
                              Count::exits_threshold})
      for (std::size_t k = 0; k < run.world->platforms.size(); ++k) changes += tally.total(count, k);
  }
  REQUIRE(changes > 100);
  CHECK(run.engine.contact_updates() == static_cast<std::uint64_t>(2 * changes));
}

}  // namespace spillway::testing
