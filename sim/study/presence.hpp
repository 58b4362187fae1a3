// Who is at work in a sweep's folder, for `sweep status`: a small file per process, renewed while it lives.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "study/sweep_folder.hpp"

namespace spillway {

class Presence {
 public:
  Presence(const SweepFolder& folder, std::string part);
  ~Presence();  ///< removes it
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;

  /// Some times a second; writes when the first runs are taken in hand, then every few seconds. A full disk is met where records are.
  void renew(const std::vector<std::string>& in_hand);
  /// A name of this process's own beside it, for files on their way to their place.
  std::string part_file(const std::string& suffix) const { return stem_ + "-" + suffix + ".part"; }

 private:
  std::string stem_, part_;
  std::chrono::steady_clock::time_point written_{};
  bool idle_ = true;  ///< as written last
};

struct WorkerProcess {
  std::string host, part;
  std::uint64_t pid = 0;
  std::vector<std::string> in_hand;  ///< names of runs
};

/// Those that renewed theirs within the last minute, less the killed of this host. What older ones and their part files leave is removed
/// after a day.
std::vector<WorkerProcess> workers_at(const SweepFolder& folder);

}  // namespace spillway
