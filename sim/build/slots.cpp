#include "build/slots.hpp"

#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "base/math_double.hpp"
#include "base/parallel.hpp"
#include "model/traits.hpp"

namespace spillway {

namespace {
constexpr std::uint32_t attempts = 8;      // to draw a supplier that is not in an earlier slot
constexpr std::uint32_t group_lanes = 64;  // groups drawn together: lanes of all slots stay in the level-1 cache

/// Zipf law of a continuous rank on [1, count + 1), to be inverted: rank = (1 + u span)^(1 / (1 - exponent)), or e^(u span).
struct Zipf {
  Zipf(double exponent, std::uint32_t count) : count(count), logarithmic(exponent == 1.0) {
    const double ranks = count + 1.0;
    span = logarithmic ? log_d(ranks) : pow_d(ranks, 1.0 - exponent) - 1.0;
    power = logarithmic ? 0.0 : 1.0 / (1.0 - exponent);
  }
  std::uint32_t count;
  bool logarithmic;
  double span, power;
};

// All 32 bits of a word in (0, 1): halves, because signed conversions vectorise.
SPILLWAY_INLINE double uniform_double(std::uint32_t word) {
  const double high = static_cast<std::int32_t>(word >> 16), low = static_cast<std::int32_t>(word & 0xffffU);
  return (high * 65536.0 + low + 0.5) * (1.0 / 4294967296.0);
}

// 0-based whole rank. Adding 2^52 rounds to an integer and shows it in the lowest bits.
SPILLWAY_INLINE std::uint32_t whole_rank(double x, double count) {
  constexpr double magic = 4503599627370496.0;
  const double near = (x + magic) - magic, floor = near > x ? near - 1.0 : near;
  const double least = floor < count ? floor : count;
  return static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>((least > 1.0 ? least - 1.0 : 0.0) + magic));
}

SPILLWAY_INLINE std::uint32_t rank_of(const Zipf& zipf, std::uint32_t word) {
  const double at = uniform_double(word) * zipf.span;
  return whole_rank(exp_lane(zipf.logarithmic ? at : zipf.power * log_lane(1.0 + at)), zipf.count);
}

SPILLWAY_MULTIVERSION void draw_ranks(const Zipf& zipf, std::uint32_t salt, std::uint32_t first, std::uint32_t count,
                                      std::uint32_t* ranks) {
  std::uint32_t word[group_lanes];
  std::uint32_t* __restrict out = ranks;
  const Zipf law = zipf;
  for (std::uint32_t g = 0; g < count; ++g) word[g] = trait_word(salt, first + g);
  if (law.logarithmic)
    for (std::uint32_t g = 0; g < count; ++g) out[g] = whole_rank(exp_lane(uniform_double(word[g]) * law.span), law.count);
  else
    for (std::uint32_t g = 0; g < count; ++g) out[g] = rank_of(law, word[g]);
}

struct Slots {
  alignas(64) std::uint32_t of[max_slots][group_lanes];
};

bool met_before(const Slots& slots, std::uint32_t slot, std::uint32_t g) {
  bool met = false;
  for (std::uint32_t s = 0; s < slot; ++s) met |= slots.of[s][g] == slots.of[slot][g];
  return met;
}

// First draws of a slot for all groups at once; the few that repeat an earlier slot try again one by one.
void draw_slot(const Zipf& zipf, DrawKey key, std::uint32_t slot, std::uint32_t first, std::uint32_t count, Slots& slots) {
  draw_ranks(zipf, trait_salt(key, Trait::slot, slot * attempts), first, count, slots.of[slot]);
  for (std::uint32_t g = 0; g < count; ++g)
    for (std::uint32_t attempt = 1; attempt < attempts && met_before(slots, slot, g); ++attempt)
      slots.of[slot][g] = rank_of(zipf, trait_word(trait_salt(key, Trait::slot, slot * attempts + attempt), first + g));
}
}  // namespace

PageArray<std::uint32_t> draw_slots(const World& world, std::uint32_t suppliers) {
  const Suppliers& s = world.scenario.suppliers;
  const std::uint32_t groups = (world.view.users - 1) / s.slot_group + 1;
  const Zipf zipf(s.popularity_exponent, suppliers);
  PageArray<std::uint32_t> all(std::size_t{groups} * s.slots, world.threads);
  for_blocks(groups, group_lanes * 16, world.threads, [&](int, std::size_t from, std::size_t to) {
    Slots slots;
    for (std::size_t first = from; first < to; first += group_lanes) {
      const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(group_lanes, to - first));
      for (std::uint32_t slot = 0; slot < s.slots; ++slot)
        draw_slot(zipf, world.view.key, slot, static_cast<std::uint32_t>(first), count, slots);
      for (std::uint32_t g = 0; g < count; ++g)
        for (std::uint32_t slot = 0; slot < s.slots; ++slot) all[(first + g) * s.slots + slot] = slots.of[slot][g];
    }
  });
  return all;
}

}  // namespace spillway
