// What of the world is its state: all that the next tick reads and build_world does not make again from the scenario.
#pragma once

#include "base/archive.hpp"
#include "model/world.hpp"

namespace spillway {

/// One section "platforms", then one per column, "column habit.0"; loading needs a world built from the same scenario.
void world_state(Archive& archive, World& world);

/// Name of a column's section, from its row and its platform's number: "habit.0", "online".
std::string column_name(const ColumnData& column);

}  // namespace spillway
