#include "engine/state_hash.hpp"

#include <algorithm>
#include <cstring>

#include "base/hash.hpp"
#include "base/multiversion.hpp"

namespace spillway {

namespace {
constexpr std::size_t width = 16, chains = 4, row = width * chains;  // 32-bit words of one vector; vectors that do not wait for each other
constexpr std::size_t stretch = 512;                                 // users that are hashed together; blocks hold whole stretches
static_assert(block_size % stretch == 0);
constexpr std::uint32_t factor = 0x9e3779b1U;

using Words __attribute__((vector_size(width * sizeof(std::uint32_t)))) = std::uint32_t;

// Each of 64 lanes is a polynomial in an odd number over its words, so that a change of one word always changes its lane; four are
// folded into one in the same way. Pairs of lanes are then mixed to 64 bits with the stretch's place, so that equal ones in other
// places count differently.
SPILLWAY_MULTIVERSION std::uint64_t hash_rows(const std::uint32_t* __restrict words, std::size_t rows, std::uint64_t place) {
  Words chain[chains] = {};
  std::uint32_t lane[width];
  for (std::size_t r = 0; r < rows; ++r)
#pragma GCC unroll 4
    for (std::size_t c = 0; c < chains; ++c) {
      Words next;
      std::memcpy(&next, words + r * row + c * width, sizeof next);
      chain[c] = chain[c] * factor + next;
    }
  const Words folded = ((chain[0] * factor + chain[1]) * factor + chain[2]) * factor + chain[3];
  std::memcpy(lane, &folded, sizeof lane);
  std::uint64_t sum = 0;
  for (std::size_t j = 0; j < width / 2; ++j)
    sum += mix64((std::uint64_t{lane[j]} << 32 | lane[j + width / 2]) + (place * width + j) * 0xd1342543de82ef95ULL);
  return sum;
}
}  // namespace

std::uint64_t hash_block(const ColumnData& column, std::uint32_t first, std::uint32_t users) {
  const std::size_t cell = cell_bytes(column.cell), rows = stretch * cell / (row * sizeof(std::uint32_t));
  std::uint64_t sum = 0;
  for (std::size_t at = first; at < std::min<std::size_t>(first + block_size, users); at += stretch)
    sum += hash_rows(reinterpret_cast<const std::uint32_t*>(column.data<std::byte>() + at * cell), rows, at / stretch);
  return sum;
}

void chain_hashes(World& world, const Tally& tally) {
  for (std::size_t i = 0; i < world.columns.size(); ++i) {
    const ColumnData& column = world.columns[i];
    const std::size_t k = column.platform < 0 ? 0 : static_cast<std::size_t>(column.platform);
    world.hash_chain[i] = chain(world.hash_chain[i], tally.hash[static_cast<std::size_t>(column.column)][k]);
  }
}

}  // namespace spillway
