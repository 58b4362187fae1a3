// Random matchings of a population divided into blocks of consecutive ids: partner(i) = P^-1(P(i) xor 1) with a keyed permutation
// P of the block's index range, worked out for many users at once.
#pragma once

#include <cstdint>
#include <span>

#include "model/permutation.hpp"

namespace spillway {

inline constexpr std::uint32_t nobody = 0xffffffffU;
/// Users whose contacts are worked out together: a dozen lanes of them stay in the level-1 cache.
inline constexpr std::uint32_t contact_lanes = 128;

/// One contact of each user, or nobody. Aligned to a cache line: vectors that cross one cost double.
struct alignas(64) ContactRow {
  std::uint32_t of[contact_lanes];
};

/// How a scale divides the population: whole blocks of one size, the last one perhaps shorter.
struct MatchingScale {
  /// `size` is a power of two, or the whole population.
  MatchingScale(std::uint32_t size, std::uint32_t users);
  std::uint32_t shift = 0;  // block = id >> shift, but 0 where one block holds everybody
  std::uint32_t last = 0;   // index of the last block
  bool small = false;       // groups so small that four rounds would make some pairs twice as likely as others
  Rectangle whole, rest;    // index ranges of the others and of the last block
};

struct Matching {
  std::uint32_t key;
  std::uint32_t keep;  ///< a matched tie is kept if its hash is not above
};

/// Where users stand in their blocks at one scale.
struct alignas(64) Places {
  std::uint32_t index[contact_lanes], base[contact_lanes], block_key[contact_lanes];
  std::uint32_t n[contact_lanes], rows[contact_lanes], low_bits[contact_lanes];
  bool small;
};

void place_users(const MatchingScale& scale, const std::uint32_t* users, std::uint32_t count, Places& places);

/// Partners of the users placed, `nobody` where the block is odd and leaves one over or the tie is not kept.
void find_partners(const Places& places, const Matching& matching, std::uint32_t count, ContactRow& partners);

/// Keeps the first of equal contacts of each user.
void drop_doubles(std::span<ContactRow> contacts, std::uint32_t count);

}  // namespace spillway
