// S2 and the pull side of S7: what followed suppliers post, follows won and dropped, and how hard they pull to other platforms.
//
// One uniform per member decides whether any follow changes; which ones is worked out for the few where it does. Slots are shared by
// groups of 16 consecutive users, one vector: a supplier is looked up once per group, and the inner loops only apply each user's
// own follow bits. All platforms' bits are read before any is written.
#include <cstring>

#include "base/math.hpp"
#include "mechanisms/follow_changes.hpp"
#include "mechanisms/followers.hpp"
#include "mechanisms/group_suppliers.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
constexpr std::uint32_t lanes = 16;
constexpr std::size_t padded = block_size + 64;

/// Platforms whose suppliers pull to another, in order, and how much of it cross-promotion lets pass.
struct Pulls {
  std::uint32_t count;
  std::size_t from[max_platforms];
  float factor[max_platforms];
};

/// What the inner loops read and write, by lane of the block.
struct FollowLanes {
  const std::int32_t* bits[max_platforms];  ///< follow bits before this tick
  const float* attention[max_platforms];
  const float* member[max_platforms];
  const std::int32_t* word[max_platforms];     ///< whether any follow changes
  Pulls pulls[max_platforms];                  ///< to this platform
  std::int32_t bit[max_slots];                 ///< of each slot; from memory, as g++ 12 takes constants through other registers
  float drop;                                  ///< hazard of dropping a follow, per tick
  std::int32_t group[padded];                  ///< place of the lane's group among those looked up
  float strength[max_platforms][padded];       ///< attention weighed by the time budget: how hard those followed there pull
  float supply[max_platforms][padded];         ///< posts seen
  float drag[max_platforms][padded];           ///< pull of suppliers not followed yet
  std::int32_t serves[max_platforms][padded];  ///< slots whose suppliers keep a service account
  std::int32_t fresh[max_platforms][padded];   ///< follow bits after this tick
  std::int32_t maybe[max_platforms][padded];   ///< 1 where a follow may change
  /// [from][to], by lane of the group: posts of suppliers followed on `from` who also are on `to`, in steps. In integers, as lanes
  /// belong to other users when fewer decide in full.
  alignas(64) std::int32_t exposure[max_platforms][max_platforms][lanes];
};

/// Lanes of the block whose users share a group's slots, from `at` on.
struct Run {
  std::uint32_t at, users;
  const std::uint32_t* slots;
};

// To registers: memory that is read under a condition keeps a loop from vectorising.
template <class Value>
SPILLWAY_INLINE void copy_slots(const Value* from, Value* to) {
#pragma GCC unroll 8
  for (std::uint32_t s = 0; s < max_slots; ++s) to[s] = from[s];
}

// How suppliers followed on platform `o` pull to platform k: by their posts there, through what cross-promotion lets pass. Without
// branches on slots: who is present and who follows is as good as random.
template <std::uint32_t width>
SPILLWAY_INLINE void pull_from(const GroupSuppliers& groups, std::uint32_t g, std::size_t o, float factor, std::size_t k, const Run& run,
                               FollowLanes& l) {
  const std::int32_t* __restrict own = l.bits[k] + run.at;
  const std::int32_t* __restrict bits = l.bits[o] + run.at;
  const float* __restrict strong = l.strength[o] + run.at;
  float effort[max_slots];
  std::int32_t bit[max_slots];
  copy_slots(groups.effort(o, g), effort);
  copy_slots(l.bit, bit);
  float* __restrict drag = l.drag[k] + run.at;
  std::int32_t* __restrict steps = l.exposure[o][k] + (width == 1 ? run.at % lanes : 0);
  const std::int32_t pulls = groups.pulls[k][g];
  const auto users = static_cast<std::int32_t>(run.users);
#pragma GCC unroll 1
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(width); ++i) {
    const std::int32_t followed = bits[i] & pulls, open = followed & ~own[i];
    float all = 0.0F, free = 0.0F;
#pragma GCC unroll 8
    for (std::uint32_t s = 0; s < max_slots; ++s) {
      all = (followed & bit[s]) != 0 ? all + effort[s] : all;
      free = (open & bit[s]) != 0 ? free + effort[s] : free;
    }
    drag[i] += factor * strong[i] * free;
    steps[i] += i < users ? static_cast<std::int32_t>(strong[i] * all * static_cast<float>(exposure_steps) + 0.5F) : 0;
  }
}

