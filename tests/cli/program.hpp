// Runs the real program and keeps what it said.
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "support/temporary_folder.hpp"

namespace spillway::test {

struct Result {
  int code = -1;
  std::string out, err;
};

/// `arguments` is a shell fragment.
inline Result run_program(const TemporaryFolder& folder, const std::string& arguments) {
  const std::string out = folder.path() + "/stdout", err = folder.path() + "/stderr";
  const std::string command =
      "cd '" + folder.path() + "' && { '" SPILLWAY_BINARY_DIR "/spillway' " + arguments + "; } >'" + out + "' 2>'" + err + "' </dev/null";
  const int status = std::system(command.c_str());
  const auto text = [](const std::string& path) {
    std::ostringstream all;
    all << std::ifstream(path).rdbuf();
    return all.str();
  };
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text(out), text(err)};
}

}  // namespace spillway::test
