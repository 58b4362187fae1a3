#include "model/state.hpp"

namespace spillway {

namespace {
// Policies alone: launch dates, names and the like stay as the scenario has them.
void platform_state(Archive& archive, PlatformState& platform) {
  for (double* policy : policy_values(platform.live)) archive(*policy);
  archive(platform.blindness, platform.acting_blindness, platform.active, platform.ever, platform.share_before, platform.attention,
          platform.recent);
}
}  // namespace

std::string column_name(const ColumnData& column) {
  const std::string name(row_of(column.column).name);
  return column.platform < 0 ? name : name + "." + std::to_string(column.platform);
}

void world_state(Archive& archive, World& world) {
  archive.section("platforms");
  for (PlatformState& platform : world.platforms) platform_state(archive, platform);
  archive(world.online, world.hash_chain);
  for (const ColumnData& column : world.columns) {
    archive.section("column " + column_name(column));
    archive.bytes(column.data<std::byte>(), column.bytes);
  }
}

}  // namespace spillway
