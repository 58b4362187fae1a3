// Worlds that share their past are, to the bit, what they are when run one by one.
#include "study/world_tree.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "input/load.hpp"
#include "model/validate.hpp"
#include "study/shared_past.hpp"

using namespace spillway;
namespace fs = std::filesystem;

namespace {
const std::string folder = SPILLWAY_SOURCE_DIR "/scenarios/";
const std::vector<std::string> small{"population.users=4000"};

LoadedScenario named(const std::string& name, std::vector<std::string> sets = {}) {
  sets.insert(sets.begin(), small.begin(), small.end());
  return load_scenario(folder + name + ".yaml", sets);
}

std::vector<Recording> grown(const std::vector<const LoadedScenario*>& worlds, int threads = 1) {
  return grow(plan_trees(worlds), worlds, threads, [] { return true; });
}

/// Ticks simulated for all of them, of those of separate runs.
double cost(const std::vector<const LoadedScenario*>& worlds) {
  std::uint64_t separate = 0;
  for (const LoadedScenario* world : worlds) separate += tick_count(world->scenario.time);
  return static_cast<double>(ticks_of(plan_trees(worlds))) / static_cast<double>(separate);
}
}  // namespace

TEST_CASE("every shipped what-if branched from history equals its separate run") {
  const LoadedScenario history = named("history");
  const std::string past = digest(grown({&history})[0]);
  std::size_t shared = 0, all = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string name = entry.path().stem().string();
    if (name == "history" || name == "china_full" || name == "tiny") continue;
    const LoadedScenario what_if = named(name);
    INFO(name << ", costs " << cost({&history, &what_if}));
    const std::vector<Recording> both = grown({&history, &what_if});
    CHECK(digest(both[0]) == past);
    CHECK(digest(both[1]) == digest(grown({&what_if})[0]));
    ++all;
    if (cost({&history, &what_if}) < 1.0) ++shared;
  }
  CHECK(all >= 18);
  CHECK(shared >= 16);
}

TEST_CASE("many worlds in one tree, on several threads") {
  const LoadedScenario history = named("history"), no_ban = named("no_ban"), no_ads = named("no_ads"), entrant = named("third_entrant"),
                       other = named("history", {"habit.memory=30 d"}), shorter = named("history", {"time.end=2014-06-30"});
  const std::vector<const LoadedScenario*> worlds{&history, &no_ban, &no_ads, &entrant, &other, &shorter};
  const std::vector<Recording> together = grown(worlds, 2);
  for (std::size_t w = 0; w < worlds.size(); ++w) {
    INFO(w);
    CHECK(digest(together[w]) == digest(grown({worlds[w]})[0]));
  }
  CHECK(cost(worlds) < 0.75);
}

TEST_CASE("what is the same world is simulated once") {
  const LoadedScenario history = named("history"), again = named("history"), renamed = named("history", {"title=Another name"});
  CHECK(cost({&history, &again, &renamed}) == Approx(1.0 / 3));
  const std::vector<Recording> runs = grown({&history, &again, &renamed});
  CHECK(digest(runs[0]) == digest(runs[1]));
  CHECK(runs[2].attribute("title") == "Another name");
  CHECK(digest(runs[2]) == digest(grown({&renamed})[0]));
}

TEST_CASE("when worlds part") {
  const LoadedScenario history = named("history"), no_ban = named("no_ban");
  const double dt = tick_days(history.scenario.time);
  const auto tick_of = [&](const char* date) {
    return static_cast<std::uint32_t>((parse_date(date)->days - history.scenario.time.start.days) / dt);
  };
  const auto shared = [&](const std::vector<std::string>& sets) { return shared_ticks(history.scenario, named("history", sets).scenario); };
  CHECK(shared_ticks(history.scenario, no_ban.scenario) == tick_of("2014-11-26"));
  CHECK(shared({}) == tick_count(history.scenario.time));
  CHECK(shared({"seed=1"}) == 0);
  CHECK(shared({"habit.memory=30 d"}) == 0);
  CHECK(shared({"platforms.wechat.contact_import=0"}) == tick_of("2011-01-21"));  // acts from the launch
  CHECK(shared({"platforms.wechat.initial_share=0.1"}) == tick_of("2011-01-21"));
  CHECK(shared({"platforms.wechat.launch=2010-06-01"}) == tick_of("2010-06-01"));  // of the earlier launch
  CHECK(shared({"marketplace.commission=0.4"}) == 0);
  CHECK(shared({"time.end=2012-12-31"}) == tick_count(named("history", {"time.end=2012-12-31"}).scenario.time));
  CHECK(shared_ticks(history.scenario, named("third_entrant").scenario) > 0);
}

TEST_CASE("a stopped tree gives no half runs") {
  const LoadedScenario history = named("history"), no_ban = named("no_ban");
  int left = 300;
  const std::vector<const LoadedScenario*> worlds{&history, &no_ban};
  const std::vector<Recording> runs = grow(plan_trees(worlds), worlds, 1, [&] { return --left > 0; });
  CHECK(runs[0].variables.empty());
  CHECK(runs[1].variables.empty());
}
