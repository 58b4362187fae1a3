#include "study/sweep.hpp"

#include <algorithm>

#include "model/validate.hpp"
#include "study/world_input.hpp"
#include "study/world_tree.hpp"

namespace spillway {

namespace {
constexpr std::uint32_t probe_users = 1000;  // chosen: some hundredths of a second; series and labels do not depend on it
}

Recording simulate_market(const LoadedScenario& loaded, int threads) {
  const Branch alone{0, {0}, 0, tick_count(loaded.scenario.time), {}};  // a plan would compare it with itself, key by key
  return std::move(grow({alone}, {&loaded}, threads, [] { return true; })[0]);
}

SweepRun Sweep::run_at(std::uint64_t index) const { return {index % points.rows(), static_cast<std::uint32_t>(index / points.rows())}; }

std::vector<std::string> sets_of(const Sweep& sweep, SweepRun run) {
  std::vector<std::string> sets = sweep.study().sets;
  const std::vector<std::string> point = assignments(sweep.study(), sweep.points.row(run.point));
  sets.insert(sets.end(), point.begin(), point.end());
  // Numbers of replicates must not move when more replicates are asked for later.
  const std::uint64_t replicate = sweep.study().common_random_numbers ? run.replicate : run.replicate * sweep.points.rows() + run.point;
  sets.push_back("replicate=" + std::to_string(sweep.loaded.base.scenario.replicate + replicate));
  return sets;
}

LoadedScenario scenario_of(const Sweep& sweep, SweepRun run) {
  LoadedScenario loaded = sweep.loaded.scenarios.load(sets_of(sweep, run));
  record_series_only(loaded.scenario);
  return loaded;
}

Recording probe(LoadedScenario loaded, const Simulation& simulation) {
  Scenario& s = loaded.scenario;
  s.population.users = std::min(s.population.users, probe_users);
  if (s.contacts.kind == ContactsKind::file) s.contacts = {};
  loaded.contacts_path.clear();
  record_series_only(s);
  if (s.suppliers.count > 0) s.suppliers.count = std::min(s.suppliers.count, probe_users);
  return simulation(loaded, 1);
}

}  // namespace spillway
