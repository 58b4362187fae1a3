// D5: suppliers divide the effort they have and no more; what one side pays another receives. Recomputed supplier by supplier.
#include <catch2/catch.hpp>
#include <cmath>

#include "support/busy_market.hpp"
#include "support/recordings.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
/// What suppliers decided by in the coming tick.
struct Before {
  std::vector<std::int32_t> followers;
  std::vector<double> attention;
};

Before before_tick(const World& world) {
  Before b{world.suppliers.followers, {}};
  for (const PlatformState& platform : world.platforms) b.attention.push_back(platform.attention);
  return b;
}

double margin_of(const Suppliers& s, std::uint8_t kind) {
  const double margins[] = {s.celebrity.margin, s.media.margin, s.brand.margin, s.small_seller.margin};
  return margins[kind];
}

// Ebar_j = (1 + cross-posting if on several) max(reach / reference, 0.1)^elasticity / Z; amendments items 23 and 44.
double all_effort(const World& world, const Before& b, std::uint32_t j) {
  const SupplierState& s = world.suppliers;
  double reach = 0.0;
  for (std::size_t k = 0; k < b.attention.size(); ++k) reach += b.followers[k * s.count + j];
  const double several = (s.present[j] & (s.present[j] - 1)) != 0 ? 1.0 + world.scenario.suppliers.decisions.cross_posting : 1.0;
  return several * std::pow(std::max(reach / s.reference_reach, 0.1), world.scenario.suppliers.effort_audience_elasticity) /
         s.effort_normaliser;
}

double effort_of(const SupplierState& s, std::size_t platforms, std::uint32_t j) {
  double sum = 0.0;
  for (std::size_t k = 0; k < platforms; ++k) sum += static_cast<double>(s.effort[k * s.count + j]);
  return sum;
}

/// Platform k's suppliers together, profit units a day, from amendments items 19 and 24.
SupplierMoney recomputed(const World& world, const Before& b, std::size_t k) {
  const Scenario& s = world.scenario;
  const SupplierDecisions& d = s.suppliers.decisions;
  const SupplierState& suppliers = world.suppliers;
  const PlatformSellers& policy = world.platforms[k].live.sellers;
  const double acting = world.market.commission * world.market.commission_multiplier[k].second * world.market.link_openness[k].second;
  SupplierMoney sum;
  for (std::uint32_t j = 0; j < suppliers.count; ++j) {
    if ((suppliers.present[j] >> k & 1) == 0) continue;  // who has just closed earns nothing from the last followers
    const double followers = b.followers[k * suppliers.count + j];
    const double gross = d.gross_profit * followers / suppliers.reference_reach * b.attention[k] / d.reference_attention;
    const double lift = (suppliers.serves[j] >> k & 1) != 0 ? 1.0 + d.service_lift : 1.0;
    const double each = gross * lift * policy.follower_value / (1.0 + s.marketplace.reference_commission);
    const double sales = each * margin_of(s.suppliers, suppliers.kind[j]), commission = each * acting;
    sum.own_sales += sales;
    sum.commission += commission;
    sum.take += policy.take * (sales + commission);
    sum.fees += policy.fee;
    sum.incentives += suppliers.kind[j] == 0 ? policy.verified_incentive : 0.0;
  }
  return sum;
}

// Seven-day ticks: every supplier decides in each. The last three months bind some celebrities.
Scenario divided() {
  Scenario s = whole_market(4000, true);
  s.suppliers.celebrity.share = 0.1;
  for (auto& [name, platform] : s.platforms) platform.sellers.effort = 1.0;
  return s;
}
}  // namespace

// Efforts are floats: each of a few is rounded to 6e-8, and powers are good to 1e-6.
TEST_CASE("D5: the efforts of a supplier on all platforms are the effort it has") {
  Scenario s = divided();
  s.suppliers.decisions.homing = GENERATE(SupplierHoming::multi, SupplierHoming::exclusive);
  s.suppliers.decisions.effort_steepness = GENERATE(1.0, 3.0);
  Run run(s);
  std::size_t several = 0, one = 0, none = 0;
  for (int tick = 0; tick < 52; ++tick) {
    const Before before = before_tick(*run.world);
    run.tick();
    const SupplierState& suppliers = run.world->suppliers;
    for (std::uint32_t j = 0; j < suppliers.count; ++j) {
      const std::uint8_t present = suppliers.present[j];
      const double sum = effort_of(suppliers, 3, j);
      INFO("tick " << tick << ", supplier " << j);
      if (present == 0)
        REQUIRE(sum == 0.0);
      else
        REQUIRE(sum == Approx(all_effort(*run.world, before, j)).epsilon(3e-6));
      (present == 0 ? none : (present & (present - 1)) != 0 ? several : one) += 1;
      for (std::size_t k = 0; k < 3; ++k)
        if ((present >> k & 1) == 0) REQUIRE(suppliers.effort[k * suppliers.count + j] == 0.0F);
    }
  }
  CHECK(std::min({several, one, none}) > 100);
}

