// Variants: the same calibration without a mechanism, or under a rival explanation.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/suggest.hpp"
#include "input/calibration_draft.hpp"
#include "input/calibration_tables.hpp"

namespace spillway {

namespace {
std::vector<std::string> parameter_names(const CalibrationDraft& draft) {
  std::vector<std::string> names;
  for (const FactorDraft& factor : draft.study.factors) names.push_back(factor.factor.name);
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void read_without(const Node& node, VariantDraft& made, CalibrationDraft& draft) {
  const std::string at = made.path + ".without";
  Reading& reading = draft.reading();
  if (node.kind != NodeKind::list)
    return reading.problem(node.place, at, fmt::format("expected a list of parameters such as [habit.memory], got {}", kind_name(node)));
  const std::vector<std::string> names = parameter_names(draft);
  for (const Node& item : node.items) {
    const auto name = read_text(item, at, true, reading);
    if (!name) continue;
    const std::string near = nearest(*name, names);
    if (!contains(names, *name))
      reading.problem(item.place, at,
                      near.empty() ? fmt::format("'{}' is no parameter; known here: {}", *name, fmt::join(names, ", "))
                                   : fmt::format("'{}' is no parameter; did you mean '{}'?", *name, near));
    else if (contains(made.variant.without, *name))
      reading.problem(item.place, at, fmt::format("'{}' is given twice; keep one of them", *name));
    else {
      made.variant.without.push_back(*name);
      made.without_places.push_back(item.place);
    }
  }
}

void read_variant(const Entry& entry, CalibrationDraft& draft) {
  VariantDraft made;
  Reading& reading = draft.reading();
  made.path = "variants." + entry.key;
  made.place = entry.place;
  made.variant.name = made.variant.title = entry.key;
  if (!good_name(entry.key))
    reading.problem(entry.place, made.path, "is no good name: use 1 to 40 characters without blanks, '.', '/' and '='");
  if (!expect_map(entry.value, made.path, "a variant such as {set: {interventions.moments: null}}", reading)) return;
  bool differs = false;
  for (const Entry& key : entry.value.entries) {
    differs = differs || key.key != "title";
    if (key.key == "title") {
      if (const auto text = read_text(key.value, made.path + ".title", true, reading)) made.variant.title = *text;
    } else if (key.key == "set") {
      read_sets(key.value, made.path + ".set", true, made.variant.sets, made.set_places, reading);
    } else if (key.key == "without") {
      read_without(key.value, made, draft);
    } else {
      unknown_key(key, made.path + "." + key.key, names_of(variant_keys), reading);
    }
  }
  if (!differs)
    reading.problem(entry.place, made.path, "differs in nothing; give it set, such as {set: {interventions.moments: null}}, or without");
  draft.variants.push_back(std::move(made));
}

/// A parameter whose key the variant fixes or removes cannot be fitted as well.
void check_fixed(const VariantDraft& variant, CalibrationDraft& draft) {
  for (std::size_t i = 0; i < variant.variant.sets.size(); ++i) {
    const std::string fixed = variant.variant.sets[i].substr(0, variant.variant.sets[i].find('='));
    for (const FactorDraft& factor : draft.study.factors) {
      if (contains(variant.variant.without, factor.factor.name)) continue;
      const auto acts = [&](const std::string& key) { return key == fixed || key.starts_with(fixed + "."); };
      const auto& keys = factor.factor.keys;
      if (const auto key = std::find_if(keys.begin(), keys.end(), acts); key != keys.end())
        draft.reading().problem(variant.set_places[i], fmt::format("{}.set.{}", variant.path, fixed),
                                fmt::format("fixes {}, which is fitted; add without: [{}]", *key, factor.factor.name));
    }
  }
}

/// The variant's scenario runs over the rows' dates as the base does.
void check_time(const VariantDraft& variant, const Time& time, CalibrationDraft& draft) {
  for (const TargetDraft& target : draft.targets)
    for (const TargetRow& row : target.target.rows) {
      if (row.date >= time.start && row.date <= time.end) continue;
      return draft.reading().problem(variant.place, variant.path,
                                     fmt::format("runs from {} to {}, without the row of {} on {}; leave time as it is",
                                                 to_text(time.start), to_text(time.end), target.target.name, to_text(row.date)));
    }
}

void try_variant(const VariantDraft& variant, const StudyBase& base, CalibrationDraft& draft) {
  std::vector<std::string> sets = draft.study.study.sets;
  sets.insert(sets.end(), variant.variant.sets.begin(), variant.variant.sets.end());
  try {
    const Time time = base.scenarios->load(sets).scenario.time;
    const Time& usual = base.loaded->scenario.time;
    if (time.start != usual.start || time.end != usual.end) check_time(variant, time, draft);
  } catch (const InputError& error) {
    take_issues(error, variant.variant.sets, variant.set_places, variant.path + ".set", draft.reading());
  }
}
}  // namespace

void read_variants(const Node& node, CalibrationDraft& draft) {
  if (!expect_map(node, "variants", "names with variants such as {no_moments: {set: {interventions.moments: null}}}", draft.reading()))
    return;
  for (const Entry& entry : node.entries) read_variant(entry, draft);
}

void check_variants(const StudyBase& base, CalibrationDraft& draft) {
  for (const VariantDraft& variant : draft.variants) {
    check_fixed(variant, draft);
    const std::size_t parameters = draft.study.factors.size();
    if (parameters > 0 && variant.variant.without.size() == parameters)
      draft.reading().problem(variant.place, variant.path, "leaves no parameter to fit; keep at least one");
    if (base.loaded) try_variant(variant, base, draft);
  }
}

}  // namespace spillway
