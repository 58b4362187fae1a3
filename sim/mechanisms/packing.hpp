// Moving the picked of a block together, and back apart: lanes eight at a time and cells of columns sixteen at a time, by shuffles worked
// out once for all. Picking one by one costs more than the arithmetic on what was picked.
#pragma once

#include <cstdint>
#include <cstring>

#include "base/multiversion.hpp"
#include "model/scratch.hpp"

namespace spillway {

namespace detail {
using EightIntegers __attribute__((vector_size(8 * sizeof(std::int32_t)))) = std::int32_t;
using SixteenShorts __attribute__((vector_size(16 * sizeof(std::uint16_t)))) = std::uint16_t;
using SixteenBytes __attribute__((vector_size(16 * sizeof(std::uint8_t)))) = std::uint8_t;

// In place, here and below: vectors wider than the baseline's registers cannot be returned.
template <class Vector, class Index>
SPILLWAY_INLINE void shuffle(Vector& x, const Index* from) {
  Vector at;
  std::memcpy(&at, from, sizeof at);
#if defined(__clang__)
  const Vector in = x;
  for (std::size_t i = 0; i < sizeof x / sizeof *from; ++i) x[i] = in[at[i]];
#else
  x = __builtin_shuffle(x, at);
#endif
}

SPILLWAY_INLINE void read(const std::uint16_t* from, SixteenShorts& x) { std::memcpy(&x, from, sizeof x); }
SPILLWAY_INLINE void read(const std::uint8_t* from, SixteenShorts& x) {
  SixteenBytes bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  x = __builtin_convertvector(bytes, SixteenShorts);
}
SPILLWAY_INLINE void write(const SixteenShorts& x, std::uint16_t* to) { std::memcpy(to, &x, sizeof x); }
SPILLWAY_INLINE void write(const SixteenShorts& x, std::uint8_t* to) {
  const SixteenBytes bytes = __builtin_convertvector(x, SixteenBytes);
  std::memcpy(to, &bytes, sizeof bytes);
}
}  // namespace detail

/// Values of a whole block, those of the picked written one after the other. In place too. What follows them in the block is rubbish.
SPILLWAY_INLINE void pack(const std::int32_t* in, const Picks& picks, std::int32_t* out) {
#pragma GCC unroll 4
  for (std::uint32_t p = 0; p < pick_groups; ++p) {
    detail::EightIntegers values;
    std::memcpy(&values, in + p * pick_width, sizeof values);
    detail::shuffle(values, picks.together + p * pick_width);
    std::memcpy(out + picks.before[p], &values, sizeof values);
  }
}
SPILLWAY_INLINE void pack(const float* in, const Picks& picks, float* out) {
  pack(reinterpret_cast<const std::int32_t*>(in), picks, reinterpret_cast<std::int32_t*>(out));
}

/// Cells of the picked one after the other, and room for what is written or read with the last ones.
using PackedCells = std::uint16_t[block_size + 2 * cell_width];
/// So many that vectors of cells are full.
SPILLWAY_INLINE std::uint32_t whole_vectors(std::uint32_t cells) {
  return (cells + 2 * cell_width - 1) / (2 * cell_width) * (2 * cell_width);
}

/// From a whole block's cells of one or two bytes; 0 in the rest of the last vector.
template <class Cell>
SPILLWAY_INLINE void pack_cells(const Cell* in, const Picks& picks, PackedCells& out) {
#pragma GCC unroll 4
  for (std::uint32_t p = 0; p < block_size / cell_width; ++p) {
    detail::SixteenShorts cells;
    detail::read(in + p * cell_width, cells);
    detail::shuffle(cells, picks.cell_together + p * cell_width);
    std::memcpy(out + picks.before[p * (cell_width / pick_width)], &cells, sizeof cells);
  }
  std::memset(out + picks.before[pick_groups], 0, 2 * cell_width * sizeof out[0]);
}

/// The other way round: cells of the picked are replaced.
template <class Cell>
SPILLWAY_INLINE void unpack_cells(const PackedCells& in, const Picks& picks, Cell* out) {
#pragma GCC unroll 4
  for (std::uint32_t p = 0; p < block_size / cell_width; ++p) {
    detail::SixteenShorts cells, old, picked;
    std::memcpy(&cells, in + picks.before[p * (cell_width / pick_width)], sizeof cells);
    detail::shuffle(cells, picks.cell_apart + p * cell_width);
    detail::read(out + p * cell_width, old);
    std::memcpy(&picked, picks.cell_picked + p * cell_width, sizeof picked);
    const detail::SixteenShorts merged = (cells & picked) | (old & ~picked);
    detail::write(merged, out + p * cell_width);
  }
}

}  // namespace spillway
