// The suppliers in the slots of one group of users, looked up once for the group: by slot and platform, as the inner loops read them.
#pragma once

#include "model/view.hpp"

namespace spillway {

/// Slots that the scenario does not use stay zero.
struct GroupSuppliers {
  alignas(32) float content[max_platforms][max_slots];              ///< posts seen per follow
  alignas(32) float rate[max_platforms][max_slots];                 ///< of winning a follow; 0 where not present
  alignas(32) float pull[max_platforms][max_platforms][max_slots];  ///< [to][from]: effort of those who pull
  alignas(32) float effort[max_platforms][max_slots];
  alignas(32) float any_rate[max_slots];
  alignas(32) std::int32_t flags[max_slots];
  float all_rates[max_platforms];
  std::int32_t here[max_platforms], pulls[max_platforms], serves[max_platforms];  ///< a bit per slot
};
static_assert(max_slots == 8 && max_platforms == 8);

inline constexpr std::int32_t slot_bit[max_slots] = {1, 2, 4, 8, 16, 32, 64, 128};

/// Slots whose suppliers have a flag.
SPILLWAY_INLINE std::int32_t slots_with(const std::int32_t* __restrict flags, unsigned flag) {
  std::int32_t slots = 0;
#pragma GCC unroll 1
  for (std::uint32_t s = 0; s < max_slots; ++s) slots |= -(flags[s] >> flag & 1) & slot_bit[s];
  return slots;
}

SPILLWAY_INLINE void look_up_platform(const SupplierTable& table, std::size_t k, GroupSuppliers& group) {
  const auto bit = static_cast<unsigned>(k);
  group.here[k] = slots_with(group.flags, SupplierTable::here + bit);
  group.pulls[k] = slots_with(group.flags, SupplierTable::pulls + bit);
  group.serves[k] = slots_with(group.flags, SupplierTable::serves + bit);
  const std::int32_t* __restrict flags = group.flags;
  const float* __restrict any = group.any_rate;
  float* __restrict rate = group.rate[k];
  float all = 0.0F;
#pragma GCC unroll 1
  for (std::uint32_t s = 0; s < max_slots; ++s) rate[s] = (flags[s] >> bit & 1) != 0 ? any[s] : 0.0F;
  for (std::uint32_t s = 0; s < max_slots; ++s) all += rate[s];
  group.all_rates[k] = all;
  if (group.pulls[k] == 0) return;
  for (std::size_t o = 0; o < table.platforms; ++o) {
    float* __restrict pull = group.pull[k][o];
    const float* __restrict effort = group.effort[o];
#pragma GCC unroll 1
    for (std::uint32_t s = 0; s < max_slots; ++s) pull[s] = (flags[s] >> (SupplierTable::pulls + bit) & 1) != 0 ? effort[s] : 0.0F;
  }
}

SPILLWAY_INLINE void look_up(const SupplierTable& table, const std::uint32_t* ids, GroupSuppliers& group) {
  for (std::uint32_t s = 0; s < table.slot_count; ++s) {
    const float* row = table.row(ids[s]);
    group.flags[s] = static_cast<std::int32_t>(SupplierTable::flags(row));
    group.any_rate[s] = SupplierTable::rate(row);
    for (std::size_t k = 0; k < table.platforms; ++k) {
      group.content[k][s] = SupplierTable::content(row, k);
      group.effort[k][s] = table.effort(row, k);
    }
  }
  for (std::size_t k = 0; k < table.platforms; ++k) look_up_platform(table, k, group);
}

/// Whether suppliers followed on platform `o` can pull to platform k.
SPILLWAY_INLINE bool pulls_to(const View& view, std::size_t o, std::size_t k) {
  return o != k && view.platform[o].live && view.platform[o].push_to[k] > 0.0F;
}

}  // namespace spillway
