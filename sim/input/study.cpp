#include "input/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/suggest.hpp"
#include "input/calibration.hpp"
#include "input/catalogue.hpp"
#include "input/study_draft.hpp"
#include "input/study_tables.hpp"
#include "input/yaml_lines.hpp"

namespace spillway {

namespace {
void unknown_study_key(const Entry& entry, Reading& reading) {
  const std::string separator = separator_problem(entry.key);
  const std::vector<std::string> known = names_of(study_keys);
  const std::string near = nearest(entry.key, known), word = entry.key.substr(0, entry.key.find('.'));
  if (!separator.empty())
    reading.problem(entry.place, entry.key, separator);
  else if (is_scenario_key(word))
    reading.problem(entry.place, entry.key,
                    "is a key of scenarios; fix it in set, such as set: {population.users: 100_000}, or vary it under levers");
  else if (is_calibration_key(entry.key))
    reading.problem(entry.place, entry.key, "is a key of calibrations, which `spillway calibrate` takes; a study has levers and outcomes");
  else
    reading.problem(entry.place, entry.key,
                    near.empty() ? fmt::format("unknown key of a study; known here: {}", fmt::join(known, ", "))
                                 : fmt::format("unknown key; did you mean '{}'?", near));
}

void read_key(const Entry& entry, StudyDraft& draft) {
  const Node& node = entry.value;
  Study& study = draft.study;
  if (read_common_key(entry, draft)) return;
  if (entry.key == "design") {
    read_design(node, entry.place, draft);
  } else if (entry.key == "replicates") {
    const NumberRule rule{Unit::count, {1, most_replicates}, FieldFlag::none, "runs of each point"};
    if (const auto number = read_whole(node, "replicates", rule, draft.reading)) study.replicates = static_cast<std::uint32_t>(*number);
  } else if (entry.key == "common_random_numbers") {
    if (const auto flag = read_flag(node, "common_random_numbers", draft.reading)) study.common_random_numbers = *flag;
  } else if (entry.key == "outcomes") {
    read_outcomes(node, draft);
  } else if (entry.key == "keep") {
    read_keep(node, draft);
  } else if (entry.key != "levers" && entry.key != "uncertainties") {
    unknown_study_key(entry, draft.reading);
  }
}

void check_missing(const Node& root, StudyDraft& draft) {
  const Place top{root.place.source, 1, 1};
  for (const StudyKeyRow& row : study_keys)
    if (row.fallback == "*required*" && root.find(row.name) == nullptr)
      draft.reading.problem(top, std::string(row.name), fmt::format("is missing ({})", row.meaning));
  const Entry *levers = root.find("levers"), *uncertainties = root.find("uncertainties");
  const auto empty = [](const Entry* group) {
    return group == nullptr || (group->value.kind == NodeKind::map && group->value.entries.empty());
  };
  if (empty(levers) && empty(uncertainties))
    draft.reading.problem(levers != nullptr ? levers->place : top, "levers",
                          "nothing varies; give levers or uncertainties, such as levers: {platforms.weibo.ads.load: [0, 0.1]}");
}

void read_study(const Node& root, StudyDraft& draft) {
  if (root.kind == NodeKind::null)
    return draft.reading.problem({root.place.source, 0, 0}, {}, "the file is empty; start from scenarios/sweeps/ad_load_by_ban.yaml");
  if (!expect_map(root, {}, "a map of keys such as scenario, levers, design, outcomes", draft.reading)) return;
  for (const Entry& entry : root.entries) read_key(entry, draft);
  for (const std::string_view group : {"levers", "uncertainties"})
    if (const Entry* entry = root.find(group)) read_factors(entry->value, std::string(group), group == "levers", draft);
  check_missing(root, draft);
}

std::string folder_of(const std::string& path) { return std::filesystem::path(path).parent_path().string(); }

StudyDraft read_draft(const SourcePtr& source, const std::vector<std::string>& sets) {
  Tree tree;
  tree.root = parse_yaml(source);
  if (!tree.root.place.source) tree.root.place.source = source;
  for (const std::string& assignment : sets)
    if (is_study_key(first_word(assignment))) apply_to_study(tree, assignment);
  StudyDraft draft;
  draft.reading.issues = std::move(tree.issues);
  read_study(tree.root, draft);
  for (const std::string& assignment : sets)
    if (!is_study_key(first_word(assignment))) add_set(assignment, draft);
  check_names(draft);
  check_design(draft);
  return draft;
}
}  // namespace

LoadedStudy load_study(const std::string& path, const std::vector<std::string>& sets) {
  std::string text = read_file(path, largest_yaml);
  StudyDraft draft = read_draft(make_source(path, folder_of(path), text, largest_yaml), sets);
  StudyBase base = load_base(draft);
  check_against_base(base, draft);
  std::vector<std::string> files{path};
  if (base.loaded) files.insert(files.end(), base.loaded->files.begin(), base.loaded->files.end());
  if (!draft.study.design.path.empty()) files.push_back(draft.study.design.path);
  if (!draft.reading.issues.empty()) {
    sort_by_place(draft.reading.issues, files);
    throw InputError(std::move(draft.reading.issues));
  }
  Study& study = draft.study;
  for (FactorDraft& factor : draft.factors) study.factors.push_back(std::move(factor.factor));
  if (study.title.empty()) study.title = base.loaded->scenario.title;
  std::vector<Issue> notes = std::move(draft.reading.notes);
  notes.insert(notes.end(), base.loaded->notes.begin(), base.loaded->notes.end());
  sort_by_place(notes, files);
  std::vector<double> values = values_in(base.loaded->scenario, study.factors);
  return {std::move(study), std::move(*base.loaded), std::move(*base.scenarios), std::move(values),
          std::move(text),  folder_of(path),         std::move(files),           std::move(notes)};
}

bool is_study_key(std::string_view word) {
  return std::any_of(study_keys.begin(), study_keys.end(), [&](const StudyKeyRow& row) { return row.name == word; });
}

bool is_scenario_key(std::string_view word) {
  const auto& keys = catalogue().children;
  return word == "extends" || std::any_of(keys.begin(), keys.end(), [&](const Key& key) { return key.name == word; });
}

bool is_study_file(const std::string& path) {
  if (is_calibration_file(path)) return false;  // it has some of a study's keys
  Node root;
  try {
    root = parse_yaml(make_source(path, {}, read_file(path, largest_yaml), largest_yaml));
  } catch (const InputError&) {
    return false;  // whoever loads it will hear why
  } catch (const FileError&) {
    return false;
  }
  int of_studies = 0, of_scenarios = 0;
  for (const Entry& entry : root.entries) {
    const bool study = is_study_key(entry.key), scenario = is_scenario_key(entry.key);
    of_studies += study && !scenario ? 1 : 0;
    of_scenarios += scenario && !study ? 1 : 0;
  }
  return of_studies > of_scenarios;
}

}  // namespace spillway
