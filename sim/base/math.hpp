// Own exp, log, power and normal quantile, built from + - * / and sqrt only, so that every machine, compiler and
// vector width gives the same bits (the C library's differ by processor). The float versions are branch-free and vectorise.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "base/multiversion.hpp"

namespace spillway {

namespace detail {
// Nearest integer for |x| < 2^22 without a library call: the sum with 1.5 * 2^23 drops the fraction.
SPILLWAY_INLINE float round_small(float x) {
  constexpr float magic = 12582912.0F;
  return (x + magic) - magic;
}
SPILLWAY_INLINE float power_of_two(std::int32_t n) { return std::bit_cast<float>((n + 127) << 23); }

// exp(x) - 1 on |x| <= ln2/2, Taylor to x^7: remainder below 6e-9 relative.
SPILLWAY_INLINE float expm1_reduced(float r) {
  float p = 1.0F / 5040.0F;
  p = p * r + 1.0F / 720.0F;
  p = p * r + 1.0F / 120.0F;
  p = p * r + 1.0F / 24.0F;
  p = p * r + 1.0F / 6.0F;
  p = p * r + 0.5F;
  return r + (r * r) * p;
}
}  // namespace detail

/// Smaller and larger of two, written so that compilers turn them into one vector instruction.
SPILLWAY_INLINE float min_of(float a, float b) { return a < b ? a : b; }
SPILLWAY_INLINE float max_of(float a, float b) { return a > b ? a : b; }

/// Larger and smaller of x and a number that is not negative. Through the bits, which are ordered like the numbers as long as one
/// of the two is positive: for floats, g++ makes compare, mask and blend of it at 512 bits, for integers one instruction.
SPILLWAY_INLINE float at_least(float x, float low) {
  const auto a = std::bit_cast<std::int32_t>(x), b = std::bit_cast<std::int32_t>(low);
  return std::bit_cast<float>(a > b ? a : b);
}
SPILLWAY_INLINE float at_most(float x, float high) {
  const auto a = std::bit_cast<std::int32_t>(x), b = std::bit_cast<std::int32_t>(high);
  return std::bit_cast<float>(a < b ? a : b);
}
/// Larger of x and a negative number, in the same way: as unsigned integers, negative numbers go down from all others upwards.
SPILLWAY_INLINE float not_below(float x, float negative) {
  const auto a = std::bit_cast<std::uint32_t>(x), b = std::bit_cast<std::uint32_t>(negative);
  return std::bit_cast<float>(a < b ? a : b);
}
/// `low` is not negative.
SPILLWAY_INLINE float clamp_to(float x, float low, float high) { return at_most(at_least(x, low), high); }

/// e^x, relative error below 2e-7; x is clamped to [-87, 88].
SPILLWAY_INLINE float exp_f(float x) {
  x = not_below(at_most(x, 88.0F), -87.0F);
  const float n = detail::round_small(x * 1.44269504F);
  const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;  // ln 2 in two parts (Cody and Waite)
  return (1.0F + detail::expm1_reduced(r)) * detail::power_of_two(static_cast<std::int32_t>(n));
}

/// 1 - e^-x for x >= 0, accurate for tiny x too (hazard to probability).
SPILLWAY_INLINE float one_minus_exp_neg(float x) {
  x = at_most(x, 87.0F);
  const float n = detail::round_small(x * -1.44269504F);
  const float r = (-x - n * 0.693359375F) + n * 2.12194440e-4F;
  const float scale = detail::power_of_two(static_cast<std::int32_t>(n));
  return (1.0F - scale) - scale * detail::expm1_reduced(r);
}

/// Natural logarithm of a positive normal number, absolute error below 2e-7 (relative for large results).
SPILLWAY_INLINE float log_f(float x) {
  const std::int32_t bits = std::bit_cast<std::int32_t>(x) - 0x3f3504f3;  // so that the mantissa lies in [sqrt 1/2, sqrt 2)
  const std::int32_t exponent = bits >> 23;
  const float m = std::bit_cast<float>((bits & 0x7fffff) + 0x3f3504f3);
  const float s = (m - 1.0F) / (m + 1.0F);
  const float z = s * s;
  float p = 1.0F / 9.0F;  // atanh series
  p = p * z + 1.0F / 7.0F;
  p = p * z + 1.0F / 5.0F;
  p = p * z + 1.0F / 3.0F;
  const float e = static_cast<float>(exponent);
  return (e * 0.693359375F) + (2.0F * s + (2.0F * s * z * p - e * 2.12194440e-4F));
}

/// x^y for x > 0.
SPILLWAY_INLINE float pow_f(float x, float y) { return exp_f(y * log_f(x)); }

/// At least x^y, and at most 1.07 * 1.062^y times it, for x >= 0 and y >= 0, at a fraction of its cost: a float's bits grow like its
/// logarithm, as 1 + f <= 2^(f + 0.0861) and 2^f <= 1 + f on [0, 1]. An x below 1e-30 counts as that, a result below 2^-126 too.
SPILLWAY_INLINE float pow_bound_f(float x, float y) {
  constexpr float step = 8388608.0F, lead = 0.0862F * step, floor = -126.0F * step, ceiling = 126.0F * step;  // of the exponent's last bit
  constexpr std::int32_t one = 0x3f800000;
  const float log = static_cast<float>(std::bit_cast<std::int32_t>(at_least(x, 1e-30F)) - one) + lead;
  return std::bit_cast<float>(static_cast<std::int32_t>(max_of(min_of(y * log, ceiling), floor)) + one);
}

/// Standard normal quantile of u in (0, 1), absolute error below 1e-4 for 2^-24 < u < 1 - 2^-24: plenty for people's traits.
/// z = x R(w) with x = 2u - 1, w = -log(1 - x^2) (as in M. Giles, "Approximating the erfinv function", GPU Computing Gems, 2010);
/// R is an own rational fit on 0 < w < 16.7, in place of his two polynomials.
SPILLWAY_INLINE float normal_quantile_f(float u) {
  const float x = 2.0F * u - 1.0F;
  const float w = -log_f(at_least((1.0F - x) * (1.0F + x), 1e-30F));
  const float p = ((0.0076654992F * w + 0.0763651768F) * w + 0.426582869F) * w + 1.25333188F;
  const float q = ((0.000392785861F * w + 0.0273541593F) * w + 0.0786399063F) * w + 1.0F;
  return x * (p / q);
}

/// Double versions for the few values per tick that are not per user. Relative error below 1e-15.
double exp_d(double x);
double log_d(double x);
inline double pow_d(double x, double y) { return x == 0.0 ? (y == 0.0 ? 1.0 : 0.0) : exp_d(y * log_d(x)); }

/// Share of the way that a stock with memory `tau` relaxes in `dt` (same unit); tau = 0 means at once.
inline double relaxation(double dt, double tau) { return tau > 0.0 ? 1.0 - exp_d(-dt / tau) : 1.0; }

}  // namespace spillway
