#include "mechanisms/supplier_money.hpp"

#include "mechanisms/phases.hpp"
#include "mechanisms/supplier_rows.hpp"

namespace spillway {

namespace {
double margin_of(const World& world, std::size_t kind) {
  return static_cast<double>(numbers_of(world.scenario.suppliers, static_cast<SupplierKind>(kind)).margin);
}
double lift(const World& world, std::size_t served) {
  return 1.0 + static_cast<double>(served) * world.scenario.suppliers.decisions.service_lift;
}
}  // namespace

double profit_per_follower(const World& world, std::size_t k) {
  const SupplierDecisions& d = world.scenario.suppliers.decisions;
  const double scale = world.platforms[k].live.sellers.follower_value / (1.0 + world.scenario.marketplace.reference_commission);
  return d.gross_profit / world.suppliers.reference_reach * world.platforms[k].attention / d.reference_attention * scale;
}

double acting_commission(const World& world, std::size_t k) {
  return world.market.commission * world.market.commission_multiplier[k].second * world.market.link_openness[k].second;
}

// Over the suppliers present, or over all where none is.
double mean_supplier_value(const World& world, std::size_t k) {
  const SupplierCounts& counts = world.suppliers.counts[k];
  const PlatformSellers& policy = world.platforms[k].live.sellers;
  const Suppliers& s = world.scenario.suppliers;
  const double commission = acting_commission(world, k);
  double value = 0.0, present = 0.0;
  for (std::size_t c = 0; c < supplier_kinds; ++c) {
    const double here = static_cast<double>(counts.present[c]), served = static_cast<double>(counts.served[c]);
    value += (margin_of(world, c) + commission) * (here + served * (lift(world, 1) - 1.0));
    present += here;
  }
  if (present == 0.0) {
    const double rest = 1.0 - s.celebrity.share - s.media.share - s.brand.share;
    value = s.celebrity.share * s.celebrity.margin + s.media.share * s.media.margin + s.brand.share * s.brand.margin +
            rest * s.small_seller.margin + commission;
    present = 1.0;
  }
  return value / present * policy.follower_value * (1.0 - policy.take) / (1.0 + world.scenario.marketplace.reference_commission);
}

// Profit is linear in followers, so sums over suppliers follow from followers by kind and service, which are exact integers.
SupplierMoney supplier_money(const World& world, std::size_t k) {
  SupplierMoney money;
  if (!world.view.platform[k].live) return money;
  const SupplierCounts& counts = world.suppliers.counts[k];
  const PlatformSellers& policy = world.platforms[k].live.sellers;
  const double each = profit_per_follower(world, k), commission = acting_commission(world, k);
  double present = 0.0;
  for (std::size_t c = 0; c < supplier_kinds; ++c) {
    present += static_cast<double>(counts.present[c]);
    for (std::size_t served = 0; served < 2; ++served) {
      const double followers = static_cast<double>(counts.followers[c][served]) * lift(world, served);
      money.own_sales += each * margin_of(world, c) * followers;
      money.commission += each * commission * followers;
    }
  }
  money.take = policy.take * (money.own_sales + money.commission);
  money.fees = policy.fee * present;
  money.incentives = policy.verified_incentive * static_cast<double>(counts.present[static_cast<std::size_t>(SupplierKind::celebrity)]);
  return money;
}

}  // namespace spillway
