#include "run/saver.hpp"

#include <chrono>

#include "store/trajectory.hpp"

namespace spillway {

Saver::~Saver() {
  if (running_.valid()) running_.wait();
}

bool Saver::idle() {
  if (!running_.valid()) return true;
  if (running_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return false;
  running_.get();
  return true;
}

void Saver::start(Recording recording) {
  running_ = std::async(std::launch::async, [path = path_, recording = std::move(recording)] { write_recording(recording, path); });
}

void Saver::finish(const Recording& recording) {
  if (running_.valid()) running_.get();
  write_recording(recording, path_);
}

}  // namespace spillway
