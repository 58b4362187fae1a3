#include "analysis/bootstrap.hpp"

#include <algorithm>

#include "analysis/study_draws.hpp"
#include "base/parallel.hpp"
#include "model/ensemble_view.hpp"

namespace spillway {

void resample_weights(std::uint64_t seed, std::size_t resample, std::span<std::uint32_t> weights) {
  constexpr std::size_t picks = std::size(Draw{}.word);  // 32 bits each are even enough for a resample
  std::fill(weights.begin(), weights.end(), 0U);
  for (std::size_t i = 0; i < weights.size(); i += picks) {
    const Draw d = study_draw(seed, i / picks, resample, Stream::resample);
    for (std::size_t p = 0; p < std::min(picks, weights.size() - i); ++p) ++weights[pick(weights.size(), 0, d.word[p])];
  }
}

Matrix resampled_means(const Matrix& terms, std::size_t resamples, std::uint64_t seed) {
  Matrix means{terms.columns, std::vector<double>(resamples * terms.columns)};
  const auto count = static_cast<double>(terms.rows());
  for_blocks(resamples, 1, available_threads(), [&](int, std::size_t first, std::size_t last) {
    std::vector<std::uint32_t> weights(terms.rows());
    for (std::size_t b = first; b < last; ++b) {
      resample_weights(seed, b, weights);
      double* mean = means.values.data() + b * terms.columns;
      for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] == 0) continue;
        const double* row = terms.values.data() + i * terms.columns;
        const double weight = weights[i];
        for (std::size_t c = 0; c < terms.columns; ++c) mean[c] += weight * row[c];
      }
      for (std::size_t c = 0; c < terms.columns; ++c) mean[c] /= count;
    }
  });
  return means;
}

std::vector<double> column_means(const Matrix& terms) {
  std::vector<double> means(terms.columns, 0.0);
  for (std::size_t i = 0; i < terms.rows(); ++i)
    for (std::size_t c = 0; c < terms.columns; ++c) means[c] += terms.row(i)[c];
  for (double& mean : means) mean /= static_cast<double>(terms.rows());
  return means;
}

SensitivityIndex with_interval(double value, const std::vector<double>& resampled, double confidence) {
  return {value, quantile(resampled, 0.5 - 0.5 * confidence), quantile(resampled, 0.5 + 0.5 * confidence)};
}

}  // namespace spillway