// Posts seen, follows of those who are still here, and for whom a follow may change: a hazard is a little more than its chance.
template <std::uint32_t width>
SPILLWAY_INLINE void see_group(const GroupSuppliers& groups, std::uint32_t g, std::size_t k, std::uint32_t at, FollowLanes& l) {
  const std::int32_t* __restrict bits = l.bits[k] + at;
  const std::int32_t* __restrict word = l.word[k] + at;
  const float* __restrict attention = l.attention[k] + at;
  const float* __restrict member = l.member[k] + at;
  const float* __restrict drag = l.drag[k] + at;
  float content[max_slots], rate[max_slots];
  std::int32_t bit[max_slots];
  copy_slots(l.bit, bit);
  copy_slots(groups.content(k, g), content);
  copy_slots(groups.rate[k][g], rate);
  float* __restrict supply = l.supply[k] + at;
  std::int32_t* __restrict fresh = l.fresh[k] + at;
  std::int32_t* __restrict maybe = l.maybe[k] + at;
  std::int32_t* __restrict serving = l.serves[k] + at;
  const std::int32_t here = groups.here[k][g], serves = groups.serves[k][g];
  const float drop = l.drop, all_rates = groups.all_rates[k][g];
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) {
    const std::int32_t followed = bits[i];
    float posts = 0.0F, rates = 0.0F;
#pragma GCC unroll 8
    for (std::uint32_t s = 0; s < max_slots; ++s) {
      posts = (followed & bit[s]) != 0 ? posts + content[s] : posts;
      rates = (followed & bit[s]) != 0 ? rates + rate[s] : rates;
    }
    supply[i] = posts;
    fresh[i] = followed & here;
    serving[i] = serves;
    const float dropped = static_cast<float>(count_bits(followed & here)) * drop;
    const float hazard = attention[i] * at_least(all_rates - rates, 0.0F) + drag[i] + dropped;
    const std::int32_t changes = may_happen(static_cast<std::uint32_t>(word[i]), member[i] * hazard);
    maybe[i] = (followed & ~here) != 0 ? 1 : changes;  // whose supplier left has lost a follow
  }
}

// One platform, one group of at most `width` users. Lanes past the group are overwritten by the next.
template <std::uint32_t width>
SPILLWAY_INLINE void follow_group(const GroupSuppliers& groups, std::uint32_t g, std::size_t k, const Run& run, FollowLanes& l) {
  float* __restrict drag = l.drag[k] + run.at;
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) drag[i] = 0.0F;
  if (groups.pulls[k][g] != 0)
    for (std::uint32_t p = 0; p < l.pulls[k].count; ++p) pull_from<width>(groups, g, l.pulls[k].from[p], l.pulls[k].factor[p], k, run, l);
  see_group<width>(groups, g, k, run.at, l);
}

// Hazards of change of a member's slots; zero where the supplier is not present.
SPILLWAY_INLINE void slot_hazards(const GroupSuppliers& groups, const FollowLanes& l, std::uint32_t i, std::size_t k,
                                  float* __restrict hazard) {
  const auto g = static_cast<std::uint32_t>(l.group[i]);
  const float attention = l.attention[k][i], drop = l.drop;
  const float* __restrict rate = groups.rate[k][g];
  const std::int32_t own = l.bits[k][i], kept = own & groups.here[k][g], open = groups.pulls[k][g] & ~own;
#pragma GCC unroll 1
  for (std::uint32_t s = 0; s < max_slots; ++s) {
    const float won = (own & 1 << s) != 0 ? 0.0F : attention * rate[s];
    hazard[s] = (kept & 1 << s) != 0 ? drop : won;
  }
  for (std::uint32_t p = 0; p < l.pulls[k].count; ++p) {
    const std::size_t o = l.pulls[k].from[p];
    const float strong = l.strength[o][i] * l.pulls[k].factor[p];
    const float* __restrict effort = groups.effort(o, g);
    const std::int32_t bits = l.bits[o][i] & open;
#pragma GCC unroll 1
    for (std::uint32_t s = 0; s < max_slots; ++s) hazard[s] += (bits & 1 << s) != 0 ? strong * effort[s] : 0.0F;
  }
}

