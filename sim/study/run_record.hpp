// What a sweep keeps of one run: its outcomes and the trajectories that the study asks for, in a small sealed file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/archive.hpp"

namespace spillway {

struct RunRecord {
  std::string sweep;  ///< identity of the sweep that made it
  std::uint64_t point = 0;
  std::uint32_t replicate = 0;
  std::string digest;                       ///< of the whole run's recording: that of `spillway run` with the same keys
  double seconds = 0;                       ///< that the run took: for forecasts, not for results
  std::vector<double> outcomes;             ///< in the study's order
  std::vector<std::vector<double>> series;  ///< kept trajectories in the study's order, each (time, ...) row-major

  void state(Archive& archive) { archive(sweep, point, replicate, digest, seconds, outcomes, series); }
};

/// By place_file: a power cut may lose the last records, which the seal shows, and they are run again. Throws FileError.
void write_record(const RunRecord& record, const std::string& path, const std::string& part);

/// Nothing if there is none, or one that is damaged or of another sweep, which counts as none.
std::optional<RunRecord> read_record(const std::string& path, const std::string& sweep);

}  // namespace spillway
