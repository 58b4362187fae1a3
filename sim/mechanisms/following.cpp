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
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
constexpr std::uint32_t lanes = 16;
constexpr std::size_t padded = block_size + lane_padding;
constexpr float rounded_up = 1.0001F;  // more than all roundings on the way from hazards to the chance

/// One group's suppliers: their rows by slot, and for what they do a byte per slot with a bit per platform.
struct GroupSuppliers {
  const float* row[max_slots];
  std::uint64_t here, seen, pulls, serves;
};
static_assert(max_slots == 8 && max_platforms == 8);

// Without branches: who is present is as good as random.
SPILLWAY_INLINE void look_up(const SupplierTable& table, const std::uint32_t* ids, GroupSuppliers& group) {
  group.here = group.seen = group.pulls = group.serves = 0;
  for (std::uint32_t s = 0; s < table.slot_count; ++s) {
    group.row[s] = table.row(ids[s]);
    const std::uint64_t flags = SupplierTable::flags(group.row[s]);
    group.here |= (flags >> SupplierTable::here & 0xff) << 8 * s;
    group.seen |= (flags >> SupplierTable::seen & 0xff) << 8 * s;
    group.pulls |= (flags >> SupplierTable::pulls & 0xff) << 8 * s;
    group.serves |= (flags >> SupplierTable::serves & 0xff) << 8 * s;
  }
}

// One bit per slot, in its byte, for one platform; the slot of the lowest.
SPILLWAY_INLINE std::uint64_t on_platform(std::uint64_t bytes, std::size_t k) { return bytes >> k & 0x0101010101010101U; }
SPILLWAY_INLINE std::uint32_t lowest_slot(std::uint64_t bits) { return static_cast<std::uint32_t>(std::countr_zero(bits)) / 8; }

/// What the inner loops read and write, by lane of the block.
struct FollowLanes {
  const std::int32_t* bits[max_platforms];  ///< follow bits before this tick
  const float* attention[max_platforms];
  std::uint64_t groups[max_platforms];      ///< bit per group of 16: has members
  float drop;                               ///< hazard of dropping a follow, per tick
  const std::int32_t* word[max_platforms];  ///< whether any follow changes
  float strength[max_platforms][padded];    ///< attention weighed by the time budget: how hard those followed there pull
  float supply[max_platforms][padded];      ///< posts seen
  float drag[max_platforms][padded];
  float hazard[max_platforms][padded];         ///< that any follow changes, per tick
  std::int32_t served[max_platforms][padded];  ///< followed suppliers who keep a service account
  std::int32_t fresh[max_platforms][padded];   ///< follow bits after this tick
  /// [from][to], by lane of the group: posts of suppliers followed on `from` who also are on `to`, in steps. In integers, as lanes
  /// belong to other users when fewer decide in full.
  alignas(64) std::int32_t exposure[max_platforms][max_platforms][lanes];
};

/// Sums of one group on one platform over its slots.
template <std::uint32_t width>
struct GroupSums {
  alignas(64) float supply[width] = {}, followed[width] = {}, followed_rate[width] = {};
  alignas(64) float drag[width] = {}, open_drag[width] = {};  ///< pull of all slots, and of those not followed yet
};

/// What all groups see of the market in this tick.
struct Market {
  const SupplierTable& table;
  const PlatformTick* platform;
};

// How suppliers followed on platform `o` pull to platform k: by their posts there, through what cross-promotion lets pass.
template <std::uint32_t width>
SPILLWAY_INLINE void pull_from(const Market& market, const GroupSuppliers& group, std::size_t o, std::size_t k, std::uint32_t at,
                               std::uint32_t users, FollowLanes& l, GroupSums<width>& sums) {
  const std::int32_t* __restrict own = l.bits[k] + at;
  const std::int32_t* __restrict bits = l.bits[o] + at;
  const float* __restrict strong = l.strength[o] + at;
  alignas(64) float exposed[width] = {}, open[width] = {};
  for (std::uint64_t left = on_platform(group.pulls, k); left != 0; left &= left - 1) {
    const std::uint32_t s = lowest_slot(left);
    const float effort = market.table.effort(group.row[s], o);
    if (effort == 0.0F) continue;
#pragma GCC unroll 1
    for (std::uint32_t i = 0; i < width; ++i) {
      const float seen = static_cast<float>(bits[i] >> s & 1) * (strong[i] * effort);
      exposed[i] += seen;
      open[i] += static_cast<float>(1 - (own[i] >> s & 1)) * seen;
    }
  }
  const float drag = market.platform[o].drag_to[k];
  std::int32_t* __restrict steps = l.exposure[o][k];
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) {
    sums.drag[i] += drag * exposed[i];
    sums.open_drag[i] += drag * open[i];
    steps[i] += i < users ? static_cast<std::int32_t>(exposed[i] * static_cast<float>(exposure_steps) + 0.5F) : 0;
  }
}

