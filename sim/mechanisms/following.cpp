// S2 and the pull side of S7: what followed suppliers post, follows won and dropped, and how hard they pull to other platforms.
//
// Each slot of a member has a hazard of changing; slots are independent, so that none changes with chance e^-(sum of hazards). One
// uniform per member decides whether any changes; which ones is worked out one by one for the few where it does. Slots are shared
// by groups of 16 consecutive users, one vector: a supplier is looked up once per group, and the inner loops only apply
// each user's own follow bits. All platforms' bits are read before any is written.
#include <bit>
#include <cstring>

#include "base/math.hpp"
#include "mechanisms/followers.hpp"
#include "mechanisms/group_suppliers.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
constexpr std::uint32_t lanes = 16;
constexpr std::size_t padded = block_size + lane_padding;
constexpr float rounded_up = 1.0001F;  // more than all roundings on the way from hazards to the chance

/// What the inner loops read and write, by lane of the block.
struct FollowLanes {
  const std::int32_t* bits[max_platforms];  ///< follow bits before this tick
  const float* attention[max_platforms];
  const float* member[max_platforms];
  const std::int32_t* word[max_platforms];     ///< whether any follow changes
  float drop;                                  ///< hazard of dropping a follow, per tick
  float strength[max_platforms][padded];       ///< attention weighed by the time budget: how hard those followed there pull
  float supply[max_platforms][padded];         ///< posts seen
  float drag[max_platforms][padded];           ///< pull of suppliers not followed yet
  std::int32_t served[max_platforms][padded];  ///< followed suppliers who keep a service account
  std::int32_t fresh[max_platforms][padded];   ///< follow bits after this tick
  /// [from][to], by lane of the group: posts of suppliers followed on `from` who also are on `to`, in steps. In integers, as lanes
  /// belong to other users when fewer decide in full.
  alignas(64) std::int32_t exposure[max_platforms][max_platforms][lanes];
};

/// Lanes of the block whose users share a group's slots, from `at` on.
struct Run {
  std::uint32_t at, place, users;
  const std::uint32_t* slots;
};

// To registers: memory that is read under a condition keeps a loop from vectorising.
SPILLWAY_INLINE void copy_slots(const float* from, float* to) {
#pragma GCC unroll 8
  for (std::uint32_t s = 0; s < max_slots; ++s) to[s] = from[s];
}

// How suppliers followed on platform `o` pull to platform k: by their posts there, through what cross-promotion lets pass. Without
// branches on slots: who is present and who follows is as good as random.
template <std::uint32_t width>
SPILLWAY_INLINE void pull_from(const View& view, const GroupSuppliers& group, std::size_t o, std::size_t k, const Run& run,
                               FollowLanes& l) {
  const std::int32_t* __restrict own = l.bits[k] + run.at;
  const std::int32_t* __restrict bits = l.bits[o] + run.at;
  const float* __restrict strong = l.strength[o] + run.at;
  float effort[max_slots];
  copy_slots(group.pull[k][o], effort);
  float* __restrict drag = l.drag[k] + run.at;
  std::int32_t* __restrict steps = l.exposure[o][k];
  const float factor = view.platform[o].drag_to[k];
  const auto users = static_cast<std::int32_t>(run.users);
#pragma GCC unroll 1
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(width); ++i) {
    const std::int32_t followed = bits[i], open = bits[i] & ~own[i];
    float all = 0.0F, free = 0.0F;
#pragma GCC unroll 8
    for (std::uint32_t s = 0; s < max_slots; ++s) {
      all += (followed & 1 << s) != 0 ? effort[s] : 0.0F;
      free += (open & 1 << s) != 0 ? effort[s] : 0.0F;
    }
    drag[i] += factor * strong[i] * free;
    steps[i] += i < users ? static_cast<std::int32_t>(strong[i] * all * static_cast<float>(exposure_steps) + 0.5F) : 0;
  }
}

