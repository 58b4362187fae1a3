// How fast this machine simulates a scenario: the same scenario with few users, timed from its first to its last tick.
#pragma once

#include <cstdint>

#include "model/scenario.hpp"

namespace spillway {

struct Trial {
  std::uint32_t users = 0;         ///< that were simulated in the second round
  double seconds = 0;              ///< that the trial took in all
  double build_ns = 0;             ///< per user
  double tick_ns = 0;              ///< per user and tick
  double write_seconds = 0;        ///< to make the result of the whole run, by the time that the trial's result took
  std::uint64_t result_bytes = 0;  ///< of the whole run's result, by the size of the trial's
};

/// Simulates few users for all ticks, twice, in worlds of their own that are thrown away: nothing of them is left in a run. Takes
/// some tenths of a second. `contacts_per_user` stands for a contact network from a file, which fits its own users only.
Trial timed_trial(const Scenario& scenario, int threads, double contacts_per_user = 0.0);

}  // namespace spillway
