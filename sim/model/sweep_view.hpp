// Looking into a gathered sweep: many points of a study in one Recording (study/sweep_gather.cpp makes it).
//
// attributes: kind = "sweep", title, id, design ("saltelli"), design_samples, design_seed, design_levels, design_trajectories,
//   design_second_order ("0", "1"), points, replicates, runs_done, runs_failed, runs_missing, status ("complete", "partial")
// coordinates: point, replicate (int), factor (names); with kept trajectories time, platform, ..., and quantile
// (point): one variable for each factor, named as the factor: numbers in the key's unit, dates as days since 1970-01-01, words as text;
//   attributes role ("lever", "uncertainty"), keys (blanks between), distribution
// (point, factor) factor_values: the same as numbers, words by their place in the attribute `words` of the factor's variable
// (point, replicate): one variable for each outcome, named as the outcome, NaN where the run failed or is missing, attribute
//   outcome = the text; status (0 done, 1 failed, 2 missing); digest; message
// (point, replicate or quantile, time, ...): kept trajectories, named as the observable
#pragma once

#include <string>
#include <vector>

#include "model/recording.hpp"

namespace spillway {

bool is_sweep(const Recording& recording);

struct SweepFactor {
  std::string name;
  bool lever = true;
  bool dates = false;
  std::vector<std::string> words;  ///< empty for numbers and dates
  std::string unit, long_name;
};
std::vector<SweepFactor> sweep_factors(const Recording& sweep);
std::vector<std::string> sweep_outcomes(const Recording& sweep);

std::size_t sweep_points(const Recording& sweep);
std::size_t sweep_replicates(const Recording& sweep);
double factor_value(const Recording& sweep, std::size_t point, std::size_t factor);
/// Of one run; NaN where there is none.
double outcome_value_at(const Recording& sweep, const std::string& outcome, std::size_t point, std::size_t replicate);
/// Mean over the replicates that are there; NaN if none is.
double outcome_mean(const Recording& sweep, const std::string& outcome, std::size_t point);

}  // namespace spillway
