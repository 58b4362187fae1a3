// How far a sweep is, read from its folder alone: clusters without accounting tell nothing, and need not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "study/presence.hpp"
#include "study/sweep.hpp"

namespace spillway {

struct FailedRun {
  SweepRun run;
  std::string message;
};

struct SweepStatus {
  std::uint64_t runs = 0, done = 0, failed = 0, running = 0, left = 0;  ///< left: neither done, failed nor in hand
  double seconds_per_run = 0;                                           ///< mean of those that are done; NaN if none is
  double seconds_left = 0;                                              ///< with as many at work as now; NaN if nobody is
  std::vector<WorkerProcess> workers;
  std::vector<FailedRun> failures;  ///< the first ones
};

/// Counts as gather does: a damaged record is none. Opens every record: a tenth of a second for ten thousand on a local disk.
SweepStatus status_of(const Sweep& sweep, std::size_t most_failures = 10);

}  // namespace spillway
