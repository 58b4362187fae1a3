// What the writing and the reading half of the trajectory file agree on.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/h5.hpp"

namespace spillway::trajectory {

inline constexpr std::string_view timing_group = "timing";  ///< attributes only; in no digest

/// Attributes that belong to the layout and not to the recording.
inline constexpr std::array<std::string_view, 8> layout_attributes = {"units", "long_name",      "_FillValue",     "CLASS",
                                                                      "NAME",  "DIMENSION_LIST", "REFERENCE_LIST", "DIMENSION_LABELS"};
bool belongs_to_layout(std::string_view attribute);

/// Lists of numbers by CF's rule: stored in the variable's own type, and "0 1 2" in a recording.
inline constexpr std::string_view flag_values = "flag_values";

bool is_coordinate(const Variable& variable);

/// Reads one variable with the role, names and attributes that it was written with.
Variable read_variable(h5::File& file, const std::string& path, bool with_values);

/// Throws FileError unless the open file holds exactly this recording, bit for bit.
void compare(h5::File& file, const Recording& recording, const std::string& name);

}  // namespace spillway::trajectory
