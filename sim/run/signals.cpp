#include "run/signals.hpp"

#include <csignal>

namespace spillway {

namespace {
constexpr int caught[] = {SIGINT, SIGTERM, SIGUSR1};
volatile std::sig_atomic_t received = 0;

extern "C" void note_signal(int signal) {
  if (received != 0) {  // the user means it: files are replaced whole, so nothing is torn
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
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
