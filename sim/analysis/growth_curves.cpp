#include "analysis/growth_curves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/minimise.hpp"
#include "base/error.hpp"
#include "base/math.hpp"

namespace spillway {

namespace {
double years_between(Date from, Date to) { return static_cast<double>(to.days - from.days) / days_per_year; }

/// log(1 + e^x).
double log_one_plus_exp(double x) { return x > 0 ? x + log_d(1 + exp_d(-x)) : log_d(1 + exp_d(x)); }

struct Value {
  double years;  // since the launch
  double log_value;
};

/// A curve's shape under m = 1, by two numbers that hardly depend on each other: rate, and the place on the S where the last value is.
/// Both curves are 1 / (1 + e^-(b (t - T) + place)), Bass's times (1 - e^-bt), with b = p + q and q / p = e^(bT - place).
struct Shape {
  double log_rate;
  double place;
};

// Rates in 1/year: a factor of e^50 a year is beyond anything, and below 0.001 nothing moves in a lifetime. Place: shares from
// 1.4e-11 to all but that. All chosen, wide.
constexpr double least_rate = 0.001, most_rate = 50, farthest_place = 25;
constexpr double most_turns = 600;  // rate x years, so that q / p stays a number

class Fit {
 public:
  Fit(GrowthCurve curve, std::vector<Value> values, double ceiling)
      : bass_(curve == GrowthCurve::bass),
        values_(std::move(values)),
        last_(values_.back().years),
        log_ceiling_(log_d(ceiling)),
        m_given_(values_.size() < values_needed_for_m) {
    low_ = {log_d(least_rate), -farthest_place};
    high_ = {log_d(std::min(most_rate, most_turns / std::max(1.0, std::abs(last_)))), farthest_place};
  }

  bool m_given() const { return m_given_; }
  double log_m(Shape s) const {
    if (m_given_) return log_ceiling_;
    double sum = 0;
    for (const Value& v : values_) sum += v.log_value - log_share(s, v.years);
    return std::min(log_ceiling_, sum / static_cast<double>(values_.size()));
  }

  /// Of the best m for the shape: m enters the logarithm as a sum, so that the best one is a mean, cut off at the ceiling.
  double squares(Shape s) const {
    const double m = log_m(s);
    double sum = 0;
    for (const Value& v : values_) {
      const double rest = v.log_value - m - log_share(s, v.years);
      sum += rest * rest;
    }
    return sum;
  }

  Shape best() const {
    MinimiseOptions options;
    options.evaluations = 2000;
    options.step = 0.5 / cells;
    options.tolerance = 1e-9;
    const auto value = [this](std::span<const double> x) { return squares({x[0], x[1]}); };
    Minimum least;
    for (const std::vector<double>& start : starts()) {
      Minimum found = minimise(value, start, low_, high_, options);
      if (least.at.empty() || found.value < least.value) least = std::move(found);
    }
    return {least.at[0], least.at[1]};
  }

  std::vector<double> parameters(Shape s) const {
    const double m = exp_d(log_m(s)), rate = exp_d(s.log_rate);
    if (!bass_) return {m, rate, last_ - s.place / rate};
    const double p = rate / (1 + exp_d(rate * last_ - s.place));
    return {m, p, rate - p};
  }

 private:
  static constexpr std::size_t values_needed_for_m = 4;
  static constexpr int cells = 40, kept = 5;

  double log_share(Shape s, double years) const {
    const double rate = exp_d(s.log_rate), turns = rate * (years - last_) + s.place;
    return -log_one_plus_exp(-turns) + (bass_ ? log_d(1 - exp_d(-rate * years)) : 0.0);
  }

