// What the page and the pictures show, as plain data: which charts there are, their titles and numbers. Nothing here knows how it
// is drawn; page_json.cpp, page/ and svg.cpp do.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/comparison.hpp"

namespace spillway {

inline constexpr int no_index = -1;  ///< of a line or group that belongs to no platform or part

/// A curve over the document's time axis; NaN where nothing is known.
struct Line {
  std::string label;
  std::size_t world = 0;
  int platform = no_index;        ///< decides the colour
  int part = no_index;            ///< decides the shade
  std::vector<double> mid;        ///< median over replicates
  std::vector<double> low, high;  ///< band; empty for a single run
};

/// Stacked bars of one world and platform, one for each category.
struct Group {
  std::string label;
  std::size_t world = 0;
  int platform = no_index;
  std::vector<std::vector<double>> values;  ///< by category and stack
};

enum class ChartKind { lines, bars };

struct Chart {
  std::string id, title, note, unit;
  ChartKind kind = ChartKind::lines;
  bool zero = true;      ///< the axis starts at 0; false for differences, which have a line at 0
  bool percent = false;  ///< values are shares
  std::vector<Line> lines;
  std::vector<std::string> categories, stacks;  ///< of bars
  std::vector<Group> groups;
};

struct Section {
  std::string id, title;
  std::vector<Chart> charts;
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

struct PageFooter {
  std::string program, model, commit, seed, replicates, users, created, confidence;
};

struct PageDocument {
  std::string title, answer, caveat;
  std::vector<std::string> details;
  Date start;
  std::vector<double> days;  ///< x of every line
  std::vector<PageWorld> worlds;
  std::vector<PagePlatform> platforms;
  std::vector<PageEvent> events;
  std::vector<Section> sections;
  std::vector<Difference> differences;
  std::vector<Assumption> assumptions;
  PageFooter footer;
};

}  // namespace spillway
