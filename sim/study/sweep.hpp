// A planned sweep: a study, its points, and the folder where its runs stand.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "analysis/design.hpp"
#include "input/study.hpp"
#include "model/recording.hpp"
#include "study/sweep_folder.hpp"

namespace spillway {

/// One run in memory. Tests put models with known answers here.
using Simulation = std::function<Recording(const LoadedScenario& loaded, int threads)>;

/// The market: the recording that `spillway run` would write, to the bit.
Recording simulate_market(const LoadedScenario& loaded, int threads);

struct Sweep {
  LoadedStudy loaded;
  SweepFolder folder;
  std::string id;  ///< hash of everything that results depend on
  Matrix points;   ///< of design.csv, in the factors' units
  Simulation simulation = simulate_market;

  const Study& study() const { return loaded.study; }
  std::uint64_t runs() const { return points.rows() * loaded.study.replicates; }
  /// The first replicate of every point, then the second, ...
  SweepRun run_at(std::uint64_t index) const;
};

/// The scenario of a run, its replicate's number included. Throws InputError where the point makes no valid scenario.
LoadedScenario scenario_of(const Sweep& sweep, SweepRun run);

/// What makes that scenario out of the study's: --set assignments.
std::vector<std::string> sets_of(const Sweep& sweep, SweepRun run);

/// A run of few users: which series there are, with their labels, units and rows.
Recording probe(LoadedScenario loaded, const Simulation& simulation = simulate_market);
inline Recording probe(const Sweep& sweep) { return probe(sweep.loaded.base, sweep.simulation); }

}  // namespace spillway
