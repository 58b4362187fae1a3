#include "analysis/cma_es.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/study_draws.hpp"
#include "base/error.hpp"
#include "base/math.hpp"

namespace spillway {

namespace {
constexpr double least_variance = 1e-12;  // so that a column that the cloud does not vary has a root; chosen

std::vector<double> covariance_of(const Matrix& cloud) {
  const std::size_t n = cloud.columns, rows = cloud.rows();
  std::vector<double> mean(n, 0.0), covariance(n * n, 0.0);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < n; ++c) mean[c] += cloud.row(r)[c] / static_cast<double>(rows);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        covariance[i * n + j] += (cloud.row(r)[i] - mean[i]) * (cloud.row(r)[j] - mean[j]) / static_cast<double>(rows - 1);
  for (std::size_t i = 0; i < n; ++i) covariance[i * n + i] += least_variance;
  return covariance;
}

double length(const std::vector<double>& x) {
  double sum = 0;
  for (const double value : x) sum += value * value;
  return std::sqrt(sum);
}

/// Mean length of n normal numbers.
double normal_length(double n) { return std::sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)); }
}  // namespace

CmaEs::CmaEs(std::vector<double> mean, const Matrix& cloud, double step, std::size_t points, std::uint64_t seed)
    : columns_(mean.size()),
      points_(points),
      mean_(std::move(mean)),
      path_(columns_, 0.0),
      step_path_(columns_, 0.0),
      step_(step),
      seed_(seed) {
  if (cloud.rows() < 2 || cloud.columns != columns_)
    throw InputError(fmt::format("search: a cloud of {} points with {} columns about a mean of {}", cloud.rows(), cloud.columns, columns_));
  if (points < 4) throw InputError(fmt::format("search: generations of {} points; at least 4 are needed", points));
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < points / 2; ++i) {
    weights_.push_back(log_d(static_cast<double>(points / 2) + 0.5) - log_d(static_cast<double>(i + 1)));
    sum += weights_.back();
  }
  for (double& weight : weights_) {
    weight /= sum;
    squares += weight * weight;
  }
  effective_ = 1 / squares;
  covariance_ = covariance_of(cloud);
  take_root();
}

/// Cholesky; what rounding made negative counts as the least variance.
void CmaEs::take_root() {
  const std::size_t n = columns_;
  root_.assign(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double rest = covariance_[i * n + j];
      for (std::size_t k = 0; k < j; ++k) rest -= root_[i * n + k] * root_[j * n + k];
      root_[i * n + j] = i == j ? std::sqrt(std::max(rest, least_variance)) : rest / root_[j * n + j];
    }
}

const Matrix& CmaEs::ask() {
  asked_ = moves_ = normals_ = {columns_, {}};
  for (std::size_t p = 0; p < points_; ++p) {
    for (std::size_t c = 0; c < columns_; ++c) {
      const Draw d = study_draw(seed_, generation_ * points_ + p, c, Stream::unit_point);
      normals_.values.push_back(static_cast<double>(normal_quantile_f(static_cast<float>(unit_number(d.word[0], d.word[1])))));
    }
    for (std::size_t i = 0; i < columns_; ++i) {
      double move = 0;
      for (std::size_t j = 0; j <= i; ++j) move += root_[i * columns_ + j] * normals_.row(p)[j];
      moves_.values.push_back(move);
      asked_.values.push_back(mean_[i] + step_ * move);
    }
  }
  return asked_;
}

void CmaEs::tell(std::span<const double> values) {
  std::vector<std::size_t> order(points_);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> in_z(columns_, 0.0), in_x(columns_, 0.0);
  for (std::size_t i = 0; i < weights_.size(); ++i)
    for (std::size_t c = 0; c < columns_; ++c) {
      in_z[c] += weights_[i] * normals_.row(order[i])[c];
      in_x[c] += weights_[i] * moves_.row(order[i])[c];
    }
  for (std::size_t c = 0; c < columns_; ++c) mean_[c] += step_ * in_x[c];
  adapt(in_z, in_x, order);
  ++generation_;
}

void CmaEs::adapt(const std::vector<double>& step_in_z, const std::vector<double>& step_in_x, const std::vector<std::size_t>& order) {
  const auto n = static_cast<double>(columns_);
  const double mu = effective_, for_step = (mu + 2) / (n + mu + 5), for_path = (4 + mu / n) / (n + 4 + 2 * mu / n);
  const double one = 2 / ((n + 1.3) * (n + 1.3) + mu), many = std::min(1 - one, 2 * (mu - 2 + 1 / mu) / ((n + 2) * (n + 2) + mu));
  const double damping = 1 + 2 * std::max(0.0, std::sqrt((mu - 1) / (n + 1)) - 1) + for_step;
  for (std::size_t c = 0; c < columns_; ++c)
    step_path_[c] = (1 - for_step) * step_path_[c] + std::sqrt(for_step * (2 - for_step) * mu) * step_in_z[c];
  const double started = 1 - exp_d(2 * static_cast<double>(generation_ + 1) * log_d(1 - for_step));
  const double stride = length(step_path_) / normal_length(n);
  const bool slow = stride / std::sqrt(started) < 1.4 + 2 / (n + 1);
  for (std::size_t c = 0; c < columns_; ++c)
    path_[c] = (1 - for_path) * path_[c] + (slow ? std::sqrt(for_path * (2 - for_path) * mu) * step_in_x[c] : 0);
  for (std::size_t i = 0; i < columns_; ++i)
    for (std::size_t j = 0; j < columns_; ++j) {
      double selected = 0;
      for (std::size_t k = 0; k < weights_.size(); ++k) selected += weights_[k] * moves_.row(order[k])[i] * moves_.row(order[k])[j];
      double& entry = covariance_[i * columns_ + j];
      entry = (1 - one - many) * entry + one * path_[i] * path_[j] + many * selected;
    }
  step_ *= exp_d(for_step / damping * (stride - 1));
  take_root();
}

}  // namespace spillway
