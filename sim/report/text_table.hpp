// Columns of text for the screen.
#pragma once

#include <string>
#include <vector>

namespace spillway {

/// Rows of cells in aligned columns, two blanks apart, after `indent` blanks; the first row is the head. Columns whose place is in `right`
/// stand at their right edge. Ends with a newline; no blanks at the ends of lines.
std::string text_table(const std::vector<std::vector<std::string>>& rows, const std::vector<std::size_t>& right, std::size_t indent = 2);

}  // namespace spillway
