// What a world will take, told from the tables before anything is allocated.
#include "build/memory.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "build/build.hpp"
#include "support/busy_market.hpp"
#include "support/networks.hpp"

namespace spillway::testing {

namespace {
// The parts must add up to what the built world counts, and the columns among them to what was allocated.
void check_same(const Scenario& s, Graph graph = {}) {
  const auto world = build_world(s, {}, std::move(graph));
  const std::uint32_t max_degree = world->contacts.max_degree();
  CHECK(total_bytes(world_memory(s, max_degree)) + world->contacts.memory_bytes() == world->memory_bytes());
  std::uint64_t foretold = 0, allocated = 0;
  for (const MemoryPart& part : world_memory(s, max_degree))
    if (part.of == "users") foretold += part.bytes();
  for (const ColumnData& column : world->columns) allocated += column.bytes;
  CHECK(foretold == allocated);
}
}  // namespace

TEST_CASE("the memory foretold is the memory taken") {
  for (const bool third : {false, true})
    for (const StockType stocks : {StockType::u16, StockType::f32})
      for (const std::uint32_t users : {16'000U, 16'007U}) {  // the second leaves a group of users half empty
        Scenario s = busy_market(users, third);
        s.numerics.stocks = stocks;
        check_same(s);
      }
}

TEST_CASE("the memory foretold without mechanisms") {
  check_same(bass(10'000, 0.03, 0.38));
  Scenario s = busy_market(5000);
  s.suppliers.count = 0;
  check_same(s);  // suppliers by the share of users
  s.suppliers.per_user = 0.0;
  check_same(s);
  s.exit.threshold_delay = never;
  s.adoption.recency_weight = 0.0;
  s.habit = {0.0, 0.0, 21.0};
  s.exit.disuse_churn = 0.0;
  check_same(s);
}

TEST_CASE("the memory foretold with a contact network of one's own") {
  Scenario s = busy_market(2000);
  s.contacts.kind = ContactsKind::file;
  check_same(s, ring(2000));
  std::vector<std::pair<std::uint32_t, std::uint32_t>> star;
  for (std::uint32_t i = 1; i < 2000; ++i) star.emplace_back(0, i);
  check_same(s, graph_from_edges(2000, star));  // its centre needs counters of two bytes
}

TEST_CASE("the memory of a country does not overflow") {
  Scenario s = busy_market(4'000'000'000U, true);
  std::uint64_t each = 0;
  for (const MemoryPart& part : world_memory(s))
    if (part.of == "users") each += part.each;
  REQUIRE(each > 20);
  CHECK(total_bytes(world_memory(s)) > each * 4'000'000'000ULL);
}

}  // namespace spillway::testing
