// Sweeps through the real path - study file, plan, processes, records, gather - with a model of known answers for the market.
#pragma once

#include <unistd.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "store/files.hpp"
#include "study/sweep_gather.hpp"
#include "study/sweep_plan.hpp"
#include "study/sweep_run.hpp"
#include "support/temporary_folder.hpp"

namespace spillway::testing {

/// Outcome of a scenario: monthly_active_users of the first platform at the end.
using ScenarioModel = std::function<double(const Scenario&)>;

/// A run of three weeks in which the first platform's users grow to y; the others have none.
inline Recording model_run(const Scenario& s, double y) {
  Recording r;
  std::vector<std::string> names;
  std::vector<double> users;
  for (const auto& [name, platform] : s.platforms) names.push_back(name);
  for (int week = 1; week <= 3; ++week)
    for (std::size_t k = 0; k < names.size(); ++k) users.push_back(k == 0 ? y * week / 3 : 0);
  r.variables = {{"", "time", {"time"}, "days since " + to_text(s.time.start) + " 00:00:00", "time", std::vector<double>{0, 7, 14}, {}},
                 {"", "platform", {"platform"}, "", "platform", names, {}},
                 {"", "monthly_active_users", {"time", "platform"}, "1", "users", users, {{"cell_methods", "time: point"}}}};
  return r;
}

inline Simulation as_simulation(ScenarioModel model) {
  return [model = std::move(model)](const LoadedScenario& loaded, int) { return model_run(loaded.scenario, model(loaded.scenario)); };
}

/// A study file with its scenario, in a folder of its own.
struct StudyPlace {
  test::TemporaryFolder folder;
  Simulation simulation;
  std::string scenario = "title: T\ntime: {start: 2010-01-01, end: 2010-02-28}\npopulation: {users: 100}\nplatforms:\n";

  explicit StudyPlace(ScenarioModel model, int platforms = 2) : simulation(as_simulation(std::move(model))) {
    for (int k = 0; k < platforms; ++k) scenario += "  " + std::string(1, static_cast<char>('a' + k)) + ": {launch: 2010-01-01}\n";
    folder.write("base.yaml", scenario);
  }

  /// `text` with scenario and outcome.
  std::string study(const std::string& text) const {
    return folder.write("study.yaml", "scenario: base.yaml\noutcomes: {y: monthly_active_users.a@end}\n" + text);
  }
  std::string sweep_folder() const { return folder / "sweep"; }
  Sweep plan(const std::string& text, const std::vector<std::string>& sets = {}, bool force = false) const {
    return plan_sweep(load_study(study(text), sets), sweep_folder(), force, simulation);
  }
  /// The study as it stands in its file.
  Sweep open(const std::vector<std::string>& sets = {}) const {
    return open_sweep(load_study(folder / "study.yaml", sets), sweep_folder(), simulation);
  }
};

inline SweepOutcome run_all(const Sweep& sweep, Shard shard = {}, int threads = 2) {
  SweepOptions options;
  options.threads = threads;
  options.shard = std::move(shard);
  return run_sweep(
      sweep, options, [](const SweepProgress&) {}, [](const std::string&) {});
}

inline Recording gathered(const Sweep& sweep) { return gather(sweep).result; }

inline std::vector<double> outcome_of(const Recording& result, const std::string& name = "y") {
  return std::get<std::vector<double>>(result.at(name).values);
}

/// Counts calls of a model in the workers' processes, by a file for each; not those of the parent, which only looks what a run has.
class Calls {
 public:
  void note() const {
    if (::getpid() != parent_) folder_.write(std::to_string(::getpid()) + "-" + std::to_string(count_++), "");
  }
  std::size_t count() const { return folder_.names().size(); }
  void forget() const {
    for (const std::string& name : folder_.names()) std::filesystem::remove(folder_ / name);
  }

 private:
  test::TemporaryFolder folder_;
  pid_t parent_ = ::getpid();
  mutable std::size_t count_ = 0;
};

}  // namespace spillway::testing
