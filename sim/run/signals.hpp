// SIGINT, SIGTERM and SIGUSR1 ask a run to stop after its tick; a second one, a second or more later, ends the program at once.
#pragma once

namespace spillway {

/// Catches the signals while it lives.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
};

/// Number of the signal that asked for a stop, 0 if none.
int stop_signal();

}  // namespace spillway
