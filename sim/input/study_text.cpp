#include "input/study_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "input/quantity.hpp"
#include "input/study.hpp"
#include "input/study_tables.hpp"

namespace spillway::study_text {

namespace {
bool is_plain(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") == std::string_view::npos;
}

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
}  // namespace

std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

std::string word(const std::string& text) { return is_plain(text) && text != "null" ? text : quoted(text); }

std::string head(const Study& study, const std::string& scenario) {
  const std::string base = scenario.empty() ? std::filesystem::path(study.scenario).filename().string() : scenario;
  return fmt::format("title: {}\ndescription: {}\nscenario: {}\n", quoted(study.title), quoted(study.description), quoted(base));
}

std::string sets(const std::string& key, const std::vector<std::string>& assignments, std::size_t indent) {
  if (assignments.empty()) return fmt::format("{:{}}{}: {{}}\n", "", indent, key);
  std::string text = fmt::format("{:{}}{}:\n", "", indent, key);
  for (const std::string& assignment : assignments) {
    const std::size_t equals = assignment.find('=');
    text += fmt::format("{:{}}{}: {}\n", "", indent + 2, word(assignment.substr(0, equals)), assigned(assignment.substr(equals + 1)));
  }
  return text;
}

std::string factors(const std::string& group, const Study& study, bool levers) {
  std::string text;
  for (const Factor& factor : study.factors) {
    if (factor.lever != levers) continue;
    text += fmt::format("  {}:\n", word(factor.name));
    std::vector<std::string> keys;
    for (const std::string& key : factor.keys) keys.push_back(word(key));
    if (factor.keys.size() != 1 || factor.keys[0] != factor.name) text += fmt::format("    keys: [{}]\n", fmt::join(keys, ", "));
    text += fmt::format("    {}\n", form_of(factor));
  }
  return fmt::format("{}:{}{}", group, text.empty() ? " {}\n" : "\n", text);
}

std::string limits(const Limits& limits) {
  std::string text;
  for (const LimitRow& row : limit_rows())
    if (std::isfinite(limits.*row.member)) text += fmt::format("{}: {} {}, ", row.name, limits.*row.member, row.units.front().first);
  return fmt::format("limits: {{{}on_failure: {}}}\n", text, failure_words[static_cast<std::size_t>(limits.on_failure)]);
}

}  // namespace spillway::study_text
