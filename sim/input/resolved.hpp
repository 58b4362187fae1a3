// The scenario as it will be run, in one canonical YAML text: every default written out, data series as points. Loads again to
// an equal scenario; two scenarios are the same exactly if their texts are.
#pragma once

#include <string>

#include "model/scenario.hpp"

namespace spillway {

std::string resolved_yaml(const Scenario& scenario);

}  // namespace spillway
