#include "run/run.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "build/build.hpp"
#include "engine/engine.hpp"
#include "engine/traffic.hpp"
#include "input/resolved.hpp"
#include "model/validate.hpp"
#include "model/version.hpp"
#include "observe/recorder.hpp"
#include "run/describe.hpp"
#include "run/forecast.hpp"
#include "run/lock.hpp"
#include "run/saver.hpp"
#include "run/signals.hpp"
#include "run/state_identity.hpp"
#include "run/states.hpp"
#include "run/step.hpp"
#include "store/commit.hpp"
#include "store/file_kind.hpp"
#include "store/graph_file.hpp"
#include "store/trajectory.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// A run and where it goes.
struct Session : RunFacts {
  std::string path;
};

Graph load_graph(const LoadedScenario& loaded, const Forecast& forecast, const std::function<void(const std::string&)>& notes) {
  if (!forecast.graph) return {};
  notes("contact network " + loaded.scenario.contacts.path + " will take " + bytes_text(forecast.graph->reading) + " of memory");
  return read_graph(loaded.contacts_path, loaded.scenario.population.users);
}

void tell_forecast(const LoadedScenario& loaded, double from, Forecast& forecast, const std::function<void(const std::string&)>& notes) {
  const double user_ticks = static_cast<double>(forecast.users) * forecast.ticks;
  if (user_ticks >= from * forecast.threads) {
    add_time(loaded, forecast);
    notes(forecast_line(forecast));
  }
  if (const std::string warning = memory_warning(forecast.memory, forecast.machine); !warning.empty()) notes(warning);
}

Recording read_old(const std::string& path) {
  try {
    return read_recording(path);
  } catch (const FileError& error) {
    throw FileError(std::string(error.what()) + "; the run would be written there: give another -o FILE, or --force to replace it");
  }
}

// The file at `path` is this very run, complete: nothing to do. Another scenario's result is never replaced silently.
bool is_done(const Session& session, bool force, Recording& recording) {
  if (force || !is_there(session.path)) return false;
  const Recording old = read_old(session.path);
  const bool same = old.text("provenance/scenario_resolved") == session.resolved &&
                    old.attribute("model_version") == std::to_string(model_version) &&
                    old.attribute("contacts_hash") == session.contacts_hash;
  if (!same)
    throw InputError(session.path +
                     " holds the result of another scenario or model version; give another -o FILE, or --force to replace it");
  if (old.attribute("status") != "complete") return false;
  recording = old;
  return true;
}

struct Loop {
  World& world;
  Engine& engine;
  Recorder& recorder;
  Saver& saver;
  States& states;
  Session& session;
  std::uint32_t ticks;

  void step() {
    session.decided_in_full += static_cast<std::uint64_t>(tick_and_record(world, engine, recorder).involved);
    session.user_ticks += world.view.users;
    session.decided += world.online;
    session.contact_updates = engine.contact_updates();
  }

  Recording described(Recording recording, const std::string& status, const std::string& reason) const {
    describe(recording, world, session, status, reason);
    return recording;
  }

  Progress progress(double seconds) const {
    const double done = static_cast<double>(engine.ticks_done()) / ticks;
    const double here = static_cast<double>(session.user_ticks) / world.view.users;  // ticks of this process; others went before a stop
    const auto day = static_cast<std::int32_t>(engine.now());
    return {Date{world.scenario.time.start.days + day}, done, seconds, static_cast<double>(session.user_ticks) / std::max(seconds, 1e-9),
            here > 0 ? seconds * (ticks - engine.ticks_done()) / here : 0};
  }
};

// Seconds until the file is renewed: writing it must not take more than a hundredth of the time.
double seconds_between(const RunOptions& options, const Recorder& recorder) {
  constexpr double bytes_per_second = 1e8;  // of one thread, filtering and reading back; measured with panels
  const double wanted = std::min(options.save_every_seconds, options.state_every_seconds);
  return wanted > 0 ? std::max(wanted, 100.0 * static_cast<double>(recorder.bytes()) / bytes_per_second) : 0.0;
}

// Ticks until the end or a signal, at least one; returns the signal.
int simulate(Loop& loop, const RunOptions& options, const std::function<void(const Progress&)>& report) {
  const auto start = Clock::now();
  auto saved = start;
  while (loop.engine.ticks_done() < loop.ticks && (loop.session.user_ticks == 0 || stop_signal() == 0)) {
    loop.step();
    loop.states.after_tick(loop.engine.ticks_done(), loop.engine.ticks_done() == loop.ticks);
    loop.session.run_seconds = seconds_since(start);
    loop.session.saving_seconds = loop.states.seconds();
    report(loop.progress(loop.session.run_seconds));
    const double every = seconds_between(options, loop.recorder);
    if (seconds_since(saved) < every) continue;
    if (every <= 0) loop.saver.finish();
    if (!loop.saver.idle()) continue;
    loop.saver.start([path = loop.session.path, recording = loop.described(loop.recorder.recording(loop.world), "running", "")] {
      write_recording(recording, path);
    });
    saved = Clock::now();
  }
  return loop.engine.ticks_done() < loop.ticks ? stop_signal() : 0;
}

