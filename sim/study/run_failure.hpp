// A run that could not be done, with all that somebody needs to see it fail again.
#pragma once

#include <string>

#include "study/sweep.hpp"

namespace spillway {

/// By place_file, with `part` of the caller's own. Throws FileError.
void write_failure(const Sweep& sweep, SweepRun run, const std::string& message, const std::string& part);

/// Why it failed; empty if the file is gone or damaged.
std::string failure_message(const SweepFolder& folder, SweepRun run);

}  // namespace spillway
