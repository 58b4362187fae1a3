// Renews the result file while the run goes on: one writer thread, so the simulation does not wait for the disk.
#pragma once

#include <future>
#include <string>

#include "model/recording.hpp"

namespace spillway {

class Saver {
 public:
  explicit Saver(std::string path) : path_(std::move(path)) {}
  ~Saver();

  /// Whether the last save is finished, so that another may begin. Rethrows what went wrong in it.
  bool idle();
  void start(Recording recording);
  /// Waits for a save under way, then writes this one. Throws FileError.
  void finish(const Recording& recording);

 private:
  std::string path_;
  std::future<void> running_;
};

}  // namespace spillway
