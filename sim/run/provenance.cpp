#include "run/provenance.hpp"

#include <unistd.h>

#include <ctime>

#include "model/version.hpp"

namespace spillway {

std::string git_commit() { return SPILLWAY_COMMIT; }

std::string build_text() {
#ifdef __clang__
  const std::string compiler = "clang " __clang_version__;
#else
  const std::string compiler = "g++ " __VERSION__;
#endif
  return "program: spillway " + std::string(program_version) + "\ncommit: " + git_commit() + "\ncompiler: " + compiler +
         "\nfloating point: no contraction, no fast-math; own exp, log, pow, normal quantile\n";
}

std::string host_name() {
  char name[256] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

std::string timestamp() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

}  // namespace spillway