// To a high power the least profit that counts is far below what a float can hold.
TEST_CASE("D5: suppliers who earn nothing post the effort they have") {
  Scenario s = divided();
  s.suppliers.decisions.effort_floor = 1e-9;
  s.suppliers.decisions.effort_steepness = GENERATE(1.0, 8.0);
  Run run(s);
  std::size_t idle = 0;
  for (int tick = 0; tick < 30; ++tick) {
    const Before before = before_tick(*run.world);
    run.tick();
    const SupplierState& suppliers = run.world->suppliers;
    for (std::uint32_t j = 0; j < suppliers.count; ++j) {
      if (suppliers.present[j] == 0) continue;
      INFO("tick " << tick << ", supplier " << j);
      REQUIRE(effort_of(suppliers, 3, j) == Approx(all_effort(*run.world, before, j)).epsilon(3e-6));
      idle += std::max({suppliers.profit[j], suppliers.profit[suppliers.count + j], suppliers.profit[2 * suppliers.count + j]}) <= 0.0F;
    }
  }
  CHECK(idle > 100);
}

TEST_CASE("D5: a platform's policy on posts multiplies effort there") {
  Scenario s = divided();
  s.platforms[1].second.sellers.effort = 0.0;
  Run run(s);
  run.ticks(40);
  const SupplierState& suppliers = run.world->suppliers;
  std::size_t tried = 0;
  for (std::uint32_t j = 0; j < suppliers.count; ++j) {
    REQUIRE(suppliers.effort[suppliers.count + j] == 0.0F);
    tried += suppliers.present[j] >> 1 & 1;
  }
  CHECK(tried > 50);
}

TEST_CASE("D5: money of every tick, supplier by supplier") {
  Scenario s = divided();
  std::erase_if(s.interventions, [](const auto& i) { return i.first == "dead_links"; });
  Run run(s);
  double commission = 0.0, take = 0.0, fees = 0.0, incentives = 0.0;
  for (int tick = 0; tick < 52; ++tick) {
    const Before before = before_tick(*run.world);
    run.tick();
    for (std::size_t k = 0; k < 3; ++k) {
      if (!run.world->view.platform[k].live) continue;
      const SupplierMoney& money = run.world->suppliers.money[k];
      const SupplierMoney anew = recomputed(*run.world, before, k);
      INFO("tick " << tick << ", platform " << k);
      REQUIRE(money.own_sales == Approx(anew.own_sales).epsilon(1e-9));
      REQUIRE(money.commission == Approx(anew.commission).epsilon(1e-9));
      REQUIRE(money.take == Approx(anew.take).epsilon(1e-9));
      REQUIRE(money.fees == Approx(anew.fees).epsilon(1e-9));
      REQUIRE(money.incentives == Approx(anew.incentives).epsilon(1e-9));
      commission += anew.commission, take += anew.take, fees += anew.fees, incentives += anew.incentives;
    }
  }
  CHECK(std::min({commission, take, fees, incentives}) > 0.0);
}

// What is recorded, after intervals of several ticks.
TEST_CASE("D5: recorded money adds up") {
  Scenario s = divided();
  s.record.every = 28.0;
  const Recording r = record(s, 52);
  const auto of = [&](const char* path) { return numbers(r, path); };
  const auto platform = of("platform_revenue"), ads = of("ad_revenue"), sellers = of("seller_payments"), commission = of("commission_paid"),
             profit = of("seller_profit"), channels = of("seller_revenue");
  REQUIRE(platform.size() >= 39);
  REQUIRE(channels.size() == 3 * platform.size());  // own sales, commission, worth of verification
  double all_ads = 0.0, all_sellers = 0.0, all_commission = 0.0;
  for (std::size_t i = 0; i < platform.size(); ++i) {
    INFO("row and platform " << i);
    CHECK(platform[i] == Approx(ads[i] + sellers[i]).epsilon(1e-9));
    CHECK(commission[i] == channels[3 * i + 1]);  // what the marketplace pays is what suppliers receive
    CHECK(profit[i] + sellers[i] == Approx(channels[3 * i] + channels[3 * i + 1]).epsilon(1e-9).margin(1e-6));
    all_ads += ads[i], all_sellers += sellers[i], all_commission += commission[i];
  }
  CHECK(std::min({all_ads, all_sellers, all_commission}) > 0.0);
}

}  // namespace spillway::testing
