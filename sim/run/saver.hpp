// Writes files while the run goes on: one writer thread and one job at a time, so the simulation does not wait for the disk.
#pragma once

#include <functional>
#include <future>

namespace spillway {

class Saver {
 public:
  Saver() = default;
  ~Saver();
  Saver(const Saver&) = delete;
  Saver& operator=(const Saver&) = delete;

  /// Whether the last job is finished, so that another may begin. Rethrows what went wrong in it.
  bool idle();
  /// Begins a job; idle() or finish() must have said that there is none.
  void start(std::function<void()> job);
  /// Waits for a job under way. Rethrows what went wrong in it.
  void finish();
  /// Waits and leaves what went wrong to the next finish().
  void wait() const;

 private:
  std::future<void> running_;
};

}  // namespace spillway
