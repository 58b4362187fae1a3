#include "study/sweep_forecast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/error.hpp"
#include "model/validate.hpp"
#include "run/forecast.hpp"
#include "run/machine_memory.hpp"
#include "run/memory_forecast.hpp"
#include "study/run_record.hpp"
#include "study/workers.hpp"

namespace spillway {

namespace {
using Clock = std::chrono::steady_clock;
constexpr double trial_time = 6;               // s; chosen: long against a machine's moods, short for somebody who waits
constexpr double longest_run = 20;             // s; chosen: a run expected to take longer is tried with fewer users
constexpr double expected_ns = 20;             // per user-tick, on the slow side of what is measured
constexpr std::size_t most_trials = 64;        // chosen: the mean of a design's costs is then known to some percent
constexpr std::uint64_t most_checks = 20'000;  // chosen: points loaded to see whether they are valid, about ten seconds
constexpr double golden = 0.6180339887498949;  // multiples of it spread evenly however many there are (Weyl's sequence)

/// The i-th of points spread evenly over the design.
std::uint64_t spread(std::size_t i, std::uint64_t points) {
  const double at = golden * static_cast<double>(i) + 0.5;
  return static_cast<std::uint64_t>((at - std::floor(at)) * static_cast<double>(points));
}

std::uint32_t trial_users(const Scenario& s, int threads) {
  const double seconds = expected_ns * 1e-9 * s.population.users * tick_count(s.time) / threads;
  if (seconds <= longest_run) return s.population.users;
  return static_cast<std::uint32_t>(s.population.users * (longest_run / seconds));
}

/// Seconds of a run that leaves nothing behind, scaled to all its users; what went wrong otherwise.
TaskReply try_run(const Sweep& sweep, std::uint64_t point, int threads) {
  try {
    LoadedScenario loaded = scenario_of(sweep, {point, 0});
    check_memory(sweep, loaded);  // it will be refused, and must not take a long time here either
    Scenario& s = loaded.scenario;
    const double share = static_cast<double>(trial_users(s, threads)) / s.population.users;
    if (share < 1) s.population.users = std::max(1U, static_cast<std::uint32_t>(s.population.users * share));
    if (share < 1 && s.suppliers.count > 0) s.suppliers.count = std::max(1U, static_cast<std::uint32_t>(s.suppliers.count * share));
    const auto start = Clock::now();
    digest(sweep.simulation(loaded, threads));
    return {TaskReply::Kind::done, fmt::format("{}", std::chrono::duration<double>(Clock::now() - start).count() / share)};
  } catch (const std::exception& error) {
    return {TaskReply::Kind::failed, error.what()};
  }
}

void add_trial(const Sweep& sweep, SweepForecast& forecast) {
  const auto start = Clock::now();
  const auto spent = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  const std::uint64_t points = sweep.points.rows(), most = std::min<std::uint64_t>(most_trials, forecast.runs);
  std::size_t given = 0;
  double seconds = 0;
  Workers workers(
      forecast.crew.workers, [&](std::uint64_t point) { return try_run(sweep, point, forecast.crew.threads); },
      sweep.study().limits.wall_seconds);
  workers.run(
      [&]() -> std::optional<std::uint64_t> {
        if (given >= most || (given >= forecast.crew.workers && spent() > trial_time)) return {};
        return spread(given++, points);
      },
      [&](const TaskEnd& end) {
        if (end.signal != 0 || end.reply.kind != TaskReply::Kind::done) return true;
        seconds += std::stod(end.reply.text);
        ++forecast.trial_runs;
        return true;
      },
      [] { return true; });
  forecast.trial_users = trial_users(sweep.loaded.base.scenario, forecast.crew.threads);
  forecast.trial_seconds = spent();
  if (forecast.trial_runs > 0) forecast.seconds_per_run = seconds / static_cast<double>(forecast.trial_runs);
}

void check_points(const Sweep& sweep, SweepForecast& forecast) {
  const std::uint64_t points = sweep.points.rows(), every = (points + most_checks - 1) / most_checks;
  for (std::uint64_t point = 0; point < points; point += every) {
    try {
      scenario_of(sweep, {point, 0});
    } catch (const InputError& error) {
      if (forecast.bad_points++ == 0) forecast.bad_point = fmt::format("point {}: {}", point, error.what());
    }
  }
}

std::uint64_t record_bytes(const Sweep& sweep) {
  const Study& study = sweep.study();
  std::uint64_t numbers = study.outcomes.size();
  if (study.keep != Keep::none) {
    const Recording run = probe(sweep);
    for (const std::string& name : kept_series(study)) numbers += length(run.at(name).values);
  }
  constexpr std::uint64_t head = 100;  // identity, digest, seal
  return head + 8 * numbers;
}
}  // namespace

double SweepForecast::seconds_here() const {
  return std::ceil(static_cast<double>(left) / static_cast<double>(crew.workers)) * seconds_per_run;
}

SweepForecast forecast_sweep(const Sweep& sweep, const SweepOptions& options, bool trial) {
  SweepForecast forecast;
  forecast.runs = forecast.left = sweep.runs();
  for (std::uint64_t index = 0; index < forecast.runs; ++index) {
    const SweepRun run = sweep.run_at(index);
    if (sweep.folder.has_record(run) || sweep.folder.has_failure(run)) --forecast.left;
  }
  forecast.bytes_per_run = bytes_per_run(sweep);
  forecast.available = machine_memory().available;
  forecast.crew = crew_for(threads_for(options), forecast.bytes_per_run, forecast.available, std::max<std::uint64_t>(1, forecast.left));
  forecast.result_bytes = forecast.runs * record_bytes(sweep);
  check_points(sweep, forecast);
  if (trial && sweep.loaded.base.scenario.contacts.kind != ContactsKind::file) add_trial(sweep, forecast);
  return forecast;
}

std::string forecast_text(const Sweep& sweep, const SweepForecast& f) {
  const Study& study = sweep.study();
  std::string text = fmt::format("{} points ({}), {} replicate{} each: {} runs of {} users", grouped(sweep.points.rows()),
                                 to_text(study.design.kind), study.replicates, study.replicates == 1 ? "" : "s", grouped(f.runs),
                                 grouped(sweep.loaded.base.scenario.population.users));
  if (f.left < f.runs) text += fmt::format(", {} of them left", grouped(f.left));
  text += fmt::format("\nmemory: {} a run; {} side by side here take {}\n", bytes_text(f.bytes_per_run), f.crew.workers,
                      bytes_text(f.bytes_per_run * f.crew.workers));
  text += fmt::format("files: about {} before compression\n", bytes_text(f.result_bytes));
  if (f.trial_runs > 0) {
    const double core_hours = f.seconds_per_run * f.crew.threads * static_cast<double>(f.left) / 3600;
    text += fmt::format(
        "time: {} here ({} side by side with {} thread{} each, {:.3g} s a run); {:.2g} core hours; in N equal shards an N-th\n",
        duration_text(f.seconds_here()), f.crew.workers, f.crew.threads, f.crew.threads == 1 ? "" : "s", f.seconds_per_run, core_hours);
    text +=
        fmt::format("trial: {} runs{} in {:.1f} s, thrown away\n", f.trial_runs,
                    f.trial_users < sweep.loaded.base.scenario.population.users ? fmt::format(" of {} users", grouped(f.trial_users)) : "",
                    f.trial_seconds);
  }
  if (f.bad_points > 0)
    text += fmt::format("warning: {} point{} no valid scenario and will be noted as failed; {}\n", f.bad_points,
                        f.bad_points == 1 ? " makes" : "s make", f.bad_point);
  return text;
}

}  // namespace spillway
