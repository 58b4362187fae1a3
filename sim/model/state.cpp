#include "model/state.hpp"

#include <algorithm>
#include <cstring>

#include "base/error.hpp"

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

namespace {
/// The first `size` values of a table by platform, the platform being the slower index.
template <class T>
void adopt_table(std::vector<T>& to, const std::vector<T>& from) {
  std::copy_n(from.begin(), to.size(), to.begin());
}

void adopt_suppliers(World& to, const World& from) {
  SupplierState& suppliers = to.suppliers;
  const auto known = static_cast<std::uint8_t>((1U << to.platforms.size()) - 1U);
  for (std::size_t j = 0; j < suppliers.present.size(); ++j) {
    suppliers.present[j] = from.suppliers.present[j] & known;
    suppliers.serves[j] = from.suppliers.serves[j] & known;
  }
  adopt_table(suppliers.followers, from.suppliers.followers);
  adopt_table(suppliers.profit, from.suppliers.profit);
  adopt_table(suppliers.effort, from.suppliers.effort);
}
}  // namespace

void adopt_state(World& to, const World& from) {
  for (std::size_t k = 0; k < to.platforms.size(); ++k) {
    Platform live = std::move(to.platforms[k].live);
    to.platforms[k] = from.platforms[k];
    to.platforms[k].live = std::move(live);
  }
  to.online = from.online;
  adopt_suppliers(to, from);
  for (std::size_t c = 0; c < to.columns.size(); ++c) {
    const ColumnData& column = to.columns[c];
    const ColumnData* source = from.find(column.column, column.platform);
    if (source == nullptr || source->cell != column.cell) throw Bug("no column '" + column_name(column) + "' to adopt");
    std::memcpy(column.data<std::byte>(), source->data<std::byte>(), column.bytes);
    to.hash_chain[c] = from.hash_chain[static_cast<std::size_t>(source - from.columns.data())];
  }
}

}  // namespace spillway