  /// The best of a grid's cells.
  std::vector<std::vector<double>> starts() const {
    std::vector<std::pair<double, std::vector<double>>> all;
    for (int i = 0; i < cells; ++i)
      for (int j = 0; j < cells; ++j) {
        const std::vector<double> at{low_[0] + (i + 0.5) / cells * (high_[0] - low_[0]),
                                     low_[1] + (j + 0.5) / cells * (high_[1] - low_[1])};
        all.emplace_back(squares({at[0], at[1]}), at);
      }
    std::ranges::sort(all);
    std::vector<std::vector<double>> starts;
    for (int i = 0; i < kept; ++i) starts.push_back(all[static_cast<std::size_t>(i)].second);
    return starts;
  }

  bool bass_;
  std::vector<Value> values_;
  double last_, log_ceiling_;
  bool m_given_;
  std::vector<double> low_, high_;
};

void check(GrowthCurve curve, std::span<const DatedValue> values, Date launch, double ceiling) {
  constexpr std::size_t least = 2;
  const std::string_view name = to_text(curve);
  if (values.size() < least) throw InputError(fmt::format("{}: {} values; at least {} are needed", name, values.size(), least));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const DatedValue& v = values[i];
    if (!(v.value > 0) || std::isinf(v.value))
      throw InputError(fmt::format("{}: the value of {} is {}, not positive", name, to_text(v.date), v.value));
    if (i > 0 && v.date <= values[i - 1].date)
      throw InputError(fmt::format("{}: {} follows {}; dates must rise", name, to_text(v.date), to_text(values[i - 1].date)));
    if (curve == GrowthCurve::bass && v.date <= launch)
      throw InputError(fmt::format("{}: a value of {} is not after the launch, {}", name, to_text(v.date), to_text(launch)));
  }
  if (curve != GrowthCurve::last_growth && (!(ceiling > 0) || std::isinf(ceiling)))
    throw InputError(fmt::format("{}: a ceiling of {} is not positive", name, ceiling));
}

FittedCurve last_growth(std::span<const DatedValue> values) {
  const DatedValue &before = values[values.size() - 2], &last = values.back();
  const double factor = pow_d(last.value / before.value, 1 / years_between(before.date, last.date));
  return {GrowthCurve::last_growth, last.date, {last.value, factor}, 0, 0};
}

FittedCurve fitted(GrowthCurve curve, std::span<const DatedValue> values, Date launch, double ceiling) {
  std::vector<Value> logs;
  for (const DatedValue& v : values) logs.push_back({years_between(launch, v.date), log_d(v.value)});
  const Fit fit(curve, std::move(logs), ceiling);
  return {curve, launch, fit.parameters(fit.best()), fit.m_given() ? ceiling : 0, 0};
}

double deviation_of(const FittedCurve& curve, std::span<const DatedValue> values) {
  double squares = 0;
  for (const DatedValue& v : values) {
    const double rest = log_d(v.value / curve.at(v.date));
    squares += rest * rest;
  }
  return std::sqrt(squares / static_cast<double>(values.size()));
}
}  // namespace

std::string_view to_text(GrowthCurve curve) {
  switch (curve) {
    case GrowthCurve::bass: return "bass";
    case GrowthCurve::logistic: return "logistic";
    case GrowthCurve::last_growth: return "last_growth";
  }
  return {};
}

double FittedCurve::at(Date date) const {
  const double t = years_between(origin, date);
  const std::vector<double>& x = parameters;
  switch (curve) {
    case GrowthCurve::bass: return t > 0 ? x[0] * (1 - exp_d(-(x[1] + x[2]) * t)) / (1 + x[2] / x[1] * exp_d(-(x[1] + x[2]) * t)) : 0.0;
    case GrowthCurve::logistic: return x[0] / (1 + exp_d(-x[1] * (t - x[2])));
    case GrowthCurve::last_growth: return x[0] * pow_d(x[1], t);
  }
  return 0;
}

FittedCurve fit_curve(GrowthCurve curve, std::span<const DatedValue> values, Date launch, double ceiling) {
  check(curve, values, launch, ceiling);
  FittedCurve found = curve == GrowthCurve::last_growth ? last_growth(values) : fitted(curve, values, launch, ceiling);
  found.deviation = deviation_of(found, values);
  return found;
}

}  // namespace spillway
