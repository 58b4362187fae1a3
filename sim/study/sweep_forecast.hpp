// What a sweep will take: some of its runs done for trial, as many side by side as later, and thrown away.
#pragma once

#include <cstdint>
#include <string>

#include "study/sweep_run.hpp"

namespace spillway {

struct SweepForecast {
  std::uint64_t runs = 0, left = 0;  ///< of the whole sweep; without a record or failure
  Crew crew;
  std::uint64_t bytes_per_run = 0, available = 0;
  std::uint64_t result_bytes = 0;  ///< of records and gathered trajectories, before compression
  std::size_t trial_runs = 0;      ///< 0: no trial
  std::uint32_t trial_users = 0;   ///< of each; fewer than a run has where that would take too long
  double trial_seconds = 0;        ///< that the trial took
  double seconds_per_run = 0;      ///< with the crew's threads while all are at work
  std::uint64_t bad_points = 0;    ///< that make no valid scenario
  std::string bad_point;           ///< the first one and why
  double seconds_here() const;     ///< for `left` on this machine
};

/// `trial` off: only sizes and the check of points. Throws InputError if not even the base scenario fits into memory.
SweepForecast forecast_sweep(const Sweep& sweep, const SweepOptions& options, bool trial);

/// Some lines: runs, time here and in shards, memory, files.
std::string forecast_text(const Sweep& sweep, const SweepForecast& forecast);

}  // namespace spillway
