// What a scenario's world takes in memory, part by part, before anything is allocated.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/world.hpp"

namespace spillway {

/// `count` things of `each` bytes: "731,000,000 users x 2 bytes".
struct MemoryPart {
  std::string name;  ///< "habit (2 platforms)", "supplier slots"
  std::string of;    ///< what is counted: "users"
  std::uint64_t count = 0;
  std::uint64_t each = 0;  ///< bytes
  std::uint64_t bytes() const { return count * each; }
};

/// How a column is stored. A counter must hold `max_degree`, the largest number of contacts of any user.
Cell cell_of(const Scenario& scenario, const ColumnRow& row, std::uint32_t max_degree);

/// The parts of World::memory_bytes() without an explicit contact network: one for each column of the table that the
/// scenario needs, then slots and suppliers. `max_degree` matters with contacts.kind = file only; enumerated contacts tell
/// their own.
std::vector<MemoryPart> world_memory(const Scenario& scenario, std::uint32_t max_degree = 0);

std::uint64_t total_bytes(const std::vector<MemoryPart>& parts);

}  // namespace spillway
