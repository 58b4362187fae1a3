// A keyed permutation of [0, n) that needs no memory: Feistel network on the next power of two, walked until it lands inside.
#pragma once

#include <bit>
#include <cstdint>

#include "base/hash.hpp"

namespace spillway {

class Permutation {
 public:
  /// n >= 1. Another key gives another permutation.
  Permutation(std::uint32_t n, std::uint32_t key) : n_(n), key_(key) {
    const unsigned bits = n <= 4 ? 2 : static_cast<unsigned>(std::bit_width(n - 1));
    low_bits_ = bits / 2;
    high_bits_ = bits - low_bits_;
  }

  std::uint32_t operator()(std::uint32_t x) const {
    do x = forward(x);
    while (x >= n_);
    return x;
  }

  std::uint32_t inverse(std::uint32_t y) const {
    do y = backward(y);
    while (y >= n_);
    return y;
  }

 private:
  // Halves of (almost) equal width take turns; four rounds suffice for a network of contacts (Luby and Rackoff). The high half
  // comes last, because a network pairs neighbours in the lowest bit: a last round on the low half would commute with that.
  static constexpr unsigned rounds = 4;
  std::uint32_t mask(unsigned bits) const { return (1U << bits) - 1U; }
  std::uint32_t mangle(std::uint32_t half, unsigned round) const { return mix32(half * 0x9e3779b1U + key_ + round * 0x85ebca77U); }

  std::uint32_t forward(std::uint32_t x) const {
    std::uint32_t low = x & mask(low_bits_), high = x >> low_bits_;
    for (unsigned r = 0; r < rounds; r += 2) {
      low ^= mangle(high, r) & mask(low_bits_);
      high ^= mangle(low, r + 1) & mask(high_bits_);
    }
    return high << low_bits_ | low;
  }

  std::uint32_t backward(std::uint32_t y) const {
    std::uint32_t low = y & mask(low_bits_), high = y >> low_bits_;
    for (unsigned r = rounds; r > 0; r -= 2) {
      high ^= mangle(low, r - 1) & mask(high_bits_);
      low ^= mangle(high, r - 2) & mask(low_bits_);
    }
    return high << low_bits_ | low;
  }

  std::uint32_t n_, key_;
  unsigned low_bits_, high_bits_;
};

}  // namespace spillway
