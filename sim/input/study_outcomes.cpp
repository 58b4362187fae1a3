// Outcomes: OBSERVABLE[.label...][.share] and then what is taken of it over time. Whether the run has such an observable is the
// affair of who runs it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/suggest.hpp"
#include "input/quantity.hpp"
#include "input/study_draft.hpp"
#include "input/study_tables.hpp"

namespace spillway {

namespace {
constexpr std::string_view endings = "@end, @2013-12-31, .mean, .max, .min, .sum, .first_above(1e8) or .first_below(30%)";

/// "first_above" of ".first_above(1e8)", "end" of "@end": the word by which the statistic goes.
std::string word_of(const StatisticRow& row) {
  const std::string_view form = row.form.substr(1);
  return std::string(form.substr(0, form.find('(')));
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t dot = 0; dot != std::string_view::npos; text.remove_prefix(dot == std::string_view::npos ? 0 : dot + 1)) {
    dot = text.find('.');
    parts.emplace_back(text.substr(0, dot));
  }
  return parts;
}

/// What is wrong, or empty.
std::string read_time(const std::string& text, Outcome& outcome) {
  if (text == "end") return {};
  outcome.date = parse_date(text);
  if (outcome.date) return {};
  return fmt::format("@{} is neither @end nor a date of the calendar such as @2013-12-31", text);
}

std::string read_level(std::string_view name, std::string_view text, Outcome& outcome) {
  const Quantity level = parse_quantity(text, Unit::share);  // plain numbers pass, and 30% is 0.3
  outcome.level = level.value;
  return level.error.empty() ? std::string() : fmt::format("'{}' is no level; write {}(1e8) or {}(30%)", text, name, name);
}

const StatisticRow* statistic_named(std::string_view word) {
  for (const StatisticRow& row : statistic_rows)
    if (row.form.starts_with('.') && word_of(row) == word) return &row;
  return nullptr;
}

std::string unknown_statistic(const std::string& word) {
  std::vector<std::string> words;
  for (const StatisticRow& row : statistic_rows)
    if (row.form.starts_with('.')) words.push_back(word_of(row));
  const bool label = word.size() < 3;  // any short word is near to any other
  if (const std::string near = nearest(word, words); !near.empty() && !label)
    return fmt::format("ends in '.{}'; did you mean '.{}'?", word, near);
  return fmt::format("does not say what is taken of the run; add {}", endings);
}

/// The statistic at the end of the text, which loses it.
std::string take_statistic(std::string& text, Outcome& outcome) {
  if (const std::size_t at = text.find('@'); at != std::string::npos) {
    const std::string time = text.substr(at + 1);
    text.erase(at);
    return read_time(time, outcome);
  }
  const bool level = text.ends_with(')') && text.find('(') != std::string::npos;
  const std::size_t open = level ? text.find('(') : text.size();
  const std::size_t dot = text.rfind('.', open);
  const std::string word = dot == std::string::npos ? std::string() : text.substr(dot + 1, open - dot - 1);
  const StatisticRow* row = statistic_named(word);
  if (row == nullptr)
    return dot == std::string::npos ? fmt::format("does not say what is taken of the run; add {}", endings) : unknown_statistic(word);
  outcome.statistic = row->statistic;
  const bool needs_level = row->statistic == Statistic::first_above || row->statistic == Statistic::first_below;
  if (needs_level != level)
    return needs_level ? fmt::format("{} needs a level, such as {}(1e8)", word, word) : fmt::format("{} takes nothing in brackets", word);
  const std::string inside = level ? text.substr(open + 1, text.size() - open - 2) : std::string();
  text.erase(dot);
  return level ? read_level(word, inside, outcome) : std::string();
}

bool is_word(const std::string& text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// What is wrong with the text; empty if it could be read.
std::string parse_outcome(const std::string& written, Outcome& outcome) {
  std::string text = written;
  if (std::string problem = take_statistic(text, outcome); !problem.empty()) return problem;
  std::string problem = parse_observable(text, "@end", outcome);
  outcome.text = written;
  return problem;
}

void add_outcome(const Node& node, const std::string& at, const std::string& name, const Place& place, StudyDraft& draft) {
  const auto text = read_text(node, at, true, draft.reading);
  if (!text) return;
  Outcome outcome;
  outcome.name = name.empty() ? *text : name;
  if (const std::string problem = parse_outcome(*text, outcome); !problem.empty())
    return draft.reading.problem(node.place, at, fmt::format("'{}': {}", *text, problem));
  draft.study.outcomes.push_back(std::move(outcome));
  draft.outcome_places.push_back(place);
}
}  // namespace

std::string parse_observable(const std::string& text, std::string_view ending, Outcome& outcome) {
  outcome.text = text;
  std::vector<std::string> parts = split(text);
  outcome.share = parts.size() > 1 && parts.back() == "share";
  if (outcome.share) parts.pop_back();
  outcome.observable = parts[0];
  outcome.labels.assign(parts.begin() + 1, parts.end());
  if (!is_word(outcome.observable))
    return fmt::format("'{}' is no observable; `spillway describe observables` lists them", outcome.observable);
  for (const std::string& label : outcome.labels)
    if (!good_name(label)) return fmt::format("has an empty part between two points; write such as members.wechat{}", ending);
  if (outcome.share && outcome.labels.empty())
    return fmt::format("is a share of what? Name the platform, such as members.wechat.share{}", ending);
  return {};
}

bool has_statistic(const std::string& text) {
  Outcome ignored;
  std::string rest = text;
  const bool level = text.ends_with(')');
  return level || text.find('@') != std::string::npos || take_statistic(rest, ignored).empty();
}

void read_outcomes(const Node& node, StudyDraft& draft) {
  if (node.kind != NodeKind::list && node.kind != NodeKind::map)
    return draft.reading.problem(
        node.place, "outcomes",
        fmt::format("expected a list such as [members.wechat@end], or a map of names with them, got {}", kind_name(node)));
  if (node.items.empty() && node.entries.empty())
    return draft.reading.problem(node.place, "outcomes", "is empty; name at least one number, such as members.wechat@end");
  for (std::size_t i = 0; i < node.items.size(); ++i)
    add_outcome(node.items[i], fmt::format("outcomes.{}", i), {}, node.items[i].place, draft);
  for (const Entry& entry : node.entries) {
    const std::string at = fmt::format("outcomes.{}", entry.key);
    if (good_name(entry.key))
      add_outcome(entry.value, at, entry.key, entry.place, draft);
    else
      draft.reading.problem(entry.place, at, "is no good name: use 1 to 40 characters without blanks, '.', '/' and '='");
  }
}

}  // namespace spillway