// One slot whose supplier is present.
template <std::uint32_t width>
SPILLWAY_INLINE void see_slot(float content, float rate, std::uint32_t s, const std::int32_t* __restrict bits, GroupSums<width>& sums) {
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) {
    const auto follows = static_cast<float>(bits[i] >> s & 1);
    sums.supply[i] += follows * content;
    sums.followed[i] += follows;
    sums.followed_rate[i] += follows * rate;
  }
}

// A supplier who is not here: its followers see what is mirrored once more and drop it.
template <std::uint32_t width>
SPILLWAY_INLINE void forget_slot(float content, std::uint32_t s, const std::int32_t* __restrict bits, GroupSums<width>& sums) {
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) sums.supply[i] += static_cast<float>(bits[i] >> s & 1) * content;
}

// One platform, one group of at most `width` users from lane `at` of the block. Lanes past the group are overwritten by the next.
// Without members in the group all that matters is who may be brought along.
template <std::uint32_t width>
SPILLWAY_INLINE void follow_group(const Market& market, const GroupSuppliers& group, std::size_t k, bool members, std::uint32_t at,
                                  std::uint32_t users, FollowLanes& l) {
  GroupSums<width> sums;
  const std::int32_t* __restrict bits = l.bits[k] + at;
  if (on_platform(group.pulls, k) != 0)
    for (std::size_t o = 0; o < market.table.platforms; ++o)
      if (o != k && market.platform[o].push_to[k] > 0.0F) pull_from<width>(market, group, o, k, at, users, l, sums);
  std::memcpy(l.drag[k] + at, sums.drag, sizeof sums.drag);
  if (!members) {
    std::memcpy(l.supply[k] + at, sums.supply, sizeof sums.supply);
    return;
  }
  float all_rates = 0.0F;
  std::int32_t here = 0;
  for (std::uint64_t left = on_platform(group.here, k); left != 0; left &= left - 1) {
    const std::uint32_t s = lowest_slot(left);
    const float rate = SupplierTable::rate(group.row[s]);
    see_slot<width>(SupplierTable::content(group.row[s], k), rate, s, bits, sums);
    all_rates += rate;
    here |= 1 << s;
  }
  for (std::uint64_t left = on_platform(group.seen, k); left != 0; left &= left - 1)
    forget_slot<width>(SupplierTable::content(group.row[lowest_slot(left)], k), lowest_slot(left), bits, sums);
  alignas(64) std::int32_t served[width] = {};
  for (std::uint64_t left = on_platform(group.serves, k); left != 0; left &= left - 1)
    for (std::uint32_t i = 0; i < width; ++i) served[i] += bits[i] >> lowest_slot(left) & 1;
  std::memcpy(l.served[k] + at, served, sizeof served);
  const float* __restrict attention = l.attention[k] + at;
  float* __restrict hazard = l.hazard[k] + at;
  std::int32_t* __restrict fresh = l.fresh[k] + at;
  const float drop = l.drop;
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) {
    hazard[i] = attention[i] * max_of(all_rates - sums.followed_rate[i], 0.0F) + sums.open_drag[i] + sums.followed[i] * drop;
    fresh[i] = bits[i] & here;
  }
  std::memcpy(l.supply[k] + at, sums.supply, sizeof sums.supply);
}

