// A world to compare: a scenario file, or a result whose scenario is run again and whose own run is used as it is.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "input/load.hpp"
#include "model/recording.hpp"

namespace spillway {

struct WorldInput {
  std::string name;  ///< "no_ban", from the scenario file
  LoadedScenario loaded;
  std::map<std::uint32_t, Recording> known;  ///< complete runs by replicate
};

/// Reads worlds and gives them unique names. `sets` hold for all. Panels and snapshots are switched off: comparisons keep none.
/// Throws InputError (a faulty scenario; a comparison instead of a run), FileError.
std::vector<WorldInput> read_worlds(const std::vector<std::string>& files, const std::vector<std::string>& sets);

/// Without panel and snapshots, of which many runs together keep none.
void record_series_only(Scenario& scenario);

/// The file that a result's run was given, as it was typed; empty if it does not say.
std::string scenario_file_of(const Recording& run);

}  // namespace spillway
