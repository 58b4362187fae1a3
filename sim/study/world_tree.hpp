// Several worlds with the same luck, their shared past simulated once: a world grows until some of those that it stands for part
// from it, then each goes on from there by itself.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "input/load.hpp"
#include "model/recording.hpp"

namespace spillway {

/// A stretch of ticks lived through once for several worlds. Children begin where their parent ends.
struct Branch {
  std::size_t world = 0;            ///< whose scenario is simulated; it has all that the others of the branch have
  std::vector<std::size_t> worlds;  ///< that it stands for, `world` among them
  std::uint32_t first = 0, last = 0;
  std::vector<Branch> children;  ///< the one that goes on as the same world is the last
};

/// Splits worlds into trees; those that share nothing stand alone, and so do all without `sharing`.
std::vector<Branch> plan_trees(const std::vector<const LoadedScenario*>& worlds, bool sharing = true);

/// Ticks of all branches, and of as many worlds one by one.
std::uint64_t ticks_of(const std::vector<Branch>& trees);

/// Worlds of a tree that are in memory at the same time, at most.
std::size_t most_at_once(const Branch& tree);

/// Called after each tick; false stops everything.
using Ticked = std::function<bool()>;

/// Recordings of all worlds, equal to the bit to those of separate runs; empty ones where `ticked` said stop.
std::vector<Recording> grow(const std::vector<Branch>& trees, const std::vector<const LoadedScenario*>& worlds, int threads,
                            const Ticked& ticked);

}  // namespace spillway
