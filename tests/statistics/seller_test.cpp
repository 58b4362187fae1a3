// D23n, D34, D35: where suppliers post, in closed form.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/samples.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
/// Two equal platforms; every supplier has an account on each for ever, everybody who could follow it does from the second tick on. No
/// costs, hardly a least effort, profits and supply without memory.
Scenario everyone_follows_everyone(std::uint32_t users, double steepness) {
  Scenario s = still_market(users, {-1.0, -1.0});
  s.suppliers.count = 20;
  s.suppliers.slots = 1;
  s.suppliers.effort_audience_elasticity = 0.0;
  s.suppliers.celebrity.share = 0.0;
  s.suppliers.behaviour = SupplierBehaviour::adaptive;
  SupplierDecisions& d = s.suppliers.decisions;
  d.entry_rate = d.leave_rate = 0.0;
  d.running_cost = d.cross_posting = 0.0;
  d.effort_floor = 1e-9;
  d.profit_memory = 1e-6;
  d.effort_steepness = steepness;
  s.following.organic_rate = 1e5;  // all bits are set in the first tick
  s.following.unfollow_rate = 0.0;
  s.following.supply_memory = 1e-6;
  s.cross_promotion.drag_rate = 0.0;
  for (auto& [name, platform] : s.platforms) platform.sellers.presence = 1.0;
  return s;
}

double log_odds(const World& world) { return std::log(world.platforms[0].attention / world.platforms[1].attention); }
}  // namespace

// Supply in proportion to effort, effort to attention to the power theta: what remains is attention^(alpha theta / lambda), whatever the
// outside does. Effort answers the attention of the tick before, and attention the supply of the tick before: a round is two ticks
// (amendments item 43). Tastes so far on the side of content that all are cut off at it; supply a hundred times its scale at least.
TEST_CASE("D23n: the log-odds of attention multiply by alpha theta / lambda in a round") {
  struct Case {
    double weight, steepness, nest;
  };
  const Case c = GENERATE(Case{0.5, 1.0, 1.0}, Case{0.8, 1.0, 0.8}, Case{0.6, 2.0, 0.8}, Case{0.8, 2.0, 1.0});
  Scenario s = everyone_follows_everyone(320, c.steepness);
  s.population.conversation_taste = -1.0;
  s.utility.supply = c.weight;
  s.utility.supply_scale = 1e-5;
  s.attention.nest_parameter = c.nest;
  for (auto& [name, platform] : s.platforms) platform.broadcast_weight = 1.0;
  intervene(s, 0, "intrinsic_utility", -0.9, 0, 28);  // the first is a little ahead, and then equal
  Run run(s);
  const double factor = c.weight * c.steepness / c.nest;
  run.ticks(6);
  std::array<double, 2> before{};
  int rounds = 0;
  for (int tick = 0; tick < 12; ++tick) {
    run.tick();
    const double now = log_odds(*run.world), then = before[static_cast<std::size_t>(tick % 2)];
    before[static_cast<std::size_t>(tick % 2)] = now;
    if (tick < 2 || std::abs(then) > 3.0 || std::abs(now) < 1e-3) continue;  // supply left, odds above float rounding
    INFO("factor " << factor << ", tick " << tick << ": " << then << " to " << now);
    CHECK(now / then == Approx(factor).epsilon(0.01));
    ++rounds;
  }
  CHECK(rounds >= 4);
}