// Posts seen, and follows of those who are still here. Returns the lanes of members for whom a follow may change, as bits: a hazard
// is a little more than its chance.
template <std::uint32_t width>
SPILLWAY_INLINE std::uint32_t see_group(const GroupSuppliers& group, std::size_t k, std::uint32_t at, FollowLanes& l) {
  const std::int32_t* __restrict bits = l.bits[k] + at;
  const std::int32_t* __restrict word = l.word[k] + at;
  const float* __restrict attention = l.attention[k] + at;
  const float* __restrict member = l.member[k] + at;
  const float* __restrict drag = l.drag[k] + at;
  float content[max_slots], rate[max_slots];
  copy_slots(group.content[k], content);
  copy_slots(group.rate[k], rate);
  float* __restrict supply = l.supply[k] + at;
  std::int32_t* __restrict fresh = l.fresh[k] + at;
  const std::int32_t here = group.here[k];
  const float drop = l.drop, all_rates = group.all_rates[k];
  alignas(64) std::int32_t maybe[width];
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) {
    const std::int32_t followed = bits[i];
    float posts = 0.0F, rates = 0.0F;
#pragma GCC unroll 8
    for (std::uint32_t s = 0; s < max_slots; ++s) {
      posts += (followed & 1 << s) != 0 ? content[s] : 0.0F;
      rates += (followed & 1 << s) != 0 ? rate[s] : 0.0F;
    }
    supply[i] = posts;
    fresh[i] = followed & here;
    const float dropped = static_cast<float>(count_bits(followed & here)) * drop;
    const float hazard = attention[i] * max_of(all_rates - rates, 0.0F) + drag[i] + dropped;
    maybe[i] = happens(static_cast<std::uint32_t>(word[i]), member[i] * hazard * rounded_up);
  }
  return as_bits<width>(maybe);
}

/// An exponential variate g = -log(1 - v) after `from`, v being uniform. v <= g, and g <= v + v^2 up to v = 0.68: for nearly all
/// comparisons that is enough, and no logarithm is taken.
struct NextChange {
  float from, v;
  SPILLWAY_INLINE bool lies_before(float x) const {
    const float way = x - from;
    if (way <= v) return false;
    if (v < 0.5F && way > v + v * v) return true;
    return way > -log_f(1.0F - v + 1e-10F);
  }
};
SPILLWAY_INLINE float fraction_below_one(std::uint32_t word) {
  return static_cast<float>(static_cast<std::int32_t>(word >> 1)) * (1.0F / 2147483648.0F);
}

// Slots that may end after the next change, as bits.
SPILLWAY_INLINE std::uint32_t slots_past(const float* __restrict end, const NextChange& next) {
  alignas(32) std::int32_t past[max_slots];
  const float from = next.from, v = next.v;
#pragma GCC unroll 1
  for (std::uint32_t s = 0; s < max_slots; ++s) past[s] = end[s] - from > v ? 1 : 0;
  return as_bits<max_slots>(past);
}

// Hazards of change of a member's slots; zero where the supplier is not present.
SPILLWAY_INLINE void slot_hazards(const View& view, const GroupSuppliers& group, const FollowLanes& l, std::uint32_t i, std::size_t k,
                                  float* __restrict hazard) {
  const float attention = l.attention[k][i], drop = l.drop;
  const float* __restrict rate = group.rate[k];
#pragma GCC unroll 1
  for (std::uint32_t s = 0; s < max_slots; ++s) hazard[s] = attention * rate[s];
  for (std::size_t o = 0; o < view.platforms && group.pulls[k] != 0; ++o) {
    if (!pulls_to(view, o, k)) continue;
    const float strong = l.strength[o][i] * view.platform[o].drag_to[k];
    const float* __restrict effort = group.pull[k][o];
    const std::int32_t bits = l.bits[o][i];
#pragma GCC unroll 1
    for (std::uint32_t s = 0; s < max_slots; ++s) hazard[s] += (bits & 1 << s) != 0 ? strong * effort[s] : 0.0F;
  }
  const std::int32_t own = l.bits[k][i], gone = own & ~group.here[k];
#pragma GCC unroll 1
  for (std::uint32_t s = 0; s < max_slots; ++s) {
    hazard[s] = (own & 1 << s) != 0 ? drop : hazard[s];
    hazard[s] = (gone & 1 << s) != 0 ? 0.0F : hazard[s];
  }
}

