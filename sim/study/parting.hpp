// Where and why two runs with the same luck stop being the same.
#pragma once

#include <string>

#include "model/comparison.hpp"
#include "model/recording.hpp"

namespace spillway {

/// First recorded row in which a hash of the state or a series differs, and what does: policies of the interval before, columns and the
/// phases that write them, series. Both runs must have the same rows as far as both go.
Parting find_parting(const std::string& world, const Recording& baseline, const Recording& other);

}  // namespace spillway
