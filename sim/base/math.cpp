#include "base/math.hpp"

namespace spillway {

double exp_d(double x) {
  if (x < -708.0) return 0.0;
  if (x > 709.0) x = 709.0;
  constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;  // fdlibm's split
  const double magic = 6755399441055744.0;                                                       // 1.5 * 2^52
  const double n = (x * 1.44269504088896338700 + magic) - magic;
  const double r = (x - n * ln2_high) - n * ln2_low;
  double sum = 1.0, term = 1.0;
  for (int k = 1; k <= 17; ++k) {  // Taylor; |r| <= 0.35, the last term is below 1e-22
    term = term * r / k;
    sum += term;
  }
  const auto bits = static_cast<std::uint64_t>(static_cast<std::int64_t>(n) + 1023) << 52;
  return sum * std::bit_cast<double>(bits);
}

double log_d(double x) {
  const std::int64_t bits = std::bit_cast<std::int64_t>(x) - 0x3fe6a09e667f3bcdLL;
  const std::int64_t exponent = bits >> 52;
  const double m = std::bit_cast<double>((bits & 0xfffffffffffffLL) + 0x3fe6a09e667f3bcdLL);
  const double s = (m - 1.0) / (m + 1.0), z = s * s;
  double sum = 0.0;
  for (int k = 25; k >= 1; k -= 2) sum = sum * z + 1.0 / k;  // atanh series; z <= 0.0295
  const auto e = static_cast<double>(exponent);
  return e * 6.93147180369123816490e-01 + (2.0 * s * sum + e * 1.90821492927058770002e-10);
}

}  // namespace spillway
