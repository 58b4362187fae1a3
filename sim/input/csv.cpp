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

/// Header and rows, for both forms; what they are is the affair of who derives from it.
class CsvReader {
 public:
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  std::vector<Issue> read() {
    bool header = false;
    for (line_ = 0; line_ < source_->lines.size(); ++line_) {
      const std::string& text = source_->lines[line_];
      const std::size_t start = text.find_first_not_of(" \t");
      if (start == std::string::npos || text[start] == '#') continue;
      if (header)
        row(split(text));
      else if (!(header = read_header(split(text))))
        return std::move(issues_);
    }
    line_ = 0;
    if (!header) problem(0, fmt::format("the file is empty; its first line must be {}", first_line_));
    if (header && !any_ && issues_.empty()) problem(0, "there are no rows below the header");
    return std::move(issues_);
  }

 protected:
  CsvReader(const SourcePtr& source, std::string_view first_line) : source_(source), first_line_(first_line) {}
  ~CsvReader() = default;

  virtual void name_columns(const std::vector<std::string>&) {}
  /// False for a row that is none of ours.
  virtual bool wanted(const std::vector<Cell>&) { return true; }
  virtual void take(Date date, double value, const std::vector<Cell>& cells) = 0;

  void problem(std::size_t byte, std::string message) { issues_.push_back(issue_at(place(byte), {}, std::move(message))); }
  Place place(std::size_t byte) const { return {source_, static_cast<int>(line_) + 1, column_of(source_->lines[line_], byte)}; }
  std::size_t date_column() const { return date_; }

 private:
  bool read_header(const std::vector<Cell>& cells) {
    std::vector<std::string> names;
    for (const Cell& cell : cells) names.push_back(cell.text);
    name_columns(names);
    for (const auto& [name, index] : {std::pair<std::string, std::size_t*>{"date", &date_}, {"value", &value_}}) {
      *index = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
      if (*index < names.size()) continue;
      const std::string near = nearest(name, names);
      problem(0, near.empty() ? fmt::format("there is no column '{}'; the first line must be {}", name, first_line_)
                              : fmt::format("there is no column '{}'; is '{}' meant? The first line must be {}", name, near, first_line_));
      return false;
    }
    return true;
  }

  void row(const std::vector<Cell>& cells) {
    any_ = true;
    if (!wanted(cells)) return;
    if (cells.size() <= std::max(date_, value_))
      return problem(0, fmt::format("{} cells, but the header needs at least {}", cells.size(), std::max(date_, value_) + 1));
    const std::optional<Date> date = parse_date(cells[date_].text);
    if (!date) return problem(cells[date_].start, fmt::format("'{}' is not a date; write it as 2013-07-01", cells[date_].text));
    const Quantity value = parse_quantity(cells[value_].text, Unit::none);
    if (!value.error.empty()) return problem(cells[value_].start, value.error);
    take(*date, value.value, cells);
  }

  const SourcePtr& source_;
  std::string_view first_line_;
  std::vector<Issue> issues_;
  std::size_t line_ = 0, date_ = 0, value_ = 0;
  bool any_ = false;
};

class SeriesReader final : public CsvReader {
 public:
  explicit SeriesReader(const SourcePtr& source) : CsvReader(source, "date,value") {}
  std::vector<std::pair<Date, double>> points;

 private:
  void take(Date date, double value, const std::vector<Cell>& cells) override {
    if (last_ && !(*last_ < date))
      return problem(cells[date_column()].start, fmt::format("{} does not come after {}; dates must rise", to_text(date), to_text(*last_)));
    last_ = date;
    points.emplace_back(date, value);
  }

  std::optional<Date> last_;
};

class TableReader final : public CsvReader {
 public:
  TableReader(const SourcePtr& source, const std::string& series) : CsvReader(source, "date,value or series,date,value"), asked_(series) {}
  CsvTable table;

 private:
  void name_columns(const std::vector<std::string>& names) override {
    const auto column = [&](std::string_view name) {
      return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    };
    series_ = column("series");
    origin_ = column("source");
    table.named = series_ < names.size();
  }

  bool wanted(const std::vector<Cell>& cells) override {
    if (!table.named) return true;
    const std::string name = series_ < cells.size() ? cells[series_].text : std::string();
    if (std::find(table.series.begin(), table.series.end(), name) == table.series.end()) table.series.push_back(name);
    return name == asked_;
  }

  void take(Date date, double value, const std::vector<Cell>& cells) override {
    const auto same = std::find_if(table.rows.begin(), table.rows.end(), [&](const CsvRow& row) { return row.date == date; });
    if (same != table.rows.end())
      return problem(cells[date_column()].start,
                     fmt::format("{} is given twice, first in line {}; keep one of them", to_text(date), same->place.line));
    table.rows.push_back({date, value, origin_ < cells.size() ? cells[origin_].text : std::string(), place(cells[date_column()].start)});
  }

  const std::string& asked_;
  std::size_t series_ = 0, origin_ = 0;
};
}  // namespace

CsvSeries parse_csv(const SourcePtr& source) {
  SeriesReader reader(source);
  std::vector<Issue> issues = reader.read();
  return {std::move(reader.points), std::move(issues)};
}

CsvTable parse_csv_table(const SourcePtr& source, const std::string& series) {
  TableReader reader(source, series);
  reader.table.issues = reader.read();
  std::sort(reader.table.rows.begin(), reader.table.rows.end(), [](const CsvRow& a, const CsvRow& b) { return a.date < b.date; });
  return std::move(reader.table);
}

}  // namespace spillway
