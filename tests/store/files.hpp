// Bytes of files, and what an action complains of.
#pragma once

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "support/temporary_folder.hpp"

namespace spillway {

using test::TemporaryFolder;

inline std::vector<char> bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::string& path, const std::vector<char>& bytes, std::size_t count = std::string::npos) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(std::min(count, bytes.size())));
}

inline void write_text(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

/// Text of the exception that the action throws; "" if none of that kind.
template <class Error, class Action>
std::string message_of(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace spillway
