// What is in a result file, for people and for scripts.
#pragma once

#include <string>

namespace spillway {

/// Title, status, seed, versions, dates, and every variable with its dimensions, unit and meaning. Throws FileError.
std::string info_text(const std::string& path);

/// The same as one JSON object.
std::string info_json(const std::string& path);

/// Digest of everything outside /timing: equal for two runs of the same scenario, seed and program version.
std::string file_digest(const std::string& path);

}  // namespace spillway
