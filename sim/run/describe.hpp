// What a result says of its run: scenario, versions, seed, how it ended; and, apart, what the machine did for it.
#pragma once

#include <cstdint>
#include <string>

#include "input/load.hpp"
#include "model/recording.hpp"
#include "model/world.hpp"

namespace spillway {

/// Everything about one run that is not the world itself.
struct RunFacts {
  const LoadedScenario& loaded;
  std::string resolved;
  std::string contacts_hash{};  ///< of the user's own network, empty without one
  int threads = 1;
  double build_seconds = 0, run_seconds = 0, saving_seconds = 0, bytes_per_user = 0, bytes_moved_per_user = 0;
  std::uint64_t user_ticks = 0, decided = 0, decided_in_full = 0, contact_updates = 0;
};

/// Fills attributes, texts and timing. Two runs of the same scenario, seed and program differ in `timing` only.
void describe(Recording& recording, const World& world, const RunFacts& facts, const std::string& status, const std::string& reason);

}  // namespace spillway
