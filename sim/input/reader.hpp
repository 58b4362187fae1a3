// A tree of nodes into a Scenario, driven by the field tables: a key without a row is an error, a row without a key keeps its
// default.
#pragma once

#include "input/values.hpp"

namespace spillway {

/// Reads everything that can be read; problems go to `reading`. The result is only usable if none were added.
Scenario read_scenario(const Node& root, Reading& reading);

/// Where the dotted path stands in the tree: its value, or the key of the nearest ancestor that exists.
Place find_place(const Node& root, const std::string& path);

}  // namespace spillway
