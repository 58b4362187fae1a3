// What a batch system has promised, which the machine itself does not tell.
#pragma once

namespace spillway {

/// `here`, or fewer where Slurm gave this task fewer processors (SLURM_CPUS_PER_TASK): without control groups a task sees them all.
int job_threads(int here);

}  // namespace spillway
