// How much memory a run may take: what the machine has, less where its group of processes has a limit.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace spillway {

/// Of what is free, for runs side by side; chosen: recordings and other programs need some.
inline constexpr double usable_share = 0.9;

struct MachineMemory {
  std::uint64_t bytes = 0;      ///< the most that this process may take: physical memory, or a smaller limit
  std::uint64_t available = 0;  ///< what is left of it now, as far as the system says
  std::string who;              ///< who sets `bytes`: "this machine has", "the limit of this job (its control group) is"
};

/// Reads /proc and /sys/fs/cgroup below `root`: physical memory, control groups of version 2 (memory.max) and version 1
/// (memory.limit_in_bytes) with all groups above, and this process's own limit on address space. A cluster's batch system
/// sets one of them. What cannot be read does not limit.
MachineMemory machine_memory(const std::filesystem::path& root = "/");

}  // namespace spillway
