#include "study/sweep_status.hpp"

#include <algorithm>
#include <limits>

#include "study/run_failure.hpp"
#include "study/run_record.hpp"

namespace spillway {

SweepStatus status_of(const Sweep& sweep, std::size_t most_failures) {
  SweepStatus status;
  status.runs = sweep.runs();
  double seconds = 0;
  for (std::uint64_t index = 0; index < status.runs; ++index) {
    const SweepRun run = sweep.run_at(index);
    if (const auto record = read_record(sweep.folder.record(run), sweep.id)) {
      ++status.done;
      seconds += record->seconds;
    } else if (sweep.folder.has_failure(run)) {
      ++status.failed;
      if (status.failures.size() < most_failures) status.failures.push_back({run, failure_message(sweep.folder, run)});
    }
  }
  status.workers = workers_at(sweep.folder);
  for (const WorkerProcess& worker : status.workers) status.running += worker.in_hand.size();
  const std::uint64_t open = status.runs - status.done - status.failed;
  status.running = std::min(status.running, open);
  status.left = open - status.running;
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  status.seconds_per_run = status.done > 0 ? seconds / static_cast<double>(status.done) : unknown;
  status.seconds_left =
      status.running > 0 ? status.seconds_per_run * static_cast<double>(open) / static_cast<double>(status.running) : unknown;
  return status;
}

}  // namespace spillway
