// The study as one canonical text, every default written out.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "input/quantity.hpp"
#include "input/study.hpp"
#include "input/study_tables.hpp"

namespace spillway {

namespace {
/// JSON's double quotes are YAML's.
std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

bool is_plain(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") == std::string_view::npos;
}

std::string word(const std::string& text) { return is_plain(text) && text != "null" ? text : quoted(text); }

/// The value of an assignment: brackets and quotes are YAML already, numbers and dates need no quotes.
std::string assigned(const std::string& value) {
  const bool yaml = value.starts_with('[') || value.starts_with('{') || value.starts_with('"') || value.starts_with('\'');
  const bool safe = value.find_first_of(",[]{}#:\"'\\") == std::string::npos && value.find_first_of("&*!|>%@`?~") != 0;
  return yaml || safe ? value : quoted(value);
}

std::string value_in_study(const Factor& factor, double value) {
  return factor.kind == FactorKind::number ? quantity_text(value, factor.unit) : value_text(factor, value);
}

std::string form_of(const Factor& factor) {
  const Distribution& d = factor.distribution;
  const auto pair = [&](double a, double b) { return fmt::format("[{}, {}]", value_in_study(factor, a), value_in_study(factor, b)); };
  switch (d.kind) {
    case DistributionKind::uniform:
      return fmt::format("{}: {}", factor.kind == FactorKind::date ? "dates" : "uniform", pair(d.low, d.high));
    case DistributionKind::loguniform: return fmt::format("loguniform: {}", pair(d.low, d.high));
    case DistributionKind::normal:  // whole keys have fractions of a mean
      return fmt::format("normal: [{}, {}]", quantity_text(d.mean, factor.unit), quantity_text(d.deviation, factor.unit));
    case DistributionKind::values: break;
  }
  std::vector<std::string> values;
  for (const double value : d.values) values.push_back(value_in_study(factor, value));
  return fmt::format("values: [{}]", fmt::join(values, ", "));
}

std::string factors_text(const Study& study, bool levers) {
  std::string text;
  for (const Factor& factor : study.factors) {
    if (factor.lever != levers) continue;
    text += fmt::format("  {}:\n", word(factor.name));
    std::vector<std::string> keys;
    for (const std::string& key : factor.keys) keys.push_back(word(key));
    if (factor.keys.size() != 1 || factor.keys[0] != factor.name) text += fmt::format("    keys: [{}]\n", fmt::join(keys, ", "));
    text += fmt::format("    {}\n", form_of(factor));
  }
  return fmt::format("{}:{}{}", levers ? "levers" : "uncertainties", text.empty() ? " {}\n" : "\n", text);
}

std::string sets_text(const Study& study) {
  if (study.sets.empty()) return "set: {}\n";
  std::string text = "set:\n";
  for (const std::string& assignment : study.sets) {
    const std::size_t equals = assignment.find('=');
    text += fmt::format("  {}: {}\n", word(assignment.substr(0, equals)), assigned(assignment.substr(equals + 1)));
  }
  return text;
}

std::string design_text(const Design& design) {
  if (design.kind == DesignKind::file)
    return fmt::format("design: {{file: {}}}\n", quoted(std::filesystem::path(design.path).filename().string()));
  const DesignRow& row = design_rows_table()[static_cast<std::size_t>(design.kind)];
  if (row.options.empty()) return fmt::format("design: {}\n", to_text(design.kind));
  std::vector<std::string> options;
  for (const DesignOption& option : row.options)
    options.push_back(option.flag != nullptr ? fmt::format("{}: {}", option.name, design.*option.flag)
                                             : fmt::format("{}: {}", option.name, design.*option.number));
  return fmt::format("design: {{{}: {{{}}}}}\n", to_text(design.kind), fmt::join(options, ", "));
}

std::string keep_text(const Study& study) {
  const std::string_view kept = keep_words[static_cast<std::size_t>(study.keep)];
  if (study.series.empty()) return fmt::format("keep: {}\n", kept);
  std::vector<std::string> series;
  for (const std::string& name : study.series) series.push_back(word(name));
  return fmt::format("keep: {{trajectories: {}, series: [{}]}}\n", kept, fmt::join(series, ", "));
}

std::string limits_text(const Limits& limits) {
  std::string text;
  for (const LimitRow& row : limit_rows())
    if (std::isfinite(limits.*row.member)) text += fmt::format("{}: {} {}, ", row.name, limits.*row.member, row.units.front().first);
  return fmt::format("limits: {{{}on_failure: {}}}\n", text, failure_words[static_cast<std::size_t>(limits.on_failure)]);
}
}  // namespace

std::string resolved_study(const Study& study, const std::string& scenario) {
  const std::string base = scenario.empty() ? std::filesystem::path(study.scenario).filename().string() : scenario;
  std::string text =
      fmt::format("title: {}\ndescription: {}\nscenario: {}\n", quoted(study.title), quoted(study.description), quoted(base));
  text += sets_text(study) + factors_text(study, true) + factors_text(study, false) + design_text(study.design);
  text += fmt::format("replicates: {}\ncommon_random_numbers: {}\noutcomes:\n", study.replicates, study.common_random_numbers);
  const bool named = std::any_of(study.outcomes.begin(), study.outcomes.end(), [](const Outcome& o) { return o.name != o.text; });
  for (const Outcome& outcome : study.outcomes)
    text += fmt::format("  {} {}\n", named ? word(outcome.name) + ":" : "-", quoted(outcome.text));
  return text + keep_text(study) + limits_text(study.limits);
}

}  // namespace spillway
