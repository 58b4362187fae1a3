// S2 and the pull side of S7: what followed suppliers post, follows won and dropped, and how hard they pull to other platforms.
//
// Slots are shared by groups of 16 consecutive users, one vector: a supplier is looked up once per group, and the inner
// loops only apply each user's own follow bits. All platforms' bits are read before any is written.
#include <bit>

#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
constexpr std::uint32_t lanes = 16;

/// One group's suppliers, as the inner loops need them.
struct GroupSuppliers {
  bool here[max_platforms][max_slots];
  bool pulls[max_platforms][max_slots];                 ///< present on k and active elsewhere: may bring followers along
  float content[max_platforms][max_slots];              ///< posts seen on k per follow bit: quality (effort + mirrored effort)
  float pull[max_platforms][max_platforms][max_slots];  ///< [from][to]: effort on `from` of those present on `to`
  std::uint32_t celebrity[max_slots];                   ///< 1 for celebrities: which lane of `met`
};

struct FollowNumbers {
  float common_rate, celebrity_rate, drop;  // per tick
  float mirroring[max_platforms];
  bool live[max_platforms];
  std::size_t platforms;
};

SPILLWAY_INLINE void look_up(const SupplierTable& table, const std::uint32_t* slots, const FollowNumbers& numbers, GroupSuppliers& group) {
  for (std::uint32_t s = 0; s < table.slot_count; ++s) {
    const float* words = table.words + slots[s] * table.stride;
    const auto present = std::bit_cast<std::uint32_t>(words[0]);
    const float quality = words[1];
    const float* effort = words + 2;
    group.celebrity[s] = slots[s] < table.celebrities ? 1 : 0;
    for (std::size_t k = 0; k < numbers.platforms; ++k) {
      const bool here = (present >> k & 1U) != 0;
      float elsewhere = 0.0F;  // a post copied from several platforms counts once: the largest
      for (std::size_t o = 0; o < numbers.platforms; ++o) {
        if (o == k) continue;
        elsewhere = max_of(elsewhere, effort[o]);
        group.pull[o][k][s] = effort[o];
      }
      group.here[k][s] = here;
      group.pulls[k][s] = here && elsewhere > 0.0F;
      group.content[k][s] = quality * (effort[k] + numbers.mirroring[k] * elsewhere);
    }
  }
}

/// What the inner loops of one platform read and write, by lane of the block.
struct GroupLanes {
  const std::int32_t* bits[max_platforms];  ///< follow bits before this tick
  const float* attention[max_platforms];
  const float* ratio;
  std::uint32_t (*words)[4][block_size];  ///< [platform]: four random words
  float (*met)[2][block_size];            ///< [platform]: chance of meeting a common supplier, a celebrity
  float (*supply)[block_size];            ///< [platform]: posts seen
  float* drag[max_platforms];
  std::int32_t (*fresh)[block_size];  ///< [platform]: follow bits after this tick
};

/// Sums of one group on one platform, in registers or the first-level cache.
template <std::uint32_t width>
struct GroupSums {
  alignas(64) float strength[max_platforms][width];  ///< per tick and unit of effort: how hard suppliers followed on o pull
  alignas(64) float drag[width] = {}, supply[width] = {};
  alignas(64) std::int32_t fresh[width] = {};
};

// Hazard, through one slot, of being brought along by the supplier where it is followed already.
template <std::uint32_t width>
SPILLWAY_INLINE void pull_lane(const GroupSuppliers& group, const FollowNumbers& numbers, std::size_t k, std::uint32_t s, std::uint32_t at,
                               const GroupLanes& l, const GroupSums<width>& sums, float* __restrict hazard) {
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) hazard[i] = 0.0F;
  for (std::size_t o = 0; o < numbers.platforms; ++o) {
    if (o == k || !numbers.live[o]) continue;
    const float pull = group.pull[o][k][s];
    const std::int32_t* __restrict bits = l.bits[o] + at;
    const float* __restrict strong = sums.strength[o];
#pragma GCC unroll 1
    for (std::uint32_t i = 0; i < width; ++i) hazard[i] += static_cast<float>(bits[i] >> s & 1) * (strong[i] * pull);
  }
}

