// Several worlds, several replicates each, with the same luck: who differs from the first one, by how much, how surely, since when.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "model/comparison.hpp"
#include "model/recording.hpp"
#include "study/world_input.hpp"

namespace spillway {

struct CompareOptions {
  std::size_t replicates = 8;        ///< to begin with
  int threads = 0;                   ///< 0: as many as the machine gives
  double confidence = 0.95;          ///< of the intervals
  double half_width = 0;             ///< replicates are added until the main outcomes are known to this share of the baseline; 0: never
  std::size_t most_replicates = 64;  ///< and no more than these
};

struct CompareProgress {
  double done = 0;  ///< share of the ticks planned so far
  double seconds = 0, seconds_left = 0;
  std::size_t replicates = 0, planned = 0;  ///< finished; wanted as far as known
};

struct CompareOutcome {
  Recording ensemble;  ///< with the comparison in it
  Comparison comparison;
  std::uint64_t ticks = 0;           ///< simulated
  std::uint64_t ticks_separate = 0;  ///< that as many separate runs take
  std::size_t reused = 0;            ///< runs taken from result files
  std::string stopping;              ///< why there are as many replicates, one sentence
  int stopped_by = 0;                ///< signal; the replicates finished before are compared. Of none, the ensemble is empty
};

/// Replicates are numbered from the first world's own on. Replicates run side by side on one thread each as far as memory and their
/// number allow, else one after the other on all. Stops where run/signals.hpp says so. Throws InputError where a world does not fit
/// into memory, or where the time axes differ.
CompareOutcome compare_scenarios(std::vector<WorldInput> worlds, const CompareOptions& options,
                                 const std::function<void(const CompareProgress&)>& progress,
                                 const std::function<void(const std::string&)>& notes);

/// Hash of the worlds' names and resolved scenarios, the attribute `id` of the ensemble.
std::string comparison_id(const std::vector<WorldInput>& worlds);

/// Outcomes by which the number of replicates is judged and which come first in tables: names of observables.
const std::vector<std::string>& main_outcomes();

}  // namespace spillway
