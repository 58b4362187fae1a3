#include "input/calibration.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "base/suggest.hpp"
#include "input/calibration_draft.hpp"
#include "input/calibration_tables.hpp"
#include "input/yaml_lines.hpp"

namespace spillway {

namespace {
void unknown_calibration_key(const Entry& entry, Reading& reading) {
  const auto foreign = std::find_if(study_only_keys.begin(), study_only_keys.end(), [&](const auto& row) { return row.name == entry.key; });
  const std::string separator = separator_problem(entry.key), near = nearest(entry.key, names_of(calibration_keys));
  if (!separator.empty())
    reading.problem(entry.place, entry.key, separator);
  else if (foreign != study_only_keys.end())
    reading.problem(entry.place, entry.key, fmt::format("is a key of studies; {}", foreign->way));
  else if (is_scenario_key(first_word(entry.key)))
    reading.problem(entry.place, entry.key,
                    "is a key of scenarios; fix it in set, such as set: {population.users: 20_000}, or fit it under parameters");
  else
    reading.problem(entry.place, entry.key,
                    near.empty() ? fmt::format("unknown key of a calibration; known here: {}", fmt::join(names_of(calibration_keys), ", "))
                                 : fmt::format("unknown key; did you mean '{}'?", near));
}

void read_key(const Entry& entry, CalibrationDraft& draft) {
  if (read_common_key(entry, draft.study)) return;
  if (entry.key == "targets") {
    read_targets(entry.value, draft);
  } else if (entry.key == "fit_until") {
    draft.fit_until_place = entry.value.place;
    draft.calibration.fit_until = read_date(entry.value, "fit_until", draft.reading());
  } else if (entry.key == "method") {
    read_method(entry.value, draft);
  } else if (entry.key != "parameters" && entry.key != "variants") {
    unknown_calibration_key(entry, draft.reading());
  }
}

void check_missing(const Node& root, Reading& reading) {
  const Place top{root.place.source, 1, 1};
  for (const StudyKeyRow& row : calibration_keys) {
    if (row.fallback != "*required*") continue;
    const Entry* entry = root.find(row.name);
    const std::string example = row.name == "scenario" ? "" : fmt::format("; write {}: {}", row.name, row.form);
    if (entry == nullptr)
      reading.problem(top, std::string(row.name), fmt::format("is missing ({}){}", row.meaning, example));
    else if (entry->value.kind == NodeKind::map && entry->value.entries.empty())
      reading.problem(entry->place, std::string(row.name), fmt::format("is empty ({}){}", row.meaning, example));
  }
}

void read_calibration(const Node& root, CalibrationDraft& draft) {
  Reading& reading = draft.reading();
  if (root.kind == NodeKind::null)
    return reading.problem({root.place.source, 0, 0}, {}, "the file is empty; a calibration has a scenario, parameters and targets");
  if (!expect_map(root, {}, "a map of keys such as scenario, parameters, targets", reading)) return;
  for (const Entry& entry : root.entries) read_key(entry, draft);
  if (const Entry* entry = root.find("parameters")) read_factors(entry->value, "parameters", false, draft.study);
  if (const Entry* entry = root.find("variants")) read_variants(entry->value, draft);  // they name parameters
  check_missing(root, reading);
}

/// A result has series of parameters and of targets.
void check_target_names(CalibrationDraft& draft) {
  for (const TargetDraft& target : draft.targets)
    for (const FactorDraft& factor : draft.study.factors)
      if (factor.factor.name == target.target.name)
        draft.reading().problem(target.place, target.path, "is the name of a parameter; give the target another");
}

CalibrationDraft read_draft(const SourcePtr& source, const std::vector<std::string>& sets) {
  Tree tree;
  tree.root = parse_yaml(source);
  if (!tree.root.place.source) tree.root.place.source = source;
  for (const std::string& assignment : sets)
    if (is_calibration_key(first_word(assignment))) apply_to_study(tree, assignment);
  CalibrationDraft draft;
  draft.study.calibration = true;
  draft.reading().issues = std::move(tree.issues);
  read_calibration(tree.root, draft);
  for (const std::string& assignment : sets)
    if (!is_calibration_key(first_word(assignment))) add_set(assignment, draft.study);
  check_names(draft.study);
  check_target_names(draft);
  check_method(draft);
  return draft;
}

Calibration finished(CalibrationDraft& draft, const Scenario& base) {
  Calibration made = std::move(draft.calibration);
  made.study = std::move(draft.study.study);
  for (FactorDraft& factor : draft.study.factors) made.study.factors.push_back(std::move(factor.factor));
  for (TargetDraft& target : draft.targets) made.targets.push_back(std::move(target.target));
  for (VariantDraft& variant : draft.variants) made.variants.push_back(std::move(variant.variant));
  if (made.study.title.empty()) made.study.title = base.title;
  return made;
}

std::string folder_of(const std::string& path) { return std::filesystem::path(path).parent_path().string(); }
}  // namespace

LoadedCalibration load_calibration(const std::string& path, const std::vector<std::string>& sets) {
  std::string text = read_file(path, largest_yaml);
  CalibrationDraft draft = read_draft(make_source(path, folder_of(path), text, largest_yaml), sets);
  StudyBase base = load_base(draft.study);
  check_against_base(base, draft.study);
  check_rows(base, draft);
  check_variants(base, draft);
  std::vector<std::string> files{path};
  if (base.loaded) files.insert(files.end(), base.loaded->files.begin(), base.loaded->files.end());
  for (const auto& [file, source] : draft.data) files.push_back(file);
  if (!draft.reading().issues.empty()) {
    sort_by_place(draft.reading().issues, files);
    throw InputError(std::move(draft.reading().issues));
  }
  std::vector<Issue> notes = std::move(draft.reading().notes);
  notes.insert(notes.end(), base.loaded->notes.begin(), base.loaded->notes.end());
  sort_by_place(notes, files);
  Calibration calibration = finished(draft, base.loaded->scenario);
  std::vector<double> values = values_in(base.loaded->scenario, calibration.study.factors);
  return {std::move(calibration), std::move(*base.loaded), std::move(values), std::move(text),
          folder_of(path),        std::move(files),        std::move(notes)};
}

bool is_calibration_key(std::string_view word) {
  return std::any_of(calibration_keys.begin(), calibration_keys.end(), [&](const StudyKeyRow& row) { return row.name == word; });
}

bool is_calibration_file(const std::string& path) {
  try {
    const Node root = parse_yaml(make_source(path, {}, read_file(path, largest_yaml), largest_yaml));
    return root.find("targets") != nullptr || root.find("parameters") != nullptr;
  } catch (const InputError&) {
    return false;  // whoever loads it will hear why
  } catch (const FileError&) {
    return false;
  }
}

}  // namespace spillway
