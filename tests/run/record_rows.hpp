// The record of what happened, as tests read it.
#pragma once

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace spillway::testing {

struct RecordRow {
  std::string series, date;
  double value;
  std::string unit, definition, source, confidence;
};

/// Cells of a line of CSV; quoted ones may have commas.
inline std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells.emplace_back();
    else
      cells.back() += c;
  }
  return cells;
}

inline std::vector<RecordRow> record_rows() {
  std::ifstream in(SPILLWAY_SOURCE_DIR "/scenarios/data/record.csv");
  std::vector<RecordRow> rows;
  bool head = true;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> cells = cells_of(line);
    if (cells.size() != 7) throw std::runtime_error("not seven cells: " + line);
    if (!head) rows.push_back({cells[0], cells[1], std::strtod(cells[2].c_str(), nullptr), cells[3], cells[4], cells[5], cells[6]});
    head = false;
  }
  return rows;
}

inline double recorded(const std::string& series, const std::string& date) {
  for (const RecordRow& row : record_rows())
    if (row.series == series && row.date == date) return row.value;
  throw std::runtime_error("no " + series + " on " + date);
}

}  // namespace spillway::testing
