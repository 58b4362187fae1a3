// The small keys of a study: what is fixed, what is kept, what a run may take.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "input/quantity.hpp"
#include "input/study_draft.hpp"
#include "input/study_tables.hpp"
#include "input/yaml_lines.hpp"

namespace spillway {

namespace {
/// A plain scalar that means the same between brackets as on a line of its own.
std::string scalar_text(const Node& node) {
  const bool plain = !node.quoted && node.text.find_first_of(",[]{}#:\"'\n") == std::string::npos;
  return plain ? node.text : nlohmann::json(node.text).dump();
}

/// The node as --set takes it: "[a, b]", "{on: 2012-01-01}", "null".
std::string flow_text(const Node& node) {
  std::string text;
  switch (node.kind) {
    case NodeKind::null: return "null";
    case NodeKind::scalar: return scalar_text(node);
    case NodeKind::list:
      for (const Node& item : node.items) text += (text.empty() ? "" : ", ") + flow_text(item);
      return "[" + text + "]";
    case NodeKind::map:
      for (const Entry& entry : node.entries) {
        Node key;
        key.text = entry.key;
        text += (text.empty() ? "" : ", ") + scalar_text(key) + ": " + flow_text(entry.value);
      }
      return "{" + text + "}";
  }
  return text;
}

/// A map whose only path leads to a value is one that should have been written in one piece.
std::string in_one_piece(const Entry& entry) {
  if (entry.value.kind == NodeKind::map && !entry.value.entries.empty()) return entry.key + "." + in_one_piece(entry.value.entries[0]);
  return fmt::format("{}: {}", entry.key, flow_text(entry.value));
}

/// Number and unit word of "30 min"; what is wrong, or empty.
std::string read_limit(const std::string& text, const LimitRow& row, double& out) {
  const std::size_t number_end = std::min(text.find_first_not_of("+-0123456789._eE"), text.size());
  std::size_t unit_start = number_end;
  while (unit_start < text.size() && text[unit_start] == ' ') ++unit_start;
  const std::string unit = text.substr(unit_start);
  std::vector<std::string> words;
  for (const auto& [word, factor] : row.units) words.emplace_back(word);
  const std::string way = fmt::format("write it with one of {}, such as {}", fmt::join(words, ", "), row.example);
  const Quantity number = parse_quantity(text.substr(0, number_end), Unit::none);
  if (!number.error.empty()) return number_end == 0 ? fmt::format("'{}' is no limit; {}", text, way) : number.error;
  if (unit.empty()) return fmt::format("'{}' has no unit; {}", text, way);
  for (const auto& [word, factor] : row.units)
    if (word == unit) {
      out = number.value * factor;
      return number.value > 0 ? std::string() : fmt::format("'{}' lets nothing run; {}", text, way);
    }
  return fmt::format("'{}': '{}' is no unit for this; {}", text, unit, way);
}

std::vector<std::string> words_of(const auto& words) { return {words.begin(), words.end()}; }
}  // namespace

std::optional<bool> read_flag(const Node& node, const std::string& path, Reading& reading) {
  const auto word = read_word(node, path, {"true", "false"}, reading);
  return word ? std::optional(*word == 0) : std::nullopt;
}

bool read_common_key(const Entry& entry, StudyDraft& draft) {
  const Node& node = entry.value;
  Study& study = draft.study;
  if (entry.key == "title") {
    if (const auto text = read_text(node, "title", true, draft.reading)) study.title = *text;
  } else if (entry.key == "description") {
    if (const auto text = read_text(node, "description", false, draft.reading)) study.description = *text;
  } else if (entry.key == "scenario") {
    draft.scenario_place = node.place;
    if (const auto path = read_text(node, "scenario", true, draft.reading))
      study.scenario = resolve_path(node.place.source->directory, *path);
  } else if (entry.key == "set") {
    read_sets(node, "set", draft.calibration, study.sets, draft.set_places, draft.reading);
  } else if (entry.key == "limits") {
    read_limits(node, draft);
  } else {
    return false;
  }
  return true;
}

void read_sets(const Node& node, const std::string& path, bool calibration, std::vector<std::string>& sets, std::vector<Place>& places,
               Reading& reading) {
  if (!expect_map(node, path, "keys of the scenario with values such as {population.users: 100_000}", reading)) return;
  for (const Entry& entry : node.entries) {
    const std::string at = path + "." + entry.key;
    const bool nested = entry.key.find('.') == std::string::npos && entry.value.kind == NodeKind::map;
    if (entry.key == "replicate")
      reading.problem(entry.place, at, replicate_problem(calibration, false));
    else if (nested)
      reading.problem(entry.place, at, fmt::format("write the path in one piece: {}", in_one_piece(entry)));
    else if (entry.value.kind == NodeKind::scalar && entry.value.text.empty())
      reading.problem(entry.value.place, at, "is empty; give a value, or null to remove an entry");
    else {
      sets.push_back(entry.key + "=" + flow_text(entry.value));
      places.push_back(entry.value.kind == NodeKind::scalar ? entry.value.place : entry.place);
    }
  }
}

void read_keep(const Node& node, StudyDraft& draft) {
  const auto read = [&](const Node& word, const std::string& at) {
    if (const auto found = read_word(word, at, words_of(keep_words), draft.reading)) draft.study.keep = static_cast<Keep>(*found);
  };
  if (node.kind == NodeKind::scalar) return read(node, "keep");
  if (!expect_map(node, "keep", "one of none, quantiles, all, or {trajectories: all, series: [members]}", draft.reading)) return;
  for (const Entry& entry : node.entries) {
    const std::string at = "keep." + entry.key;
    if (entry.key == "trajectories") {
      read(entry.value, at);
    } else if (entry.key != "series") {
      unknown_key(entry, at, {"trajectories", "series"}, draft.reading);
    } else if (entry.value.kind != NodeKind::list || entry.value.items.empty()) {
      draft.reading.problem(entry.value.place, at, "expected a list of observables such as [monthly_active_users]");
    } else {
      for (std::size_t i = 0; i < entry.value.items.size(); ++i) {
        const Node& item = entry.value.items[i];
        const auto name = read_text(item, fmt::format("{}.{}", at, i), true, draft.reading);
        if (name && std::find(draft.study.series.begin(), draft.study.series.end(), *name) != draft.study.series.end())
          draft.reading.problem(item.place, at, fmt::format("'{}' is given twice; keep one of them", *name));
        else if (name)
          draft.study.series.push_back(*name);
      }
    }
  }
  if (node.find("trajectories") == nullptr)
    draft.reading.problem(node.place, "keep.trajectories", "is missing (which trajectories are kept: none, quantiles or all)");
  else if (draft.study.keep == Keep::none && !draft.study.series.empty())
    draft.reading.problem(node.place, "keep", "names series but keeps none; write trajectories: quantiles, or all");
}

void read_limits(const Node& node, StudyDraft& draft) {
  if (!expect_map(node, "limits", "limits such as {wall: 30 min, memory: 4 GB}", draft.reading)) return;
  std::vector<std::string> known = names_of(limit_rows());
  known.emplace_back("on_failure");
  for (const Entry& entry : node.entries) {
    const std::string at = "limits." + entry.key;
    const auto& rows = limit_rows();
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const LimitRow& r) { return r.name == entry.key; });
    if (entry.key == "on_failure") {
      if (const auto word = read_word(entry.value, at, words_of(failure_words), draft.reading))
        draft.study.limits.on_failure = static_cast<OnFailure>(*word);
    } else if (row == rows.end()) {
      unknown_key(entry, at, known, draft.reading);
    } else if (entry.value.kind != NodeKind::scalar) {
      draft.reading.problem(entry.value.place, at,
                            fmt::format("expected a limit such as {}, got {}", row->example, kind_name(entry.value)));
    } else if (const std::string problem = read_limit(entry.value.text, *row, draft.study.limits.*row->member); !problem.empty()) {
      draft.reading.problem(entry.value.place, at, problem);
    }
  }
}

}  // namespace spillway
