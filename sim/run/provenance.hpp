// Who made a result: program, commit, compiler, libraries; the same for every result of one build.
#pragma once

#include <string>

namespace spillway {

std::string git_commit();
/// Compiler and flags that decide bits, one per line.
std::string build_text();
std::string host_name();
/// Now, "2026-11-22T18:30:00Z".
std::string timestamp();

}  // namespace spillway
