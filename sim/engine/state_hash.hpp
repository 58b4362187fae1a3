// Order-free hash of columns: a sum over words, so blocks can be added in any order; equal states, equal sums.
#pragma once

#include "model/scratch.hpp"
#include "model/world.hpp"

namespace spillway {

/// Sum over the 64-bit words of one column that belong to the block. Words are keyed by their place in the column.
std::uint64_t hash_block(const ColumnData& column, Block block);

/// Appends the tick's sums to the chains.
void chain_hashes(World& world, const Tally& tally);

}  // namespace spillway
