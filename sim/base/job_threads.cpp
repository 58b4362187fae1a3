#include "base/job_threads.hpp"

#include <algorithm>
#include <cstdlib>

namespace spillway {

int job_threads(int here) {
  const char* text = std::getenv("SLURM_CPUS_PER_TASK");
  const int given = text == nullptr ? 0 : std::atoi(text);
  return given > 0 ? std::min(given, here) : here;
}

}  // namespace spillway
