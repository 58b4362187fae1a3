#include "model/ensemble_view.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace spillway {

bool is_ensemble(const Recording& recording) { return recording.attribute("kind") == "comparison"; }

std::vector<std::string> labels(const Recording& recording, std::string_view coordinate) {
  const Variable* variable = recording.find(coordinate);
  if (variable == nullptr || !std::holds_alternative<std::vector<std::string>>(variable->values)) return {};
  return std::get<std::vector<std::string>>(variable->values);
}

std::optional<Date> start_of(const Variable& time) {
  constexpr std::string_view form = "days since ";
  if (!time.unit.starts_with(form)) return {};
  return parse_date(std::string_view(time.unit).substr(form.size(), 10));
}

std::vector<Date> dates(const Recording& recording) {
  const Variable& time = recording.at("time");
  const std::optional<Date> start = start_of(time);
  require(start.has_value(), "the time axis does not say since when it counts");
  std::vector<Date> days;
  for (std::size_t i = 0; i < length(time.values); ++i)
    days.push_back(Date{start->days + static_cast<std::int32_t>(std::floor(value_at(time, i)))});
  return days;
}

Series::Series(const Recording& ensemble, std::string_view path) : variable_(&ensemble.at(path)) {
  const std::vector<std::string>& dims = variable_->dims;
  require(dims.size() >= 3 && dims.size() <= 5 && dims[0] == "world" && dims[2] == "time", "not a series of an ensemble");
  std::size_t all = 1;
  for (std::size_t d = 0; d < dims.size(); ++d) all *= lengths_[d] = length(ensemble.at(dims[d]).values);
  require(all == length(variable_->values), "a series must fill its dimensions");
}

double Series::value(std::size_t world, std::size_t replicate, std::size_t time, std::size_t platform, std::size_t second) const {
  const std::size_t at[] = {world, replicate, time, platform, second};
  std::size_t flat = 0;
  for (std::size_t d = 0; d < 5; ++d) {
    require(at[d] < lengths_[d], "index beyond a series");
    flat = flat * lengths_[d] + at[d];
  }
  return value_at(*variable_, flat);
}

double quantile(std::vector<double> values, double share) {
  std::erase_if(values, [](double v) { return std::isnan(v); });
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const double at = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  const double part = at - static_cast<double>(below);
  return part == 0.0 ? values[below] : values[below] + part * (values[above] - values[below]);
}

}  // namespace spillway
