#include "analysis/targets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/math.hpp"

namespace spillway {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
constexpr double deviations = 2;  // of a tolerance; chosen: about 19 of 20 rows lie within it where the model is right

std::string dated(const std::string& name, Date date) {
  std::string text = to_text(date);
  std::replace(text.begin(), text.end(), '-', '_');
  return name + "_" + text;
}

Outcome on(Outcome outcome, Date date) {
  outcome.statistic = Statistic::at;
  outcome.date = date;
  outcome.text += "@" + to_text(date);
  return outcome;
}

Outcome above(Outcome outcome, double level) {
  outcome.statistic = Statistic::first_above;
  outcome.level = level;
  outcome.text += fmt::format(".first_above({})", level);
  return outcome;
}
}  // namespace

Targets::Targets(const Calibration& calibration, Date start) : calibration_(calibration), data_(data_of(calibration)), start_(start) {
  for (std::size_t i = 0; i < data_.size(); ++i) add(i);
}

void Targets::add(std::size_t i) {
  const Target& t = target(i);
  const TargetRow& r = row(i);
  const std::string name = dated(t.name, r.date);
  value_.push_back(place_of(t.kind == ToleranceKind::days ? above(t.outcome, r.value) : on(t.outcome, r.date), name));
  over_.push_back(t.over ? place_of(on(*t.over, r.date), name + "_over") : none);
  reached_.push_back(t.or_days > 0 && !t.over ? place_of(above(t.outcome, r.value), name + "_reached") : none);
}

/// Targets may ask for the same number.
std::size_t Targets::place_of(Outcome outcome, const std::string& name) {
  const auto same = std::find_if(outcomes_.begin(), outcomes_.end(), [&](const Outcome& o) { return o.text == outcome.text; });
  if (same != outcomes_.end()) return static_cast<std::size_t>(same - outcomes_.begin());
  outcome.name = name;
  outcomes_.push_back(std::move(outcome));
  return outcomes_.size() - 1;
}

std::size_t Targets::fitted() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < size(); ++i) count += weight(i) > 0 ? 1 : 0;
  return count;
}

double Targets::aim(std::size_t i) const {
  return target(i).kind == ToleranceKind::days ? static_cast<double>(row(i).date.days - start_.days) : row(i).value;
}

std::vector<double> Targets::values(std::span<const double> outcomes) const {
  std::vector<double> values;
  for (std::size_t i = 0; i < size(); ++i) {
    const double over = over_[i] == none ? 1 : outcomes[over_[i]];
    values.push_back(over == 0 ? nan : outcomes[value_[i]] / over);
  }
  return values;
}

double Targets::residual(std::size_t i, double value) const {
  const Target& t = target(i);
  const double unit = t.tolerance / deviations;
  if (std::isnan(value)) return t.kind == ToleranceKind::days ? farthest : nan;
  if (t.kind == ToleranceKind::relative) return value <= 0 ? -farthest : std::clamp(log_d(value / aim(i)) / unit, -farthest, farthest);
  return std::clamp((value - aim(i)) / unit, -farthest, farthest);
}

std::vector<double> Targets::residuals(std::span<const double> outcomes) const {
  std::vector<double> all = values(outcomes);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = residual(i, all[i]);
  return all;
}

double Targets::value_at(std::size_t i, double residual) const {
  const double unit = target(i).tolerance / deviations;
  return target(i).kind == ToleranceKind::relative ? aim(i) * exp_d(residual * unit) : aim(i) + residual * unit;
}

double Targets::days_late(std::size_t i, std::span<const double> outcomes) const {
  return reached_[i] == none ? nan : outcomes[reached_[i]] - static_cast<double>(row(i).date.days - start_.days);
}

bool Targets::met(std::size_t i, double value, double days_late) const {
  const double away = target(i).kind == ToleranceKind::relative ? std::abs(value / aim(i) - 1) : std::abs(value - aim(i));
  return away <= target(i).tolerance || std::abs(days_late) <= target(i).or_days;
}

double misfit(const Targets& targets, std::span<const double> residuals) {
  double sum = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const double r = std::isnan(residuals[i]) ? farthest : residuals[i];
    sum += targets.weight(i) * r * r;
  }
  return sum;
}

}  // namespace spillway
