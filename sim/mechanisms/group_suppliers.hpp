// The suppliers in the slots of groups of users, looked up once for each group and tick: as the inner loops read them.
#pragma once

#include "model/scratch.hpp"
#include "model/view.hpp"

namespace spillway {

/// Groups that are looked up together: those of a whole block, where 16 users share a group's slots.
inline constexpr std::uint32_t groups_at_once = block_size / 16;

/// By group and slot what is applied to a group's users; by slot and group what is worked out for all groups at once. Slots that the
/// scenario does not use have no flags, and nobody follows them.
struct GroupSuppliers {
  alignas(64) float content[max_platforms][groups_at_once][max_slots];  ///< posts seen per follow
  alignas(64) float rate[max_platforms][groups_at_once][max_slots];     ///< of winning a follow; 0 where not present
  alignas(64) float effort[max_platforms][groups_at_once][max_slots];
  alignas(64) float any_rate[groups_at_once][max_slots];
  alignas(64) std::int32_t flags[groups_at_once][max_slots];
  alignas(64) float rate_of_slot[max_slots][groups_at_once];
  alignas(64) std::int32_t flags_of_slot[max_slots][groups_at_once];
  alignas(64) float all_rates[max_platforms][groups_at_once];
  /// A bit per slot.
  alignas(64) std::int32_t here[max_platforms][groups_at_once], pulls[max_platforms][groups_at_once], serves[max_platforms][groups_at_once];
};
static_assert(max_slots == 8 && max_platforms == 8);

/// Copies the suppliers' rows of group g. Slot by slot within a platform: the other way round the compiler makes vectors of platforms.
SPILLWAY_INLINE void look_up(const SupplierTable& table, const std::uint32_t* ids, std::uint32_t g, GroupSuppliers& groups) {
  static constexpr float nobody[2 + 2 * max_platforms] = {};
  const float* row[max_slots];
  for (std::uint32_t s = 0; s < max_slots; ++s) row[s] = s < table.slot_count ? table.row(ids[s]) : nobody;
#pragma GCC unroll 8
  for (std::uint32_t s = 0; s < max_slots; ++s) {
    groups.flags[g][s] = groups.flags_of_slot[s][g] = static_cast<std::int32_t>(SupplierTable::flags(row[s]));
    groups.any_rate[g][s] = groups.rate_of_slot[s][g] = SupplierTable::rate(row[s]);
  }
  for (std::size_t k = 0; k < table.platforms; ++k) {
#pragma GCC unroll 8
    for (std::uint32_t s = 0; s < max_slots; ++s) groups.content[k][g][s] = SupplierTable::content(row[s], k);
#pragma GCC unroll 8
    for (std::uint32_t s = 0; s < max_slots; ++s) groups.effort[k][g][s] = table.effort(row[s], k);
  }
}

/// Slots whose suppliers have a flag, for all groups.
SPILLWAY_INLINE void slots_with(const GroupSuppliers& groups, std::uint32_t count, unsigned flag, std::int32_t* __restrict out) {
  for (std::uint32_t i = 0; i < count; ++i) {
    std::int32_t slots = 0;
#pragma GCC unroll 8
    for (std::uint32_t s = 0; s < max_slots; ++s) slots |= (groups.flags_of_slot[s][i] >> flag & 1) << s;
    out[i] = slots;
  }
}

/// What follows from flags and rates, for all groups.
SPILLWAY_INLINE void sum_up(std::size_t k, std::uint32_t count, GroupSuppliers& groups) {
  const auto bit = static_cast<unsigned>(k);
  slots_with(groups, count, SupplierTable::here + bit, groups.here[k]);
  slots_with(groups, count, SupplierTable::pulls + bit, groups.pulls[k]);
  slots_with(groups, count, SupplierTable::serves + bit, groups.serves[k]);
  float* __restrict all = groups.all_rates[k];
  for (std::uint32_t i = 0; i < count; ++i) {
    float sum = 0.0F;
#pragma GCC unroll 8
    for (std::uint32_t s = 0; s < max_slots; ++s) sum += (groups.flags_of_slot[s][i] >> bit & 1) != 0 ? groups.rate_of_slot[s][i] : 0.0F;
    all[i] = sum;
  }
  const std::int32_t* __restrict flags = groups.flags[0];
  const float* __restrict any = groups.any_rate[0];
  float* __restrict rate = groups.rate[k][0];
  for (std::uint32_t i = 0; i < count * max_slots; ++i) rate[i] = (flags[i] >> bit & 1) != 0 ? any[i] : 0.0F;
}

}  // namespace spillway
