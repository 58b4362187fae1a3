// A person's fixed traits, re-derived by hashing the user id whenever they are needed: no memory.
#pragma once

#include <cstdint>

#include "base/hash.hpp"
#include "base/random.hpp"
#include "model/scenario.hpp"

namespace spillway {

/// Which trait a hash word serves. Never reused.
enum class Trait : std::uint32_t {
  conversation_taste = 1,
  ad_sensitivity = 2,
  time_budget = 3,
  exit_threshold = 4,
  contact_list = 5,
  segment = 6,
  arrival = 7,
  initial_member = 8,
  panel = 9,
  platform_taste = 10,
  slot = 11,
  presence = 12,
  network = 13,
  supplier_class = 14,
  supplier_day = 15
};

/// Salt of a trait in a run: another seed or replicate draws another population. `extra` separates platforms and slots.
constexpr std::uint32_t trait_salt(DrawKey key, Trait trait, std::uint32_t extra = 0) {
  return mix32(mix32(key.seed + 0x9e3779b9U * static_cast<std::uint32_t>(trait)) ^ mix32(key.replicate + 0x51ed270bU) ^
               mix32(extra * 0x68e31da4U + 1U));
}

SPILLWAY_INLINE std::uint32_t trait_word(std::uint32_t salt, std::uint32_t agent) { return mix32(mix32(agent ^ salt) + salt); }

/// Traits of users share the inner round of their hash.
constexpr std::uint32_t person_salt(DrawKey key) { return mix32(mix32(key.seed + 0x2545f491U) ^ mix32(key.replicate + 0x6c078965U)); }
SPILLWAY_INLINE std::uint32_t person_word(std::uint32_t salt, std::uint32_t agent) { return mix32(agent ^ salt); }
SPILLWAY_INLINE std::uint32_t trait_of(std::uint32_t salt, std::uint32_t person) { return mix32(person + salt); }

/// Segment of one person, 0 where the population has none; as the traits' lanes have it.
inline std::size_t segment_of(const Population& people, DrawKey key, std::uint32_t agent) {
  const float at = uniform(trait_of(trait_salt(key, Trait::segment), person_word(person_salt(key), agent)));
  std::size_t segment = 0;
  double below = 0.0;
  for (std::size_t g = 0; g < people.segments.size(); ++g) {
    segment = at >= static_cast<float>(below) ? g : segment;
    below += people.segments[g].share;
  }
  return segment;
}

}  // namespace spillway
