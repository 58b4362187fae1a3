// Does the missing runs of a sweep, or of a part of it, side by side on this machine.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "study/shard.hpp"
#include "study/sweep.hpp"

namespace spillway {

struct SweepOptions {
  int threads = 0;  ///< 0: as many as the machine or the job gives
  Shard shard;
};

struct SweepProgress {
  std::uint64_t done = 0, failed = 0, wanted = 0;  ///< of the part
  double seconds = 0, seconds_left = 0;
};

struct SweepOutcome {
  std::uint64_t done_before = 0, done = 0, failed_before = 0, failed = 0, left = 0;  ///< of the part
  int stopped_by = 0;                                                                ///< signal
  bool stopped_on_failure = false;                                                   ///< as limits.on_failure says
};

/// How a machine is shared between runs.
struct Crew {
  std::size_t workers = 1;  ///< runs side by side
  int threads = 1;          ///< of each
};

/// As many runs side by side as threads, memory and their number allow; what is left over of the threads goes to each.
Crew crew_for(int threads, std::uint64_t bytes_per_run, std::uint64_t available, std::uint64_t runs);

/// Threads for this process: the option, else the job's, divided by those who share the machine.
int threads_for(const SweepOptions& options);

/// Throws InputError where a run needs more than limits.memory.
void check_memory(const Sweep& sweep, const LoadedScenario& loaded);

/// The most memory that a run of the sweep takes, by the first, the middle and the last point; never more than limits.memory.
std::uint64_t bytes_per_run(const Sweep& sweep);

/// One run, its record written; what went wrong otherwise. Throws FileError where the record cannot be written.
std::string do_run(const Sweep& sweep, SweepRun run, int threads, const std::string& part);

/// Runs whose record stands and is sound are not done again, nor those that failed. Others may work at the same part: whoever comes
/// second begins at its end. A run that crashes or takes too long is noted as failed and stops nothing, unless the study says so.
/// Throws FileError.
SweepOutcome run_sweep(const Sweep& sweep, const SweepOptions& options, const std::function<void(const SweepProgress&)>& progress,
                       const std::function<void(const std::string&)>& notes);

/// Forgets the failures of a part, so that run_sweep does these runs again; returns how many.
std::uint64_t forget_failures(const Sweep& sweep, const Shard& shard);

}  // namespace spillway
