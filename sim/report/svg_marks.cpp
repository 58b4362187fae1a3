#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/svg_drawing.hpp"
#include "report/svg_parts.hpp"

namespace spillway::drawing {

namespace {
// Black, as no platform is; filled and hollow are told apart without colour. A white ring keeps a mark apart from the curve that it lies
// on.
constexpr std::string_view mark_colour = "#111111";
constexpr double radius = 4.5, cap = 4, key_size = 13;

std::string disc(double x, double y, bool hollow) {
  const std::string_view fill = hollow ? std::string_view("#ffffff") : mark_colour;
  std::string picture =
      fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"#ffffff\"/>\n", coordinate(x), coordinate(y), radius + 1.8);
  return picture + fmt::format("<circle class=\"mark\" cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1.8\"/>\n",
                               coordinate(x), coordinate(y), radius, fill, mark_colour);
}

std::string upright_bar(double x, double from, double to) {
  std::string picture = line(x, from, x, to, mark_colour, 1.2);
  for (const double end : {from, to}) picture += line(x - cap, end, x + cap, end, mark_colour, 1.2);
  return picture;
}

std::string level_bar(double from, double to, double y) {
  std::string picture = line(from, y, to, y, mark_colour, 1.2);
  for (const double end : {from, to}) picture += line(end, y - cap, end, y + cap, mark_colour, 1.2);
  return picture;
}
}  // namespace

std::string marks_picture(const Chart& chart, const MarkScale& scale) {
  std::string bars, discs;
  for (const Mark& mark : chart.marks) {
    if (mark.day < 0 || mark.day > scale.last_day || std::isnan(mark.value)) continue;
    const double x = scale.x(mark.day), y = scale.y(mark.value);
    if (!std::isnan(mark.low) && !std::isnan(mark.high)) bars += upright_bar(x, scale.y(mark.high), scale.y(mark.low));
    if (mark.days > 0)
      bars += level_bar(scale.x(std::max(0.0, mark.day - mark.days)), scale.x(std::min(scale.last_day, mark.day + mark.days)), y);
    discs += disc(x, y, mark.hollow);
  }
  return bars + discs;
}

std::string marks_key(const Chart& chart, double left, double y) {
  const auto any = [&](auto holds) { return std::any_of(chart.marks.begin(), chart.marks.end(), holds); };
  std::string picture;
  double at = left;
  const auto add = [&](const std::string& symbol, const std::string& words) {
    picture += symbol + text(at + 16, y, words, {key_size});
    at += 16 + key_size * text_width(words) + 26;
  };
  const double middle = y - 4.5;
  if (any([](const Mark& m) { return !m.hollow; })) add(disc(at + 5, middle, false), chart.mark_names.at(0));
  if (any([](const Mark& m) { return m.hollow; })) add(disc(at + 5, middle, true), chart.mark_names.at(1));
  if (any([](const Mark& m) { return !std::isnan(m.low); })) add(upright_bar(at + 5, middle - 7, middle + 7), chart.mark_names.at(2));
  return picture;
}

}  // namespace spillway::drawing
