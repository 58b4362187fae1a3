// Which points are run: `design: grid`, `design: {sobol: {samples: 64}}`, `design: {file: design.csv}`.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>

#include "base/suggest.hpp"
#include "input/study_draft.hpp"
#include "input/study_tables.hpp"

namespace spillway {

namespace {
constexpr double most_points = 1e7;  // chosen: no design of that size was ever run

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const DesignRow& row : design_rows_table()) names.emplace_back(to_text(row.kind));
  return names;
}

const DesignRow* row_named(const std::string& name) {
  for (const DesignRow& row : design_rows_table())
    if (to_text(row.kind) == name) return &row;
  return nullptr;
}

/// "{sobol: {samples: 64}}": the shortest form that is complete.
std::string example(const DesignRow& row) {
  if (row.kind == DesignKind::file) return "{file: design.csv}";
  std::string options;
  for (const DesignOption& option : row.options)
    if (option.required)
      options += fmt::format("{}{}: {}", options.empty() ? "" : ", ", option.name, row.kind == DesignKind::morris ? 20 : 64);
  return options.empty() ? std::string(to_text(row.kind)) : fmt::format("{{{}: {{{}}}}}", to_text(row.kind), options);
}

void unknown_design(const Place& place, const std::string& word, Reading& reading) {
  const std::string near = nearest(word, kind_names());
  const std::string way = word.ends_with(".csv") ? fmt::format("; did you mean {{file: {}}}?", word)
                          : near.empty()         ? ""
                                                 : fmt::format("; did you mean '{}'?", near);
  reading.problem(place, "design", fmt::format("'{}' is not one of {}{}", word, fmt::join(kind_names(), ", "), way));
}

void read_option(const DesignOption& option, const Node& node, const std::string& at, StudyDraft& draft) {
  if (option.flag != nullptr) {
    if (const auto flag = read_flag(node, at, draft.reading)) draft.study.design.*option.flag = *flag;
  } else if (const auto number =
                 read_whole(node, at, {Unit::none, {option.low, option.high}, FieldFlag::none, option.meaning}, draft.reading)) {
    draft.study.design.*option.number = static_cast<std::uint64_t>(*number);
  }
}

void read_file_design(const Node& node, const std::string& at, StudyDraft& draft) {
  const auto name = read_text(node, at, true, draft.reading);
  if (!name) return;
  draft.study.design.path = resolve_path(node.place.source->directory, *name);
  try {
    read_file(draft.study.design.path, 0);  // its columns are the plan's affair
  } catch (const FileError& error) {
    draft.reading.problem(node.place, at, error.what());
  }
}

void check_options(const Node& options, const std::string& at, StudyDraft& draft) {
  const Design& design = draft.study.design;
  const auto place = [&](std::string_view name) {
    const Entry* entry = options.find(name);
    return entry != nullptr ? entry->value.place : draft.design_place;
  };
  if (design.kind == DesignKind::morris && design.levels % 2 != 0)
    draft.reading.problem(place("levels"), at + ".levels",
                          fmt::format("{} is odd; take an even number, such as {}", design.levels, design.levels + 1));
  const bool sequence = design.kind == DesignKind::sobol || design.kind == DesignKind::saltelli;
  if (sequence && design.samples > 0 && !std::has_single_bit(design.samples))
    draft.reading.notes.push_back(
        issue_at(place("samples"), at + ".samples",
                 fmt::format("{} is no power of two: Sobol's sequence then covers the ranges unevenly; take {} or {}", design.samples,
                             std::bit_floor(design.samples), std::bit_ceil(design.samples))));
}

void read_options(const DesignRow& row, const Node& node, const Place& place, const std::string& at, StudyDraft& draft) {
  if (row.kind == DesignKind::file) return read_file_design(node, at, draft);
  const bool none = node.kind == NodeKind::null;
  if (!none && !expect_map(node, at, fmt::format("options such as {}", example(row)), draft.reading)) return;
  const std::vector<std::string> known = names_of(row.options);
  for (const Entry& entry : node.entries) {
    const auto option = std::find_if(row.options.begin(), row.options.end(), [&](const DesignOption& o) { return o.name == entry.key; });
    const std::string path = fmt::format("{}.{}", at, entry.key);
    if (option != row.options.end())
      read_option(*option, entry.value, path, draft);
    else if (known.empty())
      draft.reading.problem(entry.place, path,
                            fmt::format("unknown key; {} has no options: write design: {}", to_text(row.kind), to_text(row.kind)));
    else
      unknown_key(entry, path, known, draft.reading);
  }
  for (const DesignOption& option : row.options)
    if (option.required && node.find(option.name) == nullptr)
      draft.reading.problem(place, fmt::format("{}.{}", at, option.name),
                            fmt::format("is missing ({}); write design: {}", option.meaning, example(row)));
  check_options(node, at, draft);
}

