// What followers are worth to adaptive suppliers, and who pays whom.
#pragma once

#include "model/world.hpp"

namespace spillway {

/// Profit units a day of one follower (agent) on platform k where margin and commission together are 1, before the platform's take.
double profit_per_follower(const World& world, std::size_t k);

/// Affiliate commission that traffic from platform k earns, relative to a small seller's own sales: c0 kappa ell.
double acting_commission(const World& world, std::size_t k);

/// Mean over suppliers of what a follower is worth there, in units of the first platform's; over all where nobody is present.
double mean_supplier_value(const World& world, std::size_t k);

/// All suppliers on platform k: what they earn a day with their followers of now, and what the platform takes of it.
SupplierMoney supplier_money(const World& world, std::size_t k);

}  // namespace spillway
