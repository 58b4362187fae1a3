// What is in a saved state, for people and for scripts.
#pragma once

#include <string>

namespace spillway {

/// Whether the file begins as states do, damaged or not.
bool is_state(const std::string& path);

/// Date, ticks, versions and the scenario's id and title, after the whole file was verified. Throws FileError.
std::string state_text(const std::string& path);

/// The same as one JSON object.
std::string state_json(const std::string& path);

/// Hash of the whole state: equal for two runs of the same scenario and program that have come as far.
std::string state_digest(const std::string& path);

}  // namespace spillway
