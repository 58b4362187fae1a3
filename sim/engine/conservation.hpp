// Conservation laws held in every tick: what is kept as a running count is counted anew. Costs a pass over all users, so it is
// for tests and for builds with assertions.
#pragma once

#include "model/tally.hpp"
#include "model/world.hpp"

namespace spillway {

#ifdef SPILLWAY_CHECKED
inline constexpr bool checked_build = true;
#else
inline constexpr bool checked_build = false;
#endif

/// D5, after suppliers decided and before the users move: supplier by supplier, what customers and the marketplace pay is what
/// suppliers earn, and what the platform takes and what they keep are all of it. Throws Bug with the tick.
void check_money(const World& world);

/// D2 and D3, at the end of a tick: members change by joins less exits and are those in the columns; followers are the follow bits
/// that are set. Throws Bug with the tick.
void check_counts(const World& world, const Tally& tally);

}  // namespace spillway
