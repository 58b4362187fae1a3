#include "run/run.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/parallel.hpp"
#include "build/build.hpp"
#include "engine/engine.hpp"
#include "engine/traffic.hpp"
#include "input/resolved.hpp"
#include "model/validate.hpp"
#include "model/version.hpp"
#include "observe/recorder.hpp"
#include "run/provenance.hpp"
#include "run/saver.hpp"
#include "run/signals.hpp"
#include "store/graph_file.hpp"
#include "store/trajectory.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::string number(double x, const char* format = "%.1f") {
  char text[64];
  std::snprintf(text, sizeof text, format, x);
  return text;
}

std::string gigabytes(std::uint64_t bytes) { return number(static_cast<double>(bytes) / 1e9, "%.2f") + " GB"; }

/// Everything about one run that is not the world itself.
struct Session {
  const LoadedScenario& loaded;
  std::string resolved;
  std::string path;
  std::string contacts_hash;  ///< of the user's own network, empty without one
  int threads = 1;
  double build_seconds = 0, run_seconds = 0, bytes_per_user = 0;
  std::uint64_t user_ticks = 0, decided = 0, contact_updates = 0;
  double bytes_moved_per_user = 0;
};

void check_memory(const Scenario& s, std::uint64_t graph_bytes) {
  const auto machine = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  const std::uint64_t needed = memory_needed(s) + graph_bytes;
  if (needed > machine / 100 * 95)
    throw InputError("the run needs " + gigabytes(needed) + " of memory, the machine has " + gigabytes(machine) +
                     "; lower population.users (--users) or use a larger machine");
}

Graph load_graph(const LoadedScenario& loaded, const std::function<void(const std::string&)>& notes, std::uint64_t& bytes) {
  if (loaded.scenario.contacts.kind != ContactsKind::file) return {};
  bytes = graph_memory_bytes(loaded.contacts_path, loaded.scenario.population.users);
  notes("contact network " + loaded.scenario.contacts.path + " will take " + gigabytes(bytes) + " of memory");
  check_memory(loaded.scenario, bytes);
  return read_graph(loaded.contacts_path, loaded.scenario.population.users);
}

std::string hex(std::uint64_t x) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(x));
  return text;
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
  if (force || !fs::exists(session.path)) return false;
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

void make_folder(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  if (folder.empty()) return;
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) throw FileError("cannot make the folder " + folder.string() + ": " + failed.message() + "; give another -o FILE");
}

void describe(Recording& recording, const World& world, const Session& session, const std::string& status, const std::string& reason) {
  const Scenario& s = world.scenario;
  recording.attributes = {{"Conventions", "CF-1.10"},
                          {"title", s.title},
                          {"summary", s.description},
                          {"caveat", s.caveat},
                          {"source", "spillway " + std::string(program_version)},
                          {"id", hex(hash_text(session.resolved))},
                          {"schema_version", std::string(schema_version)},
                          {"program_version", std::string(program_version)},
                          {"model_version", std::to_string(model_version)},
                          {"git_commit", git_commit()},
                          {"seed", std::to_string(s.seed)},
                          {"replicate", std::to_string(s.replicate)},
                          {"agents", std::to_string(s.population.users)},
                          {"contacts_hash", session.contacts_hash},
                          {"people_per_agent", number(world.people_per_agent, "%.17g")},
                          {"bytes_per_user", number(session.bytes_per_user)},
                          {"status", status},
                          {"stop_reason", reason}};
  recording.texts = {{"provenance/scenario_yaml", session.loaded.source_text},
                     {"provenance/scenario_resolved", session.resolved},
                     {"provenance/build", build_text()}};
  const double ticks = static_cast<double>(session.user_ticks);
  recording.timing = {{"created", timestamp()},
                      {"host", host_name()},
                      {"threads", std::to_string(session.threads)},
                      {"scenario_file", session.loaded.files.empty() ? "" : session.loaded.files[0]},
                      {"seconds_build", number(session.build_seconds, "%.3f")},
                      {"seconds_run", number(session.run_seconds, "%.3f")},
                      {"ns_per_user_tick", number(ticks > 0 ? session.run_seconds * 1e9 / ticks : 0.0, "%.2f")},
                      {"user_ticks", std::to_string(session.user_ticks)},
                      {"decided", std::to_string(session.decided)},
                      {"contact_updates", std::to_string(session.contact_updates)},
                      {"bytes_moved_per_user", number(session.bytes_moved_per_user)}};
}

