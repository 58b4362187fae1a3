// Pieces that every picture is made of: text, lines, colours, ticks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "report/words.hpp"

namespace spillway::drawing {

/// Okabe and Ito's colours, safe for the colour-blind, by platform; grey for what belongs to none.
std::string_view colour(int platform);
/// The same, dark enough for text on white (contrast 4.5:1).
std::string_view ink(int platform);
/// Worlds are told apart by dashes, so that colour never stands alone; empty: solid.
std::string_view dash(std::size_t world);
/// A part of a stack: the platform's colour, mixed with white.
std::string shade(int platform, std::size_t part, std::size_t parts);

/// Text with < > & " as entities and without what XML forbids.
std::string escaped(std::string_view text);

/// "12.5": two decimals at most.
std::string coordinate(double value);

enum class Anchor { start, middle, end };
struct TextStyle {
  double size = 13;
  std::string_view fill = "#333333";
  Anchor anchor = Anchor::start;
  bool bold = false, halo = false;
  double turned = 0;  ///< degrees
};
std::string text(double x, double y, std::string_view words, const TextStyle& style);
std::string line(double x1, double y1, double x2, double y2, std::string_view stroke, double width, std::string_view dash = {});

/// Lines of at most `width` (in units of the font's size); the last one ends in an ellipsis if there are more than `most`.
std::vector<std::string> wrapped(std::string_view words, double width, std::size_t most);

/// About `count` round numbers that cover [low, high], the ends included.
struct Ticks {
  std::vector<double> values;
  double step = 1;
};
Ticks value_ticks(double low, double high, int count);

/// Days since `start` with labels: new years, or months where the span is short.
struct DateTick {
  double day;
  std::string label;
};
std::vector<DateTick> date_ticks(Date start, double last_day);

/// Moves places apart until each has `gap` to the next, staying within [low, high] where that is possible and near where they were.
void spread(std::vector<double>& places, double gap, double low, double high);

}  // namespace spillway::drawing
