#include "report/sweep_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "base/error.hpp"
#include "report/chart_table.hpp"
#include "report/sweep_words.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
/// The chart that shows the observable over time knows its unit in words.
const ChartRow* row_of(const std::string& observable) {
  for (const ChartRow& row : chart_rows()) {
    std::istringstream names{std::string(row.observables)};
    for (std::string name; names >> name;)
      if (name == observable) return &row;
  }
  return nullptr;
}

void set_unit(OutcomeColumn& outcome, const Variable& variable) {
  const OutcomeText parts = outcome_parts(variable.attribute("outcome"));
  const ChartRow* row = row_of(parts.observable);
  outcome.unit = plain_unit(variable.unit);
  if (parts.statistic.starts_with("first_")) return;
  outcome.percent = parts.share || (row != nullptr && row->percent);
  if (outcome.percent)
    outcome.unit = "share";
  else if (row != nullptr)
    outcome.unit = std::string(row->unit.substr(0, row->unit.find(" a year")));
}

OutcomeColumn outcome_column(const Recording& sweep, const SweepWords& words, const std::string& name, const SweepTable& table) {
  const Variable& variable = sweep.at(name);
  OutcomeColumn outcome{name, words.outcome(name, variable.attribute("outcome")), variable.long_name, "", false, {}, {}};
  set_unit(outcome, variable);
  require(length(variable.values) == table.points * table.replicates, "an outcome has a value for each run of a sweep");
  for (std::size_t i = 0; i < table.points * table.replicates; ++i) outcome.runs.push_back(value_at(variable, i));
  for (std::size_t p = 0; p < table.points; ++p) {
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t r = 0; r < table.replicates; ++r)
      if (const double x = table.run(outcome, p, r); !std::isnan(x)) sum += x, ++count;
    outcome.means.push_back(count == 0 ? not_known : sum / static_cast<double>(count));
  }
  return outcome;
}
}  // namespace

std::size_t SweepTable::factor_index(const std::string& name) const {
  for (std::size_t f = 0; f < factors.size(); ++f)
    if (factors[f].factor.name == name) return f;
  throw Bug("a sensitivity names a factor that its sweep lacks");
}

SweepTable sweep_table(const Recording& sweep) {
  const SweepWords words(sweep);
  SweepTable table{sweep_points(sweep), sweep_replicates(sweep), sweep.attribute("design"), {}, {}};
  const std::vector<SweepFactor> factors = sweep_factors(sweep);
  const Variable& values = sweep.at("factor_values");
  for (std::size_t f = 0; f < factors.size(); ++f) {
    const Variable& variable = sweep.at(factors[f].name);
    FactorColumn column{factors[f],
                        words.factor(factors[f].name),
                        variable.attribute("keys"),
                        variable.attribute("distribution"),
                        factors[f].lever ? Role::lever : Role::uncertainty,
                        {}};
    for (std::size_t p = 0; p < table.points; ++p) column.values.push_back(value_at(values, p * factors.size() + f));
    table.factors.push_back(std::move(column));
  }
  for (const std::string& name : sweep_outcomes(sweep)) table.outcomes.push_back(outcome_column(sweep, words, name, table));
  return table;
}

std::string outcome_value_text(const OutcomeColumn& outcome, double value) {
  if (std::isnan(value)) return "unknown";
  if (outcome.percent) return percent_with_interval(value, not_known, not_known);
  const std::string number = std::abs(value) >= 1e4 ? human_number(value) : fmt::format("{:.3g}", value);
  return outcome.unit.empty() ? number : number + " " + outcome.unit;
}

}  // namespace spillway