/// Of a grid, one value more often than once in a list is a slip; in `list` it is a row.
void check_repeats(StudyDraft& draft) {
  for (const FactorDraft& factor : draft.factors) {
    const std::vector<double>& values = factor.factor.distribution.values;
    for (std::size_t i = 1; i < values.size(); ++i)
      if (std::find(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(i), values[i]) !=
          values.begin() + static_cast<std::ptrdiff_t>(i))
        draft.reading.problem(i < factor.trials.size() ? factor.trials[i].place : factor.place, factor.path,
                              fmt::format("{} is given twice; keep one of them", value_text(factor.factor, values[i])));
  }
}

void check_lengths(StudyDraft& draft) {
  const FactorDraft& first = draft.factors.front();
  for (const FactorDraft& factor : draft.factors)
    if (const std::size_t n = factor.factor.distribution.values.size(), of_first = first.factor.distribution.values.size(); n != of_first)
      draft.reading.problem(factor.place, factor.path,
                            fmt::format("has {} values where {} has {}; a list design takes the i-th of each, so give all as many", n,
                                        first.factor.name, of_first));
}

void check_size(StudyDraft& draft) {
  double points = 1;
  for (const FactorDraft& factor : draft.factors) points *= static_cast<double>(factor.factor.distribution.values.size());
  if (points > most_points)
    draft.reading.problem(
        draft.design_place, "design",
        fmt::format("the grid has {:.2g} points, more than {:.0g}; take fewer values, or {{latin_hypercube: {{samples: 1000}}}}", points,
                    most_points));
}
}  // namespace

void read_design(const Node& node, const Place& place, StudyDraft& draft) {
  draft.design_place = place;
  std::string word = node.text;
  const Node nothing;
  const Node* options = &nothing;
  Place at = node.place;
  if (node.kind == NodeKind::map && node.entries.size() == 1) {
    word = node.entries[0].key;
    options = &node.entries[0].value;
    at = node.entries[0].place;
  } else if (node.kind == NodeKind::map && node.entries.size() > 1) {
    const bool loose = row_named(node.entries[0].key) == nullptr;
    return draft.reading.problem(node.entries[1].place, "design",
                                 loose ? "options stand under the name of the design, such as {sobol: {samples: 64, seed: 1}}"
                                       : fmt::format("has both {} and {}; keep one of them", node.entries[0].key, node.entries[1].key));
  } else if (node.kind != NodeKind::scalar) {
    return draft.reading.problem(node.place, "design",
                                 fmt::format("expected a design such as grid or {{sobol: {{samples: 64}}}}, got {}",
                                             node.kind == NodeKind::map ? "an empty map" : kind_name(node)));
  }
  const DesignRow* row = row_named(word);
  if (row == nullptr) return unknown_design(at, word, draft.reading);
  draft.study.design.kind = row->kind;
  if (row->kind == DesignKind::file && node.kind == NodeKind::scalar)
    return draft.reading.problem(at, "design", "does not say which file; write design: {file: design.csv}");
  read_options(*row, *options, at, fmt::format("design.{}", word), draft);
}

void check_design(StudyDraft& draft) {
  const DesignKind kind = draft.study.design.kind;
  const bool lists = design_rows_table()[static_cast<std::size_t>(kind)].lists;
  if (!lists || draft.factors.empty()) return;
  bool sound = true;
  for (const FactorDraft& factor : draft.factors) {
    sound = sound && factor.sound;
    if (!factor.sound || factor.factor.distribution.kind == DistributionKind::values) continue;
    draft.reading.problem(
        factor.place, factor.path,
        fmt::format("has no list of values, which {} needs; write values: {{from: .., to: .., steps: 5}}, or take another design",
                    to_text(kind)));
    sound = false;
  }
  if (kind != DesignKind::list) check_repeats(draft);
  if (sound && kind == DesignKind::list) check_lengths(draft);
  if (sound && kind == DesignKind::grid) check_size(draft);
}

}  // namespace spillway
