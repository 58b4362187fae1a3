// Dated numbers from a CSV file: a header with the columns date and value, one row a line, '#' lines are comments, further
// columns (a source, a remark) are for people and not read.
#pragma once

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

}  // namespace spillway
