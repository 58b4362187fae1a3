// The kinds of picture, inside the common frame.
#pragma once

#include <functional>
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
std::string intervals_picture(const Chart& chart, const Room& room);
std::string scatter_picture(const Chart& chart, const Room& room);
std::string heat_picture(const Chart& chart, const Room& room);
std::string effects_picture(const Chart& chart, const Room& room);

/// Where a chart of lines has its days and values; marks beyond its last day are not drawn.
struct MarkScale {
  std::function<double(double)> x, y;
  double last_day = 0;
};
std::string marks_picture(const Chart& chart, const MarkScale& scale);
/// What marks and their bars are, in a row from `left` on at the height `y`.
std::string marks_key(const Chart& chart, double left, double y);

/// "million people", "%", "yuan".
std::string axis_caption(const Chart& chart, const Scale& scale);
/// Shares as percent, else by the size of the largest value.
Scale axis_scale(const Chart& chart, double largest);

/// Levers and uncertainties: colours for areas and for text, and a filled mark (a disc, a square on its corner) of that radius.
std::string_view role_colour(Role role);
std::string_view role_ink(Role role);
std::string role_mark(Role role, double x, double y, double radius);

/// A key, "● lever  ◆ uncertainty", from `x` on at the height `y`; nothing unless both are among `roles`. Where it ends.
std::string role_key(const std::vector<Role>& roles, double& x, double y);

/// "62 [55, 69]" on a scale, without the unit; three digits of the largest of `largest`.
std::string estimate_text(const Estimate& estimate, const Scale& scale, double largest);

/// Least and largest of what is known, intervals included, and 0 if `with_zero`. {0, 1} where nothing is known.
struct Extent {
  double low, high;
};
Extent extent_of(const std::vector<Estimate>& estimates, bool with_zero);

}  // namespace spillway::drawing
