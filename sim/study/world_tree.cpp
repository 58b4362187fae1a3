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
using Loaded = std::vector<const LoadedScenario*>;
using Clock = std::chrono::steady_clock;

/// Contact networks from different files may have any contents.
std::uint32_t shared(const LoadedScenario& a, const LoadedScenario& b) {
  return a.contacts_path == b.contacts_path ? shared_ticks(a.scenario, b.scenario) : 0;
}

std::uint32_t ticks_of(const LoadedScenario& world) { return tick_count(world.scenario.time); }

Worlds covered_by(const Loaded& loaded, std::size_t whole, const Worlds& worlds) {
  Worlds found;
  for (const std::size_t w : worlds)
    if (covers(loaded[whole]->scenario, loaded[w]->scenario)) found.push_back(w);
  return found;
}

/// The one that can live through the past for most of the others; the first of these.
std::size_t widest(const Loaded& loaded, const Worlds& worlds) {
  const auto count = [&](std::size_t w) { return covered_by(loaded, w, worlds).size(); };
  return *std::max_element(worlds.begin(), worlds.end(), [&](std::size_t a, std::size_t b) { return count(a) < count(b); });
}

/// To share ticks up to a given one is an equivalence: worlds that are the same as a third one are the same.
std::vector<Worlds> split(const Loaded& loaded, const Worlds& worlds, std::uint32_t at) {
  std::vector<Worlds> classes;
  for (const std::size_t w : worlds) {
    const auto same = [&](const Worlds& c) { return shared(*loaded[c[0]], *loaded[w]) > at; };
    const auto found = std::find_if(classes.begin(), classes.end(), same);
    if (found == classes.end())
      classes.push_back({w});
    else
      found->push_back(w);
  }
  return classes;
}

/// One of the worlds has all that the others have.
Branch branch_of(const Loaded& loaded, const Worlds& worlds, std::uint32_t first) {
  Branch branch{widest(loaded, worlds), worlds, first, ticks_of(*loaded[worlds[0]]), {}};
  for (const std::size_t w : worlds) branch.last = std::min({branch.last, ticks_of(*loaded[w]), shared(*loaded[worlds[0]], *loaded[w])});
  if (std::all_of(worlds.begin(), worlds.end(), [&](std::size_t w) { return ticks_of(*loaded[w]) == branch.last; })) return branch;
  for (const Worlds& part : split(loaded, worlds, branch.last)) branch.children.push_back(branch_of(loaded, part, branch.last));
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

std::vector<Branch> plan_trees(const std::vector<const LoadedScenario*>& loaded, bool sharing) {
  std::vector<Branch> trees;
  Worlds all;
  for (std::size_t w = 0; w < loaded.size(); ++w) all.push_back(w);
  for (Worlds part : split(loaded, all, 0))
    while (!part.empty()) {
      const std::size_t whole = widest(loaded, part);
      const Worlds together = sharing ? covered_by(loaded, whole, part) : Worlds{part[0]};
      trees.push_back(branch_of(loaded, together, 0));
      std::erase_if(part, [&](std::size_t w) { return std::find(together.begin(), together.end(), w) != together.end(); });
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
