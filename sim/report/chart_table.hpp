// The table of charts: which series are shown, where, and in what words. A new chart is one row.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/document.hpp"

namespace spillway {

struct SectionRow {
  std::string_view id, title;
};
std::span<const SectionRow> section_rows();

/// How a chart is made of its series follows from their dimensions: lines sum over causes and kinds, bars stack them. Bars of what
/// is counted in each interval (time: sum) are yearly sums, of a state (time: point) values at the year's end. Flows go to the
/// platform they end on, stacked by origin.
struct ChartRow {
  std::string_view section, id, title, note, unit;
  std::string_view observables;  ///< names, separated by blanks; several are stacked
  ChartKind kind;
  bool percent = false;
  std::string_view total = {};  ///< title of the sum over the parts, where `title` speaks of the parts
};
std::span<const ChartRow> chart_rows();

/// A label of the data in plain words: "drag" -> "led by sellers' promotion"; unknown ones with blanks for underscores.
std::string plain_label(std::string_view label);

}  // namespace spillway
