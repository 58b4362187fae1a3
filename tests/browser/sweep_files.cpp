// Writes sweeps and a calibration made by hand as result files: a page of each kind for the browser.
//   sweep_files FOLDER
#include <cstdio>
#include <exception>
#include <string>

#include "store/trajectory.hpp"
#include "support/made_calibration.hpp"
#include "support/sample_sweeps.hpp"

using namespace spillway;

int main(int count, char** words) try {
  if (count != 2) {
    std::fputs("usage: sweep_files FOLDER\n", stderr);
    return 2;
  }
  const std::string folder = std::string(words[1]) + "/";
  write_recording(testing::sampled_market(DesignKind::morris).make(), folder + "morris.h5");
  write_recording(testing::sampled_market(DesignKind::saltelli).make(), folder + "saltelli.h5");
  write_recording(testing::sampled_market(DesignKind::latin_hypercube).make(), folder + "latin_hypercube.h5");
  write_recording(testing::gridded_market().make(), folder + "grid.h5");
  write_recording(testing::gridded_market(DesignKind::one_at_a_time).make(), folder + "one_at_a_time.h5");
  write_recording(recording_of(testing::made_calibration()), folder + "calibration.h5");
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "sweep_files: %s\n", error.what());
  return 1;
}
