#include "base/job_threads.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace spillway;

TEST_CASE("threads that Slurm promised", "[base]") {
  ::unsetenv("SLURM_CPUS_PER_TASK");
  CHECK(job_threads(8) == 8);
  const auto with = [](const char* text) {
    ::setenv("SLURM_CPUS_PER_TASK", text, 1);
    return job_threads(8);
  };
  CHECK(with("3") == 3);
  CHECK(with("8") == 8);
  CHECK(with("64") == 8);  // more than there are
  CHECK(with("1") == 1);
  CHECK(with("0") == 8);  // makes no sense: as if it were not there
  CHECK(with("-2") == 8);
  CHECK(with("") == 8);
  CHECK(with("many") == 8);
  ::unsetenv("SLURM_CPUS_PER_TASK");
}
