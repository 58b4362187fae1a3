#include "input/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/suggest.hpp"
#include "input/quantity.hpp"

namespace spillway {

namespace {
struct Cell {
  std::string text;
  std::size_t start = 0;  ///< byte in the line
};

/// Cells of a line; "a cell, in quotes" may hold commas and doubled quotes.
std::vector<Cell> split(const std::string& line) {
  std::vector<Cell> cells{{}};
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"')
      cells.back().text += line[i++];
    else if (c == '"' && (quoted || cells.back().text.empty()))
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells.push_back({{}, i + 1});
    else
      cells.back().text += c;
  }
  for (Cell& cell : cells) {
    while (!cell.text.empty() && (cell.text.back() == ' ' || cell.text.back() == '\t')) cell.text.pop_back();
    while (!cell.text.empty() && (cell.text.front() == ' ' || cell.text.front() == '\t')) cell.text.erase(0, 1), ++cell.start;
  }
  return cells;
}

class CsvReader {
 public:
  explicit CsvReader(const SourcePtr& source) : source_(source) {}

  CsvSeries read() {
    bool header = false;
    for (line_ = 0; line_ < source_->lines.size(); ++line_) {
      const std::string& text = source_->lines[line_];
      const std::size_t start = text.find_first_not_of(" \t");
      if (start == std::string::npos || text[start] == '#') continue;
      if (header)
        row(split(text));
      else if (!(header = read_header(split(text))))
        return std::move(result_);
    }
    line_ = 0;
    if (!header) problem(0, "the file is empty; its first line must be date,value");
    if (header && result_.points.empty() && result_.issues.empty()) problem(0, "there are no rows below the header");
    return std::move(result_);
  }

 private:
  void problem(std::size_t byte, std::string message) {
    result_.issues.push_back(
        issue_at({source_, static_cast<int>(line_) + 1, column_of(source_->lines[line_], byte)}, {}, std::move(message)));
  }

  bool read_header(const std::vector<Cell>& cells) {
    std::vector<std::string> names;
    for (const Cell& cell : cells) names.push_back(cell.text);
    for (const auto& [name, index] : {std::pair<std::string, std::size_t*>{"date", &date_}, {"value", &value_}}) {
      *index = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
      if (*index < names.size()) continue;
      const std::string near = nearest(name, names);
      problem(0, near.empty() ? fmt::format("there is no column '{}'; the first line must be date,value", name)
                              : fmt::format("there is no column '{}'; is '{}' meant? The first line must be date,value", name, near));
      return false;
    }
    return true;
  }

  void row(const std::vector<Cell>& cells) {
    if (cells.size() <= std::max(date_, value_))
      return problem(0, fmt::format("{} cells, but the header needs at least {}", cells.size(), std::max(date_, value_) + 1));
    const std::optional<Date> date = parse_date(cells[date_].text);
    if (!date) return problem(cells[date_].start, fmt::format("'{}' is not a date; write it as 2013-07-01", cells[date_].text));
    const Quantity value = parse_quantity(cells[value_].text, Unit::none);
    if (!value.error.empty()) return problem(cells[value_].start, value.error);
    if (last_ && !(*last_ < *date))
      return problem(cells[date_].start, fmt::format("{} does not come after {}; dates must rise", to_text(*date), to_text(*last_)));
    last_ = date;
    result_.points.emplace_back(*date, value.value);
  }

  const SourcePtr& source_;
  CsvSeries result_;
  std::size_t line_ = 0, date_ = 0, value_ = 0;
  std::optional<Date> last_;
};
}  // namespace

CsvSeries parse_csv(const SourcePtr& source) { return CsvReader(source).read(); }

}  // namespace spillway
