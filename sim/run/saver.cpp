#include "run/saver.hpp"

#include <chrono>
#include <utility>

namespace spillway {

Saver::~Saver() { wait(); }

void Saver::wait() const {
  if (running_.valid()) running_.wait();
}

bool Saver::idle() {
  if (running_.valid() && running_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return false;
  finish();
  return true;
}

void Saver::start(std::function<void()> job) { running_ = std::async(std::launch::async, std::move(job)); }

void Saver::finish() {
  if (running_.valid()) running_.get();
}

}  // namespace spillway
