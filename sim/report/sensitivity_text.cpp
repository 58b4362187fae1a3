#include "report/sensitivity_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/comparison_text.hpp"
#include "report/influence.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
struct IndexColumn {
  const char* name;   ///< in JSON
  const char* title;  ///< over the column
  SensitivityIndex FactorInfluence::*index;
};

std::vector<IndexColumn> columns_of(SensitivityMethod method) {
  switch (method) {
    case SensitivityMethod::morris:
      return {
          {"mu_star", "mu*", &FactorInfluence::mu_star}, {"mu", "mu", &FactorInfluence::mu}, {"sigma", "sigma", &FactorInfluence::sigma}};
    case SensitivityMethod::sobol:
      return {{"first", "alone (first)", &FactorInfluence::first}, {"total", "with others (total)", &FactorInfluence::total}};
    case SensitivityMethod::prcc: break;
  }
  return {{"correlation", "correlation", &FactorInfluence::correlation}};
}

/// One scale and one number of decimals for all of a table, so that its numbers can be read down the column.
class Numbers {
 public:
  Numbers(const Sensitivity& sensitivity, const OutcomeSensitivity& outcome) {
    double largest = 0;
    for (const FactorInfluence& f : outcome.factors)
      for (const IndexColumn& column : columns_of(sensitivity.method))
        if (const double v = std::abs((f.*column.index).value); std::isfinite(v)) largest = std::max(largest, v);
    in_outcomes_unit_ = sensitivity.method == SensitivityMethod::morris;
    if (!in_outcomes_unit_) return;
    scale_ = scale_for(largest);
    const double shown = largest / scale_.factor;
    decimals_ = shown > 0 ? std::clamp(2 - static_cast<int>(std::floor(std::log10(shown))), 0, 8) : 0;
  }

  std::string text(const SensitivityIndex& index) const {
    if (std::isnan(index.value)) return "-";
    std::string words = number(index.value);
    if (!std::isnan(index.low) && !std::isnan(index.high)) words += fmt::format(" [{}, {}]", number(index.low), number(index.high));
    return words;
  }
  /// "million", where the numbers stand in it.
  std::string_view word() const { return scale_.word; }
  bool in_outcomes_unit() const { return in_outcomes_unit_; }

 private:
  std::string number(double x) const {
    std::string words = fmt::format("{:.{}f}", x / scale_.factor, decimals_);
    if (words.find_first_not_of("-0.") == std::string::npos && words[0] == '-') words.erase(0, 1);
    return words;
  }

  Scale scale_;
  int decimals_ = 3;
  bool in_outcomes_unit_ = false;
};

std::string head_of(const Sensitivity& s) {
  return fmt::format("{}: {} points{}, {:.3g} % bootstrap intervals\n", capitalised(std::string(method_name(s.method))), s.points,
                     s.replicates > 1 ? fmt::format(" of {} replicates", s.replicates) : ", one run each", 100 * s.confidence);
}

std::string outcome_head(const OutcomeSensitivity& o) {
  const std::string unit = o.unit == "1" || o.unit.empty() ? "" : " " + o.unit;
  std::string text = fmt::format("\n{}\n", o.outcome);
  if (!o.long_name.empty()) text += fmt::format("  {}\n", o.long_name);
  text += fmt::format("  mean {}{}, standard deviation {}{} over {} points", short_number(o.mean), unit, short_number(o.deviation), unit,
                      o.rows);
  if (!std::isnan(o.noise)) text += fmt::format("; luck is {} of that variance", percent_with_interval(o.noise, NAN, NAN));
  return text + "\n";
}

