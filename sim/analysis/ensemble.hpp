// Many runs as one Recording: what a comparison writes and what the page is drawn from.
#pragma once

#include <string>
#include <vector>

#include "model/ensemble_view.hpp"
#include "model/recording.hpp"

namespace spillway {

/// Runs of one world: the same scenario, other luck.
struct Runs {
  std::string name;  ///< unique among the worlds: "history", "no_ban"
  std::vector<Recording> replicates;
};

/// Quantiles over replicates that the group `bands` holds.
inline constexpr double band_quantiles[] = {0.05, 0.25, 0.5, 0.75, 0.95};

/// Every root series of the runs with dims (world, replicate, time, ...), in doubles, NaN where a world, a run or a row lacks it;
/// group `bands` (world, quantile, time, ...); group `policy` (world, time[, platform]) of each world's first run; group `events`
/// of all worlds; titles and files over `world`; texts worlds/<name>/scenario_resolved and scenario_yaml; `digest` (world,
/// replicate). Panels, snapshots, segments and hashes stay in the runs' own files. Axes are unions in order of first appearance.
/// Throws InputError where time axes cannot be aligned (other start or step) and where a world has one replicate twice.
Recording ensemble(const std::vector<Runs>& worlds);

}  // namespace spillway
