// A study while it is being read: what the parts of the reader share. Each part takes what it can and adds its problems. A calibration
// is read by the same parts: it has a study's scenario, sets and limits, and its parameters are factors with priors.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "input/overlay.hpp"
#include "input/study.hpp"
#include "input/values.hpp"

namespace spillway {

/// A value at which the base scenario is tried.
struct Trial {
  double value = 0;
  Place place;
};

struct FactorDraft {
  Factor factor;
  std::string path;  ///< "levers.habit.memory"
  Place place;
  std::vector<Place> key_places;
  std::vector<Trial> trials;  ///< its lowest and highest value, or each of a list
  bool sound = false;         ///< keys and distribution could be read
  bool prior = false;         ///< of a calibration: a number with a continuous distribution
};

struct StudyDraft {
  Study study;  ///< its factors are filled in at the end
  Reading reading;
  std::vector<FactorDraft> factors;
  std::vector<Place> set_places;      ///< of study.sets
  std::vector<Place> outcome_places;  ///< of study.outcomes
  Place scenario_place, design_place;
  bool calibration = false;  ///< what is read is one
};

/// What a scenario key is to a factor.
struct VaryingKey {
  FactorKind kind = FactorKind::number;
  NumberRule rule;
  std::vector<std::string> words;
  std::string meaning;
};

/// Of the factor's i-th key; nothing, and an issue, where it names no key or one that cannot vary.
std::optional<VaryingKey> find_varying_key(const FactorDraft& draft, std::size_t i, Reading& reading);
/// What all keys can take that share a factor; nothing, and an issue, where they are of different kinds.
std::optional<VaryingKey> common_key(const std::vector<VaryingKey>& keys, const FactorDraft& draft, Reading& reading);

/// 0.3 * 3 / 6 is 0.15000000000000002 or not, by luck; twelve digits are what a person means.
double tidy(double value);
/// One value of the factor as the study file has it.
std::optional<double> read_value(const Node& node, const std::string& path, const VaryingKey& key, Reading& reading);
/// True if it could be read: fills draft.factor.distribution and draft.trials.
bool read_distribution(const Node& node, const VaryingKey& key, FactorDraft& draft, Reading& reading);
/// The group `levers`, `uncertainties` or `parameters`.
void read_factors(const Node& group, const std::string& path, bool levers, StudyDraft& draft);
/// Keys in two factors or also in `set`, names taken twice or by the result.
void check_names(StudyDraft& draft);

void read_design(const Node& node, const Place& place, StudyDraft& draft);
/// Whether factors and design go together.
void check_design(StudyDraft& draft);

/// Keys that all kinds of such files have: title, description, scenario, set, limits. False, and nothing done, for another one.
bool read_common_key(const Entry& entry, StudyDraft& draft);
/// Changes of the scenario at `path`, as --set takes them, with their places.
void read_sets(const Node& node, const std::string& path, bool calibration, std::vector<std::string>& sets, std::vector<Place>& places,
               Reading& reading);
void read_outcomes(const Node& node, StudyDraft& draft);
/// OBSERVABLE[.label...][.share] into `outcome`, but not its statistic; `ending` is that of an example. What is wrong, or empty.
std::string parse_observable(const std::string& text, std::string_view ending, Outcome& outcome);
/// Whether the text ends in what is taken over time: "@end", ".mean", ".first_above(1e8)".
bool has_statistic(const std::string& text);
void read_keep(const Node& node, StudyDraft& draft);
void read_limits(const Node& node, StudyDraft& draft);

/// Applies "levers.habit.memory.uniform=[7 d, 21 d]" to the tree of a study; problems go to tree.issues.
void apply_to_study(Tree& tree, const std::string& assignment);
/// Adds a --set of the scenario; a later one of the same key replaces what is there.
void add_set(const std::string& assignment, StudyDraft& draft);

/// The number of runs is the file's own to say, not a key of its scenario.
std::string replicate_problem(bool calibration, bool assignment);
/// "platforms" of "platforms.weibo.launch=2009-08-14".
std::string first_word(const std::string& assignment);
bool is_scenario_key(std::string_view word);
bool is_study_key(std::string_view word);
bool is_calibration_key(std::string_view word);

/// true or false, and no other word.
std::optional<bool> read_flag(const Node& node, const std::string& path, Reading& reading);

/// The base scenario as the study sets it; nothing, and issues, where it cannot be had.
struct StudyBase {
  std::optional<ScenarioTemplate> scenarios;
  std::optional<LoadedScenario> loaded;
};
StudyBase load_base(StudyDraft& draft);
/// Complaints about keys in `sets` that stand at `path` of the file, told at their lines there; those of --set itself as they are.
void take_issues(const InputError& error, const std::vector<std::string>& sets, const std::vector<Place>& places, const std::string& path,
                 Reading& reading);
/// Tries each factor's ends in the base alone, and looks at dates that outcomes name.
void check_against_base(const StudyBase& base, StudyDraft& draft);
/// By factor, of its first key; NaN where the base has no such key, or no single number there.
std::vector<double> values_in(const Scenario& base, const std::vector<Factor>& factors);

}  // namespace spillway