struct Loop {
  World& world;
  Engine& engine;
  Recorder& recorder;
  Saver& saver;
  Session& session;
  std::uint32_t ticks;

  void step() {
    const bool first = recorder.begins_interval(engine.ticks_done());
    recorder.before_tick(world, engine.now());
    PanelRow row = empty_row(recorder.panel());
    const bool watched = first && !recorder.panel().ids.empty();
    const Tally& tally = engine.tick({first, watched ? &recorder.panel() : nullptr, watched ? &row : nullptr});
    recorder.after_tick(world, tally, watched ? &row : nullptr);
    session.user_ticks += world.view.users;
    session.decided += world.online;
    session.contact_updates = engine.contact_updates();
  }

  Recording snapshot(const std::string& status, const std::string& reason) const {
    Recording recording = recorder.recording(world);
    describe(recording, world, session, status, reason);
    return recording;
  }

  Progress progress(double seconds) const {
    const double done = static_cast<double>(engine.ticks_done()) / ticks;
    const auto day = static_cast<std::int32_t>(engine.now());
    return {Date{world.scenario.time.start.days + day}, done, seconds, static_cast<double>(session.user_ticks) / std::max(seconds, 1e-9),
            done > 0 ? seconds * (1 - done) / done : 0};
  }
};

// Ticks until the end or a signal, at least one; returns the signal.
int simulate(Loop& loop, const RunOptions& options, const std::function<void(const Progress&)>& report) {
  const auto start = Clock::now();
  auto saved = start;
  while (loop.engine.ticks_done() < loop.ticks && (loop.engine.ticks_done() == 0 || stop_signal() == 0)) {
    loop.step();
    loop.session.run_seconds = seconds_since(start);
    report(loop.progress(loop.session.run_seconds));
    if (seconds_since(saved) < options.save_every_seconds || !loop.saver.idle()) continue;
    loop.saver.start(loop.snapshot("running", ""));
    saved = Clock::now();
  }
  return loop.engine.ticks_done() < loop.ticks ? stop_signal() : 0;
}
}  // namespace

std::string default_output(const std::string& scenario_file, const Scenario& scenario) {
  const std::string stem = fs::path(scenario_file).stem().string();
  return "output/" + stem + "-s" + std::to_string(scenario.seed) + "-r" + std::to_string(scenario.replicate) + ".h5";
}

RunOutcome run_scenario(const LoadedScenario& loaded, const RunOptions& options, const std::function<void(const Progress&)>& progress,
                        const std::function<void(const std::string&)>& notes) {
  const Scenario& s = loaded.scenario;
  Session session{loaded, resolved_yaml(s), options.output.empty() ? default_output(loaded.files.at(0), s) : options.output, {}};
  session.threads = options.threads > 0 ? options.threads : available_threads();
  const StopSignals signals;
  const auto start = Clock::now();
  std::uint64_t graph_bytes = 0;
  Graph graph = load_graph(loaded, notes, graph_bytes);
  if (graph_bytes > 0) session.contacts_hash = hex(content_hash(graph));
  RunOutcome outcome;
  outcome.path = session.path;
  outcome.already_done = is_done(session, options.force, outcome.recording);
  if (outcome.already_done) return outcome;
  check_memory(s, graph_bytes);
  make_folder(session.path);
  const auto world = build_world(s, {session.threads, {}}, std::move(graph));
  session.bytes_per_user = world->bytes_per_user();
  session.bytes_moved_per_user = bytes_moved_per_user(*world);
  Engine engine(*world);
  Recorder recorder(*world);
  session.build_seconds = seconds_since(start);
  Saver saver(session.path);
  Loop loop{*world, engine, recorder, saver, session, tick_count(s.time)};
  outcome.stopped_by = simulate(loop, options, progress);
  const std::string who = outcome.stopped_by == SIGINT ? "Ctrl-C" : "asked to stop by a signal";
  const std::string reason = outcome.stopped_by == 0 ? "" : who + " on " + to_text(loop.progress(1).date);
  outcome.recording = loop.snapshot(outcome.stopped_by == 0 ? "complete" : "stopped", reason);
  saver.finish(outcome.recording);
  return outcome;
}

}  // namespace spillway
