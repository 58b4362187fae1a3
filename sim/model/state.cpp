#include "model/state.hpp"

namespace spillway {

namespace {
// Policies alone: launch dates, names and the like stay as the scenario has them.
void platform_state(Archive& archive, World& world, std::size_t k) {
  PlatformState& platform = world.platforms[k];
  for (double* policy : policy_values(platform.live, world.market, k)) archive(*policy);
  archive(platform.ad_load, platform.blindness, platform.acting_blindness, platform.active, platform.ever, platform.share_before,
          platform.recent, platform.attention, platform.attention_of_all, platform.minutes, platform.complaints, platform.complaint_rate,
          platform.load_cut, platform.load_climbed, platform.climb_sign, platform.quarter_revenue, platform.last_quarter_revenue,
          platform.quarter_days, platform.opened);
}
}  // namespace

std::string column_name(const ColumnData& column) {
  const std::string name(row_of(column.column).name);
  return column.platform < 0 ? name : name + "." + std::to_string(column.platform);
}

void world_state(Archive& archive, World& world) {
  archive.section("platforms");
  for (std::size_t k = 0; k < world.platforms.size(); ++k) platform_state(archive, world, k);
  archive(world.online, world.hash_chain);
  SupplierState& suppliers = world.suppliers;
  archive.section("suppliers");
  archive(suppliers.present, suppliers.serves, suppliers.followers, suppliers.profit, suppliers.effort);
  for (const ColumnData& column : world.columns) {
    archive.section("column " + column_name(column));
    archive.bytes(column.data<std::byte>(), column.bytes);
  }
}

}  // namespace spillway
