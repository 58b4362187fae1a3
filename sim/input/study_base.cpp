// A study against its base scenario: what the scenario says to the study's fixed values and to the ends of each factor.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "input/catalogue.hpp"
#include "input/difference.hpp"
#include "input/quantity.hpp"
#include "input/study_draft.hpp"

namespace spillway {

namespace {
constexpr std::size_t most_trials = 500;  // chosen: of a longer list the ends are tried; each trial takes a fraction of a millisecond

/// Complaints about a key that the study's own `set` gives stand at its line there.
void take_issues(const InputError& error, StudyDraft& draft) {
  for (Issue issue : error.issues()) {
    const std::vector<std::string>& sets = draft.study.sets;
    for (std::size_t i = 0; i < sets.size() && issue.file == "--set" && issue.line == 0; ++i) {
      const std::string key = sets[i].substr(0, sets[i].find('='));
      const bool caused = issue.source_line == sets[i] || issue.path == key || issue.path.starts_with(key + ".");
      if (caused && draft.set_places[i].line > 0) issue = issue_at(draft.set_places[i], "set." + issue.path, issue.message);
    }
    draft.reading.issues.push_back(std::move(issue));
  }
}

/// The scenario's complaint about a set value, as part of a sentence.
std::string complaint(const Issue& issue, const std::vector<std::string>& keys) {
  const bool own = std::find(keys.begin(), keys.end(), issue.path) != keys.end();
  return own || issue.path.empty() ? issue.message : fmt::format("{}: {}", issue.path, issue.message);
}

std::vector<Trial> trials_of(const FactorDraft& factor) {
  std::vector<Trial> trials = factor.trials;
  if (trials.size() <= most_trials) return trials;
  const auto [low, high] =
      std::minmax_element(trials.begin(), trials.end(), [](const Trial& a, const Trial& b) { return a.value < b.value; });
  return {*low, *high};
}

void try_factor(const FactorDraft& factor, const ScenarioTemplate& scenarios, StudyDraft& draft) {
  std::vector<std::string> said;
  Study alone;
  alone.factors = {factor.factor};
  for (const Trial& trial : trials_of(factor)) {
    std::vector<std::string> sets = draft.study.sets;
    for (std::string& assignment : assignments(alone, {&trial.value, 1})) sets.push_back(std::move(assignment));
    try {
      scenarios.load(sets);
    } catch (const InputError& error) {
      const std::string message = complaint(error.issues().front(), factor.factor.keys);
      if (std::find(said.begin(), said.end(), message) != said.end()) continue;
      said.push_back(message);
      draft.reading.problem(trial.place, factor.path,
                            fmt::format("with {} the scenario is not sound: {}", value_text(factor.factor, trial.value), message));
    }
  }
}

void check_dates(const Time& time, StudyDraft& draft) {
  for (const FactorDraft& factor : draft.factors)
    for (const std::string& key : factor.factor.keys)
      if (key.starts_with("time.")) return;  // then each point has its own
  for (std::size_t i = 0; i < draft.study.outcomes.size(); ++i) {
    const Outcome& outcome = draft.study.outcomes[i];
    if (!outcome.date || (*outcome.date >= time.start && *outcome.date <= time.end)) continue;
    draft.reading.problem(draft.outcome_places[i], "outcomes",
                          fmt::format("'{}': {} is not within the scenario's time, {} to {}", outcome.text, to_text(*outcome.date),
                                      to_text(time.start), to_text(time.end)));
  }
}

double number_in(const Factor& factor, const std::string& text) {
  const Key* key = key_named(factor.keys.front());
  try {
    if (factor.kind != FactorKind::number) return value_of(factor, text);
  } catch (const InputError&) {
    return std::nan("");
  }
  const Quantity quantity = parse_quantity(text, factor.unit, key != nullptr ? key->flags : FieldFlag::none);
  return quantity.error.empty() ? quantity.value : std::nan("");  // a series has many numbers
}
}  // namespace

StudyBase load_base(StudyDraft& draft) {
  StudyBase base;
  const std::string& path = draft.study.scenario;
  if (path.empty()) return base;
  try {
    if (is_study_file(path)) {
      draft.reading.problem(draft.scenario_place, "scenario", fmt::format("'{}' is itself a study; name its scenario", path));
      return base;
    }
    base.scenarios.emplace(path);
    base.loaded = base.scenarios->load(draft.study.sets);
  } catch (const FileError& error) {
    draft.reading.problem(draft.scenario_place, "scenario", error.what());
  } catch (const InputError& error) {
    take_issues(error, draft);
  }
  return base;
}

void check_against_base(const StudyBase& base, StudyDraft& draft) {
  if (!base.loaded) return;
  for (const FactorDraft& factor : draft.factors)
    if (factor.sound) try_factor(factor, *base.scenarios, draft);
  check_dates(base.loaded->scenario.time, draft);
}

std::vector<double> values_in(const Scenario& base, const std::vector<Factor>& factors) {
  const auto known = flat(base);
  std::vector<double> values;
  for (const Factor& factor : factors) {
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& entry) { return entry.first == factor.keys.front(); });
    values.push_back(found != known.end() ? number_in(factor, found->second) : std::nan(""));
  }
  return values;
}

}  // namespace spillway
