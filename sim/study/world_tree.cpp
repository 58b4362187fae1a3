#include "study/world_tree.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

#include "build/build.hpp"
#include "engine/engine.hpp"
#include "engine/traffic.hpp"
#include "input/resolved.hpp"
#include "model/state.hpp"
#include "model/validate.hpp"
#include "observe/recorder.hpp"
#include "run/describe.hpp"
#include "run/step.hpp"
#include "store/graph_file.hpp"
#include "study/shared_past.hpp"

namespace spillway {

namespace {
using Worlds = std::vector<std::size_t>;
using Clock = std::chrono::steady_clock;

/// One that has all that the others have; the first of them.
std::size_t widest(const std::vector<const Scenario*>& scenarios, const Worlds& worlds) {
  for (const std::size_t candidate : worlds)
    if (std::all_of(worlds.begin(), worlds.end(), [&](std::size_t w) { return covers(*scenarios[candidate], *scenarios[w]); }))
      return candidate;
  return scenarios.size();
}

/// To share ticks up to a given one is an equivalence: worlds that are the same as a third one are the same.
std::vector<Worlds> split(const std::vector<const Scenario*>& scenarios, const Worlds& worlds, std::uint32_t at) {
  std::vector<Worlds> classes;
  for (const std::size_t w : worlds) {
    const auto same = [&](const Worlds& c) { return shared_ticks(*scenarios[c[0]], *scenarios[w]) > at; };
    const auto found = std::find_if(classes.begin(), classes.end(), same);
    if (found == classes.end())
      classes.push_back({w});
    else
      found->push_back(w);
  }
  return classes;
}

Branch branch_of(const std::vector<const Scenario*>& scenarios, const Worlds& worlds, std::uint32_t first) {
  Branch branch{widest(scenarios, worlds), worlds, first, tick_count(scenarios[worlds[0]]->time), {}};
  for (const std::size_t w : worlds) {
    branch.last = std::min(branch.last, tick_count(scenarios[w]->time));
    branch.last = std::min(branch.last, shared_ticks(*scenarios[worlds[0]], *scenarios[w]));
  }
  const bool all_end =
      std::all_of(worlds.begin(), worlds.end(), [&](std::size_t w) { return tick_count(scenarios[w]->time) == branch.last; });
  if (all_end) return branch;
  for (const Worlds& part : split(scenarios, worlds, branch.last)) branch.children.push_back(branch_of(scenarios, part, branch.last));
  const auto goes_on = [&](const Branch& child) {
    return std::find(child.worlds.begin(), child.worlds.end(), branch.world) != child.worlds.end();
  };
  std::stable_partition(branch.children.begin(), branch.children.end(), [&](const Branch& child) { return !goes_on(child); });
  branch.children.back().world = branch.world;  // it has all that the others have, so also all that some of them have
  return branch;
}

/// A world that is being simulated.
struct Stem {
  Stem(const LoadedScenario& loaded, int threads) : facts{loaded, resolved_yaml(loaded.scenario)} {
    const auto start = Clock::now();
    Graph graph;
    if (!loaded.contacts_path.empty()) {
      graph = read_graph(loaded.contacts_path, loaded.scenario.population.users);
      facts.contacts_hash = hex_text(content_hash(graph));
    }
    world = build_world(loaded.scenario, {threads, {}}, std::move(graph));
    recorder = std::make_unique<Recorder>(*world);
    facts.threads = threads;
    facts.bytes_per_user = world->bytes_per_user();
    facts.bytes_moved_per_user = bytes_moved_per_user(*world);
    facts.build_seconds = std::chrono::duration<double>(Clock::now() - start).count();
  }
  void begin() { engine = std::make_unique<Engine>(*world); }
  void begin_as(const Stem& other) {
    adopt_state(*world, *other.world);
    recorder->adopt(*world, *other.recorder, *other.world);
    engine = std::make_unique<Engine>(*world, TicksDone{other.engine->ticks_done()});
  }
  /// False if asked to stop.
  bool grow_until(std::uint32_t last, const Ticked& ticked) {
    const auto start = Clock::now();
    while (engine->ticks_done() < last) {
      facts.decided_in_full += static_cast<std::uint64_t>(tick_and_record(*world, *engine, *recorder).involved);
      facts.user_ticks += world->view.users;
      facts.decided += world->online;
      if (!ticked()) return false;
    }
    facts.contact_updates = engine->contact_updates();
    facts.run_seconds += std::chrono::duration<double>(Clock::now() - start).count();
    return true;
  }
  Recording recording() const {
    Recording recording = recorder->recording(*world);
    describe(recording, *world, facts, "complete", "");
    return recording;
  }

  RunFacts facts;
  std::unique_ptr<World> world;
  std::unique_ptr<Recorder> recorder;
  std::unique_ptr<Engine> engine;
};

struct Grower {
  const std::vector<const LoadedScenario*>& worlds;
  int threads;
  const Ticked& ticked;
  std::vector<Recording> recordings;

  std::unique_ptr<Stem> sprout(std::size_t world) const { return std::make_unique<Stem>(*worlds[world], threads); }

  /// The stem is given up as soon as nobody needs it any more.
  bool live(const Branch& branch, std::unique_ptr<Stem> stem) {
    if (!stem->grow_until(branch.last, ticked)) return false;
    if (branch.children.empty()) {
      deliver(branch, std::move(stem));
      return true;
    }
    for (const Branch& child : branch.children) {
      if (&child == &branch.children.back()) return live(child, std::move(stem));
      auto other = sprout(child.world);
      other->begin_as(*stem);
      if (!live(child, std::move(other))) return false;
    }
    return true;
  }

  /// Worlds may differ in words to the end: each has its own recording.
  void deliver(const Branch& branch, std::unique_ptr<Stem> stem) {
    for (const std::size_t w : branch.worlds) {
      if (w == branch.world) continue;
      auto other = sprout(w);
      other->begin_as(*stem);
      recordings[w] = other->recording();
    }
    recordings[branch.world] = stem->recording();
  }
};
}  // namespace

std::vector<Branch> plan_trees(const std::vector<const Scenario*>& scenarios) {
  std::vector<Branch> trees;
  Worlds all;
  for (std::size_t w = 0; w < scenarios.size(); ++w) all.push_back(w);
  for (const Worlds& part : split(scenarios, all, 0)) {
    if (widest(scenarios, part) < scenarios.size())
      trees.push_back(branch_of(scenarios, part, 0));
    else
      for (const std::size_t w : part) trees.push_back(branch_of(scenarios, {w}, 0));
  }
  return trees;
}

std::uint64_t ticks_of(const std::vector<Branch>& trees) {
  std::uint64_t ticks = 0;
  for (const Branch& tree : trees) ticks += tree.last - tree.first + ticks_of(tree.children);
  return ticks;
}

// A world with children stands by until the last of them, which is itself.
std::size_t most_at_once(const Branch& tree) {
  std::size_t most = tree.worlds.size() > 1 ? 2 : 1;
  for (const Branch& child : tree.children) most = std::max(most, most_at_once(child) + (&child == &tree.children.back() ? 0 : 1));
  return most;
}

std::vector<Recording> grow(const std::vector<Branch>& trees, const std::vector<const LoadedScenario*>& worlds, int threads,
                            const Ticked& ticked) {
  Grower grower{worlds, threads, ticked, std::vector<Recording>(worlds.size())};
  for (const Branch& tree : trees) {
    auto stem = grower.sprout(tree.world);
    stem->begin();
    if (!grower.live(tree, std::move(stem))) break;
  }
  return std::move(grower.recordings);
}

}  // namespace spillway
