// Single values out of nodes: each function either returns the value or adds one issue and returns nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/field.hpp"
#include "input/yaml.hpp"
#include "model/scenario.hpp"

namespace spillway {

/// Data series by the file they stand in.
using SeriesFiles = std::map<std::string, std::vector<std::pair<Date, double>>>;

/// What reading collects besides the scenario.
struct Reading {
  std::vector<Issue> issues;
  std::vector<std::string> files;             ///< data files that the scenario takes
  std::vector<Issue> notes;                   ///< values that can be used but are hard to believe
  SeriesFiles series;                         ///< data files that were opened and are sound
  const SeriesFiles* known_series = nullptr;  ///< data files that need not be opened again

  void problem(const Place& place, const std::string& path, std::string message) {
    issues.push_back(issue_at(place, path, std::move(message)));
  }
};

/// How one number may be written: the parts of a field row that matter for it.
struct NumberRule {
  Unit unit = Unit::none;
  Range range{};
  FieldFlag flags = FieldFlag::none;
  std::string_view meaning{};
  Range likely{};             ///< values outside of it are noted
  std::string_view source{};  ///< of that range
};

std::optional<double> read_number(const Node& node, const std::string& path, const NumberRule& rule, Reading& reading);
std::optional<double> read_whole(const Node& node, const std::string& path, const NumberRule& rule, Reading& reading);
std::optional<Date> read_date(const Node& node, const std::string& path, Reading& reading);
std::optional<std::string> read_text(const Node& node, const std::string& path, bool required, Reading& reading);
/// Index of the word, which must be one of `words`.
std::optional<std::size_t> read_word(const Node& node, const std::string& path, const std::vector<std::string>& words, Reading& reading);
std::optional<std::vector<Date>> read_dates(const Node& node, const std::string& path, Reading& reading);

/// A number (one point, its date without meaning), {series: file.csv} or {points: {date: value}}.
std::optional<DataSeries> read_series(const Node& node, const std::string& path, const NumberRule& rule, Reading& reading);

/// True for a map; otherwise adds an issue.
bool expect_map(const Node& node, const std::string& path, std::string_view what, Reading& reading);

/// "unknown key; did you mean 'load'?"; `known` in the order of the table.
void unknown_key(const Entry& entry, const std::string& path, const std::vector<std::string>& known, Reading& reading);

/// Names of platforms and interventions become YAML keys, dataset names and parts of dotted paths.
bool good_name(std::string_view name);

}  // namespace spillway
