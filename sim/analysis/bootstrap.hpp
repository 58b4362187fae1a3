// The bootstrap (Efron 1979): rows drawn again with replacement, to see how an estimate moves.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/design.hpp"
#include "model/sensitivity.hpp"

namespace spillway {

/// How often each row is in resample number `resample`; adds up to the number of rows.
void resample_weights(std::uint64_t seed, std::size_t resample, std::span<std::uint32_t> weights);

/// Column means of each resample of the rows of `terms`: resamples x columns. Indices that are functions of means need no more.
/// Independent of the number of threads.
Matrix resampled_means(const Matrix& terms, std::size_t resamples, std::uint64_t seed);

/// Column means themselves.
std::vector<double> column_means(const Matrix& terms);

/// With the percentile interval: quantiles (1 -+ confidence) / 2 of the resampled values, NaN left out.
SensitivityIndex with_interval(double value, const std::vector<double>& resampled, double confidence);

}  // namespace spillway
