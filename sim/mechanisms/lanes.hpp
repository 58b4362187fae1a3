// Between columns and lanes: short loops of one element width each, because mixed widths in one loop do not vectorise.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "base/math.hpp"
#include "base/multiversion.hpp"
#include "mechanisms/packing.hpp"
#include "model/scratch.hpp"
#include "model/view.hpp"

namespace spillway {

template <class Integer>
SPILLWAY_INLINE void load_integers(const Integer* column, Block block, std::int32_t* __restrict out) {
  const Integer* __restrict in = column + block.first;
  if (block.picks == nullptr) {
    for (std::uint32_t i = 0; i < block.size; ++i) out[i] = static_cast<std::int32_t>(in[i]);
    return;
  }
  if constexpr (sizeof(Integer) <= 2) {
    PackedCells some;
    pack_cells(in, *block.picks, some);
    for (std::uint32_t i = 0, end = whole_vectors(block.size); i < end; ++i) out[i] = some[i];
  } else {
    std::int32_t all[block_size];
    for (std::uint32_t i = 0; i < block_size; ++i) all[i] = static_cast<std::int32_t>(in[i]);
    pack(all, *block.picks, out);
  }
}

SPILLWAY_INLINE void load_membership(const View& view, Block block, std::int32_t* __restrict out) {
  if (view.membership.u8 != nullptr)
    load_integers(view.membership.u8, block, out);
  else
    load_integers(view.membership.u32, block, out);
}

/// Integers of the block's users times `unit`.
template <class Integer>
SPILLWAY_INLINE void load_scaled(const Integer* column, Block block, float unit, float* __restrict out) {
  std::int32_t cells[block_size];
  load_integers(column, block, cells);
  for (std::uint32_t i = 0; i < block.size; ++i) out[i] = static_cast<float>(cells[i]) * unit;
}

SPILLWAY_INLINE void fill(float* __restrict out, std::uint32_t n, float value) {
  for (std::uint32_t i = 0; i < n; ++i) out[i] = value;
}

/// Zeros where the column is not allocated.
SPILLWAY_INLINE void load(const StockRef& stock, Block block, float* __restrict out) {
  if (stock.u16 != nullptr)
    load_scaled(stock.u16, block, stock.unit, out);
  else if (stock.f32 != nullptr)
    for (std::uint32_t i = 0; i < block.size; ++i) out[i] = stock.f32[block.first + block.place(i)];
  else
    fill(out, block.size, 0.0F);
}

SPILLWAY_INLINE void load(const CounterRef& counter, Block block, float* __restrict out) {
  if (counter.u8 != nullptr)
    load_scaled(counter.u8, block, 1.0F, out);
  else if (counter.u16 != nullptr)
    load_scaled(counter.u16, block, 1.0F, out);
  else
    fill(out, block.size, 0.0F);
}

/// Writes one value per user of the block. Values past those are read.
template <class Integer>
SPILLWAY_INLINE void store_integers(Integer* column, Block block, const std::int32_t* __restrict x) {
  Integer* __restrict out = column + block.first;
  if (block.picks == nullptr) {
    for (std::uint32_t i = 0; i < block.size; ++i) out[i] = static_cast<Integer>(x[i]);
    return;
  }
  static_assert(sizeof(Integer) <= 2);
  PackedCells some;
  for (std::uint32_t i = 0, end = whole_vectors(block.size); i < end; ++i) some[i] = static_cast<std::uint16_t>(x[i]);
  unpack_cells(some, *block.picks, out);
}

/// Byte `byte` of a random word as a fraction, never 0 or 1 and 1/2 on average.
template <int byte>
SPILLWAY_INLINE float fraction(std::int32_t word) {
  return (static_cast<float>(word >> 8 * byte & 0xff) + 0.5F) * (1.0F / 256.0F);
}

/// Writes x / unit with stochastic rounding by byte `byte` of the words, so that a slow stock moves on average as it should;
/// clamped to the range.
template <int byte>
SPILLWAY_INLINE void store(const StockRef& stock, Block block, const float* __restrict x, const std::int32_t* __restrict words) {
  if (stock.u16 != nullptr) {
    std::int32_t steps[block_size];
    const float per_unit = 1.0F / stock.unit;
    for (std::uint32_t i = 0; i < block.size; ++i)
      steps[i] = static_cast<std::int32_t>(clamp_to(x[i] * per_unit + fraction<byte>(words[i]), 0.0F, 65535.0F));
    store_integers(stock.u16, block, steps);
  } else if (stock.f32 != nullptr) {
    for (std::uint32_t i = 0; i < block.size; ++i) stock.f32[block.first + block.place(i)] = x[i];
  }
}

/// How many of the lowest 8 bits are set, the rest being 0: a product lays a copy of the bits at every fourth place, another adds up.
SPILLWAY_INLINE std::int32_t count_bits(std::int32_t bits) {
  return static_cast<std::int32_t>((static_cast<std::uint32_t>(bits) * 0x08040201U >> 3 & 0x11111111U) * 0x11111111U >> 28);
}

/// Eight bytes of 0 or 1 as bits: the product moves them all to the uppermost byte, none onto another.
SPILLWAY_INLINE std::uint32_t as_bits(const std::uint8_t* flags) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t bytes;
  std::memcpy(&bytes, flags, sizeof bytes);
  return static_cast<std::uint32_t>(bytes * 0x0102040810204080U >> 56);
}

/// Visits the few lanes whose flag is 1, in order. Lanes past n up to a multiple of 64 are set to 0: many together, because each end
/// of the inner loop is a guess of a branch that fails.
template <class Visit>
SPILLWAY_INLINE void each_set(std::int32_t* flag, std::uint32_t n, Visit visit) {
  constexpr std::uint32_t width = 8, together = 64;
  std::uint32_t end = n;
  for (; end % together != 0; ++end) flag[end] = 0;
  std::uint8_t bytes[block_size + together];
  for (std::uint32_t i = 0; i < end; ++i) bytes[i] = static_cast<std::uint8_t>(flag[i]);
  for (std::uint32_t at = 0; at < n; at += together) {
    std::uint64_t left = 0;
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i < together; i += width) left |= std::uint64_t{as_bits(bytes + at + i)} << i;
    for (; left != 0; left &= left - 1) visit(at + static_cast<std::uint32_t>(std::countr_zero(left)));
  }
}

}  // namespace spillway
