// Order-free hash of columns: a sum over words, so blocks can be added in any order; equal states, equal sums.
#pragma once

#include "model/scratch.hpp"
#include "model/world.hpp"

namespace spillway {

/// Hash of one column in the block that begins with user `first`, of `users` in all. Past the last user a column is padded with zeros.
std::uint64_t hash_block(const ColumnData& column, std::uint32_t first, std::uint32_t users);

/// Appends the tick's sums to the chains.
void chain_hashes(World& world, const Tally& tally);

}  // namespace spillway
