// A study file (and --set assignments) in, a complete and valid Study out, with what is needed to make the scenario of each point.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "input/load.hpp"
#include "model/study.hpp"

namespace spillway {

struct LoadedStudy {
  Study study;
  LoadedScenario base;  ///< the scenario with the study's `sets`
  ScenarioTemplate scenarios;
  std::vector<double> base_values;  ///< by factor, of the base scenario (first key); NaN where it has no such key
  std::string source_text;          ///< of the study file
  std::string directory;            ///< of the study file
  std::vector<std::string> files;   ///< all that were read
  std::vector<Issue> notes;         ///< values outside plausible ranges, by file and line
};

/// `sets` change the study where their first word is a key of studies ("replicates=4", "design.saltelli.samples=64"), else the
/// scenario at all points ("population.users=20000"). Throws InputError with all problems by file and line, FileError.
LoadedStudy load_study(const std::string& path, const std::vector<std::string>& sets = {});

/// Whether the YAML file is a study rather than a scenario: it has more keys that only studies have than such of scenarios.
bool is_study_file(const std::string& path);

/// The study as one canonical YAML text, every default written out. Two studies are the same exactly if their texts and base
/// scenarios are. The scenario stands there as the file's name, not its path, unless `scenario` says what is to stand there.
std::string resolved_study(const Study& study, const std::string& scenario = {});

/// A value as design.csv has it: a number in the key's unit with shortest digits, "2014-11-26", or a word.
std::string value_text(const Factor& factor, double value);
/// Back again; throws InputError with what is wrong and what to write instead, without a place.
double value_of(const Factor& factor, const std::string& text);

/// --set assignments of a point, to follow Study::sets; one for each key of each factor: "platforms.weibo.launch=2009-08-14",
/// "habit.memory=21 d".
std::vector<std::string> assignments(const Study& study, std::span<const double> point);

}  // namespace spillway