// The state before the result: whatever happens in between, the same command goes on.
void write_end(Loop& loop, RunOutcome& outcome, const std::function<void(const std::string&)>& notes) {
  if (outcome.stopped_by != 0) loop.states.save_now(loop.engine.ticks_done());
  loop.saver.finish();
  loop.session.saving_seconds = loop.states.seconds();
  const std::string who = outcome.stopped_by == SIGINT ? "Ctrl-C" : "asked to stop by a signal";
  const std::string reason = outcome.stopped_by == 0 ? "" : who + " on " + to_text(loop.progress(1).date);
  outcome.recording =
      loop.described(std::move(loop.recorder).recording(loop.world), outcome.stopped_by == 0 ? "complete" : "stopped", reason);
  write_recording(outcome.recording, loop.session.path, loop.session.threads);
  if (outcome.stopped_by == 0) loop.states.remove(notes);
}

// What a killed process left, and with --force what a stopped one left.
void clear_away(const Session& session, const States& states, bool force, const std::function<void(const std::string&)>& notes) {
  states.remove_parts();
  std::remove((session.path + ".part").c_str());  // what cannot be removed is overwritten later
  if (force) states.remove(notes);
}

// The result is complete. A process killed right after writing it may have left its states or its lock.
void tidy_up(const Session& session, const States& states, const std::function<void(const std::string&)>& notes) {
  if (const std::string missing = states.missing(); !missing.empty())
    throw InputError(session.path + " is complete, so " + missing + " cannot be saved on the way; --force runs it again");
  const std::string lock_path = stem_of(session.path) + ".lock";
  if (!states.left_over() && !is_there(lock_path)) return;
  try {
    const RunLock lock(lock_path, session.path);
    clear_away(session, states, true, notes);
  } catch (const FileError&) {  // another process runs it anew, or nobody may write here: the result stands as it is
  }
}
}  // namespace

std::string default_output(const std::string& scenario_file, const Scenario& scenario) {
  const std::string stem = fs::path(scenario_file).stem().string();
  return "output/" + stem + "-s" + std::to_string(scenario.seed) + "-r" + std::to_string(scenario.replicate) + ".h5";
}

RunOutcome run_scenario(const LoadedScenario& loaded, const RunOptions& options, const std::function<void(const Progress&)>& progress,
                        const std::function<void(const std::string&)>& notes) {
  const Scenario& s = loaded.scenario;
  Session session{{loaded, resolved_yaml(s)}, options.output.empty() ? default_output(loaded.files.at(0), s) : options.output};
  session.threads = options.threads > 0 ? options.threads : available_threads();
  const StopSignals signals;
  auto start = Clock::now();
  Forecast forecast = forecast_run(loaded, session.threads);
  Graph graph = load_graph(loaded, forecast, notes);
  if (forecast.graph) session.contacts_hash = hex_text(content_hash(graph));
  RunOutcome outcome;
  outcome.path = session.path;
  outcome.already_done = is_done(session, options.force, outcome.recording);
  Saver saver;
  States states(session.path, s, options, saver);
  if (outcome.already_done) {
    tidy_up(session, states, notes);
    return outcome;
  }
  const auto before = Clock::now();
  tell_forecast(loaded, options.forecast_from, forecast, notes);
  start += Clock::now() - before;  // a forecast is no part of the build
  make_folder_of(session.path);
  const RunLock lock(stem_of(session.path) + ".lock", session.path);
  clear_away(session, states, options.force, notes);
  const auto world = build_world(s, {session.threads, {}}, std::move(graph));
  session.bytes_per_user = world->bytes_per_user();
  session.bytes_moved_per_user = bytes_moved_per_user(*world);
  Recorder recorder(*world);
  const std::uint32_t done = states.begin(identity_of(*world, session.resolved, session.contacts_hash), *world, recorder, notes);
  Engine engine = done > 0 ? Engine(*world, TicksDone{done}) : Engine(*world);
  session.build_seconds = seconds_since(start);
  Loop loop{*world, engine, recorder, saver, states, session, tick_count(s.time)};
  outcome.stopped_by = simulate(loop, options, progress);
  write_end(loop, outcome, notes);
  return outcome;
}

}  // namespace spillway
