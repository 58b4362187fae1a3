// The commented scenario that `spillway new` writes: something to change, not something to learn first.
#pragma once

#include <string>

#include "model/scenario.hpp"

namespace spillway {

/// A question on top of `base`, which the new file names as `extends`. One change is active; the commented lines are ideas, and each
/// of them checks once its '#' is taken away. All names, dates and old values are those of the base.
std::string starter_question(const std::string& extends, const Scenario& base);

/// A small market that extends nothing.
std::string starter_market();

}  // namespace spillway
