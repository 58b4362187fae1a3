// Between columns and lanes: short loops of one element width each, because mixed widths in one loop do not vectorise.
#pragma once

#include <cstdint>
#include <cstring>

#include "base/math.hpp"
#include "base/multiversion.hpp"
#include "model/view.hpp"

namespace spillway {

template <class Integer>
SPILLWAY_INLINE void load_scaled(const Integer* column, std::uint32_t n, float unit, float* __restrict out) {
  const Integer* __restrict in = column;
  for (std::uint32_t i = 0; i < n; ++i) out[i] = static_cast<float>(static_cast<std::int32_t>(in[i])) * unit;
}

SPILLWAY_INLINE void fill(float* __restrict out, std::uint32_t n, float value) {
  for (std::uint32_t i = 0; i < n; ++i) out[i] = value;
}

/// Zeros where the column is not allocated.
SPILLWAY_INLINE void load(const StockRef& stock, std::uint32_t first, std::uint32_t n, float* __restrict out) {
  if (stock.u16 != nullptr)
    load_scaled(stock.u16 + first, n, stock.unit, out);
  else if (stock.f32 != nullptr)
    std::memcpy(out, stock.f32 + first, n * sizeof(float));
  else
    fill(out, n, 0.0F);
}

SPILLWAY_INLINE void load(const CounterRef& counter, std::uint32_t first, std::uint32_t n, float* __restrict out) {
  if (counter.u8 != nullptr)
    load_scaled(counter.u8 + first, n, 1.0F, out);
  else if (counter.u16 != nullptr)
    load_scaled(counter.u16 + first, n, 1.0F, out);
  else
    fill(out, n, 0.0F);
}

/// 16 random bits of a rounding word as a fraction in [0, 1).
enum class Half { low, high };
template <Half half>
SPILLWAY_INLINE float fraction(std::int32_t word) {
  const std::int32_t bits = half == Half::low ? (word & 0xffff) : (word >> 16 & 0xffff);
  return static_cast<float>(bits) * (1.0F / 65536.0F);
}

/// Writes x / unit with stochastic rounding, so that a slow stock moves on average as it should; clamped to the range.
template <Half half>
SPILLWAY_INLINE void store_rounded(std::uint16_t* column, std::uint32_t n, float unit, const float* __restrict x,
                                   const std::int32_t* __restrict words) {
  std::uint16_t* __restrict out = column;
  const float steps = 1.0F / unit;
  for (std::uint32_t i = 0; i < n; ++i)
    out[i] = static_cast<std::uint16_t>(static_cast<std::int32_t>(clamp_to(x[i] * steps + fraction<half>(words[i]), 0.0F, 65535.0F)));
}

template <Half half>
SPILLWAY_INLINE void store(const StockRef& stock, std::uint32_t first, std::uint32_t n, const float* __restrict x,
                           const std::int32_t* __restrict words) {
  if (stock.u16 != nullptr)
    store_rounded<half>(stock.u16 + first, n, stock.unit, x, words);
  else if (stock.f32 != nullptr)
    std::memcpy(stock.f32 + first, x, n * sizeof(float));
}

}  // namespace spillway
