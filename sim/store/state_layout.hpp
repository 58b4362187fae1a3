// What the writing and the reading half of state files agree on; the layout stands in state_file.hpp.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/file_kind.hpp"

namespace spillway::state_layout {

inline constexpr std::string_view mark = state_mark;
inline constexpr std::string_view identity = "identity";
inline constexpr std::uint64_t no_more_sections = 0;
inline constexpr std::uint64_t longest_name = 256;  // chosen: a damaged length must not make us take memory

}  // namespace spillway::state_layout
