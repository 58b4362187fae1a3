// Money in yuan. Suppliers think in profit units a day; an agent stands for people_per_agent suppliers as it does for users.
#pragma once

#include "model/world.hpp"

namespace spillway {

/// CNY in one tick of profit units a day, summed over supplier agents.
inline double yuan(const World& world, double profit_units) {
  return profit_units * world.scenario.suppliers.decisions.cny_per_unit * world.people_per_agent * world.view.now.dt;
}

/// What suppliers pay platform k in the tick: fees and takes, CNY.
inline double seller_revenue(const World& world, std::size_t k) {
  if (world.suppliers.money.empty()) return 0.0;
  return yuan(world, world.suppliers.money[k].take + world.suppliers.money[k].fees);
}

}  // namespace spillway
