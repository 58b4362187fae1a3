#include "analysis/misfits.hpp"

#include <algorithm>
#include <cmath>

namespace spillway {

namespace {
std::vector<std::vector<double>> columns_of(const Matrix& rows) {
  std::vector<std::vector<double>> columns(rows.columns, std::vector<double>(rows.rows()));
  for (std::size_t r = 0; r < rows.rows(); ++r)
    for (std::size_t c = 0; c < rows.columns; ++c) columns[c][r] = rows.row(r)[c];
  return columns;
}
}  // namespace

Misfits::Misfits(const Targets& targets, const Matrix& points, const Matrix& residuals)
    : targets_(targets), surfaces_(points, columns_of(residuals)), discrepancies_(targets.size(), 0.0) {
  for (std::size_t i = 0; i < targets.size(); ++i) errors_.push_back(surfaces_.left_out_deviation(i));
  low_.assign(points.columns, 1);
  high_.assign(points.columns, 0);
  for (std::size_t r = 0; r < points.rows(); ++r)
    for (std::size_t c = 0; c < points.columns; ++c) {
      low_[c] = std::min(low_[c], points.row(r)[c]);
      high_[c] = std::max(high_[c], points.row(r)[c]);
    }
}

std::vector<double> Misfits::residuals(std::span<const double> point) const {
  std::vector<double> all(targets_.size());
  surfaces_.at(point, all);
  return all;
}

double Misfits::median_error() const {
  std::vector<double> fitted;
  for (std::size_t i = 0; i < targets_.size(); ++i)
    if (targets_.weight(i) > 0) fitted.push_back(errors_[i]);
  std::sort(fitted.begin(), fitted.end());
  return fitted.empty() ? 0 : fitted[fitted.size() / 2];
}

double Misfits::widened(std::span<const double> point, std::span<const double> shift) const {
  const std::vector<double> r = residuals(point);
  double sum = 0;
  for (std::size_t i = 0; i < r.size(); ++i) {
    const double away = shift.empty() ? r[i] : r[i] - shift[i];
    if (targets_.weight(i) > 0) sum += targets_.weight(i) * away * away / (1 + errors_[i] * errors_[i]);
  }
  return sum;
}

double Misfits::implausibility(std::span<const double> point) const {
  const std::vector<double> r = residuals(point);
  double largest = 0;
  for (std::size_t i = 0; i < r.size(); ++i) {
    const double variance = 1 + errors_[i] * errors_[i] + discrepancies_[i] * discrepancies_[i];
    if (targets_.weight(i) > 0) largest = std::max(largest, std::abs(r[i]) / std::sqrt(variance));
  }
  return largest;
}

void Misfits::set_best(std::span<const double> point) { discrepancies_ = residuals(point); }

bool Misfits::inside(std::span<const double> point) const {
  for (std::size_t c = 0; c < point.size(); ++c)
    if (!(point[c] >= low_[c] && point[c] <= high_[c])) return false;
  return true;
}

}  // namespace spillway
