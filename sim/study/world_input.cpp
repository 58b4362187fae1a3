#include "study/world_input.hpp"

#include <algorithm>
#include <filesystem>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "input/resolved.hpp"
#include "model/calibration_view.hpp"
#include "model/ensemble_view.hpp"
#include "model/sweep_view.hpp"
#include "model/version.hpp"
#include "run/describe.hpp"
#include "store/graph_file.hpp"
#include "store/trajectory.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;

/// The resolved scenario stands for itself wherever the file lies; only a contact network is looked for beside the scenario's file.
LoadedScenario scenario_in(const Recording& run, const std::string& file, const std::vector<std::string>& sets) {
  const std::string resolved = run.text("provenance/scenario_resolved");
  if (resolved.empty()) throw InputError(file + " holds no scenario, so it cannot be compared");
  const std::string written = scenario_file_of(run);
  LoadedScenario loaded = load_scenario_text(resolved, written.empty() ? file : written, fs::path(written).parent_path().string(), sets);
  loaded.source_text = run.text("provenance/scenario_yaml");
  return loaded;
}

std::string contacts_hash(const LoadedScenario& loaded) {
  if (loaded.contacts_path.empty()) return {};
  return hex_text(content_hash(read_graph(loaded.contacts_path, loaded.scenario.population.users)));
}

/// Whether the run is what this program would make of the scenario.
bool is_run_of(const Recording& run, const LoadedScenario& wanted) {
  if (run.attribute("status") != "complete" || run.attribute("model_version") != std::to_string(model_version)) return false;
  Scenario own = load_scenario_text(run.text("provenance/scenario_resolved"), "result").scenario;
  record_series_only(own);
  return resolved_yaml(own) == resolved_yaml(wanted.scenario) && run.attribute("contacts_hash") == contacts_hash(wanted);
}

/// The run as it would be without panel and snapshots, so that its digest is that of the other replicates' kind.
Recording without_panel(Recording run, const Scenario& scenario) {
  std::erase_if(run.variables, [](const Variable& v) { return v.group == "panel" || v.group == "snapshots"; });
  const std::string resolved = resolved_yaml(scenario);
  for (auto& [name, text] : run.texts)
    if (name == "provenance/scenario_resolved") text = resolved;
  for (auto& [name, value] : run.attributes)
    if (name == "id") value = hex_text(hash_text(resolved));
  return run;
}

WorldInput read_world(const std::string& file, const std::vector<std::string>& sets) {
  WorldInput world;
  if (!is_result_file(file)) {
    world.loaded = load_scenario(file, sets);
    world.name = fs::path(file).stem().string();
    record_series_only(world.loaded.scenario);
    return world;
  }
  Recording run = read_recording(file);
  if (is_sweep(run))
    throw InputError(file + " is a sweep of many scenarios: `spillway report` shows it; compare takes scenarios or single results");
  if (is_calibration(run))
    throw InputError(file + " is a calibration: `spillway report` shows it; compare takes scenarios or single results");
  if (is_ensemble(run)) throw InputError(file + " is a comparison already; give the scenarios or single results that it was made from");
  world.loaded = scenario_in(run, file, sets);
  const std::string written = scenario_file_of(run);
  world.name = fs::path(written.empty() ? file : written).stem().string();
  record_series_only(world.loaded.scenario);
  const Scenario& s = world.loaded.scenario;
  if (is_run_of(run, world.loaded)) world.known.emplace(s.replicate, without_panel(std::move(run), s));
  return world;
}
}  // namespace

void record_series_only(Scenario& scenario) {
  scenario.record.panel = {};
  scenario.record.snapshots.clear();
}

std::string scenario_file_of(const Recording& run) {
  for (const auto& [name, value] : run.timing)
    if (name == "scenario_file") return value;
  return {};
}

std::vector<WorldInput> read_worlds(const std::vector<std::string>& files, const std::vector<std::string>& sets) {
  std::vector<WorldInput> worlds;
  for (const std::string& file : files) {
    WorldInput world = read_world(file, sets);
    const auto taken = [&](const std::string& name) {
      return std::any_of(worlds.begin(), worlds.end(), [&](const WorldInput& w) { return w.name == name; });
    };
    const std::string name = world.name;
    for (int n = 2; taken(world.name); ++n) world.name = name + "-" + std::to_string(n);
    worlds.push_back(std::move(world));
  }
  for (WorldInput& world : worlds) world.loaded.scenario.replicate = worlds[0].loaded.scenario.replicate;  // each has all replicates
  return worlds;
}

}  // namespace spillway
