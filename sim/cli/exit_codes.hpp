// What the commands tell shells and batch systems by their exit codes, besides those of errors (main.cpp).
#pragma once

#include <csignal>

namespace spillway::exit_code {

inline constexpr int something_found = 1;                 ///< a difference with --exit-code, runs of a sweep that failed
inline constexpr int stopped_with_everything_saved = 75;  ///< EX_TEMPFAIL of sysexits.h: the same command goes on
inline constexpr int stopped_by_user = 130;               ///< as a shell has it of SIGINT

/// Of a command that stopped because of this signal.
inline int of_stop(int signal) { return signal == SIGINT ? stopped_by_user : stopped_with_everything_saved; }

}  // namespace spillway::exit_code
