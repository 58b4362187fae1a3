// Dated numbers from a CSV file: a header with the columns date and value, one row a line, '#' lines are comments, further
// columns (a source, a remark) are for people and not read.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "input/source.hpp"

namespace spillway {

inline constexpr std::size_t largest_csv = std::size_t{16} << 20;

struct CsvSeries {
  std::vector<std::pair<Date, double>> points;
  std::vector<Issue> issues;  ///< with places in the CSV file
};

CsvSeries parse_csv(const SourcePtr& source);

/// A row of a table that holds several series, told apart by a column `series`; a column `source` says where it is from.
struct CsvRow {
  Date date;
  double value = 0;
  std::string source;
  Place place;
};

struct CsvTable {
  bool named = false;               ///< has a column `series`
  std::vector<std::string> series;  ///< all there are, in the order of the file
  std::vector<CsvRow> rows;         ///< of the series that was asked for, by date
  std::vector<Issue> issues;        ///< with places in the CSV file
};

/// Rows whose cell in the column `series` is the given one, or all rows where there is no such column. Rows of other series are not
/// looked at. Dates may stand in any order, but not twice.
CsvTable parse_csv_table(const SourcePtr& source, const std::string& series);

}  // namespace spillway
