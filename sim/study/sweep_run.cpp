#include "study/sweep_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstring>
#include <memory>
#include <optional>

#include "analysis/outcomes.hpp"
#include "base/error.hpp"
#include "base/parallel.hpp"
#include "run/lock.hpp"
#include "run/machine_memory.hpp"
#include "run/memory_forecast.hpp"
#include "run/signals.hpp"
#include "study/presence.hpp"
#include "study/run_failure.hpp"
#include "study/run_record.hpp"
#include "study/workers.hpp"

namespace spillway {

namespace {
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// On one thread: whether a run is refused, and in which words, must not depend on who does it.
std::uint64_t bytes_of(const LoadedScenario& loaded) {
  std::optional<GraphMemory> graph;
  if (loaded.scenario.contacts.kind == ContactsKind::file) graph = graph_memory(loaded.contacts_path, loaded.scenario.population.users);
  return forecast_memory(loaded.scenario, 1, graph).bytes();
}

RunRecord record_of(const Sweep& sweep, SweepRun run, const Recording& recording) {
  RunRecord record{sweep.id, run.point, run.replicate, digest(recording), 0, {}, {}};
  for (const Outcome& outcome : sweep.study().outcomes) record.outcomes.push_back(outcome_value(recording, outcome));
  for (const std::string& name : kept_series(sweep.study())) {
    record.series.emplace_back();
    if (const Variable* variable = recording.find(name))
      for (std::size_t i = 0; i < length(variable->values); ++i) record.series.back().push_back(value_at(*variable, i));
  }
  return record;
}

std::string why(const TaskEnd& end, double wall) {
  if (end.too_long) return fmt::format("took longer than limits.wall, {:g} s", wall);
  if (end.signal == SIGKILL) return "its process was killed (signal 9): perhaps for want of memory";
  if (end.signal != 0) return fmt::format("its process ended by signal {} ({})", end.signal, strsignal(end.signal));
  return end.reply.text;
}

/// The first at work on a part begins at its front, the second at its end.
std::unique_ptr<RunLock> first_at(const SweepFolder& folder, const Shard& shard) {
  try {
    return std::make_unique<RunLock>(folder.file(fmt::format("running/part-{}-of-{}.lock", shard.index, shard.count)), folder.path());
  } catch (const FileError&) {
    return nullptr;
  }
}

class Running {
 public:
  Running(const Sweep& sweep, const SweepOptions& options, const std::function<void(const SweepProgress&)>& progress)
      : sweep_(sweep),
        progress_(progress),
        presence_(sweep.folder, part_name(options.shard)),
        lock_(first_at(sweep.folder, options.shard)) {
    for (std::uint64_t index = 0; index < sweep.runs(); ++index)
      if (options.shard.has(index)) sort(index);
    if (!lock_) std::reverse(missing_.begin(), missing_.end());
  }

  SweepOutcome go(const Crew& crew) {
    Workers workers(
        crew.workers, [&](std::uint64_t index) { return work(index, crew.threads); }, sweep_.study().limits.wall_seconds);
    workers.run([&] { return next(); }, [&](const TaskEnd& end) { return ended(end); }, [&] { return look(workers); });
    outcome_.left = missing_.size() - outcome_.done - outcome_.failed;
    if (outcome_.left > 0) outcome_.stopped_by = stop_signal();
    return outcome_;
  }

  std::uint64_t missing() const { return missing_.size(); }
  SweepOutcome outcome() const { return outcome_; }

 private:
  static std::string part_name(const Shard& shard) {
    return shard.count == 1 ? std::string("all") : fmt::format("{}/{}", shard.index, shard.count);
  }

  /// A record that is damaged or another sweep's does not count.
  bool is_done(SweepRun run) const { return read_record(sweep_.folder.record(run), sweep_.id).has_value(); }

  void sort(std::uint64_t index) {
    const SweepRun run = sweep_.run_at(index);
    if (is_done(run))
      ++outcome_.done_before;
    else if (sweep_.folder.has_failure(run))
      ++outcome_.failed_before;
    else
      missing_.push_back(index);
  }

  TaskReply work(std::uint64_t index, int threads) const {
    try {
      const std::string message = do_run(sweep_, sweep_.run_at(index), threads, presence_.part_file(std::to_string(::getpid())));
      return message.empty() ? TaskReply{} : TaskReply{TaskReply::Kind::failed, message};
    } catch (const FileError& error) {
      return {TaskReply::Kind::file_error, error.what()};
    }
  }

  std::optional<std::uint64_t> next() {
    if (stop_signal() != 0) return {};
    while (at_ < missing_.size()) {
      const std::uint64_t index = missing_[at_++];
      if (!is_done(sweep_.run_at(index))) return index;
      ++outcome_.done;  // by somebody else in the meantime
    }
    return {};
  }

