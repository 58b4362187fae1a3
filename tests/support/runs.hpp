// A world and its engine, and what tests ask of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "build/build.hpp"
#include "engine/engine.hpp"

namespace spillway::testing {

/// One run of the real engine.
struct Run {
  explicit Run(const Scenario& scenario, const BuildOptions& options = {}, Graph graph = {}, bool check_writes = false);

  const Tally& tick(bool hash_columns = false);
  /// Several ticks; returns the last one's tally.
  const Tally& ticks(std::uint32_t count);
  /// One tick in which `users` are watched.
  PanelRows watch(const PanelUsers& users);

  std::unique_ptr<World> world;
  Engine engine;
};

/// Every user, in order of id.
PanelUsers everybody(const World& world);

/// Values of a field in its own unit, one per user; `platform` -1 for columns that belong to no platform.
std::vector<double> values_of(const World& world, UserField field, int platform = -1);

/// Raw bytes of a column, users only.
std::vector<std::uint8_t> bytes_of(const World& world, Column column, int platform = -1);

/// "habit.1" for messages.
std::string label(const ColumnData& column);

/// Stable hash of all that a tick counted.
std::uint64_t digest_of(const Tally& tally);

/// Chained tallies and chained state hashes (one per column) of the next ticks.
struct Trace {
  std::uint64_t tallies = 0;
  std::vector<std::uint64_t> columns;
  friend bool operator==(const Trace&, const Trace&) = default;
};
Trace trace_of(Run& run, std::uint32_t ticks);

}  // namespace spillway::testing