// A supplier earns margin + commission per follower here, and the margin alone there.
TEST_CASE("D34: what a commission cut leaves of effort") {
  const double steepness = GENERATE(1.0, 2.0, 4.0);
  Scenario s = everyone_follows_everyone(320, steepness);
  s.marketplace.commission = 0.5;
  SECTION("no commission") { s.marketplace.commission_multiplier[1].second = 0.0; }
  SECTION("dead links") { s.marketplace.link_openness[1].second = 0.0; }
  Run run(s);
  run.ticks(5);
  const double expected = 1.0 / (1.0 + std::pow(1.5, steepness)), written = steepness == 1.0 ? 0.4 : steepness == 2.0 ? 0.3077 : 0.1650;
  CHECK(expected == Approx(written).margin(1e-4));
  const SupplierState& suppliers = run.world->suppliers;
  std::size_t followed = 0;
  for (std::uint32_t j = 0; j < suppliers.count; ++j) {
    const double here = static_cast<double>(suppliers.effort[j]), there = static_cast<double>(suppliers.effort[suppliers.count + j]);
    REQUIRE(suppliers.followers[j] == suppliers.followers[suppliers.count + j]);
    if (suppliers.followers[j] == 0) continue;                        // earns nothing anywhere
    CHECK(there / (here + there) == Approx(expected).epsilon(1e-5));  // efforts and powers are floats
    ++followed;
  }
  CHECK(followed > 5);
}

namespace {
constexpr std::uint32_t shops = 4000;
constexpr double enter = 0.04, leave = 0.05, steepness = 2.0, least_profit = 0.3;

// A fixed audience: attention and who holds whom never change, and all holders follow as soon as there is an account.
Scenario fixed_audience() {
  Scenario s = everyone_follows_everyone(32'000, 1.0);
  s.platforms.pop_back();
  complete(s);
  s.time.step = 1.0;
  s.suppliers.count = shops;
  s.suppliers.slots = 8;
  s.suppliers.popularity_exponent = 0.0;
  SupplierDecisions& d = s.suppliers.decisions;
  d.interval = 1.0;
  d.entry_rate = enter;
  d.leave_rate = leave;
  d.steepness = steepness;
  d.entry_profit = least_profit;
  d.running_cost = 0.2;
  d.gross_profit = 0.2;
  s.platforms[0].second.sellers.presence = 0.5;
  return s;
}

double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }
}  // namespace

// Each supplier is a chain of two states with an interval of a day; half the audience is expected before entering (amendments item 23).
// Suppliers are independent, each present with a chance of its own by its holders. After 300 days e^-9 is left of the start.
TEST_CASE("D35: suppliers with accounts under a fixed audience") {
  Run run(fixed_audience());
  run.ticks(300);
  const SupplierState& suppliers = run.world->suppliers;
  const double attention = run.world->platforms[0].attention;
  const double per_follower = 0.2 / suppliers.reference_reach * attention / 0.08 * (1.0 + 0.5) / (1.0 + 0.5);
  std::array<double, 3> present{}, expected{}, variance{}, count{};
  double bias = 0.0;
  for (std::uint32_t j = 0; j < shops; ++j) {
    const double earned = per_follower * suppliers.holders[j];
    const double in = enter * logistic(steepness * (0.5 * earned - 0.2 - least_profit)),
                 out = leave * logistic(-steepness * (earned - 0.2));
    const double chance_in = 1.0 - std::exp(-in), chance_out = 1.0 - std::exp(-out), p = chance_in / (chance_in + chance_out);
    bias = std::max(bias, std::abs(p - in / (in + out)));
    const std::size_t group = suppliers.holders[j] <= 32 ? 0 : suppliers.holders[j] <= 80 ? 1 : 2;
    present[group] += suppliers.present[j] & 1;
    expected[group] += p;
    variance[group] += p * (1.0 - p);
    count[group] += 1.0;
  }
  CHECK(bias < 0.005);  // a day is short: the closed form in rates
  for (std::size_t g = 0; g < 3; ++g) {
    INFO("group " << g << " of " << count[g] << ": " << present[g] << " of " << expected[g]);
    REQUIRE(count[g] >= 30);
    CHECK(std::abs(present[g] - expected[g]) < 4.0 * std::sqrt(variance[g]));
  }
  CHECK(expected[2] / count[2] > expected[0] / count[0] + 0.1);  // the audience made a difference
}

}  // namespace spillway::testing