// Which follows of a member change. Slots laid end to end, each as long as its hazard: changes fall an exponential length after
// each other, at most one in a slot. So each slot changes with chance 1 - e^-hazard, whatever the others do.
SPILLWAY_INLINE std::int32_t changed_slots(const View& view, const GroupSuppliers& group, const FollowLanes& l, std::uint32_t i,
                                           std::size_t k) {
  alignas(32) float hazard[max_slots];
  slot_hazards(view, group, l, i, k, hazard);
  const auto word = static_cast<std::uint32_t>(l.word[k][i]);
  NextChange next{0.0F, fraction_below_one(word)};
  alignas(32) float end[max_slots];
  float sum = 0.0F;
  for (std::uint32_t s = 0; s < max_slots; ++s) end[s] = sum += hazard[s];
  std::int32_t changed = 0;
  for (std::uint32_t left = slots_past(end, next); left != 0;) {  // slots in question, found at once: guesses of a branch would fail
    const auto s = static_cast<std::uint32_t>(std::countr_zero(left));
    left &= left - 1;
    if (!next.lies_before(end[s])) continue;
    changed |= 1 << s;
    next = {end[s], fraction_below_one(further_change_word(word, s))};
    left = sum - end[s] > next.v ? left & slots_past(end, next) : 0;
  }
  return changed;
}

template <std::uint32_t width>
SPILLWAY_INLINE std::uint32_t differing(const std::int32_t* __restrict a, const std::int32_t* __restrict b) {
  alignas(64) std::int32_t differs[width];
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) differs[i] = a[i] != b[i] ? 1 : 0;
  return as_bits<width>(differs);
}

template <std::uint32_t width>
SPILLWAY_INLINE void count_served(const std::int32_t* __restrict bits, std::int32_t serves, std::int32_t* __restrict served) {
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) served[i] = count_bits(bits[i] & serves);
}

// One platform, one group of at most `width` users. Lanes past the group are overwritten by the next.
template <std::uint32_t width>
SPILLWAY_INLINE void follow_group(const View& view, const GroupSuppliers& group, std::size_t k, const Run& run, FollowLanes& l,
                                  Tally& tally) {
  float* __restrict drag = l.drag[k] + run.at;
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) drag[i] = 0.0F;
  if (group.pulls[k] != 0)
    for (std::size_t o = 0; o < view.platforms; ++o)
      if (pulls_to(view, o, k)) pull_from<width>(view, group, o, k, run, l);
  const std::uint32_t in_group = (1U << run.users) - 1U;
  std::int32_t* fresh = l.fresh[k] + run.at;
  for (std::uint32_t left = see_group<width>(group, k, run.at, l) & in_group; left != 0; left &= left - 1) {
    const auto i = static_cast<std::uint32_t>(std::countr_zero(left));
    fresh[i] ^= changed_slots(view, group, l, run.at + i, k);
  }
  const std::int32_t* bits = l.bits[k] + run.at;
  if (view.columns[k].served != nullptr) count_served<width>(fresh, group.serves[k], l.served[k] + run.at);
  if (view.suppliers.followers == nullptr) return;
  for (std::uint32_t left = differing<width>(bits, fresh) & in_group; left != 0; left &= left - 1) {
    const auto i = static_cast<std::uint32_t>(std::countr_zero(left));
    count_followers(view, tally, run.slots, k, static_cast<std::uint32_t>(bits[i]), static_cast<std::uint32_t>(fresh[i]));
  }
}

SPILLWAY_INLINE void strength_lane(Block block, const float* __restrict attention, const float* __restrict ratio,
                                   float* __restrict strength) {
  for (std::uint32_t i = 0; i < block.size; ++i) strength[i] = attention[i] * ratio[i];
}

SPILLWAY_INLINE void keep_supply(const View& view, Block block, const Scratch& scratch, std::size_t k, const float* __restrict posted) {
  if (!view.columns[k].supply) return;
  float* __restrict supply = scratch.lane(PlatformLane::supply, k);
  const float relax = view.now.relax_supply;
  const float* __restrict member = scratch.lane(PlatformLane::member, k);
  for (std::uint32_t i = 0; i < block.size; ++i) supply[i] = member[i] * (supply[i] + relax * (posted[i] - supply[i]));
  store<2>(view.columns[k].supply, block, supply, scratch.lane(PlatformIntLane::rounding_word, k));
}

