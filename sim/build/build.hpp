// From a complete scenario to the world at its first tick.
#pragma once

#include <memory>
#include <vector>

#include "model/world.hpp"

namespace spillway {

struct BuildOptions {
  int threads = 1;
  /// Ids that draws and hashes use for the platforms, in order; empty: hashes of their names. For label-symmetry checks.
  std::vector<std::uint32_t> platform_ids;
};

/// The world before its first tick. `graph` is used with contacts.kind = file and ignored otherwise.
/// Throws InputError when the graph does not fit the scenario.
std::unique_ptr<World> build_world(const Scenario& scenario, const BuildOptions& options = {}, Graph graph = {});

}  // namespace spillway