// One slot whose supplier is present: seen posts, and a bit that may be won (met on the platform, or brought along) or lost.
template <std::uint32_t width>
SPILLWAY_INLINE void follow_slot(const GroupSuppliers& group, const FollowNumbers& numbers, std::size_t k, std::uint32_t s,
                                 std::uint32_t at, const GroupLanes& l, GroupSums<width>& sums) {
  alignas(64) float won[width], hazard[width];
  const float* __restrict met = l.met[k][group.celebrity[s]] + at;
  if (group.pulls[k][s]) {
    pull_lane<width>(group, numbers, k, s, at, l, sums, hazard);
#pragma GCC unroll 1
    for (std::uint32_t i = 0; i < width; ++i) {
      won[i] = met[i] + (1.0F - met[i]) * one_minus_exp_neg(hazard[i]);
      sums.drag[i] += hazard[i];
    }
  } else {
    std::memcpy(won, met, sizeof won);
  }
  const std::int32_t* __restrict bits = l.bits[k] + at;
  const std::uint32_t* __restrict words = l.words[k][s / 2] + at;
  const std::uint32_t turn = s % 2 == 0 ? 16 : 0;  // two slots share a word, each with its own half on top
  const float content = group.content[k][s], drop = numbers.drop;
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) {
    const std::int32_t follows = bits[i] >> s & 1;
    const std::uint32_t word = words[i] << turn | words[i] >> ((32 - turn) & 31);
    const std::int32_t changes = happens(word, follows != 0 ? drop : won[i]);
    sums.supply[i] += static_cast<float>(follows) * content;
    sums.fresh[i] |= (follows ^ changes) << s;
  }
}

// A supplier who is not here: its followers see what is mirrored once more and drop it.
template <std::uint32_t width>
SPILLWAY_INLINE void forget_slot(float content, std::uint32_t s, const std::int32_t* __restrict bits, GroupSums<width>& sums) {
#pragma GCC unroll 1
  for (std::uint32_t i = 0; i < width; ++i) sums.supply[i] += static_cast<float>(bits[i] >> s & 1) * content;
}

// One platform, one group of `width` users from lane `at` of the block.
template <std::uint32_t width>
SPILLWAY_INLINE void follow_group(const View& view, const GroupSuppliers& group, const FollowNumbers& numbers, std::size_t k,
                                  std::uint32_t at, const GroupLanes& l) {
  GroupSums<width> sums;
  for (std::size_t o = 0; o < numbers.platforms; ++o) {
    if (o == k || !numbers.live[o]) continue;
    const float push = view.platform[o].drag_to[k];
    const float* __restrict attention = l.attention[o] + at;
    const float* __restrict ratio = l.ratio + at;
#pragma GCC unroll 1
    for (std::uint32_t i = 0; i < width; ++i) sums.strength[o][i] = push * attention[i] * ratio[i];
  }
  const std::uint32_t slots = view.suppliers.slot_count;
  for (std::uint32_t s = 0; s < slots; ++s) {
    if (group.here[k][s])
      follow_slot<width>(group, numbers, k, s, at, l, sums);
    else
      forget_slot<width>(group.content[k][s], s, l.bits[k] + at, sums);
  }
  std::memcpy(l.supply[k] + at, sums.supply, sizeof sums.supply);
  std::memcpy(l.drag[k] + at, sums.drag, sizeof sums.drag);
  std::memcpy(l.fresh[k] + at, sums.fresh, sizeof sums.fresh);
}

SPILLWAY_INLINE void met_lanes(Block block, const FollowNumbers& numbers, const float* __restrict attention, float (*met)[block_size]) {
  float* __restrict common = met[0];
  float* __restrict celebrity = met[1];
  const float common_rate = numbers.common_rate, celebrity_rate = numbers.celebrity_rate;
  for (std::uint32_t i = 0; i < block.size; ++i) {
    common[i] = one_minus_exp_neg(common_rate * attention[i]);
    celebrity[i] = one_minus_exp_neg(celebrity_rate * attention[i]);
  }
}

SPILLWAY_INLINE void draw_words(const View& view, Block block, std::size_t k, std::uint32_t (*words)[block_size]) {
  const DrawKey key = view.key;
  const std::uint32_t id = view.platform_id[k], tick = view.now.index;
  std::uint32_t* __restrict w0 = words[0];
  std::uint32_t* __restrict w1 = words[1];
  std::uint32_t* __restrict w2 = words[2];
  std::uint32_t* __restrict w3 = words[3];
  const std::uint32_t first = block.first, n = block.size;
  for (std::uint32_t i = 0; i < n; ++i) {
    const Draw d = draw(key, first + i, tick, Stream::follow, id);
    w0[i] = d.word[0];
    w1[i] = d.word[1];
    w2[i] = d.word[2];
    w3[i] = d.word[3];
  }
}

