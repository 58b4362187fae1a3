#include "analysis/paired.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace spillway {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance_of(std::span<const double> values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double v : values) sum += (v - mean) * (v - mean);
  return sum / static_cast<double>(values.size() - 1);
}

Verdict verdict_of(std::span<const double> differences, const Estimate& mean) {
  if (std::all_of(differences.begin(), differences.end(), [](double d) { return d == 0; })) return Verdict::identical;
  if (differences.size() < 2) return Verdict::unknown;
  return mean.low <= 0 && mean.high >= 0 ? Verdict::within_noise : Verdict::differs;
}
}  // namespace

double student_factor(double confidence, std::size_t count) {
  return boost::math::quantile(boost::math::students_t(static_cast<double>(count - 1)), 0.5 + 0.5 * confidence);
}

Estimate mean_estimate(std::span<const double> values, double confidence) {
  if (values.empty()) return {nan, nan, nan};
  const double mean = mean_of(values);
  if (values.size() < 2) return {mean, nan, nan};
  const double half = student_factor(confidence, values.size()) * std::sqrt(variance_of(values) / static_cast<double>(values.size()));
  return {mean, mean - half, mean + half};
}

Paired compare_pairs(std::span<const double> baseline, std::span<const double> other, double confidence) {
  std::vector<double> a, b, difference, residual;
  for (std::size_t r = 0; r < std::min(baseline.size(), other.size()); ++r) {
    if (std::isnan(baseline[r]) || std::isnan(other[r])) continue;
    a.push_back(baseline[r]);
    b.push_back(other[r]);
    difference.push_back(other[r] - baseline[r]);
  }
  Paired paired;
  paired.pairs = a.size();
  paired.variance_ratio = nan;
  paired.relative = {nan, nan, nan};
  paired.difference = mean_estimate(difference, confidence);
  if (a.empty()) {
    paired.baseline = paired.other = nan;
    return paired;
  }
  paired.baseline = mean_of(a);
  paired.other = mean_of(b);
  paired.verdict = verdict_of(difference, paired.difference);
  if (paired.baseline != 0) {  // b/a - 1 has, to first order, the spread of (b - ratio a) / mean a
    const double ratio = paired.other / paired.baseline;
    for (std::size_t r = 0; r < a.size(); ++r) residual.push_back((b[r] - ratio * a[r]) / std::abs(paired.baseline));
    const Estimate spread = mean_estimate(residual, confidence);
    paired.relative = {ratio - 1, ratio - 1 + (spread.low - spread.value), ratio - 1 + (spread.high - spread.value)};
  }
  if (a.size() < 2) return paired;
  if (const double together = variance_of(difference); together > 0) paired.variance_ratio = (variance_of(a) + variance_of(b)) / together;
  return paired;
}

}  // namespace spillway
