#include "report/sweep_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "model/ensemble_view.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
constexpr std::string_view statistics[] = {"mean", "max", "min", "sum"};

std::vector<std::string> pieces(const std::string& text) {
  std::vector<std::string> found{""};
  int depth = 0;  // the level of first_above(0.5) may have a point
  for (const char c : text) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == '.' && depth == 0)
      found.emplace_back();
    else
      found.back() += c;
  }
  return found;
}

std::string joined(const std::vector<std::string>& words, std::size_t from) {
  std::string text;
  for (std::size_t i = from; i < words.size(); ++i) text += (text.empty() ? "" : " ") + in_words(words[i]);
  return text;
}

bool is_statistic(const std::string& word) {
  return word.starts_with("first_above(") || word.starts_with("first_below(") ||
         std::find(std::begin(statistics), std::end(statistics), word) != std::end(statistics);
}

/// "at the end", "on average", "on 31 December 2013".
std::string moment(const std::string& statistic) {
  if (statistic == "@end") return "at the end";
  if (statistic == "mean") return "on average";
  if (statistic == "max") return "at the highest";
  if (statistic == "min") return "at the lowest";
  if (statistic == "sum") return "added up";
  const auto day = parse_date(std::string_view(statistic).substr(std::min<std::size_t>(1, statistic.size())));
  return day ? "on " + day_of(*day) : statistic;
}

void add_platform_of_key(const std::string& key, std::vector<std::string>& names) {
  const std::vector<std::string> words = pieces(key);
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i] == "platforms") names.push_back(words[i + 1]);
}

/// What platforms a sweep speaks of: its own coordinate, those that its keys set, and the first label of each outcome.
std::vector<std::string> platform_names(const Recording& sweep) {
  std::vector<std::string> names = labels(sweep, "platform");
  for (const std::string& factor : labels(sweep, "factor")) {
    add_platform_of_key(factor, names);
    const std::string keys = sweep.at(factor).attribute("keys");
    for (std::size_t at = 0; at < keys.size();) {
      const std::size_t end = std::min(keys.find(' ', at), keys.size());
      add_platform_of_key(keys.substr(at, end - at), names);
      at = end + 1;
    }
  }
  for (const std::string& outcome : sweep_outcomes(sweep)) {
    const OutcomeText parts = outcome_parts(sweep.at(outcome).attribute("outcome"));
    if (!parts.labels.empty()) names.push_back(parts.labels[0]);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}
}  // namespace

OutcomeText outcome_parts(const std::string& text) {
  OutcomeText parts;
  const std::size_t at = text.find('@');
  if (at != std::string::npos) parts.statistic = text.substr(at);
  std::vector<std::string> words = pieces(text.substr(0, at));
  if (at == std::string::npos && words.size() > 1 && is_statistic(words.back())) {
    parts.statistic = words.back();
    words.pop_back();
  }
  if (words.size() > 1 && words.back() == "share") {
    parts.share = true;
    words.pop_back();
  }
  parts.observable = words[0];
  parts.labels.assign(words.begin() + 1, words.end());
  return parts;
}

SweepWords::SweepWords(const Recording& sweep) {
  std::vector<std::string> texts{sweep.attribute("title"), sweep.attribute("summary")};
  for (const auto& [name, text] : sweep.texts) texts.push_back(text);
  for (const std::string& name : platform_names(sweep)) platforms_.emplace_back(in_words(name), spelled(name, texts));
  std::stable_sort(platforms_.begin(), platforms_.end(), [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

std::string SweepWords::spelled_names(const std::string& words) const {
  std::string text;
  for (std::size_t at = 0; at < words.size();) {
    const auto here = std::find_if(platforms_.begin(), platforms_.end(), [&](const auto& p) { return stands_at(words, at, p.first); });
    text += here == platforms_.end() ? words.substr(at, 1) : here->second;
    at += here == platforms_.end() ? 1 : here->first.size();
  }
  return text;
}

std::string SweepWords::factor(const std::string& name) const {
  const std::vector<std::string> words = pieces(name);
  std::string text;
  if (words.size() >= 3 && words[0] == "interventions") {
    if (words.size() == 3 && words[2] == "on") return "date of “" + spelled_names(in_words(words[1])) + "”";
    const std::size_t set = words[2] == "set" ? 3 : 2;
    std::string key;
    for (std::size_t i = set; i < words.size(); ++i) key += (key.empty() ? "" : ".") + words[i];
    return factor(key) + " in “" + spelled_names(in_words(words[1])) + "”";
  }
  if (words.size() >= 3 && words[0] == "platforms") return spelled_names(in_words(words[1])) + "’s " + spelled_names(joined(words, 2));
  return spelled_names(joined(words, 0));
}

std::string SweepWords::outcome(const std::string& name, const std::string& text) const {
  if (name != text) return spelled_names(in_words(name));
  const OutcomeText parts = outcome_parts(text);
  std::string words = (parts.share ? "share of " : "") + in_words(parts.observable);
  for (std::size_t i = 1; i < parts.labels.size(); ++i) words += (i == 1 ? " (" : ", ") + in_words(parts.labels[i]);
  if (parts.labels.size() > 1) words += ")";
  if (!parts.labels.empty()) words = spelled_names(in_words(parts.labels[0])) + "’s " + words;
  const std::size_t open = parts.statistic.find('(');
  if (open == std::string::npos) return parts.statistic.empty() ? words : words + " " + moment(parts.statistic);
  const double level = std::atof(parts.statistic.c_str() + open + 1);
  return fmt::format("the day on which {} first {} {}", words, parts.statistic.starts_with("first_above") ? "exceed" : "fall below",
                     std::abs(level) >= 1e4 ? human_number(level) : fmt::format("{:.4g}", level));
}

std::string short_day(Date date) {
  const std::string month = month_of(date).substr(0, 3), day = day_in_year(date);
  return fmt::format("{} {} {}", day.substr(0, day.find(' ')), month, year_of(date));
}

std::string factor_value_text(const SweepFactor& factor, double value) {
  if (std::isnan(value)) return "unknown";
  if (factor.dates) return short_day(Date{static_cast<std::int32_t>(std::lround(value))});
  if (const auto place = static_cast<std::size_t>(std::max(0.0, value)); !factor.words.empty())
    return place < factor.words.size() ? in_words(factor.words[place]) : "unknown";
  return std::abs(value) >= 1e4 ? human_number(value) : fmt::format("{:.4g}", value);
}

std::string count_word(std::size_t count) {
  constexpr std::string_view words[] = {"no",    "one",   "two",  "three", "four",   "five",  "six",
                                        "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  return count < std::size(words) ? std::string(words[count]) : std::to_string(count);
}

std::string plain_unit(const std::string& unit) {
  struct Row {
    std::string_view unit, words;
  };
  constexpr Row rows[] = {{"1", ""},
                          {"d", "days"},
                          {"min", "minutes"},
                          {"min/d", "minutes a day"},
                          {"CNY", "yuan"},
                          {"CNY/yr", "yuan a year"},
                          {"1/yr", "a year"},
                          {"1/d", "a day"},
                          {"1/min", "a minute"},
                          {"CNY/1000", "yuan per thousand"}};
  for (const Row& row : rows)
    if (row.unit == unit) return std::string(row.words);
  return unit.starts_with("days since") ? "" : unit;
}

}  // namespace spillway
