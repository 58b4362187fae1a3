#include "engine/write_check.hpp"

#include <string>

#include "base/error.hpp"
#include "engine/state_hash.hpp"

namespace spillway {

void run_checked(World& world, const Phase& phase, Block block, const Scratch& scratch, Tally& tally) {
  std::vector<std::uint64_t> before;
  for (const ColumnData& column : world.columns) before.push_back(hash_block(column, block.first, world.view.users));
  phase.users(world.view, block, scratch, tally);
  for (std::size_t i = 0; i < world.columns.size(); ++i) {
    const Column column = world.columns[i].column;
    if (!contains(phase.writes, column) && hash_block(world.columns[i], block.first, world.view.users) != before[i])
      throw Bug("phase '" + std::string(phase.name) + "' changed column '" + std::string(row_of(column).name) + "' without declaring it");
  }
}

}  // namespace spillway
