// The groups `levers` and `uncertainties`: factors by key, or by a name of their own.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "input/catalogue.hpp"
#include "input/study_draft.hpp"

namespace spillway {

namespace {
// A gathered sweep has variables of these names (model/sweep_view.hpp), and design.csv begins with the column `point`.
constexpr std::array<std::string_view, 10> taken_names{"point",  "replicate", "factor",  "factor_values", "status",
                                                       "digest", "message",   "outcome", "time",          "quantile"};

bool is_taken(const std::string& name) { return std::find(taken_names.begin(), taken_names.end(), name) != taken_names.end(); }

/// Keys of `keys: [..]`; empty where they could not be read.
void read_keys(const Node& node, const std::string& at, FactorDraft& draft, Reading& reading) {
  if (node.kind != NodeKind::list || node.items.empty())
    return reading.problem(node.place, at,
                           fmt::format("expected a list of keys such as [platforms.weibo.ads.load], got {}",
                                       node.kind == NodeKind::list ? "an empty one" : kind_name(node)));
  for (std::size_t i = 0; i < node.items.size(); ++i)
    if (const auto key = read_text(node.items[i], fmt::format("{}.{}", at, i), true, reading)) {
      draft.factor.keys.push_back(*key);
      draft.key_places.push_back(node.items[i].place);
    }
}

/// A factor with keys has a name of its own.
void check_own_name(const Entry& entry, const FactorDraft& draft, Reading& reading) {
  if (!good_name(entry.key))
    reading.problem(entry.place, draft.path,
                    key_named(entry.key) != nullptr ? "is a key itself; with keys it needs a name of its own, such as ad_load"
                                                    : "is no good name: use 1 to 40 characters without blanks, '.', '/' and '='");
}

std::optional<VaryingKey> find_keys(FactorDraft& draft, Reading& reading) {
  std::vector<VaryingKey> found;
  for (std::size_t i = 0; i < draft.factor.keys.size(); ++i)
    if (auto varying = find_varying_key(draft, i, reading)) found.push_back(std::move(*varying));
  if (found.empty() || found.size() < draft.factor.keys.size()) return std::nullopt;
  return common_key(found, draft, reading);
}

void read_factor(const Entry& entry, const std::string& group, bool lever, StudyDraft& study) {
  FactorDraft draft;
  draft.path = group + "." + entry.key;
  draft.place = entry.place;
  draft.factor.name = entry.key;
  draft.factor.lever = lever;
  draft.prior = study.calibration;
  if (const Entry* keys = entry.value.find("keys")) {
    check_own_name(entry, draft, study.reading);
    read_keys(keys->value, draft.path + ".keys", draft, study.reading);
  } else {
    draft.factor.keys = {entry.key};
    draft.key_places = {entry.place};
  }
  if (const auto key = find_keys(draft, study.reading)) {
    draft.factor.kind = key->kind;
    draft.factor.unit = key->rule.unit;
    draft.factor.words = key->words;
    draft.factor.meaning = key->meaning;
    draft.sound = read_distribution(entry.value, *key, draft, study.reading);
  }
  study.factors.push_back(std::move(draft));
}

std::string key_of(const std::string& assignment) { return assignment.substr(0, assignment.find('=')); }

/// "line 3", "--set".
std::string where(const Place& place) { return place.line > 0 ? fmt::format("line {}", place.line) : "--set"; }

void check_keys(StudyDraft& study) {
  std::vector<std::pair<std::string, Place>> seen;
  for (const FactorDraft& draft : study.factors)
    for (std::size_t i = 0; i < draft.factor.keys.size(); ++i) {
      const std::string& key = draft.factor.keys[i];
      const Place& place = draft.key_places[i];
      const auto same = std::find_if(seen.begin(), seen.end(), [&](const auto& other) { return other.first == key; });
      if (same != seen.end())
        study.reading.problem(place, draft.path, fmt::format("{} varies twice, first in {}; keep one of them", key, where(same->second)));
      for (std::size_t k = 0; k < study.study.sets.size(); ++k)
        if (key_of(study.study.sets[k]) == key)
          study.reading.problem(place, draft.path,
                                fmt::format("{} is also fixed by {}; it varies or is fixed, not both", key,
                                            study.set_places[k].line > 0 ? "set in " + where(study.set_places[k]) : "--set"));
      seen.emplace_back(key, place);
    }
}

void check_outcome_names(const std::vector<std::string>& factors, StudyDraft& draft) {
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < draft.study.outcomes.size(); ++i) {
    const std::string& name = draft.study.outcomes[i].name;
    const auto refuse = [&](std::string_view why) {
      draft.reading.problem(draft.outcome_places[i], "outcomes", fmt::format("'{}' {}", name, why));
    };
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) refuse("is asked for twice; keep one of them");
    if (std::find(factors.begin(), factors.end(), name) != factors.end()) refuse("is the name of a factor; give the outcome another");
    if (is_taken(name) || name == draft.study.outcomes[i].observable) refuse("is a name that the result needs itself; take another");
    seen.push_back(name);
  }
}
}  // namespace

void read_factors(const Node& group, const std::string& path, bool levers, StudyDraft& draft) {
  if (!expect_map(group, path, "keys of the scenario with how they vary such as {habit.memory: {uniform: [7 d, 60 d]}}", draft.reading))
    return;
  for (const Entry& entry : group.entries) read_factor(entry, path, levers, draft);
}

void check_names(StudyDraft& draft) {
  check_keys(draft);
  std::vector<std::string> names;
  for (const FactorDraft& factor : draft.factors) {
    const std::string& name = factor.factor.name;
    const bool keys_apart = factor.factor.keys.size() != 1 || factor.factor.keys[0] != name;  // else check_keys has said it
    if (keys_apart && std::find(names.begin(), names.end(), name) != names.end())
      draft.reading.problem(factor.place, factor.path, "is the name of two factors; give one of them another");
    if (is_taken(name) && keys_apart)
      draft.reading.problem(factor.place, factor.path, "is a name that the result needs itself; take another");
    names.push_back(name);
  }
  check_outcome_names(names, draft);
}

}  // namespace spillway
