#include "model/sweep_view.hpp"

#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "model/ensemble_view.hpp"

namespace spillway {

namespace {
std::vector<std::string> words_in(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    words.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return words;
}
}  // namespace

bool is_sweep(const Recording& recording) { return recording.attribute("kind") == "sweep"; }

std::vector<SweepFactor> sweep_factors(const Recording& sweep) {
  std::vector<SweepFactor> factors;
  for (const std::string& name : labels(sweep, "factor")) {
    const Variable& variable = sweep.at(name);
    factors.push_back({name, variable.attribute("role") == "lever", variable.unit.starts_with("days since"),
                       words_in(variable.attribute("words")), variable.unit, variable.long_name});
  }
  return factors;
}

std::vector<std::string> sweep_outcomes(const Recording& sweep) {
  std::vector<std::string> names;
  for (const Variable& variable : sweep.variables)
    if (!variable.attribute("outcome").empty()) names.push_back(variable.name);
  return names;
}

std::size_t sweep_points(const Recording& sweep) { return length(sweep.at("point").values); }
std::size_t sweep_replicates(const Recording& sweep) { return length(sweep.at("replicate").values); }

double factor_value(const Recording& sweep, std::size_t point, std::size_t factor) {
  const Variable& values = sweep.at("factor_values");
  const std::size_t factors = length(sweep.at("factor").values);
  require(factor < factors, "factor beyond the sweep's");
  return value_at(values, point * factors + factor);
}

double outcome_value_at(const Recording& sweep, const std::string& outcome, std::size_t point, std::size_t replicate) {
  const std::size_t replicates = sweep_replicates(sweep);
  require(replicate < replicates, "replicate beyond the sweep's");
  return value_at(sweep.at(outcome), point * replicates + replicate);
}

double outcome_mean(const Recording& sweep, const std::string& outcome, std::size_t point) {
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t r = 0; r < sweep_replicates(sweep); ++r)
    if (const double x = outcome_value_at(sweep, outcome, point, r); !std::isnan(x)) sum += x, ++count;
  return count == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(count);
}

}  // namespace spillway