// Hazard of change of one slot of a member; zero where the supplier is not present.
SPILLWAY_INLINE float slot_hazard(const Market& market, const float* row, const FollowLanes& l, std::uint32_t i, std::size_t k,
                                  std::uint32_t s) {
  if ((SupplierTable::flags(row) >> (SupplierTable::here + k) & 1U) == 0) return 0.0F;
  if ((l.bits[k][i] >> s & 1) != 0) return l.drop;
  float hazard = l.attention[k][i] * SupplierTable::rate(row);
  for (std::size_t o = 0; o < market.table.platforms; ++o)
    if (o != k && (l.bits[o][i] >> s & 1) != 0) hazard += l.strength[o][i] * market.table.effort(row, o) * market.platform[o].drag_to[k];
  return hazard;
}

// Standard exponential variate.
SPILLWAY_INLINE float exponential(std::uint32_t word) {
  return -log_f((2147483648.0F - static_cast<float>(static_cast<std::int32_t>(word >> 1))) * (1.0F / 2147483648.0F) + 1e-10F);
}

// Which follows of a member change. Slots laid end to end, each as long as its hazard: changes fall an exponential length after
// each other, at most one in a slot. So each slot changes with chance 1 - e^-hazard, whatever the others do.
std::int32_t changed_slots(const View& view, const FollowLanes& l, std::uint32_t user, std::uint32_t i, std::size_t k) {
  const SupplierTable& table = view.suppliers;
  const Market market{table, view.platform.data()};
  const std::uint32_t* slots = table.slots_of(user);
  float next = exponential(static_cast<std::uint32_t>(l.word[k][i])), end = 0.0F;
  std::int32_t changed = 0;
  for (std::uint32_t s = 0; s < table.slot_count; ++s) {
    end += slot_hazard(market, table.row(slots[s]), l, i, k, s);
    if (end <= next) continue;
    changed |= 1 << s;
    const Draw further = draw(view.key, user, view.now.index, Stream::slot, view.platform_id[k]);
    next = end + exponential(std::rotl(further.word[s / 2], s % 2 == 0 ? 16 : 0));
  }
  return changed;
}

// Members for whom a follow may change, one by one; others keep none. A hazard is a little more than its chance.
SPILLWAY_INLINE void change_follows(const View& view, Block block, const float* __restrict member, std::size_t k, FollowLanes& l) {
  std::int32_t* __restrict fresh = l.fresh[k];
  const float* __restrict hazard = l.hazard[k];
  const std::int32_t* __restrict word = l.word[k];
  std::int32_t maybe[block_size];
  for (std::uint32_t i = 0; i < block.size; ++i) {
    fresh[i] = member[i] > 0.0F ? fresh[i] : 0;
    maybe[i] = happens(static_cast<std::uint32_t>(word[i]), member[i] > 0.0F ? hazard[i] * rounded_up : 0.0F);
  }
  std::uint32_t open[block_size], count = 0;
  for (std::uint32_t i = 0; i < block.size; ++i) {
    open[count] = i;
    count += static_cast<std::uint32_t>(maybe[i]);
  }
  for (std::uint32_t c = 0; c < count; ++c) fresh[open[c]] ^= changed_slots(view, l, block.first + block.place(open[c]), open[c], k);
}

// Followers and served follows of those whose bits changed: few, so one by one.
SPILLWAY_INLINE void tell_suppliers(const View& view, Block block, std::size_t k, FollowLanes& l, Tally& tally) {
  if (view.suppliers.followers == nullptr) return;
  const std::int32_t* __restrict bits = l.bits[k];
  const std::int32_t* __restrict fresh = l.fresh[k];
  std::uint32_t changed[block_size], count = 0;
  for (std::uint32_t i = 0; i < block.size; ++i) {
    changed[count] = i;
    count += bits[i] != fresh[i] ? 1U : 0U;
  }
  for (std::uint32_t c = 0; c < count; ++c) {
    const std::uint32_t i = changed[c], user = block.first + block.place(i);
    count_followers(view, tally, user, k, static_cast<std::uint32_t>(bits[i]), static_cast<std::uint32_t>(fresh[i]));
    l.served[k][i] = served_follows(view, user, k, static_cast<std::uint32_t>(fresh[i]));
  }
  if (view.columns[k].served != nullptr) store_integers(view.columns[k].served, block, l.served[k]);
}

