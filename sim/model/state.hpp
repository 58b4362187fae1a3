// What of the world is its state: all that the next tick reads and build_world does not make again from the scenario.
#pragma once

#include "base/archive.hpp"
#include "model/world.hpp"

namespace spillway {

/// One section "platforms", then one per column, "column habit.0"; loading needs a world built from the same scenario.
void world_state(Archive& archive, World& world);

/// Makes `to`, fresh from build_world, the world that it would be had it lived through what `from` did. All that `to` has must be
/// in `from` too, its platforms first and in the same order; what `from` has besides must not have acted yet. Policies stay `to`'s.
/// Bug where a column is missing.
void adopt_state(World& to, const World& from);

/// Name of a column's section, from its row and its platform's number: "habit.0", "online".
std::string column_name(const ColumnData& column);

}  // namespace spillway
