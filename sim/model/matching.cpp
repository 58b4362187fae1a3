#include "model/matching.hpp"

#include <cstring>

#include "base/hash.hpp"
#include "base/multiversion.hpp"

namespace spillway {

MatchingScale::MatchingScale(std::uint32_t size, std::uint32_t users) : small(size <= 512), whole(size) {
  const bool several = size < users;
  shift = several ? static_cast<std::uint32_t>(std::countr_zero(size)) : 0;
  last = several ? (users - 1) >> shift : 0;
  rest = Rectangle(users - (last << shift));
}

SPILLWAY_MULTIVERSION void place_users(const MatchingScale& scale, const std::uint32_t* users, std::uint32_t count, Places& places) {
  const std::uint32_t shift = scale.shift, last = scale.last, several = last > 0 ? 0xffffffffU : 0U;
  const Rectangle whole = scale.whole, rest = scale.rest;
  const std::uint32_t* __restrict user = users;
  Places& __restrict at = places;
  at.small = scale.small;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t block = (user[i] >> shift) & several;
    at.base[i] = block << shift;
    at.index[i] = user[i] - (block << shift);
    at.block_key[i] = mix32(block);
    at.n[i] = block == last ? rest.n : whole.n;
    at.rows[i] = block == last ? rest.rows : whole.rows;
    at.low_bits[i] = block == last ? rest.low_bits : whole.low_bits;
  }
}

namespace {
// One straight pass over all; then the few who landed outside their range walk on.
template <std::uint32_t rounds>
SPILLWAY_INLINE void walk_forward(const Places& at, const std::uint32_t* __restrict key, std::uint32_t count, std::uint32_t* __restrict y) {
  std::uint32_t outside = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    y[i] = feistel::forward<rounds>(at.index[i], at.rows[i], at.low_bits[i], key[i]);
    outside |= y[i] >= at.n[i] ? 1U : 0U;
  }
  if (outside == 0) return;
  for (std::uint32_t i = 0; i < count; ++i)
    while (y[i] >= at.n[i]) y[i] = feistel::forward<rounds>(y[i], at.rows[i], at.low_bits[i], key[i]);
}

template <std::uint32_t rounds>
SPILLWAY_INLINE void walk_backward(const Places& at, const std::uint32_t* __restrict key, std::uint32_t count,
                                   std::uint32_t* __restrict y) {
  std::uint32_t outside = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    y[i] = feistel::backward<rounds>(y[i], at.rows[i], at.low_bits[i], key[i]);
    outside |= y[i] >= at.n[i] ? 1U : 0U;
  }
  if (outside == 0) return;
  for (std::uint32_t i = 0; i < count; ++i)
    while (y[i] >= at.n[i]) y[i] = feistel::backward<rounds>(y[i], at.rows[i], at.low_bits[i], key[i]);
}

// Whose mate lies beyond the end is left over: sent back as he came, he meets himself.
template <std::uint32_t rounds>
SPILLWAY_INLINE void meet(const Places& at, const std::uint32_t* __restrict key, std::uint32_t count, std::uint32_t* __restrict y) {
  walk_forward<rounds>(at, key, count, y);
  for (std::uint32_t i = 0; i < count; ++i) y[i] = (y[i] ^ 1U) < at.n[i] ? y[i] ^ 1U : y[i];
  walk_backward<rounds>(at, key, count, y);
}
}  // namespace

SPILLWAY_MULTIVERSION void find_partners(const Places& places, const Matching& matching, std::uint32_t count, ContactRow& partners) {
  alignas(64) std::uint32_t key[contact_lanes], y[contact_lanes];
  const std::uint32_t matching_key = matching.key, keep = matching.keep;
  const Places& __restrict at = places;
  std::uint32_t* __restrict out = partners.of;
  for (std::uint32_t i = 0; i < count; ++i) key[i] = matching_key + at.block_key[i];
  if (at.small)
    meet<feistel::usual_rounds + 2>(at, key, count, y);
  else
    meet<feistel::usual_rounds>(at, key, count, y);
  for (std::uint32_t i = 0; i < count; ++i) out[i] = y[i] == at.index[i] ? nobody : at.base[i] + y[i];
  if (keep == 0xffffffffU) return;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t user = at.base[i] + at.index[i], other = out[i];
    const std::uint32_t tie = mix32(mix32((user < other ? user : other) + matching_key) ^ (user < other ? other : user));
    out[i] = tie <= keep ? other : nobody;
  }
}

// A few vectors of users at a time, so that what is compared with stays in registers.
SPILLWAY_MULTIVERSION void drop_doubles(std::span<ContactRow> contacts, std::uint32_t count) {
  constexpr std::uint32_t width = 32;
  const std::size_t rows = contacts.size();
  for (std::uint32_t first = 0; first < count; first += width)
    for (std::size_t row = 1; row < rows; ++row) {
      std::uint32_t mine[width], again[width] = {};
      std::memcpy(mine, contacts[row].of + first, sizeof mine);
      for (std::size_t r = 0; r < row; ++r) {
        const std::uint32_t* __restrict before = contacts[r].of + first;
#pragma GCC unroll 1
        for (std::uint32_t j = 0; j < width; ++j) again[j] |= before[j] == mine[j] ? nobody : 0U;
      }
#pragma GCC unroll 1
      for (std::uint32_t j = 0; j < width; ++j) mine[j] |= again[j];
      std::memcpy(contacts[row].of + first, mine, sizeof mine);
    }
}

}  // namespace spillway
