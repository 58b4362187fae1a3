// Whether a run fits: its memory part by part, against what the machine or the job may take.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "build/memory.hpp"
#include "run/machine_memory.hpp"
#include "store/graph_file.hpp"

namespace spillway {

struct MemoryForecast {
  std::vector<MemoryPart> parts;  ///< world first, then contact network, what is recorded, the program itself
  std::uint64_t world = 0;        ///< World::memory_bytes()
  std::uint64_t reading = 0;      ///< the most that is held while the contact network is read; 0 without a file
  /// The largest memory that the process will hold at once. A test holds it to 5 % + 50 MB.
  std::uint64_t bytes() const;
};

/// `graph` is given with contacts.kind = file only.
MemoryForecast forecast_memory(const Scenario& scenario, int threads, const std::optional<GraphMemory>& graph = {});

/// Throws InputError with the sum and a number of users that fits, if the run needs more than 95 % of what may be taken.
void refuse_unless_fits(const Scenario& scenario, int threads, const std::optional<GraphMemory>& graph, const MachineMemory& machine);

/// Sentence for a run that fits into the machine but not into what is free now; empty otherwise.
std::string memory_warning(const MemoryForecast& forecast, const MachineMemory& machine);

/// "1.1 GB", "23.8 GB", "57 MB": decimal units.
std::string bytes_text(std::uint64_t bytes);
/// "731,000,000"
std::string grouped(std::uint64_t number);

}  // namespace spillway
