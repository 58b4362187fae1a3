// The line that tells how a run is getting on: rewritten in place on a terminal, a new line every ten seconds elsewhere.
#pragma once

#include <string>

#include "run/run.hpp"

namespace spillway {

class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  void show(const Progress& progress);
  /// Of any work: `where` it is, share done, what else to tell.
  void show(double seconds, const std::string& where, double done, const std::string& rest, double seconds_left);
  /// Clears or ends the line.
  void finish();

 private:
  bool quiet_, terminal_;
  double next_ = 0;  ///< seconds at which to show again
  bool shown_ = false;
};

}  // namespace spillway