  bool ended(const TaskEnd& end) {
    const bool done = end.signal == 0 && end.reply.kind == TaskReply::Kind::done;
    const SweepRun run = sweep_.run_at(end.task);
    if (done) {
      ++outcome_.done;
    } else if (!is_done(run)) {
      ++outcome_.failed;
      write_failure(sweep_, run, why(end, sweep_.study().limits.wall_seconds), presence_.part_file("failure"));
    }
    tell();
    outcome_.stopped_on_failure = outcome_.failed > 0 && sweep_.study().limits.on_failure == OnFailure::stop;
    return stop_signal() == 0 && !outcome_.stopped_on_failure;
  }

  bool look(const Workers& workers) {
    std::vector<std::string> names;
    for (const std::uint64_t index : workers.in_hand()) names.push_back(run_name(sweep_.run_at(index)));
    presence_.renew(names);
    tell();
    return stop_signal() == 0;
  }

  void tell() const {
    const std::uint64_t now = outcome_.done + outcome_.failed;
    const double spent = seconds_since(start_), rate = spent > 0 ? static_cast<double>(now) / spent : 0;
    const double left = rate > 0 ? static_cast<double>(missing_.size() - now) / rate : 0;
    const std::uint64_t before = outcome_.done_before + outcome_.failed_before;
    progress_({outcome_.done_before + outcome_.done, outcome_.failed_before + outcome_.failed, before + missing_.size(), spent, left});
  }

  const Sweep& sweep_;
  const std::function<void(const SweepProgress&)>& progress_;
  Presence presence_;
  std::unique_ptr<RunLock> lock_;
  std::vector<std::uint64_t> missing_;  ///< indices of runs, in the order in which they will be done
  std::size_t at_ = 0;
  SweepOutcome outcome_;
  Clock::time_point start_ = Clock::now();
};
}  // namespace

Crew crew_for(int threads, std::uint64_t bytes, std::uint64_t available, std::uint64_t runs) {
  const double fit = usable_share * static_cast<double>(available) / static_cast<double>(std::max<std::uint64_t>(bytes, 1));
  const double most = std::min({static_cast<double>(threads), std::floor(fit), static_cast<double>(runs)});
  const auto workers = static_cast<std::size_t>(std::max(1.0, most));
  return {workers, std::max(1, threads / static_cast<int>(workers))};
}

int threads_for(const SweepOptions& options) {
  if (options.threads > 0) return options.threads;
  const int available = available_threads();
  const bool bound = available < static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));  // to processors of its own, by the launcher
  return bound ? available : std::max(1, available / static_cast<int>(options.shard.beside));
}

void check_memory(const Sweep& sweep, const LoadedScenario& loaded) {
  const double limit = sweep.study().limits.memory_bytes;
  const std::uint64_t bytes = bytes_of(loaded);
  if (static_cast<double>(bytes) > limit)
    throw InputError(
        fmt::format("needs {} of memory, limits.memory is {}", bytes_text(bytes), bytes_text(static_cast<std::uint64_t>(limit))));
}

std::uint64_t bytes_per_run(const Sweep& sweep) {
  std::uint64_t most = bytes_of(sweep.loaded.base);
  const std::size_t rows = sweep.points.rows();
  for (const std::size_t point : {std::size_t{0}, rows / 2, rows - 1}) {
    try {
      most = std::max(most, bytes_of(scenario_of(sweep, {point, 0})));
    } catch (const InputError&) {  // it will be noted as failed
    }
  }
  const double limit = sweep.study().limits.memory_bytes;  // what needs more is refused before it takes it
  return static_cast<double>(most) > limit ? static_cast<std::uint64_t>(limit) : most;
}

std::string do_run(const Sweep& sweep, SweepRun run, int threads, const std::string& part) {
  const auto start = Clock::now();
  RunRecord record;
  try {
    const LoadedScenario loaded = scenario_of(sweep, run);
    check_memory(sweep, loaded);
    record = record_of(sweep, run, sweep.simulation(loaded, threads));
  } catch (const std::exception& error) {
    return error.what();
  }
  record.seconds = seconds_since(start);
  write_record(record, sweep.folder.record(run), part);
  return {};
}

SweepOutcome run_sweep(const Sweep& sweep, const SweepOptions& options, const std::function<void(const SweepProgress&)>& progress,
                       const std::function<void(const std::string&)>& notes) {
  sweep.folder.make_folders(sweep.points.rows());
  Running running(sweep, options, progress);
  if (running.missing() == 0) return running.outcome();
  const Crew crew = crew_for(threads_for(options), bytes_per_run(sweep), machine_memory().available, running.missing());
  notes(fmt::format("{} runs to do, {} side by side with {} thread{} each", running.missing(), crew.workers, crew.threads,
                    crew.threads == 1 ? "" : "s"));
  return running.go(crew);
}

std::uint64_t forget_failures(const Sweep& sweep, const Shard& shard) {
  std::uint64_t count = 0;
  for (std::uint64_t index = 0; index < sweep.runs(); ++index) {
    const SweepRun run = sweep.run_at(index);
    if (shard.has(index) && ::unlink(sweep.folder.failure(run).c_str()) == 0) ++count;
  }
  return count;
}

}  // namespace spillway
