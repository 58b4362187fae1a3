#include "engine/state_hash.hpp"

#include <cstring>

#include "base/hash.hpp"
#include "base/multiversion.hpp"

namespace spillway {

namespace {
// The NH universal hash (Black et al., "UMAC", CRYPTO 1999): products of keyed half words, which every vector width multiplies
// natively. Keys come from the word's place, so that equal values in other places count differently.
SPILLWAY_MULTIVERSION std::uint64_t hash_words(const std::uint64_t* words, std::uint32_t first, std::uint32_t n) {
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t place = first + i;
    const std::uint32_t low = static_cast<std::uint32_t>(words[i]) + (place * 0x9e3779b1U + 0x7f4a7c15U);
    const std::uint32_t high = static_cast<std::uint32_t>(words[i] >> 32) + (place * 0x85ebca77U + 0xc2b2ae3dU);
    sum += std::uint64_t{low} * high;
  }
  return sum;
}
}  // namespace

std::uint64_t hash_block(const ColumnData& column, Block block) {
  const std::uint64_t cell = static_cast<std::uint64_t>(column.cell), bytes = block.size * cell;
  const auto* begin = column.data<std::byte>() + block.first * cell;  // blocks are multiples of 256 users: whole words
  const auto first = static_cast<std::uint32_t>(block.first * cell / 8), whole = static_cast<std::uint32_t>(bytes / 8);
  std::uint64_t sum = hash_words(reinterpret_cast<const std::uint64_t*>(begin), first, whole);
  if (bytes % 8 != 0) {  // the last users of the population
    std::uint64_t rest = 0;
    std::memcpy(&rest, begin + whole * 8, bytes % 8);
    sum += hash_words(&rest, first + whole, 1);
  }
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
