// Phases keep to what their rows declare, and a row that lies is caught.
#include "engine/write_check.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "support/busy_market.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
Phase phase_named(std::string_view name) {
  for (const Phase& phase : phase_table())
    if (phase.name == name) return phase;
  throw Bug("no phase '" + std::string(name) + "'");
}

/// All users phases on all users of all blocks, checked, with one row replaced. Throws what the check throws.
void pass_with(World& world, const Phase& replacement) {
  Scratch scratch(world.view.platforms);
  Tally tally;
  for (std::uint32_t first = 0; first < world.view.users; first += block_size) {
    const Block block{first, std::min<std::uint32_t>(block_size, world.view.users - first)};
    for (std::uint32_t i = 0; i < block.size; ++i) scratch.lane(IntLane::user)[i] = static_cast<std::int32_t>(first + i);
    for (const Phase& phase : schedule(world.scenario))
      if (phase.users != nullptr) run_checked(world, phase.name == replacement.name ? replacement : phase, block, scratch, tally);
  }
}
}  // namespace

TEST_CASE("all phases write only what they declare") {
  Scenario s = GENERATE(busy_market(1500), whole_market(1500), whole_market(1500, true));
  if (GENERATE(false, true)) s.numerics.stocks = StockType::f32;
  Run checked(s, {}, {}, true), plain(s);
  Trace with, without;
  REQUIRE_NOTHROW(with = trace_of(checked, 52));
  without = trace_of(plain, 52);
  CHECK(with == without);  // looking changes nothing
}

TEST_CASE("all phases write only what they declare, in the historical market") {
  Run run(small_history(600), {}, {}, true);
  REQUIRE_NOTHROW(run.ticks(250));
}

// Each declared write is taken out of its row in turn: the check must miss it.
TEST_CASE("a phase that writes a column it does not declare is a bug") {
  int tried = 0;
  for (const Phase& phase : phase_table()) {
    if (phase.users == nullptr) continue;
    for (const ColumnRow& row : column_table) {
      if (!contains(phase.writes, row.column)) continue;
      Run run(whole_market(2000));
      run.ticks(45);
      Phase liar = phase;
      liar.writes &= ~only(row.column);
      INFO(phase.name << " writes " << row.name);
      CHECK_THROWS_AS(pass_with(*run.world, liar), Bug);
      ++tried;
    }
  }
  CHECK(tried >= 16);
}

TEST_CASE("a Bug from the write-check names phase and column") {
  Run run(busy_market(500));
  run.ticks(10);
  Phase liar = phase_named("form_habit");
  liar.writes = 0;
  CHECK_THROWS_WITH(pass_with(*run.world, liar),
                    Catch::Contains("form_habit") && Catch::Contains("habit") && Catch::Contains("without declaring"));
}

}  // namespace spillway::testing
