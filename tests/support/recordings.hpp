// Runs that are recorded, and their numbers.
#pragma once

#include "model/recording.hpp"
#include "model/scenario.hpp"
#include "observe/recorder.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

/// A run with its recorder, fed as the program feeds it.
struct RecordedRun {
  explicit RecordedRun(const Scenario& scenario, int threads = 1) : run(scenario, {threads, {}}), recorder(*run.world) {}

  void tick() {
    const bool begins = recorder.begins_interval(run.engine.ticks_done());
    recorder.before_tick(*run.world, run.engine.now());
    const Tally& tally = run.engine.tick({begins, &recorder.panel(), begins ? recorder.begin_panel_row() : nullptr});
    recorder.after_tick(*run.world, tally);
  }
  void ticks(int count) {
    for (int t = 0; t < count; ++t) tick();
  }
  Recording recording() const { return recorder.recording(*run.world); }

  Run run;
  Recorder recorder;
};

inline Recording record(const Scenario& scenario, int ticks, int threads = 1) {
  RecordedRun run(scenario, threads);
  run.ticks(ticks);
  return run.recording();
}

inline std::vector<double> numbers(const Recording& recording, const std::string& path) {
  const Variable& variable = recording.at(path);
  std::vector<double> values;
  for (std::size_t i = 0; i < length(variable.values); ++i) values.push_back(value_at(variable, i));
  return values;
}

inline std::vector<std::string> words(const Recording& recording, const std::string& path) {
  return std::get<std::vector<std::string>>(recording.at(path).values);
}

}  // namespace spillway::testing
