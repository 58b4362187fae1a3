#include "report/quantity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

namespace spillway {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool is_flow(const Variable& variable) { return variable.dims.size() == 5 && variable.dims[3] == "from"; }

bool is_sum(const Variable& variable) {
  for (const auto& [name, value] : variable.attributes)
    if (name == "cell_methods") return value == "time: sum";
  return false;
}

std::vector<Series> series_of(const Recording& ensemble, std::string_view observables, std::vector<std::string>& names) {
  std::vector<Series> found;
  std::istringstream words{std::string(observables)};
  for (std::string name; words >> name;)
    if (ensemble.find(name) != nullptr) {
      found.emplace_back(ensemble, name);
      names.push_back(name);
    }
  return found;
}

/// Index of a flow's end among the platforms; as many as there are platforms for the outside.
std::vector<std::size_t> platform_of(const Recording& ensemble, const std::string& end) {
  const std::vector<std::string> platforms = labels(ensemble, "platform");
  std::vector<std::size_t> found;
  for (const std::string& place : labels(ensemble, end))
    found.push_back(static_cast<std::size_t>(std::find(platforms.begin(), platforms.end(), place) - platforms.begin()));
  return found;
}
}  // namespace

double known_sum(const std::vector<double>& values) {
  double sum = 0;
  bool known = false;
  for (const double v : values)
    if (!std::isnan(v)) {
      sum += v;
      known = true;
    }
  return known ? sum : nan;
}

Quantity::Quantity(const Recording& ensemble, std::string_view observables) {
  std::vector<std::string> names;
  const std::vector<Series> all = series_of(ensemble, observables, names);
  if (all.empty()) return;
  const Variable& first = all[0].variable();
  const bool own_parts = observables.find(' ') == std::string_view::npos;
  worlds_ = all[0].worlds(), replicates_ = all[0].replicates(), times_ = all[0].times();
  sums_ = is_sum(first);
  flow_ = is_flow(first);
  of_market_ = first.dims.size() == 3;
  platforms_ = of_market_ ? 1 : labels(ensemble, "platform").size();
  if (!own_parts)
    parts_ = names;
  else if (flow_)
    parts_ = labels(ensemble, "platform");
  else if (first.dims.size() == 5)
    parts_ = labels(ensemble, first.dims[4]);
  else
    parts_ = {""};
  values_.assign(worlds_ * replicates_ * times_ * platforms_ * parts_.size(), nan);
  for (std::size_t i = 0; i < all.size(); ++i) take(ensemble, all[i], i, own_parts);
  if (std::none_of(values_.begin(), values_.end(), [](double v) { return v != 0 && !std::isnan(v); })) values_.clear();
}

void Quantity::add(std::size_t world, std::size_t replicate, std::size_t time, std::size_t platform, std::size_t part, double value) {
  if (std::isnan(value)) return;
  double& at = values_[(((world * replicates_ + replicate) * times_ + time) * platforms_ + platform) * parts_.size() + part];
  at = std::isnan(at) ? value : at + value;
}

// People who come from outside the market or go there are no flow between platforms.
void Quantity::take(const Recording& ensemble, const Series& series, std::size_t as_part, bool own_parts) {
  const bool flow = flow_;
  const std::vector<std::size_t> from = flow ? platform_of(ensemble, "from") : std::vector<std::size_t>{},
                                 to = flow ? platform_of(ensemble, "to") : std::vector<std::size_t>{};
  for (std::size_t w = 0; w < worlds_; ++w)
    for (std::size_t r = 0; r < replicates_; ++r)
      for (std::size_t t = 0; t < times_; ++t)
        for (std::size_t a = 0; a < series.platforms(); ++a)
          for (std::size_t b = 0; b < series.seconds(); ++b) {
            if (flow && (from[a] == platforms_ || to[b] == platforms_ || from[a] == to[b])) continue;
            add(w, r, t, flow ? to[b] : a, !own_parts ? as_part : flow ? from[a] : b, series.value(w, r, t, a, b));
          }
}

double Quantity::total(std::size_t world, std::size_t replicate, std::size_t time, std::size_t platform) const {
  std::vector<double> values;
  for (std::size_t p = 0; p < parts_.size(); ++p) values.push_back(value(world, replicate, time, platform, p));
  return known_sum(values);
}

}  // namespace spillway
