// D32: suppliers alone bring their followers over, each at rate mu a effort push: who is not yet there decays exponentially. D33: a
// ban stretches time.
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

// D33: a dam stretches time. Of the channels a ban reaches all but offline codes, so the rate has the factor 1 - B (1 - w); where the
// threat of punishment deters suppliers, they also push less by as much of what the ban stops (amendments item 37).
TEST_CASE("D33: a ban slows drag") {
  constexpr double strictness = 0.8, offline = 0.1, stopped = strictness * (1.0 - offline);
  Scenario s = only_drag(1);
  s.platforms[0].second.ban.strictness = strictness;
  double factor = 1.0 - stopped;  // 0.28
  SECTION("nobody is deterred") { s.cross_promotion.deterrence = 0.0; }
  SECTION("half are deterred") {
    s.cross_promotion.deterrence = 0.5;
    factor *= 1.0 - 0.5 * stopped;  // 0.179
  }
  s.cross_promotion.drag_rate = 0.1;  // else hardly anybody has come over at the end
  Run run(s);
  check_decay(run, 0.1 * 0.5 * factor);
}

TEST_CASE("D33: enforcement, channels and whom a ban is against") {
  Scenario s = only_drag(1);
  PlatformBan& ban = s.platforms[0].second.ban;
  ban.strictness = 0.8;
  s.cross_promotion.deterrence = 0.0;
  double stopped = 0.0;
  SECTION("half enforced") {
    ban.enforcement = 0.5;
    stopped = 0.8 * 0.5 * 0.9;
  }
  SECTION("links alone, by half") {
    ban.link = 0.5;
    ban.text = ban.online_qr = 0.0;
    stopped = 0.8 * 0.3 * 0.5;
  }
  SECTION("against somebody else") { ban.against = {"p7"}; }
  SECTION("a ban at the destination") { std::swap(s.platforms[0].second.ban, s.platforms[1].second.ban); }
  Run run(s);
  check_decay(run, rate * 0.5 * (1.0 - stopped));
}

// With a ban at t stand as many as without it at (1 - B) t: the same law, so that two shares of a binomial are compared.
TEST_CASE("D33: with a dam, the state of a quarter of the time") {
  Scenario free = only_drag(1);
  free.cross_promotion.deterrence = 0.0;
  free.cross_promotion.drag_rate = 0.1;
  free.cross_promotion.channels = {.link = 0.3, .text = 0.2, .online_qr = 0.5, .offline_qr = 0.0};
  Scenario dammed = free;
  dammed.platforms[0].second.ban.strictness = 0.75;
  dammed.replicate = 1;  // other people: shares are independent
  Run fast(free), slow(dammed);
  fast.tick(), slow.tick();
  for (int tick = 0; tick < 10; ++tick) {
    fast.tick(), slow.ticks(4);
    const double a = share_nowhere_else(*fast.world), b = share_nowhere_else(*slow.world), p = 0.5 * (a + b);
    INFO("tick " << tick);
    CHECK(std::abs(a - b) < 4.0 * std::sqrt(2.0 * p * (1.0 - p) / users));
  }
}

TEST_CASE("D33: in the end a dam keeps nobody back") {
  Scenario s = only_drag(1);
  s.platforms[1].second.sellers.presence = 0.4;
  s.cross_promotion.deterrence = 0.0;
  s.cross_promotion.drag_rate = 4.0;  // after 60 weeks e^-235 is left even of those behind the dam
  Scenario dammed = s;
  dammed.platforms[0].second.ban.strictness = 0.8;
  Run fast(s), slow(dammed);
  fast.ticks(60), slow.ticks(60);
  CHECK(values_of(*fast.world, UserField::status, 1) == values_of(*slow.world, UserField::status, 1));
  CHECK(share_nowhere_else(*slow.world) > 0.0);
}

}  // namespace spillway::testing
