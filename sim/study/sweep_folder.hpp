// Where a sweep keeps what it knows: only files that are renamed into place, so that whatever dies leaves nothing half written.
//
//   study.yaml, scenario.yaml   resolved study and base scenario, to tell what was changed
//   design.csv, design.json     the points, and SALib's description of them
//   plan.json                   identity, size, forecast
//   records/001/p000123-r0004.run    one finished run each, sealed; a hundred points in a folder
//   failed/p000124-r0000.json        one failed run each
//   running/                    who is at work: for `sweep status`, never for the result
//   results.h5, summary.csv     what `sweep gather` makes of the records
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/study.hpp"

namespace spillway {

/// Point and replicate by index. Runs are numbered replicate by replicate, so that an unfinished sweep has looked at every point.
struct SweepRun {
  std::uint64_t point = 0;
  std::uint32_t replicate = 0;
  bool operator==(const SweepRun&) const = default;
};

class SweepFolder {
 public:
  explicit SweepFolder(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  std::string record(SweepRun run) const;
  std::string failure(SweepRun run) const;
  std::string running() const { return file("running"); }

  bool has_record(SweepRun run) const;
  bool has_failure(SweepRun run) const;
  /// Whether any run was finished or failed. Throws FileError.
  bool started() const;
  /// Makes the folders in which files will stand; harmless when they are there. Throws FileError.
  void make_folders(std::uint64_t points) const;

 private:
  std::string path_;
};

/// "p000123-r0004"
std::string run_name(SweepRun run);

/// output/sweeps/<name of the study file>
std::string default_sweep_folder(const std::string& study_file);

}  // namespace spillway