// Follows of members in lanes first to first + n.
SPILLWAY_INLINE void change_follows(const View& view, const GroupSuppliers& groups, const Run* runs, std::size_t k, std::uint32_t first,
                                    std::uint32_t n, FollowLanes& l, Tally& tally) {
  FollowChanges changes;
  std::uint32_t count = 0;
  each_set(l.maybe[k] + first, n, [&](std::uint32_t at) {
    const std::uint32_t i = first + at;
    changes.lane[count] = static_cast<std::int32_t>(i);
    changes.word[count] = l.word[k][i];
    slot_hazards(groups, l, i, k, changes.hazard[count]);
    ++count;
  });
  changes.count = count;
  find_first_changes(changes);
  const FollowerCounts counts(view, tally, k);
  for (std::uint32_t c = 0; c < count; ++c) {
    const std::int32_t i = changes.lane[c], before = l.bits[k][i], after = l.fresh[k][i] ^ changed_slots(changes, c);
    l.fresh[k][i] = after;
    counts.change(runs[l.group[i]].slots, static_cast<std::uint32_t>(before), static_cast<std::uint32_t>(after));
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

Pulls pulls_to(const View& view, std::size_t k) {
  Pulls pulls{};
  for (std::size_t o = 0; o < view.platforms; ++o) {
    if (o == k || !view.platform[o].live || !(view.platform[o].push_to[k] > 0.0F)) continue;
    pulls.from[pulls.count] = o;
    pulls.factor[pulls.count++] = view.platform[o].drag_to[k];
  }
  return pulls;
}

SPILLWAY_INLINE void read_lanes(const View& view, Block block, const Scratch& scratch, FollowLanes& l) {
  for (std::uint32_t s = 0; s < max_slots; ++s) l.bit[s] = 1 << s;
  l.drop = static_cast<float>(view.scenario->following.unfollow_rate * view.now.dt);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    std::int32_t* bits = scratch.lane(PlatformIntLane::follows, k);
    if (!view.platform[k].live || !view.serves(k)) load_integers(view.columns[k].follows, block, bits);  // else value_time did
    for (std::size_t i = block.size; i < block.size + lanes; ++i) bits[i] = 0;  // the last group may reach past the last user
    l.bits[k] = bits;
    l.attention[k] = scratch.lane(PlatformLane::attention, k);
    l.member[k] = scratch.lane(PlatformLane::member, k);
    if (!view.platform[k].live) continue;
    l.pulls[k] = pulls_to(view, k);
    l.word[k] = scratch.lane(PlatformIntLane::follow_word, k);
    strength_lane(block, l.attention[k], scratch.lane(Lane::budget_ratio), l.strength[k]);
  }
}

// Where the lanes of users before `place` end.
SPILLWAY_INLINE std::uint32_t lanes_before(Block block, std::uint32_t place) {
  if (block.picks == nullptr) return place < block.size ? place : block.size;
  std::uint32_t count = block.picks->before[place / pick_width];
  for (std::uint32_t i = place / pick_width * pick_width; i < place; ++i) count += static_cast<std::uint32_t>(block.picks->picked[i]);
  return count;
}

// Asks for the groups' suppliers' rows.
SPILLWAY_INLINE std::uint32_t find_runs(const SupplierTable& table, Block block, Run* runs) {
  const std::uint32_t group = table.group == lanes ? lanes : 1;
  std::uint32_t count = 0, at = 0;
  for (std::uint32_t place = 0; at < block.size; place += group) {
    const std::uint32_t end = lanes_before(block, place + group);
    if (end == at) continue;
    const std::uint32_t* slots = table.slots_of(block.first + place);
    for (std::uint32_t s = 0; s < table.slot_count; ++s) __builtin_prefetch(table.row(slots[s]));
    runs[count++] = {at, end - at, slots};
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

// As many groups as are looked up together.
SPILLWAY_INLINE void follow_groups(const View& view, const Run* runs, std::uint32_t count, GroupSuppliers& groups, FollowLanes& l,
                                   Tally& tally) {
  const SupplierTable& table = view.suppliers;
  for (std::uint32_t g = 0; g < count; ++g) look_up(table, runs[g].slots, g, groups);
  const std::uint32_t first = runs[0].at, end = runs[count - 1].at + runs[count - 1].users;
  for (std::uint32_t g = 0; g < count; ++g)
    for (std::uint32_t i = 0; i < lanes; ++i) l.group[runs[g].at + i] = static_cast<std::int32_t>(g);
  turn_slots(count, groups);
  for (std::size_t k = 0; k < view.platforms; ++k) sum_up(k, count, groups);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    for (std::uint32_t g = 0; g < count; ++g) {
      if (table.group == lanes)
        follow_group<lanes>(groups, g, k, runs[g], l);
      else
        follow_group<1>(groups, g, k, runs[g], l);
    }
    change_follows(view, groups, runs, k, first, end - first, l, tally);
  }
}

SPILLWAY_INLINE void keep_served(const View& view, Block block, std::size_t k, const FollowLanes& l) {
  if (!view.serves(k)) return;
  std::int32_t served[block_size];
  for (std::uint32_t i = 0; i < block.size; ++i) served[i] = count_bits(l.fresh[k][i] & l.serves[k][i]);
  store_integers(view.columns[k].served, block, served);
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
  GroupSuppliers groups;
  groups.platforms = table.platforms;
  for (std::uint32_t r = 0; r < count; r += groups_at_once)
    follow_groups(view, runs + r, count - r < groups_at_once ? count - r : groups_at_once, groups, l, tally);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    std::memcpy(scratch.lane(PlatformLane::drag, k), l.drag[k], block.size * sizeof(float));
    keep_supply(view, block, scratch, k, l.supply[k]);
    store_integers(view.columns[k].follows, block, l.fresh[k]);
    keep_served(view, block, k, l);
  }
  for (std::size_t o = 0; o < view.platforms; ++o)
    for (std::size_t k = 0; k < view.platforms; ++k)
      for (std::uint32_t i = 0; i < lanes; ++i) tally.exposure[o][k] += l.exposure[o][k][i];
}

}  // namespace spillway
