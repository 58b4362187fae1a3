// The method table: one row for each way of telling which factor matters, with the designs that it needs.
#include "analysis/sensitivity.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/indices.hpp"
#include "base/error.hpp"
#include "base/suggest.hpp"

namespace spillway {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr SensitivityIndex nothing{nan, nan, nan}, zero{0, 0, 0};

struct MethodRow {
  SensitivityMethod method;
  std::vector<std::string> designs;
  void (*find)(const SweepData&, const OutcomeData&, Finding);
  std::vector<SensitivityIndex FactorInfluence::*> members;  ///< that it fills
};

const std::vector<MethodRow>& method_table() {
  using F = FactorInfluence;
  static const std::vector<MethodRow> table{
      {SensitivityMethod::morris, {"morris"}, morris_indices, {&F::mu, &F::mu_star, &F::sigma}},
      {SensitivityMethod::sobol, {"saltelli"}, sobol_indices, {&F::first, &F::total}},
      {SensitivityMethod::prcc, {"latin_hypercube", "random", "sobol", "file"}, prcc_indices, {&F::correlation}},
  };
  return table;
}

bool suits(const MethodRow& row, const std::string& design) {
  return std::find(row.designs.begin(), row.designs.end(), design) != row.designs.end();
}

const MethodRow& method_for(const std::string& design, const std::optional<SensitivityMethod>& wanted) {
  std::string all;
  for (const MethodRow& row : method_table()) {
    if (wanted ? row.method == *wanted && suits(row, design) : suits(row, design)) return row;
    all += fmt::format("{}{} takes {}", all.empty() ? "" : "; ", to_text(row.method), fmt::join(row.designs, ", "));
  }
  throw InputError(fmt::format("{} cannot be had from the design {}: {}", wanted ? to_text(*wanted) : "a sensitivity", design, all));
}

std::vector<std::string> chosen_outcomes(const Recording& sweep, const std::vector<std::string>& wanted) {
  const std::vector<std::string> all = sweep_outcomes(sweep);
  for (const std::string& name : wanted)
    if (std::find(all.begin(), all.end(), name) == all.end()) {
      const std::string meant = nearest(name, all);
      throw InputError(fmt::format("the sweep has no outcome '{}'{}; it has {}", name,
                                   meant.empty() ? "" : fmt::format(", did you mean '{}'?", meant), fmt::join(all, ", ")));
    }
  return wanted.empty() ? all : wanted;
}

void check(const SensitivityOptions& options) {
  if (!(options.confidence > 0 && options.confidence < 1))
    throw InputError(fmt::format("confidence {} lies outside (0, 1); 0.95 is usual", options.confidence));
  if (options.resamples < 2 || options.resamples > 1'000'000)
    throw InputError(fmt::format("{} resamples lie outside 2 to 1,000,000; 1000 are usual", options.resamples));
}

void describe_values(const OutcomeData& outcome, OutcomeSensitivity& out) {
  double count = 0, sum = 0, squares = 0;
  for (const double y : outcome.means)
    if (!std::isnan(y)) sum += y, ++count;
  out.mean = count > 0 ? sum / count : nan;
  for (const double y : outcome.means)
    if (!std::isnan(y)) squares += (y - out.mean) * (y - out.mean);
  out.deviation = count > 1 ? std::sqrt(squares / (count - 1)) : nan;
}

void warn_of_noise(const OutcomeData& outcome, std::size_t replicates, std::vector<std::string>& warnings) {
  // Chosen: luck enters the total index of each factor with its share of the variance, so at a tenth one without influence shows 0.1.
  constexpr double loudest = 0.1;
  if (outcome.noise > loudest)
    warnings.push_back(
        fmt::format("{}: {:.0f} % of the variance between points is luck, which hides small influences and, unless points "
                    "share their luck, looks like one. Take more than {} replicates.",
                    outcome.name, 100 * outcome.noise, replicates));
}

OutcomeSensitivity find_one(const SweepData& data, const OutcomeData& outcome, const MethodRow& method,
                            std::vector<std::string>& warnings) {
  OutcomeSensitivity out;
  out.outcome = outcome.name;
  out.long_name = outcome.long_name;
  out.unit = outcome.unit;
  out.noise = outcome.noise;
  describe_values(outcome, out);
  for (const SweepFactor& factor : data.factors)
    out.factors.push_back({factor.name, factor.lever, nothing, nothing, nothing, nothing, nothing, nothing});
  const std::size_t known = outcome.means.size() - outcome.missing;
  if (known > 1 && is_constant(outcome.means)) {
    out.rows = known;
    for (FactorInfluence& factor : out.factors)
      for (const auto member : method.members) factor.*member = zero;
    if (method.method == SensitivityMethod::sobol && data.second_order)
      for (std::size_t i = 0; i < data.factors.size(); ++i)
        for (std::size_t j = i + 1; j < data.factors.size(); ++j)
          out.interactions.push_back({data.factors[i].name, data.factors[j].name, zero});
    warnings.push_back(fmt::format("{}: it is {} at every point, so no factor moves it.", outcome.name, out.mean));
    return out;
  }
  method.find(data, outcome, {out, warnings});
  warn_of_noise(outcome, data.replicates, warnings);
  return out;
}

bool says_something(const OutcomeSensitivity& outcome, const MethodRow& method) {
  return std::any_of(outcome.factors.begin(), outcome.factors.end(),
                     [&](const FactorInfluence& factor) { return !std::isnan((factor.*method.members[0]).value); });
}
}  // namespace

Sensitivity sensitivity_of(const Recording& sweep, const SensitivityOptions& options) {
  require(is_sweep(sweep), "a sensitivity needs a gathered sweep");
  check(options);
  const SweepData data(sweep, options);
  if (data.factors.empty()) throw InputError("the sweep has no factors, so nothing can have an influence");
  const MethodRow& method = method_for(data.design, options.method);
  Sensitivity result;
  result.method = method.method;
  result.confidence = options.confidence;
  result.points = data.points.rows();
  result.replicates = data.replicates;
  for (const std::string& name : chosen_outcomes(sweep, options.outcomes))
    result.outcomes.push_back(find_one(data, OutcomeData(sweep, data, name), method, result.warnings));
  if (std::none_of(result.outcomes.begin(), result.outcomes.end(), [&](const auto& o) { return says_something(o, method); }))
    throw InputError(
        fmt::format("too few points have values for {}:{}", to_text(method.method),
                    result.warnings.empty() ? " the sweep has no outcomes" : fmt::format("\n{}", fmt::join(result.warnings, "\n"))));
  if (data.replicates < 2)
    result.warnings.emplace_back(
        "With one replicate nobody knows how much of this is luck: where points share their luck it holds for that one luck, else luck "
        "counts as influence.");
  return result;
}

}  // namespace spillway
