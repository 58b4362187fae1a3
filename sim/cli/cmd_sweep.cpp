// `spillway sweep`: many runs of a study: planned once, done in parts by whoever is there, gathered into one result.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/options.hpp"
#include "cli/print.hpp"
#include "cli/progress.hpp"
#include "cli/sweep_arguments.hpp"
#include "model/version.hpp"
#include "run/forecast.hpp"
#include "run/lock.hpp"
#include "run/signals.hpp"
#include "store/commit.hpp"
#include "store/trajectory.hpp"
#include "study/slurm_script.hpp"
#include "study/sweep_forecast.hpp"
#include "study/sweep_gather.hpp"
#include "study/sweep_plan.hpp"
#include "study/sweep_run.hpp"
#include "study/sweep_status.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;
constexpr std::uint64_t most_tasks = 1000;  // Slurm's MaxArraySize is 1001 unless a site raised it

std::string folder_of(const SweepArguments& a) { return a.folder.empty() ? default_sweep_folder(a.study) : a.folder; }

LoadedStudy load(const SweepArguments& a) {
  LoadedStudy loaded = load_study(a.study, a.sets);
  for (const Issue& issue : loaded.notes) say("note: " + to_text(issue));
  return loaded;
}

Sweep open(const SweepArguments& a) { return open_sweep(load(a), folder_of(a)); }

SweepOptions options_of(const SweepArguments& a) {
  SweepOptions options;
  if (!a.threads.empty()) options.threads = static_cast<int>(whole_option("--threads", a.threads, 1, 1024));
  options.shard = shard_of(a.shard, [](const char* name) { return std::getenv(name); });
  return options;
}

/// The command that goes on with this study, ready to be typed.
std::string command(const SweepArguments& a, const std::string& action) {
  std::string text = fmt::format("spillway sweep {} {}", action, shell_word(a.study));
  if (!a.folder.empty()) text += " -o " + shell_word(a.folder);
  for (const std::string& set : a.sets) text += " --set " + shell_word(set);
  return text;
}

int plan(const SweepArguments& a) {
  const Sweep sweep = plan_sweep(load(a), folder_of(a), a.force);
  const SweepForecast f = forecast_sweep(sweep, options_of(a), !a.no_trial);
  if (a.json) {
    print_json_document({{"schema", "spillway-sweep-plan/1"},
                         {"folder", sweep.folder.path()},
                         {"id", sweep.id},
                         {"model_version", std::to_string(model_version)},
                         {"points", sweep.points.rows()},
                         {"replicates", sweep.study().replicates},
                         {"runs", f.runs},
                         {"left", f.left},
                         {"side_by_side", f.crew.workers},
                         {"threads_each", f.crew.threads},
                         {"seconds_per_run", f.trial_runs > 0 ? json_number(f.seconds_per_run) : nullptr},
                         {"seconds", f.trial_runs > 0 ? json_number(f.seconds_here()) : nullptr},
                         {"bytes_per_run", f.bytes_per_run},
                         {"result_bytes", f.result_bytes},
                         {"invalid_points", f.bad_points}});
    return 0;
  }
  if (!sweep.study().title.empty()) fmt::print("{}\n", sweep.study().title);
  fmt::print("{}design: {}\nhere: {}\non a cluster: {}\n", forecast_text(sweep, f), sweep.folder.file("design.csv"), command(a, "run"),
             command(a, "slurm") + " --shards N");
  return 0;
}

struct WrittenResult {
  Gathered gathered;
  std::string result, summary;
};

WrittenResult write_result(const Sweep& sweep) {
  WrittenResult written{{}, sweep.folder.file("results.h5"), sweep.folder.file("summary.csv")};
  const RunLock lock(written.result + ".lock", written.result);
  written.gathered = gather(sweep);
  write_recording(written.gathered.result, written.result);
  const std::string csv = summary_csv(sweep, written.gathered.result);
  commit_text(written.summary, csv);
  return written;
}

void tell_result(const SweepArguments& a, const WrittenResult& written) {
  const Gathered& g = written.gathered;
  if (g.failed + g.missing > 0) fmt::print("{} runs, {} failed, {} missing: NaN in the result\n", g.done, g.failed, g.missing);
  fmt::print("result: {}\ntable: {}\npage: spillway report {}\n", written.result, written.summary, shell_word(written.result));
  const std::string design = g.result.attribute("design");
  if (design != "grid" && design != "list" && design != "one_at_a_time")
    fmt::print("what moves the outcomes most: spillway sensitivity {}\n", shell_word(written.result));
  if (g.failed > 0) fmt::print("the failed again: {}\n", command(a, "retry"));
}

