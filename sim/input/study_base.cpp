// A study against its base scenario: what the scenario says to the study's fixed values and to the ends of each factor.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "input/calibration.hpp"
#include "input/catalogue.hpp"
#include "input/difference.hpp"
#include "input/quantity.hpp"
#include "input/study_draft.hpp"

namespace spillway {

namespace {
constexpr std::size_t most_trials = 500;  // chosen: of a longer list the ends are tried; each trial takes a fraction of a millisecond

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

/// What the scenario says to the sets; empty if it is sound with them.
std::string answer(const ScenarioTemplate& scenarios, const std::vector<std::string>& sets, const std::vector<std::string>& keys) {
  try {
    scenarios.load(sets);
    return {};
  } catch (const InputError& error) {
    return complaint(error.issues().front(), keys);
  }
}

void try_factor(const FactorDraft& factor, const ScenarioTemplate& scenarios, StudyDraft& draft) {
  Study alone;
  alone.factors = {factor.factor};
  std::vector<std::string> said, values;
  const std::vector<Trial> trials = trials_of(factor);
  for (const Trial& trial : trials) {
    const std::vector<std::string> own = assignments(alone, {&trial.value, 1});
    std::vector<std::string> sets = draft.study.sets;
    sets.insert(sets.end(), own.begin(), own.end());
    values.push_back(own[0].substr(own[0].find('=') + 1));
    said.push_back(answer(scenarios, sets, factor.factor.keys));
  }
  const bool always = std::all_of(said.begin(), said.end(), [&](const std::string& text) { return text == said.front(); });
  if (always && !said.front().empty())
    return draft.reading.problem(factor.place, factor.path, fmt::format("cannot be set in the scenario: {}", said.front()));
  for (std::size_t i = 0; i < said.size(); ++i)
    if (!said[i].empty() &&
        std::find(said.begin(), said.begin() + static_cast<std::ptrdiff_t>(i), said[i]) == said.begin() + static_cast<std::ptrdiff_t>(i))
      draft.reading.problem(trials[i].place, factor.path, fmt::format("{} cannot be set in the scenario: {}", values[i], said[i]));
}

/// A day after the end is a way to say never, a day before the start one to say always; it should not happen by a slip.
void note_days(const FactorDraft& factor, const Time& time, StudyDraft& draft) {
  for (const Trial& trial : trials_of(factor)) {
    const Date day{static_cast<std::int32_t>(trial.value)};
    if (day >= time.start && day <= time.end) continue;
    draft.reading.notes.push_back(
        issue_at(trial.place, factor.path,
                 day > time.end ? fmt::format("{} is after the scenario's end, {}: it then never happens", to_text(day), to_text(time.end))
                                : fmt::format("{} is before the scenario's start, {}", to_text(day), to_text(time.start))));
  }
}

void check_dates(const Time& time, StudyDraft& draft) {
  for (const FactorDraft& factor : draft.factors)
    for (const std::string& key : factor.factor.keys)
      if (key.starts_with("time.")) return;  // then each point has its own
  for (const FactorDraft& factor : draft.factors)
    if (factor.sound && factor.factor.kind == FactorKind::date) note_days(factor, time, draft);
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

void take_issues(const InputError& error, const std::vector<std::string>& sets, const std::vector<Place>& places, const std::string& path,
                 Reading& reading) {
  for (Issue issue : error.issues()) {
    for (std::size_t i = 0; i < sets.size() && issue.file == "--set" && issue.line == 0; ++i) {
      const std::string key = sets[i].substr(0, sets[i].find('='));
      const bool caused = issue.source_line == sets[i] || issue.path == key || issue.path.starts_with(key + ".");
      if (caused && (places[i].line > 0 || path != "set")) issue = issue_at(places[i], path + "." + issue.path, issue.message);
    }
    reading.issues.push_back(std::move(issue));
  }
}

StudyBase load_base(StudyDraft& draft) {
  StudyBase base;
  const std::string& path = draft.study.scenario;
  if (path.empty()) return base;
  try {
    const bool calibration = is_calibration_file(path);
    if (calibration || is_study_file(path)) {
      draft.reading.problem(draft.scenario_place, "scenario",
                            fmt::format("'{}' is itself a {}; name its scenario", path, calibration ? "calibration" : "study"));
      return base;
    }
    base.scenarios.emplace(path);
    base.loaded = base.scenarios->load(draft.study.sets);
  } catch (const FileError& error) {
    draft.reading.problem(draft.scenario_place, "scenario", error.what());
  } catch (const InputError& error) {
    take_issues(error, draft.study.sets, draft.set_places, "set", draft.reading);
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
