// The real program in a folder of its own, and what must hold of that folder whatever happened.
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "base/error.hpp"
#include "store/info.hpp"
#include "store/state_file.hpp"
#include "support/temporary_folder.hpp"

namespace spillway::test {

inline std::string text_in(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// `command`, a shell fragment, in a process of its own that gets signal 9 after so many seconds; its messages go to the file `err`. True
/// if the signal came in time; otherwise it ended by itself, well.
inline bool killed(const std::string& command, const std::string& err, double seconds) {
  const std::string line = "exec " + command + " >/dev/null 2>" + err;
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    ::_exit(127);
  }
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  INFO("said: " << text_in(err));
  REQUIRE((WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) == 0)));
  return WIFSIGNALED(status);
}

/// One result, x.h5, in `folder`; messages in `desk`, so that the folder holds nothing else.
class FaultyRun {
 public:
  struct Ended {
    int code = -1;  ///< exit code; 128 + signal if one ended it
    std::string err;
  };

  FaultyRun(const std::filesystem::path& base, std::string options) : folder_(base), options_(std::move(options)) {}

  /// Its command line, without the shell's redirections.
  std::string command() const { return SPILLWAY_BINARY_DIR "/spillway run " + options_ + " -q -o " + result(); }
  std::string folder() const { return folder_.path(); }
  std::string result() const { return folder_ / "x.h5"; }
  std::string err() const { return desk_ / "err"; }
  std::string log() const { return desk_ / "log"; }

  /// A hang ends after a minute, as signal 9.
  Ended operator()(const std::string& environment = "") const {
    const std::string line =
        "timeout -s KILL 60 env " + environment + " " + command() + " >" + (desk_ / "out") + " 2>" + err() + " </dev/null";
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text_in(err())};
  }

  std::string digest() const { return file_digest(result()); }

  /// Every result and state that has its name is whole. Returns what is wrong.
  std::string unreadable() const {
    std::string wrong;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      const std::string path = entry.path().string();
      try {
        if (path.ends_with(".h5")) file_digest(path);
        if (path.ends_with(".state") || path.ends_with(".previous")) StateFile(path).verify();
      } catch (const FileError& error) {
        wrong += std::string(error.what()) + "\n";
      }
    }
    return wrong;
  }
  void clear() const {
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) std::filesystem::remove_all(entry.path());
  }

 private:
  TemporaryFolder folder_, desk_;
  std::string options_;
};

inline const std::string tiny = SPILLWAY_SOURCE_DIR "/scenarios/tiny.yaml";

/// Memory where the system offers it as files: faults are made, so no disk is needed, and waiting for one would take minutes.
inline std::filesystem::path memory_folder() {
  return std::filesystem::exists("/dev/shm") ? std::filesystem::path("/dev/shm") : std::filesystem::temp_directory_path();
}

}  // namespace spillway::test
