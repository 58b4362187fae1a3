// What a result file must say about its maker.
#pragma once

#include <string_view>

namespace spillway {

inline constexpr std::string_view program_version = "0.1.0";
inline constexpr int model_version = 3;                    // rises when the same scenario would give other numbers
inline constexpr std::string_view schema_version = "1.0";  // of the result file

}  // namespace spillway
