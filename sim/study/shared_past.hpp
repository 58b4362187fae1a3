// How long two worlds are the same world.
#pragma once

#include <cstdint>

#include "model/scenario.hpp"

namespace spillway {

/// Ticks from the start in which nothing that acts differs between two scenarios. Words do not act; a policy acts by its value in
/// each tick, however it came about; a platform's parameters act from its launch; everything else acts from the first tick.
/// For the same scenario all its ticks, for different ends those of the earlier one.
std::uint32_t shared_ticks(const Scenario& a, const Scenario& b);

/// Whether a world of `whole` has every column, series and platform that one of `part` has, so that it can live through the past for
/// both.
bool covers(const Scenario& whole, const Scenario& part);

}  // namespace spillway
