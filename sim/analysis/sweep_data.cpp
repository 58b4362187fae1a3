#include "analysis/sweep_data.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "base/error.hpp"

namespace spillway {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::size_t number(const Recording& sweep, const char* attribute) {
  return static_cast<std::size_t>(std::strtoull(sweep.attribute(attribute).c_str(), nullptr, 10));
}

std::vector<double> all_values(const Variable& variable) {
  std::vector<double> values(length(variable.values));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = value_at(variable, i);
  return values;
}

double mean_of(std::span<const double> row) {
  double sum = 0;
  std::size_t known = 0;
  for (const double x : row)
    if (!std::isnan(x)) sum += x, ++known;
  return known == 0 ? nan : sum / static_cast<double>(known);
}
}  // namespace

SweepData::SweepData(const Recording& sweep, const SensitivityOptions& how)
    : options(how),
      factors(sweep_factors(sweep)),
      points{factors.size(), all_values(sweep.at("factor_values"))},
      replicates(sweep_replicates(sweep)),
      design(sweep.attribute("design")),
      levels(number(sweep, "design_levels")),
      trajectories(number(sweep, "design_trajectories")),
      samples(number(sweep, "design_samples")),
      second_order(sweep.attribute("design_second_order") == "1") {
  require(points.rows() == sweep_points(sweep), "a sweep must have the factors of each point");
}

OutcomeData::OutcomeData(const Recording& sweep, const SweepData& data, const std::string& outcome) : name(outcome) {
  const Variable& variable = sweep.at(outcome);
  unit = variable.unit;
  long_name = variable.long_name;
  const Matrix runs{data.replicates, all_values(variable)};
  require(runs.rows() == data.points.rows(), "an outcome must have a row for each point");
  for (std::size_t p = 0; p < runs.rows(); ++p) {
    means.push_back(mean_of(runs.row(p)));
    missing += std::isnan(means.back());
  }
  noise = noise_share(runs);
}

double noise_share(const Matrix& runs) {
  std::vector<std::size_t> whole;
  std::vector<double> means, common(runs.columns, 0.0);
  for (std::size_t p = 0; p < runs.rows(); ++p) {
    const auto row = runs.row(p);
    if (std::any_of(row.begin(), row.end(), [](double x) { return std::isnan(x); })) continue;
    whole.push_back(p);
    means.push_back(mean_of(row));
  }
  const auto points = static_cast<double>(whole.size()), replicates = static_cast<double>(runs.columns);
  if (runs.columns < 2 || whole.size() < 2) return nan;
  if (is_constant(means)) return nan;
  for (std::size_t i = 0; i < whole.size(); ++i)
    for (std::size_t r = 0; r < runs.columns; ++r) common[r] += (runs.row(whole[i])[r] - means[i]) / points;
  double rest = 0, between = 0;
  const double middle = mean_of(means);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    between += (means[i] - middle) * (means[i] - middle) / (points - 1);
    for (std::size_t r = 0; r < runs.columns; ++r) {
      const double residual = runs.row(whole[i])[r] - means[i] - common[r];
      rest += residual * residual / ((points - 1) * (replicates - 1));
    }
  }
  return rest / replicates / between;
}

bool is_constant(const std::vector<double>& values) {
  constexpr double rounding = 1e-12;  // chosen: far above a sum's rounding, far below any effect
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (const double x : values)
    if (!std::isnan(x)) low = std::min(low, x), high = std::max(high, x);
  return !(high - low > rounding * std::max(std::abs(low), std::abs(high)));
}

}  // namespace spillway
