// Batch scripts for Slurm that a person can read, change and submit: an array of shards, and a gather when all of it has ended.
#pragma once

#include <cstdint>
#include <string>

namespace spillway {

struct SlurmOptions {
  std::uint64_t shards = 16;
  std::uint64_t at_once = 0;  ///< tasks running at a time; 0: all
  std::string time = "04:00:00";
  std::uint64_t memory_mb = 0;  ///< of a task
  int cpus = 1;                 ///< of a task
  std::string partition, account, job;
};

/// What the scripts call. Paths are absolute.
struct SlurmCall {
  std::string program, study, folder;
  std::string options;  ///< --set ..., as a shell takes them
};

std::string array_script(const SlurmCall& call, const SlurmOptions& options);
std::string gather_script(const SlurmCall& call, const SlurmOptions& options);

/// Submits the array and the gather behind it; returns the two job numbers. Throws FileError with what sbatch says.
struct SlurmJobs {
  std::string array, gather;
};
SlurmJobs submit(const std::string& array_file, const std::string& gather_file);

/// Asks Slurm to start this task again; false if it does not, or if this is no task of Slurm's.
bool requeue_this_task();

}  // namespace spillway
