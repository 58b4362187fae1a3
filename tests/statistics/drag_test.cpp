// D32: suppliers alone bring their followers over, each at rate mu a effort push: who is not yet there decays exponentially.
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
constexpr double rate = 0.035;
constexpr std::uint32_t users = 20'000;

/// Everybody is on p0 with half of the day; the others are empty. One slot; every supplier is everywhere with effort 1.
Scenario only_drag(std::size_t destinations) {
  Scenario s = still_market(users, std::vector<double>(destinations + 1, 0.0));
  s.suppliers.count = 50;
  s.suppliers.slots = 1;
  s.suppliers.effort_audience_elasticity = 0.0;
  s.suppliers.celebrity.share = 0.0;
  s.suppliers.behaviour = SupplierBehaviour::fixed;
  s.utility.supply = 0.0;
  s.following.organic_rate = 1e5;  // all bits are set in the first tick; they act from the second
  s.following.unfollow_rate = 0.0;
  s.cross_promotion.drag_rate = rate;
  s.cross_promotion.install_friction = 1.0;
  for (std::size_t k = 0; k <= destinations; ++k) {
    s.platforms[k].second.sellers.presence = 1.0;
    if (k > 0) s.platforms[k].second.initial_share = 0.0;
  }
  return s;
}

double share_nowhere_else(const World& world) {
  double n = 0.0;
  std::vector<std::vector<double>> status;
  for (std::size_t k = 1; k < world.platforms.size(); ++k) status.push_back(values_of(world, UserField::status, static_cast<int>(k)));
  for (std::uint32_t user = 0; user < users; ++user) {
    bool elsewhere = false;
    for (const auto& there : status) elsewhere = elsewhere || there[user] != 0.0;
    n += elsewhere ? 0.0 : 1.0;
  }
  return n / users;
}

// Users are independent: the number left is binomial.
void check_decay(Run& run, double hazard_per_day) {
  run.tick();
  REQUIRE(share_nowhere_else(*run.world) == 1.0);
  double days = 0.0;
  for (const std::uint32_t ticks : {1U, 4U, 5U, 10U}) {
    run.ticks(ticks);
    days += 7.0 * ticks;
    const double expected = std::exp(-hazard_per_day * days), error = std::sqrt(expected * (1.0 - expected) / users);
    INFO(days << " days");
    CHECK(std::abs(share_nowhere_else(*run.world) - expected) < 4.0 * error);
  }
}
}  // namespace

TEST_CASE("D32: drag alone") {
  Run run(only_drag(1));
  check_decay(run, rate * 0.5);
}

TEST_CASE("D32: drag in proportion to push, effort and install friction") {
  Scenario s = only_drag(1);
  double factor = 1.0;
  SECTION("push") { s.cross_promotion.push_ceiling = factor = 0.3; }
  SECTION("effort") { s.platforms[0].second.sellers.effort = factor = 0.5; }
  SECTION("friction") { s.cross_promotion.install_friction = factor = 0.5; }
  Run run(s);
  check_decay(run, rate * 0.5 * factor);
}

// Pushes to several destinations share the ceiling: half of it each, so that leaving for any of them keeps the same rate.
TEST_CASE("D32: two destinations share the push") {
  Run run(only_drag(2));
  check_decay(run, rate * 0.5);
}

// Nobody is dragged to where the followed supplier has no account: with presence 0.4 a follower stays for ever with probability
// 0.6. Slots are shared by 16 people and suppliers are popular unevenly, so the expected share is counted over the real slots.
TEST_CASE("D32: only suppliers who are present on the destination drag") {
  Scenario s = only_drag(1);
  s.platforms[1].second.sellers.presence = 0.4;
  s.cross_promotion.drag_rate = 1.0;
  Run run(s);
  run.ticks(60);  // e^-200 of the others is left
  double never_dragged = 0.0;
  const SupplierTable& table = run.world->view.suppliers;
  for (std::uint32_t user = 0; user < users; ++user)
    never_dragged += (SupplierTable::flags(table.row(table.slots[user / 16])) >> (SupplierTable::here + 1) & 1U) == 0 ? 1.0 : 0.0;
  CHECK(share_nowhere_else(*run.world) == never_dragged / users);
  CHECK(never_dragged > 0.0);
}

}  // namespace spillway::testing
