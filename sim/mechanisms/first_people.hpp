// The first moment of a run.
#pragma once

#include "model/world.hpp"

namespace spillway {

/// People who are online at the start, members of the platforms that are open by then (hashed shares of those online, who
/// joined "half a tick ago"), and what everybody's counters know of both. Expects the world as it was built.
void start_people(World& world);

}  // namespace spillway
