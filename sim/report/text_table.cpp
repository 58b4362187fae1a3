#include "report/text_table.hpp"

#include <algorithm>

#include "report/words.hpp"

namespace spillway {

std::string text_table(const std::vector<std::vector<std::string>>& rows, const std::vector<std::size_t>& right, std::size_t indent) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c == widths.size()) widths.push_back(0);
      widths[c] = std::max(widths[c], characters(row[c]).size());
    }
  std::string text;
  for (const auto& row : rows) {
    std::string line(indent, ' ');
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string blanks(widths[c] - characters(row[c]).size(), ' ');
      const bool at_right = std::find(right.begin(), right.end(), c) != right.end();
      line += (c == 0 ? "" : "  ") + (at_right ? blanks + row[c] : row[c] + blanks);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace spillway