SPILLWAY_INLINE void keep_supply(const View& view, Block block, const Scratch& scratch, std::size_t k, const float* __restrict posted) {
  if (!view.columns[k].supply) return;
  float supply[block_size];
  load(view.columns[k].supply, block.first, block.size, supply);
  const float relax = view.now.relax_supply;
  const float* __restrict member = scratch.lane(PlatformLane::member, k);
  for (std::uint32_t i = 0; i < block.size; ++i) supply[i] = member[i] * (supply[i] + relax * (posted[i] - supply[i]));
  store<Half::low>(view.columns[k].supply, block.first, block.size, supply, scratch.lane(PlatformIntLane::round_word_b, k));
}

SPILLWAY_INLINE const std::int32_t* read_bits(const View& view, Block block, const Scratch& scratch, std::size_t k) {
  std::int32_t* __restrict bits = scratch.lane(PlatformIntLane::follows, k);
  const std::uint8_t* __restrict column = view.columns[k].follows + block.first;
  for (std::uint32_t i = 0; i < block.size; ++i) bits[i] = column[i];
  for (std::uint32_t i = block.size; i < block_size; ++i) bits[i] = 0;  // the last group may reach past the last user
  return bits;
}

FollowNumbers numbers_of(const View& view) {
  const Following& f = view.scenario->following;
  FollowNumbers numbers{};
  numbers.common_rate = static_cast<float>(f.organic_rate * view.now.dt);
  numbers.celebrity_rate = static_cast<float>(f.organic_rate * view.scenario->suppliers.celebrity_quality * view.now.dt);
  numbers.drop = one_minus_exp_neg(static_cast<float>(f.unfollow_rate * view.now.dt));
  numbers.platforms = view.platforms;
  for (std::size_t k = 0; k < view.platforms; ++k) {
    numbers.live[k] = view.platform[k].live;
    numbers.mirroring[k] = view.platform[k].mirroring;
  }
  return numbers;
}
}  // namespace

SPILLWAY_MULTIVERSION void follow_suppliers(const View& view, Block block, const Scratch& scratch, Tally&) {
  const FollowNumbers numbers = numbers_of(view);
  const SupplierTable& table = view.suppliers;
  const std::uint32_t n = block.size;
  std::uint32_t words[max_platforms][4][block_size];
  float supply[max_platforms][block_size], met[max_platforms][2][block_size];
  std::int32_t fresh[max_platforms][block_size];
  GroupLanes l{};
  l.ratio = scratch.lane(Lane::budget_ratio);
  l.words = words;
  l.met = met;
  l.supply = supply;
  l.fresh = fresh;
  for (std::size_t k = 0; k < view.platforms; ++k) {
    l.bits[k] = read_bits(view, block, scratch, k);
    l.attention[k] = scratch.lane(PlatformLane::attention, k);
    l.drag[k] = scratch.lane(PlatformLane::drag, k);
    if (!numbers.live[k]) continue;
    draw_words(view, block, k, words[k]);
    met_lanes(block, numbers, l.attention[k], met[k]);
  }
  GroupSuppliers group;
  for (std::uint32_t at = 0; at < n; at += table.group) {
    look_up(table, table.slots + std::uint64_t{(block.first + at) / table.group} * table.slot_count, numbers, group);
    for (std::size_t k = 0; k < view.platforms; ++k) {
      if (!numbers.live[k]) continue;
      if (table.group == lanes)
        follow_group<lanes>(view, group, numbers, k, at, l);
      else
        follow_group<1>(view, group, numbers, k, at, l);
    }
  }
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!numbers.live[k]) continue;
    keep_supply(view, block, scratch, k, supply[k]);
    const float* __restrict member = scratch.lane(PlatformLane::member, k);
    std::uint8_t* __restrict column = view.columns[k].follows + block.first;
    for (std::uint32_t i = 0; i < n; ++i) column[i] = static_cast<std::uint8_t>(member[i] > 0.0F ? fresh[k][i] : 0);
  }
}

}  // namespace spillway
