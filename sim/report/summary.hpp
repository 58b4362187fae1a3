// A result in a dozen lines that a reader of newspapers understands.
#pragma once

#include <string>

#include "model/recording.hpp"

namespace spillway {

/// Title, dates, a table of monthly active users at each year's end, who leads, how many use several platforms, revenue,
/// the scenario's caveat, speed and memory. Ends with a newline.
std::string summary(const Recording& recording);

}  // namespace spillway
