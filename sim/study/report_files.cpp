#include "study/report_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "analysis/differences.hpp"
#include "analysis/ensemble.hpp"
#include "base/error.hpp"
#include "model/calibration_view.hpp"
#include "model/sweep_view.hpp"
#include "report/calibration_document.hpp"
#include "report/page_document.hpp"
#include "store/trajectory.hpp"
#include "study/parting.hpp"
#include "study/scenario_facts.hpp"
#include "study/sweep_report.hpp"
#include "study/world_input.hpp"

namespace spillway {

namespace {
constexpr double confidence = 0.95;

/// The resolved scenario without what only changes the luck.
std::string scenario_of(const Recording& run) {
  std::string kept, line;
  const std::string text = run.text("provenance/scenario_resolved") + "\n";
  for (const char c : text) {
    if (c != '\n') {
      line += c;
      continue;
    }
    if (!line.starts_with("seed:") && !line.starts_with("replicate:")) kept += line + "\n";
    line.clear();
  }
  return kept;
}

/// Equal seed and number mean equal luck.
using Luck = std::pair<std::string, std::string>;
Luck luck_of(const Recording& run) { return {run.attribute("seed"), run.attribute("replicate")}; }

std::string stem(const std::string& path) { return std::filesystem::path(path).stem().string(); }

struct World {
  std::string scenario, scenario_file, first_file;
  std::vector<Recording> runs;
  std::vector<std::string> files;
};

void add_run(std::vector<World>& worlds, Recording run, const std::string& file) {
  const std::string scenario = scenario_of(run);
  auto world = std::find_if(worlds.begin(), worlds.end(), [&](const World& w) { return w.scenario == scenario; });
  if (world == worlds.end()) world = worlds.insert(worlds.end(), {scenario, scenario_file_of(run), file, {}, {}});
  for (std::size_t i = 0; i < world->runs.size(); ++i)
    if (luck_of(world->runs[i]) == luck_of(run))
      throw InputError(fmt::format("{} and {} are the same run: a replicate counts once (other runs need another --replicate or --seed)",
                                   world->files[i], file));
  world->runs.push_back(std::move(run));
  world->files.push_back(file);
}

/// The scenario's file name, as people call a world; the result's where two would be called the same.
std::vector<std::string> names_of(const std::vector<World>& worlds) {
  std::vector<std::string> names;
  const auto taken = [&](const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  for (const World& world : worlds) {
    const std::string by_scenario = stem(world.scenario_file);
    const auto same = std::count_if(worlds.begin(), worlds.end(), [&](const World& w) { return stem(w.scenario_file) == by_scenario; });
    const std::string wanted = by_scenario.empty() || same > 1 ? stem(world.first_file) : by_scenario;
    std::string name = wanted;
    for (int number = 2; taken(name); ++number) name = fmt::format("{}-{}", wanted, number);
    names.push_back(name);
  }
  return names;
}

/// With runs of several seeds, replicate numbers alone would pair runs of other luck: number the pairs through instead.
void number_by_luck(std::vector<World>& worlds) {
  std::vector<Luck> all;
  for (const World& world : worlds)
    for (const Recording& run : world.runs)
      if (std::find(all.begin(), all.end(), luck_of(run)) == all.end()) all.push_back(luck_of(run));
  if (std::all_of(all.begin(), all.end(), [&](const Luck& luck) { return luck.first == all[0].first; })) return;
  for (World& world : worlds)
    for (Recording& run : world.runs) {
      const auto at = std::find(all.begin(), all.end(), luck_of(run)) - all.begin();
      for (auto& [name, value] : run.attributes)
        if (name == "replicate") value = std::to_string(at);
    }
}

double last_day_of(const Runs& world) {
  double last = std::numeric_limits<double>::infinity();
  for (const Recording& run : world.replicates) last = std::min(last, last_whole_day(run));
  return last;
}

/// Where each further world leaves the first, seen in a pair with equal luck. Of a world without such a pair nothing is known but
/// that it has gone its own way from the start.
std::vector<Parting> partings_of(const std::vector<Runs>& worlds) {
  std::vector<Parting> found;
  for (std::size_t w = 1; w < worlds.size(); ++w) {
    const double last_day = std::min(last_day_of(worlds[0]), last_day_of(worlds[w]));
    Parting& parting = found.emplace_back(Parting{worlds[w].name, 0, last_day, "", "", ""});
    for (const Recording& run : worlds[w].replicates) {
      const auto partner = std::find_if(worlds[0].replicates.begin(), worlds[0].replicates.end(),
                                        [&](const Recording& other) { return luck_of(other) == luck_of(run); });
      if (partner == worlds[0].replicates.end()) continue;
      parting = find_parting(worlds[w].name, *partner, run, last_day);
      break;
    }
  }
  return found;
}

/// Luck is drawn by user, so that other numbers of users have other luck.
bool same_users(const std::vector<Runs>& worlds) {
  for (const Runs& world : worlds)
    for (const Recording& run : world.replicates)
      if (run.attribute("agents") != worlds[0].replicates[0].attribute("agents")) return false;
  return true;
}

Report of_runs(std::vector<World> worlds) {
  number_by_luck(worlds);
  const std::vector<std::string> names = names_of(worlds);
  std::vector<Runs> runs;
  for (std::size_t w = 0; w < worlds.size(); ++w) runs.push_back({names[w], std::move(worlds[w].runs)});
  Report report{ensemble(runs), {}};
  report.ensemble.timing = runs[0].replicates[0].timing;
  if (runs.size() > 1) report.comparison = compare_worlds(report.ensemble, confidence, partings_of(runs), same_users(runs));
  return report;
}
}  // namespace

Report read_report(const std::vector<std::string>& files) {
  std::vector<World> worlds;
  for (const std::string& file : files) {
    Recording recording = read_recording(file);
    if (is_sweep(recording) || is_calibration(recording))
      throw InputError(fmt::format("{} is a {} and makes a page of its own: give it alone, or only results of single runs", file,
                                   recording.attribute("kind")));
    if (!is_ensemble(recording)) {
      add_run(worlds, std::move(recording), file);
      continue;
    }
    if (files.size() > 1)
      throw InputError(fmt::format("{} is a comparison and makes a page of its own: give it alone, or only results of single runs", file));
    Comparison comparison = comparison_in(recording);
    return {std::move(recording), std::move(comparison)};
  }
  return of_runs(std::move(worlds));
}

PageDocument document_of(const Report& report) {
  return page_document(report.ensemble, report.comparison, scenario_facts(report.ensemble));
}

PageDocument report_document(const std::vector<std::string>& files) {
  if (files.size() == 1 && is_result_file(files[0])) {
    const Recording outline = read_outline(files[0]);
    if (is_sweep(outline)) return sweep_page(read_recording(files[0]));
    if (is_calibration(outline)) return calibration_document(read_recording(files[0]));
  }
  return document_of(read_report(files));
}

}  // namespace spillway
