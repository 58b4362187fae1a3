#include "run/signals.hpp"

#include <time.h>

#include <atomic>
#include <csignal>
#include <cstdint>

namespace spillway {

namespace {
constexpr int caught[] = {SIGINT, SIGTERM, SIGUSR1};
// `timeout` and batch systems send the same request twice, to the process and to its group. Chosen: longer than that takes,
// shorter than a user's second thought.
constexpr std::int64_t same_request = 1'000'000'000;  // ns
volatile std::sig_atomic_t received = 0;
std::atomic<std::int64_t> received_at{0};
static_assert(std::atomic<std::int64_t>::is_always_lock_free);  // or a handler must not touch it

std::int64_t nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

extern "C" void note_signal(int signal) {
  if (received != 0) {
    if (nanoseconds() - received_at < same_request) return;
    std::signal(signal, SIG_DFL);  // the user means it: files are replaced whole, so nothing is torn
    std::raise(signal);
  }
  received_at = nanoseconds();
  received = signal;
}
}  // namespace

StopSignals::StopSignals() {
  received = 0;
  for (const int signal : caught) std::signal(signal, note_signal);
}

StopSignals::~StopSignals() {
  for (const int signal : caught) std::signal(signal, SIG_DFL);
}

int stop_signal() { return received; }

}  // namespace spillway
