// Means over replicates and differences of pairs, with Student's intervals.
#pragma once

#include <cstddef>
#include <span>

#include "model/comparison.hpp"

namespace spillway {

struct Estimate {
  double value = 0, low = 0, high = 0;  ///< NaN bounds with fewer than two values
};

/// Quantile of Student's t for a two-sided interval of the mean of `count` values; `count` >= 2.
double student_factor(double confidence, std::size_t count);

/// Mean of normal values, with the interval mean -+ t s / sqrt(n) (Student 1908).
Estimate mean_estimate(std::span<const double> values, double confidence);

/// Paired values of two worlds, replicate by replicate.
struct Paired {
  std::size_t pairs = 0;  ///< in which both are known
  double baseline = 0, other = 0;
  Estimate difference;        ///< of the mean difference
  Estimate relative;          ///< of the ratio of means, less 1: interval by linearisation (delta method)
  double variance_ratio = 0;  ///< (var a + var b) / var(b - a)
  Verdict verdict = Verdict::unknown;
};
Paired compare_pairs(std::span<const double> baseline, std::span<const double> other, double confidence);

}  // namespace spillway
