// The suppliers in the slots of groups of users, looked up once for each group and tick: as the inner loops read them.
#pragma once

#include <bit>
#include <cstring>

#include "base/multiversion.hpp"
#include "model/scratch.hpp"
#include "model/view.hpp"

namespace spillway {

/// Groups that are looked up together: those of a whole block, where 16 users share a group's slots.
inline constexpr std::uint32_t groups_at_once = block_size / 16;

/// By group and slot what is applied to a group's users; by slot and group what is worked out for all groups at once. Slots that the
/// scenario does not use have no flags, and nobody follows them.
struct GroupSuppliers {
  static constexpr std::size_t fields =
      (2 + 2 * max_platforms + SupplierTable::row_padding - 1) / SupplierTable::row_padding * SupplierTable::row_padding;
  alignas(64) float field[fields][groups_at_once][max_slots];        ///< rows of SupplierTable
  alignas(64) float rate[max_platforms][groups_at_once][max_slots];  ///< of winning a follow; 0 where not present
  alignas(64) float flags_of_slot[max_slots][groups_at_once];
  alignas(64) float rate_of_slot[max_slots][groups_at_once];
  alignas(64) float all_rates[max_platforms][groups_at_once];
  /// A bit per slot.
  alignas(64) std::int32_t here[max_platforms][groups_at_once], pulls[max_platforms][groups_at_once], serves[max_platforms][groups_at_once];
  std::size_t platforms;

  const float* content(std::size_t k, std::uint32_t g) const { return field[2 + k][g]; }  ///< posts seen per follow
  const float* effort(std::size_t k, std::uint32_t g) const { return field[2 + platforms + k][g]; }
};
static_assert(max_slots == 8 && max_platforms == 8 && SupplierTable::row_padding == 8);

namespace detail {
using EightFloats __attribute__((vector_size(8 * sizeof(float)))) = float;
}

/// out[column * apart + row] = rows[row][column] for eight rows of eight.
SPILLWAY_INLINE void transpose(const float* const* rows, float* out, std::size_t apart) {
  detail::EightFloats a[8], b[8];
#pragma GCC unroll 8
  for (int i = 0; i < 8; ++i) std::memcpy(&a[i], rows[i], sizeof a[i]);
#pragma GCC unroll 4
  for (int i = 0; i < 8; i += 2) {  // pairs of rows
    b[i] = __builtin_shufflevector(a[i], a[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    b[i + 1] = __builtin_shufflevector(a[i], a[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
#pragma GCC unroll 2
  for (int i = 0; i < 8; i += 4) {  // fours
    a[i] = __builtin_shufflevector(b[i], b[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    a[i + 1] = __builtin_shufflevector(b[i], b[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    a[i + 2] = __builtin_shufflevector(b[i + 1], b[i + 3], 0, 1, 8, 9, 4, 5, 12, 13);
    a[i + 3] = __builtin_shufflevector(b[i + 1], b[i + 3], 2, 3, 10, 11, 6, 7, 14, 15);
  }
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) {  // all
    b[i] = __builtin_shufflevector(a[i], a[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    b[i + 4] = __builtin_shufflevector(a[i], a[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    std::memcpy(out + i * apart, &b[i], sizeof b[i]);
    std::memcpy(out + (i + 4) * apart, &b[i + 4], sizeof b[i + 4]);
  }
}

/// Copies the suppliers' rows of group g.
SPILLWAY_INLINE void look_up(const SupplierTable& table, const std::uint32_t* ids, std::uint32_t g, GroupSuppliers& groups) {
  static constexpr float nobody[GroupSuppliers::fields] = {};
  const float* row[max_slots];
  for (std::uint32_t s = 0; s < max_slots; ++s) row[s] = s < table.slot_count ? table.row(ids[s]) : nobody;
  for (std::size_t f = 0; f < table.stride; f += SupplierTable::row_padding) {
    transpose(row, groups.field[f][g], groups_at_once * max_slots);
    for (const float*& from : row) from += SupplierTable::row_padding;
  }
}

/// Slots whose suppliers have a flag, for all groups.
SPILLWAY_INLINE void slots_with(const GroupSuppliers& groups, std::uint32_t count, unsigned flag, std::int32_t* __restrict out) {
  for (std::uint32_t i = 0; i < count; ++i) {
    std::int32_t slots = 0;
#pragma GCC unroll 8
    for (std::uint32_t s = 0; s < max_slots; ++s) slots |= (std::bit_cast<std::int32_t>(groups.flags_of_slot[s][i]) >> flag & 1) << s;
    out[i] = slots;
  }
}

/// Flags and rates by slot.
SPILLWAY_INLINE void turn_slots(std::uint32_t count, GroupSuppliers& groups) {
  for (std::uint32_t g = 0; g < count; g += 8) {
    const float *flags[8], *rates[8];
    for (std::uint32_t i = 0; i < 8; ++i) {
      flags[i] = groups.field[0][g + i];
      rates[i] = groups.field[1][g + i];
    }
    transpose(flags, groups.flags_of_slot[0] + g, groups_at_once);
    transpose(rates, groups.rate_of_slot[0] + g, groups_at_once);
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
    for (std::uint32_t s = 0; s < max_slots; ++s)
      sum += (std::bit_cast<std::int32_t>(groups.flags_of_slot[s][i]) >> bit & 1) != 0 ? groups.rate_of_slot[s][i] : 0.0F;
    all[i] = sum;
  }
  const float* __restrict flags = groups.field[0][0];
  const float* __restrict any = groups.field[1][0];
  float* __restrict rate = groups.rate[k][0];
  for (std::uint32_t i = 0; i < count * max_slots; ++i) rate[i] = (std::bit_cast<std::int32_t>(flags[i]) >> bit & 1) != 0 ? any[i] : 0.0F;
}

}  // namespace spillway
