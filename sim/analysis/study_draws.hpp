// Draws of a study: of its design and of the bootstrap, apart from the luck of runs.
#pragma once

#include <cstdint>

#include "base/random.hpp"

namespace spillway {

/// Four words for (row, column) of a design, or (pick, resample) of a bootstrap.
inline Draw study_draw(std::uint64_t seed, std::size_t row, std::size_t column, Stream stream) {
  const DrawKey key{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)};
  return draw(key, static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column), stream, 0);
}

/// Uniform in (0, 1): 52 bits and a half step, so that neither end is met.
inline double unit_number(std::uint32_t low, std::uint32_t high) {
  const std::uint64_t bits = (std::uint64_t{high} << 32 | low) >> 12;
  return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

/// One of 0 .. count - 1, by 64 bits: a count below 2^32 is uneven by less than 2^-32.
inline std::size_t pick(std::size_t count, std::uint32_t low, std::uint32_t high) {
  const std::uint64_t n = count;
  return static_cast<std::size_t>((high * n + (low * n >> 32)) >> 32);
}

}  // namespace spillway
