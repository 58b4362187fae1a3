// A recording as tables for spreadsheets and statistics programs: RFC 4180, ISO dates, numbers that read back to the same bits.
#pragma once

#include <string>
#include <vector>

#include "model/recording.hpp"

namespace spillway {

struct Table {
  std::string name;  ///< "time_platform", "policy_time_platform", "events"
  std::size_t rows = 0;
  std::string csv;
};

/// Text as one cell, in quotes where it needs them.
std::string csv_cell(const std::string& text);

/// Paths of the variables that are exported: those named, by path or by name alone, or without names everything but coordinates,
/// hashes, single users and snapshots. Throws InputError with a suggestion for a name that the recording does not hold.
std::vector<std::string> exported(const Recording& recording, const std::vector<std::string>& names);

/// Long form, one table for each set of dimensions: a row is one value, "date,platform,join_cause,variable,unit,value". A group of one
/// dimension that is not time (events, differences), and what a sweep has of each point ("points"), become a table of one row per element
/// and one column per variable instead.
std::vector<Table> tables(const Recording& recording, const std::vector<std::string>& paths);

/// All of them in one table in long form; a column is empty where a variable lacks the dimension.
Table one_table(const Recording& recording, const std::vector<std::string>& paths);

}  // namespace spillway
