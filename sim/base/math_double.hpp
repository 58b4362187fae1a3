// exp and log in double for loops over many values: the same functions as exp_d and log_d, free of branches, divisions by
// constants and conversions, so that they vectorise at every width. Relative error below 1e-15; not the same last bits.
#pragma once

#include <bit>
#include <cstdint>

#include "base/multiversion.hpp"

namespace spillway {

/// e^x for |x| <= 700.
SPILLWAY_INLINE double exp_lane(double x) {
  constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;  // fdlibm's split
  constexpr double magic = 6755399441055744.0;                                                   // 1.5 * 2^52: the sum drops the fraction
  const double shifted = x * 1.44269504088896338700 + magic, n = shifted - magic;
  const double r = (x - n * ln2_high) - n * ln2_low;
  double sum = 1.0 / 6227020800.0;  // Taylor to r^13 / 13!; |r| <= 0.35, the next term is below 1e-17
  sum = sum * r + 1.0 / 479001600.0;
  sum = sum * r + 1.0 / 39916800.0;
  sum = sum * r + 1.0 / 3628800.0;
  sum = sum * r + 1.0 / 362880.0;
  sum = sum * r + 1.0 / 40320.0;
  sum = sum * r + 1.0 / 5040.0;
  sum = sum * r + 1.0 / 720.0;
  sum = sum * r + 1.0 / 120.0;
  sum = sum * r + 1.0 / 24.0;
  sum = sum * r + 1.0 / 6.0;
  sum = sum * r + 0.5;
  sum = sum * r + 1.0;
  sum = sum * r + 1.0;
  const std::uint64_t exponent = (std::bit_cast<std::uint64_t>(shifted) + 1023) << 52;  // n stands in the lowest bits of shifted
  return sum * std::bit_cast<double>(exponent);
}

/// Natural logarithm of a positive normal number.
SPILLWAY_INLINE double log_lane(double x) {
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcdULL, mantissa = 0xfffffffffffffULL;  // mantissas lie in [sqrt 1/2, sqrt 2)
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x) - root_half + (1023ULL << 52);
  const double e = std::bit_cast<double>(bits >> 52 | 0x4330000000000000ULL) - (4503599627370496.0 + 1023.0);  // integer to double
  const double m = std::bit_cast<double>((bits & mantissa) + root_half);
  const double s = (m - 1.0) / (m + 1.0), z = s * s;
  double sum = 1.0 / 21.0;  // atanh series; z <= 0.0295, the next term is below 1e-17
  sum = sum * z + 1.0 / 19.0;
  sum = sum * z + 1.0 / 17.0;
  sum = sum * z + 1.0 / 15.0;
  sum = sum * z + 1.0 / 13.0;
  sum = sum * z + 1.0 / 11.0;
  sum = sum * z + 1.0 / 9.0;
  sum = sum * z + 1.0 / 7.0;
  sum = sum * z + 1.0 / 5.0;
  sum = sum * z + 1.0 / 3.0;
  sum = sum * z + 1.0;
  return e * 6.93147180369123816490e-01 + (2.0 * s * sum + e * 1.90821492927058770002e-10);
}

}  // namespace spillway
