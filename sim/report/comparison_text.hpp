// A comparison as a table on the screen.
#pragma once

#include <string>
#include <vector>

#include "model/comparison.hpp"
#include "model/recording.hpp"

namespace spillway {

/// For each world against the first: its title, where they part, outcomes at the end and on average with intervals, what pairing is
/// worth. `ensemble` gives titles and dates. `outcomes`: names of series to show; empty: all. Ends with a newline.
std::string comparison_text(const Comparison& comparison, const Recording& ensemble, const std::vector<std::string>& outcomes);

/// "582 M", "-3.1 bn", "0.0421": three digits and a thousand's step; M = million, bn = thousand million.
std::string short_number(double x);

}  // namespace spillway