SPILLWAY_INLINE void read_lanes(const View& view, Block block, const Scratch& scratch, FollowLanes& l) {
  l.drop = static_cast<float>(view.scenario->following.unfollow_rate * view.now.dt);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    std::int32_t* bits = scratch.lane(PlatformIntLane::follows, k);
    load_integers(view.columns[k].follows, block, bits);
    for (std::size_t i = block.size; i < block_size; ++i) bits[i] = 0;  // the last group may reach past the last user
    l.bits[k] = bits;
    l.attention[k] = scratch.lane(PlatformLane::attention, k);
    l.member[k] = scratch.lane(PlatformLane::member, k);
    if (!view.platform[k].live) continue;
    l.word[k] = scratch.lane(PlatformIntLane::follow_word, k);
    strength_lane(block, l.attention[k], scratch.lane(Lane::budget_ratio), l.strength[k]);
  }
}

// First lane of the next group.
SPILLWAY_INLINE std::uint32_t end_of_group(Block block, std::uint32_t at, std::uint32_t group, std::uint32_t place) {
  const std::uint32_t end = place - place % group + group;
  if (block.at == nullptr) return end < block.size ? end : block.size;
  while (at < block.size && block.place(at) < end) ++at;
  return at;
}

// Asks for the groups' suppliers' rows.
std::uint32_t find_runs(const SupplierTable& table, Block block, Run* runs) {
  std::uint32_t count = 0;
  for (std::uint32_t at = 0; at < block.size;) {
    const std::uint32_t place = block.place(at), end = end_of_group(block, at, table.group, place);
    const std::uint32_t* slots = table.slots_of(block.first + place);
    for (std::uint32_t s = 0; s < table.slot_count; ++s) __builtin_prefetch(table.row(slots[s]));
    runs[count++] = {at, place, end - at, slots};
    at = end;
  }
  return count;
}

SPILLWAY_INLINE void prefetch_slots(const SupplierTable& table, std::uint32_t first, std::uint32_t users) {
  constexpr std::size_t per_line = 16, count = block_size / lanes * max_slots;
  if (std::size_t{first} + block_size > users) return;
  const std::uint32_t* slots = table.slots_of(first);
  for (std::size_t s = 0; s < count; s += per_line) __builtin_prefetch(slots + s, 0, 2);
}
}  // namespace

SPILLWAY_MULTIVERSION void follow_suppliers(const View& view, Block block, const Scratch& scratch, Tally& tally) {
  const SupplierTable& table = view.suppliers;
  FollowLanes l;
  for (std::size_t o = 0; o < view.platforms; ++o) std::memset(l.exposure[o], 0, view.platforms * sizeof l.exposure[o][0]);
  prefetch_slots(table, block.first + block_size, view.users);
  Run runs[block_size];
  const std::uint32_t count = find_runs(table, block, runs);
  read_lanes(view, block, scratch, l);
  GroupSuppliers group{};
  for (std::uint32_t r = 0; r < count; ++r) {
    look_up(table, runs[r].slots, group);
    for (std::size_t k = 0; k < view.platforms; ++k) {
      if (!view.platform[k].live) continue;
      if (table.group == lanes)
        follow_group<lanes>(view, group, k, runs[r], l, tally);
      else
        follow_group<1>(view, group, k, runs[r], l, tally);
    }
  }
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    std::memcpy(scratch.lane(PlatformLane::drag, k), l.drag[k], block.size * sizeof(float));
    keep_supply(view, block, scratch, k, l.supply[k]);
    store_integers(view.columns[k].follows, block, l.fresh[k]);
    if (view.columns[k].served != nullptr) store_integers(view.columns[k].served, block, l.served[k]);
  }
  for (std::size_t o = 0; o < view.platforms; ++o)
    for (std::size_t k = 0; k < view.platforms; ++k)
      for (std::uint32_t i = 0; i < lanes; ++i) tally.exposure[o][k] += l.exposure[o][k][i];
}

}  // namespace spillway
