// The runs of a calibration, stage by stage. Each stage is a sweep in a folder of its own, so that whatever does sweeps (this machine,
// Slurm, mpirun) does them, and a stage that was stopped goes on where it was.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/design.hpp"
#include "model/calibration.hpp"
#include "study/sweep.hpp"
#include "study/sweep_run.hpp"

namespace spillway {

/// How the runs are done and what is said meanwhile.
struct StageRunner {
  SweepOptions options;
  bool plan_only = false;  ///< plans the next stage that has runs to do and stops
  std::function<void(const std::string& stage, const SweepProgress&)> progress;
  std::function<void(const std::string&)> notes;
};

/// A calibration that stops before its end: asked to, or by a signal. The same command goes on.
struct Stopped {
  int signal = 0;
  std::string waiting;  ///< study file of the stage whose runs are to be done; empty after a signal
  std::string folder;   ///< of its sweep
};

/// What a stage runs.
struct Stage {
  std::string name;               ///< of its files in the calibration's folder; may have a folder of its own
  std::string title;              ///< of its study
  std::vector<Outcome> outcomes;  ///< taken from each run
  std::vector<std::string> sets;  ///< after the calibration's own
  std::uint32_t replicates = 1;
  bool common_random_numbers = false;
  std::vector<std::string> series;  ///< whose trajectories are kept
};

/// Runs at the points: outcomes, row by row (point after point, replicates within), NaN where a run failed. Writes NAME.yaml, a study for
/// `spillway sweep`, NAME.csv, its points, and NAME/, its folder. Throws Stopped, InputError, FileError.
struct StageRuns {
  Sweep sweep;
  Matrix outcomes;
};
StageRuns run_stage(const Calibration& calibration, const Stage& stage, const Matrix& points, const std::string& folder,
                    const StageRunner& runner);

/// Mean of each column over the rows that are known.
std::vector<double> mean_row(const Matrix& rows);

}  // namespace spillway
