// What a file is by its first bytes: one that is given in another's place is called by its name, with what can be done with it.
#pragma once

#include <string_view>

namespace spillway {

enum class FileKind { missing, folder, result, state, other };

inline constexpr std::string_view result_mark{"\x89HDF\r\n\x1a\n", 8};  // HDF5's own
inline constexpr std::string_view state_mark{"SPILLWAY STATE\n\0", 16};

constexpr FileKind kind_of_bytes(std::string_view start) {
  if (start.substr(0, result_mark.size()) == result_mark) return FileKind::result;
  return start.substr(0, state_mark.size()) == state_mark ? FileKind::state : FileKind::other;
}

inline constexpr std::string_view use_of_result = "`spillway report`, `info`, `diff`, `compare` and `export` read it";
inline constexpr std::string_view use_of_state = "`spillway info` tells of it, `spillway run SCENARIO --from STATE` goes on from it";

}  // namespace spillway
