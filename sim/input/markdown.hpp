// Tables of the manual.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "input/study_tables.hpp"

namespace spillway::markdown {

/// Text of a cell: a bar in it does not end it.
std::string cell(std::string_view text);
/// `text`, or nothing.
std::string code(std::string_view text);
/// Columns key, example, default and meaning.
std::string key_table(std::span<const StudyKeyRow> rows);

}  // namespace spillway::markdown
