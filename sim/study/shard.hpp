// Which part of a sweep this process does: told by an option, or by the engine that started it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace spillway {

struct Shard {
  std::uint64_t index = 0, count = 1;
  std::string from;           ///< who said so: "--shard", "SLURM_ARRAY_TASK_ID=3"; empty: nobody
  std::uint64_t beside = 1;   ///< processes that share this machine's cores with it, itself included
  bool one_ends_all = false;  ///< mpirun ends all ranks as soon as one ends with another exit code than 0
  bool has(std::uint64_t run) const { return run % count == index; }
};

/// Value of an environment variable, null if it is not set.
using Environment = std::function<const char*(const char* name)>;

/// `option` is "3/8", counted from 0, or empty: then ranks of mpirun (OMPI_COMM_WORLD_RANK) or of a srun step (SLURM_PROCID), and
/// tasks of a Slurm array (SLURM_ARRAY_TASK_ID); both together multiply. Throws InputError where they do not add up.
Shard shard_of(const std::string& option, const Environment& environment);

}  // namespace spillway
