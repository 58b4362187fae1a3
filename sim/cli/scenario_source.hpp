// A scenario as people name it: a YAML file, or a result file that carries its scenario with it.
#pragma once

#include <string>
#include <vector>

#include "input/load.hpp"

namespace spillway {

/// The scenario file, or the resolved scenario inside a result, changed by the assignments. Throws as load_scenario and
/// read_outline do; InputError for a comparison, which holds more than one scenario.
LoadedScenario load_scenario_or_result(const std::string& path, const std::vector<std::string>& sets = {});

}  // namespace spillway
