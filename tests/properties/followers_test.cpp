// D3: a supplier's followers are the follow bits that are set, for every supplier and platform, in every tick.
#include "mechanisms/followers.hpp"

#include <bit>
#include <catch2/catch.hpp>

#include "support/busy_market.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
/// [platform][supplier], counted from the users.
std::vector<std::int32_t> count_bits(const World& world) {
  const SupplierTable& table = world.view.suppliers;
  std::vector<std::int32_t> followers(std::size_t{table.count} * table.platforms);
  for (std::size_t k = 0; k < table.platforms; ++k) {
    const std::vector<double> bits = values_of(world, UserField::follows, static_cast<int>(k));
    for (std::uint32_t user = 0; user < world.view.users; ++user)
      for (std::uint32_t slot = 0; slot < table.slot_count; ++slot)
        if ((static_cast<unsigned>(bits[user]) >> slot & 1U) != 0) ++followers[k * table.count + table.slots_of(user)[slot]];
  }
  return followers;
}

std::int64_t sum_of(const std::vector<std::int32_t>& parts) {
  std::int64_t sum = 0;
  for (const std::int32_t part : parts) sum += part;
  return sum;
}
}  // namespace

// More suppliers than those whose followers each worker counts by itself, so that both ways of counting take part.
TEST_CASE("D3: followers are the follow bits that are set", "[threads]") {
  const int threads = GENERATE(1, 3);
  Scenario s = whole_market(6001, true);
  s.suppliers.count = 30'000;
  s.suppliers.slot_group = GENERATE(16U, 1U);
  Run run(s, {threads, {}});
  REQUIRE(run.world->view.suppliers.head < s.suppliers.count);
  std::int64_t most = 0, before = 0, lost = 0, of_tail = 0;
  for (int tick = 0; tick < 52; ++tick) {
    run.tick();
    const std::vector<std::int32_t> bits = count_bits(*run.world), &kept = run.world->suppliers.followers;
    REQUIRE(kept == bits);
    const std::int64_t now = sum_of(bits);
    lost += std::max<std::int64_t>(0, before - now);
    most = std::max(most, before = now);
    for (std::uint32_t j = run.world->view.suppliers.head; j < s.suppliers.count; ++j) of_tail += bits[j];
  }
  CHECK(most > 2000);  // the law was tried on something
  CHECK(of_tail > 1000);
}

// Leaving clears all bits at once, a closed account loses its followers in the next tick.
TEST_CASE("D3: those who left follow nobody, and closed accounts have no followers") {
  Scenario s = whole_market(4000);
  s.suppliers.decisions.leave_rate = 0.5;
  Run run(s);
  std::size_t lapsed = 0, closed = 0;
  for (int tick = 0; tick < 52; ++tick) {
    run.tick();
    const World& world = *run.world;
    for (std::size_t k = 0; k < 2; ++k) {
      const std::vector<double> status = values_of(world, UserField::status, static_cast<int>(k)),
                                bits = values_of(world, UserField::follows, static_cast<int>(k));
      for (std::size_t user = 0; user < status.size(); ++user) {
        if (status[user] == 1.0) continue;
        REQUIRE(bits[user] == 0.0);
        lapsed += status[user] == 2.0 ? 1U : 0U;
      }
      for (std::uint32_t j = 0; j < world.suppliers.count; ++j) {
        if ((world.suppliers.present[j] >> k & 1) != 0) continue;
        REQUIRE(world.suppliers.followers[k * world.suppliers.count + j] == 0);
        ++closed;
      }
    }
  }
  CHECK(lapsed > 1000);
  CHECK(closed > 1000);
}

// A tick looks at service accounts only where there are any, or were in the tick before: the last ones to close must leave no trace.
TEST_CASE("what members know of service accounts is true in every tick, also after the last one closed") {
  Scenario s = whole_market(4000);
  for (auto& [name, platform] : s.platforms) platform.sellers.service_accounts = 1.0;
  Run run(s);
  SupplierDecisions& decisions = run.world->scenario.suppliers.decisions;
  decisions.service_rate = 0.05;
  std::int64_t most = 0, now = 0;
  for (int tick = 0; tick < 52; ++tick) {
    if (tick == 30) {  // nothing pays any more
      decisions.service_rate = decisions.entry_rate = 0.0;
      decisions.running_cost = decisions.leave_rate = 1e6;
    }
    run.tick();
    const SupplierTable& table = run.world->view.suppliers;
    now = 0;
    for (std::size_t k = 0; k < table.platforms; ++k) {
      const std::vector<double> bits = values_of(*run.world, UserField::follows, static_cast<int>(k)),
                                served = values_of(*run.world, UserField::served, static_cast<int>(k));
      for (std::uint32_t user = 0; user < s.population.users; ++user) {
        REQUIRE(served[user] == served_follows(run.world->view, user, k, static_cast<std::uint32_t>(bits[user])));
        now += static_cast<std::int64_t>(served[user]);
      }
    }
    most = std::max(most, now);
  }
  CHECK(most > 1000);
  CHECK(now == 0);
}

}  // namespace spillway::testing
