// What the page and the pictures show, as plain data: which charts there are, their titles and numbers. Nothing here knows how it
// is drawn; page_json.cpp, page/ and svg.cpp do.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/comparison.hpp"

namespace spillway {

inline constexpr int no_index = -1;                                    ///< of a line or group that belongs to no platform or part
inline constexpr std::size_t no_world = static_cast<std::size_t>(-1);  ///< of a line in a document without worlds

/// A curve over the document's time axis, which it may leave before its end; NaN where nothing is known.
struct Line {
  std::string label;
  std::size_t world = 0;
  int platform = no_index;                              ///< decides the colour
  int part = no_index;                                  ///< decides the shade
  std::vector<double> mid;                              ///< median over replicates
  std::vector<double> low, high;                        ///< band; empty for a single run
  std::vector<double> inner_low = {}, inner_high = {};  ///< a narrower band within it, drawn darker; may be empty
  int dash = no_index;                                  ///< of a line without a world: as the world of that number
};

/// Stacked bars of one world and platform, one for each category.
struct Group {
  std::string label;
  std::size_t world = 0;
  int platform = no_index;
  std::vector<std::vector<double>> values;  ///< by category and stack
};

inline constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// A point of the record in a chart of lines, with a bar over what counts as near.
struct Mark {
  double day = 0, value = 0;
  double low = not_known, high = not_known;  ///< ends of the upright bar; NaN: none
  double days = 0;                           ///< half of the level bar; 0: none
  bool hollow = false;
  std::string label;  ///< what is known of it
};

/// A number with its interval, whose ends are NaN where none is known.
struct Estimate {
  double value = not_known, low = not_known, high = not_known;
};

/// Who sets a factor of a sweep; decides colour and shape. `main`: a row that stands out and is no factor.
enum class Role { lever, uncertainty, neither, main };

/// One factor (or pair of factors) of a chart of intervals: a bar for each of the chart's `stacks`.
struct IntervalRow {
  std::string label;
  Role role = Role::lever;
  std::vector<Estimate> values;
  std::vector<std::string> texts = {};  ///< said instead of the values' numbers; empty: the numbers themselves
};

struct ScatterPoint {
  std::string label;
  Role role = Role::lever;
  Estimate x, y;
};

/// A line through the origin, y = slope x, with what lies on it.
struct Guide {
  double slope = 1;
  std::string label;
};

enum class AxisKind { number, date, word };

/// The values that a factor took: numbers and dates (days since 1970-01-01) in rising order, words by their place in the study's list.
struct FactorAxis {
  std::string title, unit;
  AxisKind kind = AxisKind::number;
  std::vector<double> values;
  std::vector<std::string> labels;  ///< of each value
};

/// An outcome against the values of one factor.
struct EffectPanel {
  FactorAxis axis;
  Role role = Role::lever;
  std::vector<Estimate> values;
};

/// lines, bars: over time. Of sweeps: intervals (horizontal bars), scatter (points in a square), heat (two factors, a number in each
/// cell), effects (small panels, one for each factor, on one scale).
enum class ChartKind { lines, bars, intervals, scatter, heat, effects };

/// Cells as they stand in the table under a chart; the first of a row names it.
struct ChartTable {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
};

struct Chart {
  std::string id, title, note, unit;
  ChartKind kind = ChartKind::lines;
  bool zero = true;      ///< the axis starts at 0; false for differences, which have a line at 0
  bool percent = false;  ///< values are shares
  std::vector<Line> lines;
  std::vector<Mark> marks;                      ///< of lines
  std::vector<std::string> mark_names;          ///< what filled and hollow marks are, and their bars; three of them where there are marks
  std::vector<std::string> categories, stacks;  ///< of bars; of intervals only stacks: the bars of one row
  std::vector<Group> groups;
  std::vector<IntervalRow> rows;     ///< of intervals, the most influential first
  bool ranges = false;               ///< of intervals: bars from low to high with a dot at the value, over 0 to 1 at least, not from 0
  std::string x_title, y_title;      ///< of scatter
  std::vector<ScatterPoint> points;  ///< of scatter
  std::vector<Guide> guides;         ///< of scatter
  std::vector<FactorAxis> axes;      ///< of heat: across, then upwards
  std::vector<double> cells;         ///< of heat: row by row of the second axis; NaN where nothing is known
  std::string cell_name = "mean";    ///< of heat: what a cell's number is
  std::vector<EffectPanel> panels;   ///< of effects, the most influential first
  ChartTable table;                  ///< stands under the chart instead of one made of its values; empty: none
};

struct Section {
  std::string id, title;
  std::vector<Chart> charts;
  std::string note = {};  ///< under the title; may be empty
};

/// A key of the scenario that differs from the first world's.
struct KeyChange {
  std::string key, from, to;
};

struct PageWorld {
  std::string id, title, description, file;
  std::size_t replicates = 0;
  std::vector<KeyChange> changes;
};

struct PagePlatform {
  std::string id, label;
};

struct PageEvent {
  std::vector<std::size_t> worlds;  ///< that have it
  std::string label;
  double day = 0;
  std::string text;  ///< what was set
};

struct Assumption {
  std::string key;
  std::vector<std::string> values;  ///< by world
  std::string unit, meaning;
  bool changed = false;
};

/// What a sweep varied.
struct PageFactor {
  std::string name, label;  ///< as the study and as people call it
  Role role = Role::lever;
  std::string keys, distribution, unit, meaning;
};

struct PageFooter {
  std::string program, model, commit, seed, replicates, users, created, confidence;
  std::string design = {};  ///< of a sweep: design, points, runs
};

/// Of one or more worlds, or of a sweep: then without worlds, platforms and events, and with factors.
struct PageDocument {
  std::string title, answer, caveat;
  std::vector<std::string> details;
  std::vector<std::string> warnings;  ///< what makes the numbers less sure than they look
  Date start;
  std::vector<double> days;  ///< x of every line
  std::vector<PageWorld> worlds;
  std::vector<PagePlatform> platforms;
  std::vector<PageEvent> events;
  std::vector<PageFactor> factors;
  std::vector<Section> sections;
  std::vector<Difference> differences;
  std::vector<Assumption> assumptions;
  PageFooter footer;
};

}  // namespace spillway