int gather_runs(const SweepArguments& a) {
  const Sweep sweep = open(a);
  const WrittenResult written = write_result(sweep);
  if (!a.json) {
    tell_result(a, written);
    return 0;
  }
  print_json_document({{"schema", "spillway-sweep-gather/1"},
                       {"result", written.result},
                       {"summary", written.summary},
                       {"done", written.gathered.done},
                       {"failed", written.gathered.failed},
                       {"missing", written.gathered.missing}});
  return 0;
}

/// Of a part: what it did, and how to go on.
int tell_end(const SweepArguments& a, const SweepOptions& options, const SweepOutcome& o) {
  const std::string part = options.shard.count == 1 ? "" : fmt::format("part {} of {}: ", options.shard.index, options.shard.count);
  fmt::print("{}{} runs done now, {} before; {} failed, {} left\n", part, o.done, o.done_before, o.failed + o.failed_before, o.left);
  if (o.stopped_on_failure) fmt::print("stopped at the first failure, as limits.on_failure says; {}\n", command(a, "status"));
  if (o.stopped_by != 0) {
    fmt::print("stopped; the same command goes on\n");
    if (o.stopped_by == SIGUSR1 && a.requeue)
      say(requeue_this_task() ? "asked Slurm for another turn" : "Slurm gives no other turn: submit again");
    return exit_code::of_stop(o.stopped_by);
  }
  if (options.shard.one_ends_all && !o.stopped_on_failure) return 0;  // or the other ranks' runs were lost; status tells of the failures
  return o.failed + o.failed_before > 0 ? exit_code::something_found : 0;
}

int work(const SweepArguments& a, const Sweep& sweep, const SweepOptions& options) {
  const StopSignals signals;
  ProgressLine line(a.quiet);
  const SweepOutcome outcome = run_sweep(
      sweep, options,
      [&](const SweepProgress& p) {
        const std::uint64_t ended = p.done + p.failed;
        line.show(p.seconds, fmt::format("{} of {} runs", ended, p.wanted),
                  p.wanted > 0 ? static_cast<double>(ended) / static_cast<double>(p.wanted) : 1, fmt::format("{} failed", p.failed),
                  p.seconds_left);
      },
      [&](const std::string& text) {
        if (!a.quiet) say(text);
      });
  line.finish();
  const int code = tell_end(a, options, outcome);
  if (outcome.left > 0 || outcome.stopped_by != 0) return code;
  if (options.shard.count > 1) {
    fmt::print("when all parts are done: {}\n", command(a, "gather"));
  } else {
    tell_result(a, write_result(sweep));
  }
  return code;
}

int run(const SweepArguments& a) {
  const SweepOptions options = options_of(a);
  const bool alone = options.shard.from.empty();  // many at a time must not plan
  if (!options.shard.from.empty() && !a.quiet)
    say(fmt::format("{}: part {} of {}", options.shard.from, options.shard.index, options.shard.count));
  if (alone && !is_planned(folder_of(a))) return work(a, plan_sweep(load(a), folder_of(a), false), options);
  return work(a, open(a), options);
}

int retry(const SweepArguments& a) {
  const SweepOptions options = options_of(a);
  const Sweep sweep = open(a);
  fmt::print("{} failed runs are to be done again\n", forget_failures(sweep, options.shard));
  return work(a, sweep, options);
}

