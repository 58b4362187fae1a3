#include "engine/traffic.hpp"

#include "mechanisms/phases.hpp"

namespace spillway {

double bytes_moved_per_user(const World& world) {
  Columns in = 0, out = 0;
  for (const Phase& phase : schedule(world.scenario)) {
    if (phase.users == nullptr) continue;
    in |= phase.reads;
    out |= phase.reads & phase.writes;
  }
  double bytes = 0;
  for (const ColumnData& column : world.columns) {
    const auto cell = static_cast<double>(cell_bytes(column.cell));
    bytes += (contains(in, column.column) ? cell : 0) + (contains(out, column.column) ? cell : 0);
  }
  const double slots = static_cast<double>(world.suppliers.slots.size()) * sizeof(world.suppliers.slots[0]);
  return bytes + slots / world.view.users;
}

}  // namespace spillway
