// The two kinds of picture, inside the common frame.
#pragma once

#include <string>

#include "report/document.hpp"
#include "report/words.hpp"

namespace spillway::drawing {

/// Where a chart may be drawn: below title and note, above the source line.
struct Room {
  double left = 24, top = 90, right = 936, bottom = 506;
};

std::string lines_picture(const PageDocument& document, const Chart& chart, const Room& room);
std::string bars_picture(const Chart& chart, const Room& room);

/// "million people", "%", "yuan".
std::string axis_caption(const Chart& chart, const Scale& scale);
/// Shares as percent, else by the size of the largest value.
Scale axis_scale(const Chart& chart, double largest);

}  // namespace spillway::drawing