int status(const SweepArguments& a) {
  const Sweep sweep = open(a);
  const SweepStatus s = status_of(sweep);
  if (a.json) {
    nlohmann::ordered_json json{{"schema", "spillway-sweep-status/1"},
                                {"runs", s.runs},
                                {"done", s.done},
                                {"running", s.running},
                                {"failed", s.failed},
                                {"left", s.left},
                                {"seconds_per_run", json_number(s.seconds_per_run)},
                                {"seconds_left", json_number(s.seconds_left)}};
    for (const WorkerProcess& w : s.workers)
      json["workers"].push_back({{"host", w.host}, {"pid", w.pid}, {"part", w.part}, {"in_hand", w.in_hand}});
    for (const FailedRun& f : s.failures)
      json["failures"].push_back({{"point", f.run.point}, {"replicate", f.run.replicate}, {"message", f.message}});
    print_json_document(json);
    return 0;
  }
  fmt::print("{} runs: {} done, {} running, {} failed, {} left\n", s.runs, s.done, s.running, s.failed, s.left);
  if (std::isfinite(s.seconds_left)) fmt::print("time left: {} with as many at work as now\n", duration_text(s.seconds_left));
  for (const WorkerProcess& w : s.workers)
    fmt::print("at work: {} (process {}), part {}: {}\n", w.host, w.pid, w.part, fmt::join(w.in_hand, " "));
  for (const FailedRun& f : s.failures) fmt::print("failed: {}: {}\n", run_name(f.run), f.message);
  if (s.failed > s.failures.size()) fmt::print("failed: {} more, in {}\n", s.failed - s.failures.size(), sweep.folder.file("failed"));
  if (s.failed > 0) fmt::print("the failed again: {}\n", command(a, "retry"));
  if (s.running == 0 && s.left > 0) fmt::print("go on: {}\n", command(a, "run"));
  if (s.left + s.running == 0) fmt::print("gather: {}\n", command(a, "gather"));
  return 0;
}

SlurmOptions slurm_options(const SweepArguments& a, const Sweep& sweep) {
  SlurmOptions o;
  const auto whole = [](const char* name, const std::string& text, std::uint64_t low, std::uint64_t high, std::uint64_t otherwise) {
    return text.empty() ? otherwise : whole_option(name, text, low, high);
  };
  o.shards = whole("--shards", a.shards, 1, most_tasks, std::min<std::uint64_t>(16, sweep.runs()));
  o.at_once = whole("--at-once", a.at_once, 1, most_tasks, 0);
  o.cpus = static_cast<int>(whole("--cpus", a.cpus, 1, 1024, 1));
  constexpr std::uint64_t program_mb = 200;  // of the parent and what Slurm counts besides; measured below 100
  const std::uint64_t needed = bytes_per_run(sweep) * static_cast<std::uint64_t>(o.cpus) * 5 / 4 / 1'000'000 + program_mb;
  o.memory_mb = whole("--memory", a.memory, 1, 100'000'000, needed);
  if (!a.time.empty()) o.time = a.time;
  o.partition = a.partition;
  o.account = a.account;
  o.job = fs::path(a.study).stem().string();
  for (char& c : o.job)
    if (std::string_view(" \t\n\"'\\").find(c) != std::string_view::npos) c = '_';  // sbatch reads its lines as words
  return o;
}

void write_script(const std::string& path, const std::string& text) {
  commit_text(path, text);
  fs::permissions(path, fs::perms::owner_exec | fs::perms::group_exec, fs::perm_options::add);
}

int slurm(const SweepArguments& a) {
  const Sweep sweep = open(a);
  const SlurmOptions options = slurm_options(a, sweep);
  const std::string folder = fs::absolute(sweep.folder.path()).lexically_normal().string();
  SlurmCall call{shell_word(fs::read_symlink("/proc/self/exe").string()),
                 shell_word(fs::absolute(a.study).lexically_normal().string()),
                 shell_word(folder),
                 {}};
  for (const std::string& set : a.sets) call.options += " --set " + shell_word(set);
  fs::create_directories(folder + "/log");
  const std::string array = sweep.folder.file("sweep.sbatch"), gathering = sweep.folder.file("gather.sbatch");
  write_script(array, array_script(call, options));
  write_script(gathering, gather_script(call, options));
  fmt::print("scripts: {} and {}\n", array, gathering);
  if (a.submit) {
    const SlurmJobs jobs = submit(array, gathering);
    fmt::print("submitted: array {}, gather {}\n", jobs.array, jobs.gather);
  } else {
    fmt::print("submit: job=$(sbatch --parsable {}) && sbatch --dependency=afterany:$job {}\n", shell_word(array), shell_word(gathering));
  }
  fmt::print("how far it is: {}\n", command(a, "status"));
  return 0;
}

int sweep(const SweepArguments& a) {
  if (a.action == "plan") return plan(a);
  if (a.action == "run") return run(a);
  if (a.action == "slurm") return slurm(a);
  if (a.action == "status") return status(a);
  if (a.action == "gather") return gather_runs(a);
  return retry(a);
}
}  // namespace

Action set_up_sweep(CLI::App& app) {
  auto a = std::make_shared<SweepArguments>();
  declare_sweep(app, *a);
  return [a, &app] {
    check_sweep_options(app, a->action);
    return sweep(*a);
  };
}

}  // namespace spillway
