// Follows won and dropped by members. Each slot of a member has a hazard of changing; slots are independent, so that none changes with
// chance e^-(sum of hazards). Slots are laid end to end, each as long as its hazard: changes fall an exponential length after each
// other, at most one in a slot. So each slot changes with chance 1 - e^-hazard, whatever the others do.
//
// About one member in six has a change. They are collected, their hazards by slot worked out in a vector of slots, the first change
// of each in vectors of members; a second one is rare.
#pragma once

#include <cstring>

#include "base/math.hpp"
#include "base/random.hpp"
#include "mechanisms/lanes.hpp"

namespace spillway {

/// Members for whom a follow may change.
struct FollowChanges {
  std::uint32_t count = 0;
  std::int32_t lane[block_size];
  std::int32_t word[block_size];        ///< the random word that decides
  float hazard[block_size][max_slots];  ///< 0 where nothing can change
  std::int32_t slot[block_size];        ///< of the first change; max_slots: none
  float end[block_size];                ///< where that slot ends
  std::int32_t more[block_size];        ///< whether another change may follow
};

namespace detail {
/// Exponential length g = -log(1 - v) until the next change, v being uniform. v <= g, and g <= v + v^2 up to v = 0.68: rounding must
/// not hurt these bounds, as one change alone is compared with them first.
SPILLWAY_INLINE float way_to_change(float v) {
  const float g = -log_f(1.0F - v + 1e-10F);
  return max_of(v, v < 0.5F ? min_of(v + v * v, g) : g);
}
}  // namespace detail

/// The first change of each. Whole vectors, as the rest of one would cost as much one by one.
SPILLWAY_INLINE void find_first_changes(FollowChanges& changes) {
  constexpr std::uint32_t vector = 16;
  static_assert(block_size % vector == 0);
  const std::uint32_t whole = (changes.count + vector - 1) / vector * vector, rest = whole - changes.count;
  std::memset(changes.word + changes.count, 0, rest * sizeof changes.word[0]);
  std::memset(changes.hazard + changes.count, 0, rest * sizeof changes.hazard[0]);
  const float* __restrict hazard = changes.hazard[0];
  const std::int32_t* __restrict words = changes.word;
  std::int32_t* __restrict slots = changes.slot;
  float* __restrict ends = changes.end;
  std::int32_t* __restrict more = changes.more;
  const auto count = static_cast<std::int32_t>(whole);
  for (std::int32_t i = 0; i < count; ++i) {
    const auto word = static_cast<std::uint32_t>(words[i]);
    const float way = detail::way_to_change(fraction_below_one(word));
    float sum = 0.0F, end = 1e30F;
    std::int32_t slot = 0;
#pragma GCC unroll 8
    for (std::int32_t s = 0; s < static_cast<std::int32_t>(max_slots); ++s) {
      sum += hazard[i * static_cast<std::int32_t>(max_slots) + s];
      end = sum > way ? min_of(end, sum) : end;
      slot += sum > way ? 0 : 1;
    }
    const float next = fraction_below_one(further_change_word(word, static_cast<std::uint32_t>(slot)));
    slots[i] = slot;
    ends[i] = end;
    more[i] = sum - end > next ? 1 : 0;
  }
}

/// All changes of the i-th, as bits. A logarithm is taken only where nothing cheaper decides.
SPILLWAY_INLINE std::int32_t changed_slots(const FollowChanges& changes, std::uint32_t i) {
  const auto first = static_cast<std::uint32_t>(changes.slot[i]);
  std::int32_t changed = 1 << first & ((1 << max_slots) - 1);
  if (changes.more[i] == 0) return changed;
  const auto word = static_cast<std::uint32_t>(changes.word[i]);
  float from = changes.end[i], sum = from, v = fraction_below_one(further_change_word(word, first));
  for (std::uint32_t s = first + 1; s < max_slots; ++s) {
    sum += changes.hazard[i][s];
    const float way = sum - from;
    if (way <= v || ((v >= 0.5F || way <= v + v * v) && way <= detail::way_to_change(v))) continue;
    changed |= 1 << s;
    from = sum;
    v = fraction_below_one(further_change_word(word, s));
  }
  return changed;
}

}  // namespace spillway
