#include "engine/state_hash.hpp"

#include "base/hash.hpp"
#include "base/multiversion.hpp"

namespace spillway {

namespace {
constexpr std::size_t width = 16, chains = 4, row = width * chains;  // 32-bit words of one vector; vectors that do not wait for each other
constexpr std::uint32_t factor = 0x9e3779b1U;

// Each of 64 lanes is a polynomial in an odd number over its words, so that a change of one word always changes its lane; four are
// folded into one in the same way. Pairs of lanes are then mixed to 64 bits with the block's place, so that equal blocks in other
// places count differently.
SPILLWAY_MULTIVERSION std::uint64_t hash_rows(const std::uint32_t* __restrict words, std::size_t rows, std::uint64_t place) {
  alignas(64) std::uint32_t chain[row] = {}, lane[width];
  for (std::size_t r = 0; r < rows; ++r)
#pragma GCC unroll 1
    for (std::size_t j = 0; j < row; ++j) chain[j] = chain[j] * factor + words[r * row + j];
  for (std::size_t j = 0; j < width; ++j)
    lane[j] = ((chain[j] * factor + chain[j + width]) * factor + chain[j + 2 * width]) * factor + chain[j + 3 * width];
  std::uint64_t sum = 0;
  for (std::size_t j = 0; j < width / 2; ++j)
    sum += mix64((std::uint64_t{lane[j]} << 32 | lane[j + width / 2]) + (place * width + j) * 0xd1342543de82ef95ULL);
  return sum;
}
}  // namespace

std::uint64_t hash_block(const ColumnData& column, std::uint32_t first) {
  const std::size_t cell = cell_bytes(column.cell);
  const auto* begin = reinterpret_cast<const std::uint32_t*>(column.data<std::byte>() + std::size_t{first} * cell);
  return hash_rows(begin, block_size * cell / (row * sizeof(std::uint32_t)), first / block_size);
}

void chain_hashes(World& world, const Tally& tally) {
  for (std::size_t i = 0; i < world.columns.size(); ++i) {
    const ColumnData& column = world.columns[i];
    const std::size_t k = column.platform < 0 ? 0 : static_cast<std::size_t>(column.platform);
    world.hash_chain[i] = chain(world.hash_chain[i], tally.hash[static_cast<std::size_t>(column.column)][k]);
  }
}

}  // namespace spillway
