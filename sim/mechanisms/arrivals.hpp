// Who is online when.
#pragma once

#include "model/permutation.hpp"
#include "model/world.hpp"

namespace spillway {

/// Agents online = people / people per agent, rounded, at a date (days since the start); at most all users.
std::uint32_t agents_online(const World& world, double days);

/// Users come online in this order: those of rank below world.online are online.
Permutation arrival_order(const World& world);

}  // namespace spillway
