// From the unit cube to the factors' own units.
#include "analysis/quantile.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "analysis/design.hpp"
#include "base/error.hpp"

namespace spillway {

namespace {
bool is_whole(const Factor& factor) { return factor.kind != FactorKind::number; }

double between(double low, double high, double u) { return low + u * (high - low); }

/// Sorted, so that a larger u is a larger value, whatever the order in the file.
double list_quantile(std::vector<double> values, double u) {
  require(!values.empty(), "a list of values must not be empty");
  std::sort(values.begin(), values.end());
  const auto place = static_cast<std::size_t>(u * static_cast<double>(values.size()));
  return values[std::min(place, values.size() - 1)];
}

/// Of the normal distribution between low and high. What lies in the upper half is worked out from above, where it keeps its digits.
/// Where nothing cuts a side off, its end is infinite: u = 0 and 1 are taken as the middle of the outermost of 2^32 cells.
double normal_quantile(const Distribution& d, double u) {
  constexpr double outermost = 0x1p-33;
  const boost::math::normal standard;
  const double a = (d.low - d.mean) / d.deviation, b = (d.high - d.mean) / d.deviation;
  if (std::isinf(a)) u = std::max(u, outermost);
  if (std::isinf(b)) u = std::min(u, 1 - outermost);
  if (u <= 0) return d.low;
  if (u >= 1) return d.high;
  const auto below = [&](double z) { return z == -HUGE_VAL ? 0.0 : (z == HUGE_VAL ? 1.0 : boost::math::cdf(standard, z)); };
  const auto above = [&](double z) { return below(-z); };
  double z = 0;
  if (const double p = between(below(a), below(b), u); p <= 0.5) {
    z = p > 0 ? boost::math::quantile(standard, p) : a;
  } else {
    const double q = between(above(b), above(a), 1 - u);
    z = q > 0 ? -boost::math::quantile(standard, q) : b;
  }
  return std::clamp(d.mean + d.deviation * z, d.low, d.high);
}

double loguniform_quantile(const Distribution& d, double u) {
  return std::clamp(std::exp(between(std::log(d.low), std::log(d.high), u)), d.low, d.high);
}

double rounded(const Factor& factor, double value) {
  if (!is_whole(factor)) return value;
  const double low = std::ceil(factor.distribution.low), high = std::floor(factor.distribution.high);
  return std::max(low, std::min(high, std::round(value)));
}
}  // namespace

double quantile_of(const Factor& factor, double u) {
  const Distribution& d = factor.distribution;
  switch (d.kind) {
    case DistributionKind::values: return list_quantile(d.values, u);
    case DistributionKind::normal: return rounded(factor, normal_quantile(d, u));
    case DistributionKind::loguniform: return rounded(factor, loguniform_quantile(d, u));
    case DistributionKind::uniform: break;
  }
  if (!is_whole(factor)) return std::min(d.high, between(d.low, d.high, u));
  const double low = std::ceil(d.low), high = std::floor(d.high);
  return std::min(high, low + std::floor(u * (high - low + 1)));
}

double level_value(const Factor& factor, std::size_t level, std::size_t levels) {
  const Distribution& d = factor.distribution;
  const double u = static_cast<double>(level) / static_cast<double>(levels - 1);
  switch (d.kind) {
    case DistributionKind::uniform: return rounded(factor, std::min(d.high, between(d.low, d.high, u)));
    case DistributionKind::loguniform: return quantile_of(factor, u);
    default: return quantile_of(factor, (static_cast<double>(level) + 0.5) / static_cast<double>(levels));
  }
}

}  // namespace spillway