SPILLWAY_INLINE void strength_lane(Block block, const float* __restrict attention, const float* __restrict ratio,
                                   float* __restrict strength) {
  for (std::uint32_t i = 0; i < block.size; ++i) strength[i] = attention[i] * ratio[i];
}

SPILLWAY_INLINE std::uint64_t groups_with_members(Block block, const float* __restrict member, const std::int32_t* __restrict user) {
  std::uint64_t groups = 0;
  const auto first = static_cast<std::int32_t>(block.first);
  for (std::uint32_t i = 0; i < block.size; ++i)
    groups |= std::uint64_t{member[i] > 0.0F ? 1U : 0U} << static_cast<std::uint32_t>(user[i] - first) / lanes;
  return groups;
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
    if (!view.platform[k].live) continue;
    l.word[k] = scratch.lane(PlatformIntLane::follow_word, k);
    strength_lane(block, l.attention[k], scratch.lane(Lane::budget_ratio), l.strength[k]);
  }
}

/// Lanes of the block whose users share a group's slots, from `at` on.
struct Run {
  std::uint32_t at, place, users;
  const std::uint32_t* slots;
};

// First lane of the next group.
SPILLWAY_INLINE std::uint32_t end_of_group(Block block, std::uint32_t at, std::uint32_t group, std::uint32_t place) {
  const std::uint32_t end = place - place % group + group;
  if (block.at == nullptr) return end < block.size ? end : block.size;
  while (at < block.size && block.place(at) < end) ++at;
  return at;
}

// Groups with members; the rest follow nobody and are brought along by nobody. Asks for their suppliers' rows.
std::uint32_t find_runs(const SupplierTable& table, Block block, std::uint64_t groups, Run* runs) {
  std::uint32_t count = 0;
  for (std::uint32_t at = 0; at < block.size;) {
    const std::uint32_t place = block.place(at), end = end_of_group(block, at, table.group, place);
    if ((groups >> place / lanes & 1U) != 0) {
      const std::uint32_t* slots = table.slots_of(block.first + place);
      for (std::uint32_t s = 0; s < table.slot_count; ++s) __builtin_prefetch(table.row(slots[s]));
      runs[count++] = {at, place, end - at, slots};
    }
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
  const Market market{table, view.platform.data()};
  FollowLanes l;
  for (std::size_t o = 0; o < view.platforms; ++o) std::memset(l.exposure[o], 0, view.platforms * sizeof l.exposure[o][0]);
  std::uint64_t groups = 0;
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    l.groups[k] = groups_with_members(block, scratch.lane(PlatformLane::member, k), scratch.lane(IntLane::user));
    groups |= l.groups[k];
    std::memset(l.drag[k], 0, block.size * sizeof(float));
    std::memset(l.supply[k], 0, block.size * sizeof(float));
    std::memset(l.served[k], 0, block.size * sizeof(std::int32_t));
  }
  prefetch_slots(table, block.first + block_size, view.users);
  Run runs[block_size];
  const std::uint32_t count = find_runs(table, block, groups, runs);
  read_lanes(view, block, scratch, l);
  GroupSuppliers group;
  for (std::uint32_t r = 0; r < count; ++r) {
    look_up(table, runs[r].slots, group);
    for (std::size_t k = 0; k < view.platforms; ++k) {
      if (!view.platform[k].live) continue;
      const bool members = (l.groups[k] >> runs[r].place / lanes & 1U) != 0;
      if (table.group == lanes)
        follow_group<lanes>(market, group, k, members, runs[r].at, runs[r].users, l);
      else
        follow_group<1>(market, group, k, members, runs[r].at, runs[r].users, l);
    }
  }
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    std::memcpy(scratch.lane(PlatformLane::drag, k), l.drag[k], block.size * sizeof(float));
    keep_supply(view, block, scratch, k, l.supply[k]);
    change_follows(view, block, scratch.lane(PlatformLane::member, k), k, l);
    store_integers(view.columns[k].follows, block, l.fresh[k]);
    tell_suppliers(view, block, k, l, tally);
  }
  for (std::size_t o = 0; o < view.platforms; ++o)
    for (std::size_t k = 0; k < view.platforms; ++k)
      for (std::uint32_t i = 0; i < lanes; ++i) tally.exposure[o][k] += l.exposure[o][k][i];
}

}  // namespace spillway
