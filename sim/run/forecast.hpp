// What a run will take on this machine, told before its first tick: memory from the tables, time from a short trial.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "input/load.hpp"
#include "run/memory_forecast.hpp"
#include "run/trial.hpp"

namespace spillway {

struct Forecast {
  MemoryForecast memory;
  MachineMemory machine;
  std::optional<GraphMemory> graph;  ///< with a contact network from a file
  int threads = 1;
  std::uint32_t users = 0, ticks = 0;
  Trial trial;  ///< and the result's size: only after add_time
  std::uint64_t result_bytes = 0;
  double build_seconds() const { return trial.build_ns * 1e-9 * users; }
  double tick_seconds() const { return trial.tick_ns * 1e-9 * users * ticks; }
  double seconds() const { return build_seconds() + tick_seconds() + trial.write_seconds; }
};

/// The memory. Throws InputError if the run does not fit into what it may take, and whatever is wrong with a contact file.
Forecast forecast_run(const LoadedScenario& loaded, int threads);

/// The time and the size of the result: simulates a little (timed_trial), writes nothing.
void add_time(const LoadedScenario& loaded, Forecast& forecast);

/// "needs 1.1 GB of memory and about 4 minutes here (2 threads); the result takes 3 MB"
std::string forecast_line(const Forecast& forecast);

/// The same with the arithmetic: every part of the memory, the trial, what the machine has.
std::string forecast_text(const Forecast& forecast);

/// Two digits, as an estimate deserves: "about 4.2 minutes".
std::string duration_text(double seconds);

/// The table of memory alone.
std::string memory_text(const MemoryForecast& forecast);

}  // namespace spillway
