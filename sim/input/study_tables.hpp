// What a study file may say, as tables: reader, resolved text, JSON Schema and manual walk the same rows.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "model/study.hpp"

namespace spillway {

struct StudyKeyRow {
  std::string_view name;
  std::string_view form;      ///< how it is written, as an example
  std::string_view fallback;  ///< as YAML text; "*required*"
  std::string_view meaning;
};

inline constexpr std::array<StudyKeyRow, 12> study_keys{{
    {"title", "When should Weibo ban?", "the base scenario's", "the question, in one line"},
    {"description", "text", "", "what the study asks and assumes"},
    {"scenario", "../history.yaml", "*required*", "base scenario, relative to the study"},
    {"set", "{population.users: 100_000}", "{}", "keys of the scenario that have another value at all points; null removes an entry"},
    {"levers", "{KEY: FORM, ..}", "{}", "what a decision maker sets, by key of the scenario, or by a name of one's own with `keys`"},
    {"uncertainties", "{KEY: FORM, ..}", "{}", "what nobody sets or knows; same form. A study has levers or uncertainties or both"},
    {"design", "grid", "*required*", "which points are run"},
    {"replicates", "10", "1", "runs of each point, with other luck"},
    {"common_random_numbers", "true", "true",
     "replicate r has the same luck at every point, so that differences between points are sharper"},
    {"outcomes", "[members.wechat@end]", "*required*", "numbers taken from each run: a list, or a map of names with them"},
    {"keep", "quantiles", "none",
     "trajectories that are kept: none, quantiles (over the replicates of a point) or all; as {trajectories: all, series: "
     "[monthly_active_users]} those of the observables named, else those of the outcomes"},
    {"limits", "{wall: 30 min, memory: 4 GB}", "{}", "what one run may take, and what happens after a failed one"},
}};

/// Forms of a factor.
struct FormRow {
  std::string_view name;
  std::string_view form;
  std::string_view meaning;
  bool prior = false;  ///< a continuous distribution of a number, which calibrations can fit
};
inline constexpr std::array<FormRow, 5> factor_forms{{
    {"values", "[0, 10%, 30%]", "a list, each value as likely; may be written without `values:`"},
    {"uniform", "[0, 30%]", "between low and high, each as likely", true},
    {"loguniform", "[0.005, 0.05]", "the same on a logarithmic scale; low is above 0", true},
    {"normal", "[9, 1]", "mean and standard deviation, cut off where the range of the key ends", true},
    {"dates", "[2012-01-01, 2014-12-31]", "each day between two days"},
}};

/// A list that is computed: `steps` values from `from` to `to`, both among them.
inline constexpr std::array<FormRow, 3> range_keys{{
    {"from", "0", "first value"},
    {"to", "0.3", "last value"},
    {"steps", "7", "number of values"},
}};
inline constexpr double most_steps = 10000;  // chosen: far beyond what anybody runs

struct DesignOption {
  std::string_view name;
  std::uint64_t Design::*number = nullptr;  ///< or
  bool Design::*flag = nullptr;
  double low = 0, high = 0;
  bool required = false;
  std::string_view meaning{};
};

// Limits are chosen: no design of that size was ever run, and one that is asked for is a slip of the keyboard.
inline constexpr double most_samples = 1e7, most_trajectories = 1e6, most_levels = 100, largest_seed = 4294967295.0;

inline constexpr DesignOption samples_option{"samples", &Design::samples, nullptr, 1, most_samples, true, "rows"};
inline constexpr DesignOption seed_option{"seed", &Design::seed, nullptr, 0, largest_seed, false, "seed of the draws"};

struct DesignRow {
  DesignKind kind;
  bool lists;  ///< factors must have values
  std::vector<DesignOption> options;
  std::string_view meaning;
};

/// In the order of DesignKind.
const std::vector<DesignRow>& design_rows_table();

inline constexpr double most_replicates = 100000;  // chosen, as above

inline constexpr std::array<std::string_view, 3> keep_words{"none", "quantiles", "all"};
inline constexpr std::array<std::string_view, 2> failure_words{"continue", "stop"};

struct LimitRow {
  std::string_view name;
  double Limits::*member;
  std::string_view example;
  std::vector<std::pair<std::string_view, double>> units;  ///< word, factor to seconds or bytes; the resolved text uses the first
  std::string_view meaning;
};
const std::vector<LimitRow>& limit_rows();

struct StatisticRow {
  Statistic statistic;
  std::string_view form;
  std::string_view meaning;
};
inline constexpr std::array<StatisticRow, 8> statistic_rows{{
    {Statistic::at, "@end", "value of the last row"},
    {Statistic::at, "@2013-12-31", "value of the last row on or before that day"},
    {Statistic::mean, ".mean", "mean over the rows"},
    {Statistic::max, ".max", "largest value"},
    {Statistic::min, ".min", "smallest value"},
    {Statistic::sum, ".sum", "sum over the rows"},
    {Statistic::first_above, ".first_above(1e8)", "first day with a value above a level"},
    {Statistic::first_below, ".first_below(30%)", "first day with a value below a level"},
}};

template <class Rows>
std::vector<std::string> names_of(const Rows& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows) names.emplace_back(row.name);
  return names;
}

}  // namespace spillway
