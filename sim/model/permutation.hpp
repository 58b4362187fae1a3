// A keyed permutation of [0, n) that needs no memory: a Feistel network on the smallest rectangle of 2^k columns that holds n,
// walked until it lands inside. The rectangle exceeds n by less than 2^k, about sqrt(n): of n numbers at most one in sqrt(n)
// walks, so that loops over many numbers take one straight pass and mend the few.
#pragma once

#include <bit>
#include <cstdint>

#include "base/hash.hpp"
#include "base/multiversion.hpp"

namespace spillway {

/// [0, n) as rows of 2^low_bits: x = row << low_bits | column. All below 2^16 but n.
struct Rectangle {
  std::uint32_t n = 0, rows = 0, low_bits = 0;
  Rectangle() = default;
  /// n >= 1. At least two columns, so that the lowest bit always belongs to the column.
  explicit Rectangle(std::uint32_t n_) : n(n_), low_bits(n_ <= 4 ? 1 : static_cast<std::uint32_t>(std::bit_width(n_ - 1)) / 2) {
    rows = ((n - 1) >> low_bits) + 1;
  }
};

// Columns (xor) and rows (addition modulo their number) take turns. With r rounds two numbers of one row stay neighbours with
// probability of about columns^(-r/2) beyond chance: four rounds suffice (Luby and Rackoff) but for very small n. Rows come last,
// because a network pairs neighbours in the lowest bit: a last round on columns would commute with that.
namespace feistel {
constexpr std::uint32_t usual_rounds = 4;

// 16 bits of a multiply, fold, multiply hash. Constants: 2^32 divided by the golden ratio, xxHash's second prime, lowbias32.
SPILLWAY_INLINE std::uint32_t mangle(std::uint32_t half, std::uint32_t key, std::uint32_t round) {
  std::uint32_t x = half * 0x9e3779b1U + (key + round * 0x85ebca77U);
  x ^= x >> 15;
  return x * 0x846ca68bU >> 16;
}

template <std::uint32_t rounds = usual_rounds>
SPILLWAY_INLINE std::uint32_t forward(std::uint32_t x, std::uint32_t rows, std::uint32_t low_bits, std::uint32_t key) {
  const std::uint32_t mask = (1U << low_bits) - 1U;
  std::uint32_t low = x & mask, high = x >> low_bits;
  for (std::uint32_t r = 0; r < rounds; r += 2) {
    low ^= mangle(high, key, r) & mask;
    high += mangle(low, key, r + 1) * rows >> 16;
    high -= static_cast<std::int32_t>(high) >= static_cast<std::int32_t>(rows) ? rows : 0U;
  }
  return high << low_bits | low;
}

template <std::uint32_t rounds = usual_rounds>
SPILLWAY_INLINE std::uint32_t backward(std::uint32_t y, std::uint32_t rows, std::uint32_t low_bits, std::uint32_t key) {
  const std::uint32_t mask = (1U << low_bits) - 1U;
  std::uint32_t low = y & mask, high = y >> low_bits;
  for (std::uint32_t r = rounds; r > 0; r -= 2) {
    high -= mangle(low, key, r - 1) * rows >> 16;
    high += static_cast<std::int32_t>(high) < 0 ? rows : 0U;
    low ^= mangle(high, key, r - 2) & mask;
  }
  return high << low_bits | low;
}
}  // namespace feistel

class Permutation {
 public:
  /// n >= 1. Another key gives another permutation.
  Permutation(std::uint32_t n, std::uint32_t key) : on_(n), key_(key) {}
  Permutation(const Rectangle& on, std::uint32_t key) : on_(on), key_(key) {}

  std::uint32_t operator()(std::uint32_t x) const {
    do x = feistel::forward(x, on_.rows, on_.low_bits, key_);
    while (x >= on_.n);
    return x;
  }

  std::uint32_t inverse(std::uint32_t y) const {
    do y = feistel::backward(y, on_.rows, on_.low_bits, key_);
    while (y >= on_.n);
    return y;
  }

  const Rectangle& on() const { return on_; }
  std::uint32_t key() const { return key_; }

 private:
  Rectangle on_;
  std::uint32_t key_;
};

}  // namespace spillway
