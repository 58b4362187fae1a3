#include "run/trial.hpp"

#include <algorithm>
#include <chrono>

#include "build/build.hpp"
#include "engine/engine.hpp"
#include "model/validate.hpp"
#include "observe/recorder.hpp"
#include "run/step.hpp"
#include "store/trajectory.hpp"

namespace spillway {

namespace {
using Clock = std::chrono::steady_clock;
constexpr std::uint32_t largest_growth = 4;  // chosen: with 65,536 users per thread a tick's own cost is far below its users'
constexpr double wanted_seconds = 0.2;       // chosen: nobody waits for it, and it is long against a scheduler's slice
constexpr std::uint32_t panel_users = 100;   // chosen: enough to see how well a panel compresses

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Raw bytes of what grows with the users recorded, and of everything.
struct Recorded {
  double panel = 0, snapshots = 0, rest = 0;
};

Recorded recorded(const Recording& recording) {
  Recorded sizes;
  for (const Variable& variable : recording.variables) {
    const double bytes = std::visit([](const auto& v) { return static_cast<double>(v.size() * sizeof(v[0])); }, variable.values);
    (variable.group == "panel" ? sizes.panel : variable.group == "snapshots" ? sizes.snapshots : sizes.rest) += bytes;
  }
  return sizes;
}

// The last snapshot compresses worst; suppliers keep their number per user.
Scenario in_small(Scenario s, std::uint32_t users, double contacts_per_user) {
  const double share = static_cast<double>(users) / s.population.users;
  s.population.users = users;
  if (s.contacts.kind == ContactsKind::file) {
    s.contacts = {};
    s.contacts.degree = std::clamp(contacts_per_user, 1.0, 100.0);  // more matchings than that are not enumerated well
  }
  if (s.suppliers.count > 0) s.suppliers.count = std::max(1U, static_cast<std::uint32_t>(share * s.suppliers.count));
  s.record.panel.users = std::min({s.record.panel.users, users, panel_users});
  if (!s.record.snapshots.empty()) s.record.snapshots = {s.record.snapshots.back()};
  return s;
}

struct Timed {
  double build = 0, ticks = 0;  ///< seconds
  Recording recording;
};

Timed simulate(const Scenario& s, int threads) {
  Timed timed;
  const auto start = Clock::now();
  const auto world = build_world(s, {threads, {}});
  Engine engine(*world);
  Recorder recorder(*world);
  timed.build = seconds_since(start);
  while (engine.ticks_done() < tick_count(s.time)) tick_and_record(*world, engine, recorder);
  timed.ticks = seconds_since(start) - timed.build;
  timed.recording = std::move(recorder).recording(*world);
  return timed;
}

void add_result(const Scenario& whole, const Scenario& small, int threads, Recording recording, Trial& trial) {
  const Recorded sizes = recorded(recording);
  const double panel =
      static_cast<double>(std::min(whole.record.panel.users, whole.population.users)) / std::max(1U, small.record.panel.users);
  const double snapshots = static_cast<double>(whole.record.snapshots.size()) * whole.population.users / small.population.users;
  const double grown = sizes.panel * panel + sizes.snapshots * snapshots;
  const auto start = Clock::now();
  const auto all = static_cast<double>(file_size(recording, threads));
  const double seconds = seconds_since(start);
  std::erase_if(recording.variables, [](const Variable& v) { return v.group == "panel" || v.group == "snapshots"; });
  const double rest = grown > 0 ? static_cast<double>(file_size(recording, threads)) : all;
  const double result = grown > 0 ? rest + (all - rest) * grown / (sizes.panel + sizes.snapshots) : all;
  trial.result_bytes = static_cast<std::uint64_t>(result);
  trial.write_seconds = seconds * (grown + sizes.rest) / (sizes.panel + sizes.snapshots + sizes.rest);
}

// Other programs, cold caches and starting threads can only make a round slower: the faster one tells more of the machine.
void keep_best(const Scenario& small, const Timed& timed, Trial& trial) {
  const auto better = [](double known, double now) { return known > 0 ? std::min(known, now) : now; };
  trial.users = small.population.users;
  trial.build_ns = better(trial.build_ns, timed.build * 1e9 / trial.users);
  trial.tick_ns = better(trial.tick_ns, timed.ticks * 1e9 / trial.users / tick_count(small.time));
}
}  // namespace

Trial timed_trial(const Scenario& s, int threads, double contacts_per_user) {
  const auto start = Clock::now();
  const std::uint32_t few = static_cast<std::uint32_t>(threads) * users_per_task;  // whole tasks: all threads have as much
  Scenario small = in_small(s, std::min(s.population.users, few), contacts_per_user);
  Trial trial;
  Timed timed = simulate(small, threads);
  keep_best(small, timed, trial);
  const double growth = std::clamp(wanted_seconds / timed.ticks, 1.0, double{largest_growth});
  small = in_small(s, std::min(s.population.users, few * static_cast<std::uint32_t>(growth)), contacts_per_user);
  timed = simulate(small, threads);
  keep_best(small, timed, trial);
  add_result(s, small, threads, std::move(timed.recording), trial);
  trial.seconds = seconds_since(start);
  return trial;
}

}  // namespace spillway