std::string table_of(const Sensitivity& s, const OutcomeSensitivity& o) {
  const std::vector<IndexColumn> columns = columns_of(s.method);
  const Numbers numbers(s, o);
  std::size_t names = 6;  // "factor"
  for (const FactorInfluence& f : o.factors) names = std::max(names, characters(f.factor).size());
  std::vector<std::vector<std::string>> cells{{}};
  std::vector<std::size_t> widths;
  for (const IndexColumn& column : columns) {
    const bool unit = numbers.in_outcomes_unit() && !numbers.word().empty();
    cells[0].push_back(unit ? fmt::format("{}, {}", column.title, numbers.word()) : column.title);
    widths.push_back(cells[0].back().size());
  }
  const std::vector<std::size_t> order = by_influence(s.method, o);
  for (const std::size_t f : order) {
    auto& row = cells.emplace_back();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      row.push_back(numbers.text(o.factors[f].*columns[c].index));
      widths[c] = std::max(widths[c], row.back().size());
    }
  }
  std::string text;
  for (std::size_t r = 0; r < cells.size(); ++r) {
    const std::string name = r == 0 ? "factor" : o.factors[order[r - 1]].factor;
    const std::string role = r == 0 ? "role" : o.factors[order[r - 1]].lever ? "lever" : "uncertainty";
    std::string line = fmt::format("    {}{}  {:<11}", name, std::string(names - characters(name).size(), ' '), role);
    for (std::size_t c = 0; c < columns.size(); ++c) line += fmt::format("  {:<{}}", cells[r][c], widths[c]);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string pairs_of(const Sensitivity& s, const OutcomeSensitivity& o) {
  constexpr std::size_t most = 15;  // as many as the page shows; --json has all
  if (o.interactions.empty()) return {};
  std::string text = "    pairs of factors, beyond what each does alone\n";
  const Numbers numbers(s, o);
  const std::vector<std::size_t> order = by_size(o);
  std::size_t names = 0;
  for (std::size_t i = 0; i < std::min(most, order.size()); ++i)
    names = std::max(names, characters(o.interactions[order[i]].first + o.interactions[order[i]].second).size() + 3);
  for (std::size_t i = 0; i < std::min(most, order.size()); ++i) {
    const Interaction& pair = o.interactions[order[i]];
    const std::string name = pair.first + " x " + pair.second;
    text += fmt::format("      {}{}  {}\n", name, std::string(names - characters(name).size(), ' '), numbers.text(pair.index));
  }
  if (order.size() > most) text += fmt::format("      and {} smaller ones\n", order.size() - most);
  return text;
}

nlohmann::ordered_json number(double x) { return std::isfinite(x) ? nlohmann::ordered_json(x) : nlohmann::ordered_json(nullptr); }
nlohmann::ordered_json index_json(const SensitivityIndex& index) {
  return {{"value", number(index.value)}, {"low", number(index.low)}, {"high", number(index.high)}};
}

nlohmann::ordered_json outcome_json(const Sensitivity& s, const OutcomeSensitivity& o) {
  nlohmann::ordered_json json{{"outcome", o.outcome},
                              {"long_name", o.long_name},
                              {"unit", o.unit},
                              {"mean", number(o.mean)},
                              {"deviation", number(o.deviation)},
                              {"noise", number(o.noise)},
                              {"rows", o.rows},
                              {"factors", nlohmann::ordered_json::array()}};
  for (const FactorInfluence& f : o.factors) {
    nlohmann::ordered_json row{{"factor", f.factor}, {"role", f.lever ? "lever" : "uncertainty"}};
    for (const IndexColumn& column : columns_of(s.method)) row[column.name] = index_json(f.*column.index);
    json["factors"].push_back(std::move(row));
  }
  if (s.method != SensitivityMethod::sobol) return json;
  json["interactions"] = nlohmann::ordered_json::array();
  for (const Interaction& pair : o.interactions)
    json["interactions"].push_back({{"first", pair.first}, {"second", pair.second}, {"index", index_json(pair.index)}});
  return json;
}
}  // namespace

std::string sensitivity_text(const Sensitivity& sensitivity) {
  std::string text = head_of(sensitivity);
  for (const OutcomeSensitivity& outcome : sensitivity.outcomes)
    text += outcome_head(outcome) + table_of(sensitivity, outcome) + pairs_of(sensitivity, outcome);
  if (!sensitivity.warnings.empty()) text += "\n";
  for (const std::string& warning : sensitivity.warnings) text += "warning: " + warning + "\n";
  return text;
}

nlohmann::ordered_json sensitivity_json(const Sensitivity& sensitivity) {
  nlohmann::ordered_json json{{"schema", "spillway-sensitivity/1"},   {"method", to_text(sensitivity.method)},
                              {"confidence", sensitivity.confidence}, {"points", sensitivity.points},
                              {"replicates", sensitivity.replicates}, {"outcomes", nlohmann::ordered_json::array()},
                              {"warnings", sensitivity.warnings}};
  for (const OutcomeSensitivity& outcome : sensitivity.outcomes) json["outcomes"].push_back(outcome_json(sensitivity, outcome));
  return json;
}

}  // namespace spillway
