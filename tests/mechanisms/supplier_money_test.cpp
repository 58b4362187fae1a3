// S11 and S13 against their definitions: money is what followers bring (D5), effort follows profit.
// Everything is worked out again from the state, supplier by supplier.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "model/revenue.hpp"
#include "support/busy_market.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
constexpr std::size_t platforms = 2;

/// Without contracts, which close accounts whatever they earn.
Scenario free_market(std::uint32_t users) {
  Scenario s = whole_market(users);
  std::erase_if(s.interventions, [](const auto& i) { return i.first == "contracts"; });
  return s;
}

double margin_of(const Suppliers& s, std::uint8_t kind) {
  const double margins[] = {s.celebrity.margin, s.media.margin, s.brand.margin, s.small_seller.margin};
  return margins[kind];
}

/// From accounts as they are after a tick's decisions and followers as they were before it.
SupplierMoney worked_out(const World& world, std::size_t k, const std::vector<std::int32_t>& followers, double attention) {
  const SupplierState& state = world.suppliers;
  const SupplierDecisions& d = world.scenario.suppliers.decisions;
  const PlatformSellers& policy = world.platforms[k].live.sellers;
  const double unit = d.gross_profit / state.reference_reach * attention / d.reference_attention * policy.follower_value /
                      (1.0 + world.scenario.marketplace.reference_commission);
  const double commission = world.market.commission * world.market.commission_multiplier[k].second * world.market.link_openness[k].second;
  SupplierMoney m;
  for (std::uint32_t j = 0; j < state.count; ++j) {
    const double lift = 1.0 + ((state.serves[j] >> k & 1) != 0 ? d.service_lift : 0.0);
    const bool here = (state.present[j] >> k & 1) != 0;
    const double brought = here ? unit * lift * followers[k * state.count + j] : 0.0;
    m.own_sales += brought * margin_of(world.scenario.suppliers, state.kind[j]);
    m.commission += brought * commission;
    m.fees += here ? policy.fee : 0.0;
    m.incentives += here && state.kind[j] == 0 ? policy.verified_incentive : 0.0;
  }
  m.take = policy.take * (m.own_sales + m.commission);
  return m;
}
}  // namespace

// The sums are of some thousand terms in double: rounding stays below 1e-12 of them.
TEST_CASE("D5: suppliers' money is what their followers bring, and platforms get their part") {
  Run run(whole_market(3000));
  run.ticks(40);
  const World& world = *run.world;
  const std::vector<std::int32_t> followers = world.suppliers.followers;
  const double attention[platforms] = {world.platforms[0].attention, world.platforms[1].attention};
  run.tick();
  for (std::size_t k = 0; k < platforms; ++k) {
    const SupplierMoney expected = worked_out(world, k, followers, attention[k]), money = world.suppliers.money[k];
    INFO("platform " << k);
    CHECK(money.own_sales == Approx(expected.own_sales).epsilon(1e-9));
    CHECK(money.commission == Approx(expected.commission).epsilon(1e-9));
    CHECK(money.take == Approx(expected.take).epsilon(1e-9));
    CHECK(money.fees == Approx(expected.fees).epsilon(1e-9));
    CHECK(money.incentives == Approx(expected.incentives).epsilon(1e-9));
    CHECK(money.own_sales > 0.0);
    const double yuan_per_unit = world.scenario.suppliers.decisions.cny_per_unit * world.people_per_agent * world.view.now.dt;
    CHECK(seller_revenue(world, k) == Approx((expected.take + expected.fees) * yuan_per_unit).epsilon(1e-9));
  }
  CHECK(world.suppliers.money[0].take > 0.0);  // the levy
  CHECK(world.suppliers.money[0].commission > 0.0);
  CHECK(world.suppliers.money[1].commission == 0.0);  // dead links
}

// Floats: powers and quotients to 1e-5.
TEST_CASE("effort follows profit between platforms, and audience over all") {
  const double steepness = GENERATE(0.0, 1.0, 2.0);
  Scenario s = free_market(2000);
  s.suppliers.decisions.effort_steepness = steepness;
  Run run(s);
  run.ticks(40);
  const SupplierState& state = run.world->suppliers;
  const SupplierDecisions& d = s.suppliers.decisions;
  const std::vector<std::int32_t> followers = state.followers;
  run.tick();
  std::size_t several = 0;
  for (std::uint32_t j = 0; j < state.count; ++j) {
    double weight[platforms] = {}, reach = 0.0, sum = 0.0;
    for (std::size_t k = 0; k < platforms; ++k) {
      const double profit = std::max(0.0, static_cast<double>(state.profit[k * state.count + j]));
      if ((state.present[j] >> k & 1) != 0) weight[k] = std::pow(profit + d.effort_floor, steepness);
      reach += followers[k * state.count + j];
      sum += weight[k];
    }
    const bool both = state.present[j] == 3;
    several += both ? 1U : 0U;
    const double all = (both ? 1.0 + d.cross_posting : 1.0) *
                       std::pow(std::max(reach / state.reference_reach, 0.1), s.suppliers.effort_audience_elasticity) /
                       state.effort_normaliser;
    for (std::size_t k = 0; k < platforms; ++k) {
      const double expected = sum > 0.0 ? all * weight[k] / sum * run.world->platforms[k].live.sellers.effort : 0.0;
      INFO("supplier " << j << " on " << k);
      REQUIRE(static_cast<double>(state.effort[k * state.count + j]) == Approx(expected).epsilon(1e-5).margin(1e-9));
    }
  }
  CHECK(several > 20);
}

namespace {
struct Moves {
  std::int64_t entries = 0, exits = 0;
};

/// Of all ticks but those in which a platform opens.
Moves moves_with(double entry_rate, double leave_rate) {
  Scenario s = free_market(2000);
  s.suppliers.decisions.entry_rate = entry_rate;
  s.suppliers.decisions.leave_rate = leave_rate;
  Run run(s);
  Moves moves;
  for (int tick = 0; tick < 45; ++tick) {
    std::vector<bool> open;
    for (const PlatformState& platform : run.world->platforms) open.push_back(platform.opened);
    run.tick();
    for (std::size_t k = 0; k < platforms; ++k) {
      if (!open[k]) continue;
      moves.entries += run.world->suppliers.counts[k].entries;
      moves.exits += run.world->suppliers.counts[k].exits;
    }
  }
  return moves;
}
}  // namespace

TEST_CASE("without a rate of entry nobody opens an account, without a rate of leaving nobody closes one") {
  const Moves free = moves_with(0.05, 0.05), shut = moves_with(0.0, 0.05), bound = moves_with(0.05, 0.0);
  CHECK(free.entries > 20);
  CHECK(free.exits > 20);
  CHECK(shut.entries == 0);
  CHECK(shut.exits > 0);
  CHECK(bound.exits == 0);
  CHECK(bound.entries > 0);
}

}  // namespace spillway::testing
