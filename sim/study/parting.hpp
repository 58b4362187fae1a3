// Where and why two runs with the same luck stop being the same.
#pragma once

#include <string>

#include "model/comparison.hpp"
#include "model/recording.hpp"

namespace spillway {

/// First recorded row in which a hash of the state or a series differs, and what does: policies of the interval before, columns and the
/// phases that write them, series. Both runs must have the same rows as far as both go.
/// `last_day`: see last_whole_day; rows after it are not looked at.
Parting find_parting(const std::string& world, const Recording& baseline, const Recording& other, double last_day);

/// Day of a run's last row whose interval was simulated to its end, since the start; the first row if there is none.
double last_whole_day(const Recording& run);

}  // namespace spillway
