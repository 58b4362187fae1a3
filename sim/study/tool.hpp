// Other programs that do a part of the work: found in PATH, called without a shell.
#pragma once

#include <string>
#include <vector>

namespace spillway {

inline constexpr int no_such_tool = 127;  // as a shell says

struct ToolOutput {
  int code = 0;      ///< exit code, 128 + signal, or no_such_tool
  std::string text;  ///< of its standard output and error
};

/// Runs the program and waits for it; it gets no input.
ToolOutput ask_tool(const std::vector<std::string>& words);

/// The same for who needs its exit code only.
int run_tool(const std::vector<std::string>& words);

}  // namespace spillway
