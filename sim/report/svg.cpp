#include "report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/svg_drawing.hpp"
#include "report/svg_parts.hpp"

namespace spillway {

namespace drawing {
Scale axis_scale(const Chart& chart, double largest) { return chart.percent ? Scale{0.01, "%"} : scale_for(largest); }

std::string axis_caption(const Chart& chart, const Scale& scale) {
  if (chart.percent) return chart.unit == "percentage points" ? chart.unit : "%";
  return scale.word.empty() ? chart.unit : fmt::format("{} {}", scale.word, chart.unit);
}
}  // namespace drawing

namespace {
using namespace drawing;

// Fonts of the three systems, then those with Chinese characters; rsvg-convert takes the first that it finds for each character.
constexpr std::string_view fonts =
    "'Noto Sans', 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial, 'Noto Sans CJK SC', 'Microsoft YaHei', "
    "'PingFang SC', sans-serif";

bool has_bands(const Chart& chart) {
  for (const Line& line : chart.lines)
    if (!line.low.empty()) return true;
  return false;
}

std::string source_line(const PageDocument& document, const Chart& chart) {
  const PageFooter& f = document.footer;
  std::string words = fmt::format("{}, model {}", f.program, f.model);
  if (!f.users.empty()) words += fmt::format("; {} simulated users", f.users);
  if (!f.seed.empty()) words += "; seed " + f.seed;
  if (!f.design.empty())
    words += "; " + f.design;
  else if (f.replicates == "1")
    words += "; a single run";
  else
    words += fmt::format("; {} runs of each world{}", f.replicates, has_bands(chart) ? ": median, and band where nine of ten lie" : "");
  return words;
}

std::string content(const PageDocument& document, const Chart& chart, const Room& room) {
  switch (chart.kind) {
    case ChartKind::lines: return lines_picture(document, chart, room);
    case ChartKind::bars: return bars_picture(chart, room);
    case ChartKind::intervals: return intervals_picture(chart, room);
    case ChartKind::scatter: return scatter_picture(chart, room);
    case ChartKind::heat: return heat_picture(chart, room);
    case ChartKind::effects: break;
  }
  return effects_picture(chart, room);
}
}  // namespace

std::string svg(const PageDocument& document, const Chart& chart) {
  Room room;
  const double wide = picture_width - 2 * room.left;
  std::string picture = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" font-family=\"{2}\">\n"
      "<title>{3}</title>\n<desc>{4}</desc>\n<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n",
      picture_width, picture_height, fonts, escaped(chart.title), escaped(chart.note));
  double y = 26;
  picture += text(room.left, y, wrapped(document.title, wide / 13, 1)[0], {13, "#666666"});
  y += 28;
  const double title_size = std::clamp(wide / (1.08 * text_width(chart.title)), 16.0, 23.0);  // long titles smaller, up to a point
  picture +=
      text(room.left, y, wrapped(chart.title, wide / (1.08 * title_size) + 0.01, 1)[0], {title_size, "#111111", Anchor::start, true});
  y += 4;
  for (const std::string& words : wrapped(chart.note, wide / 13, 2)) picture += text(room.left, y += 18, words, {13, "#555555"});
  picture += text(room.left, picture_height - 14, wrapped(source_line(document, chart), wide / 11, 1)[0], {11, "#666666"});
  if (!document.caveat.empty()) {
    room.bottom -= 16;
    picture += text(room.left, picture_height - 30, wrapped(document.caveat, wide / 11, 1)[0], {11, "#666666"});
  }
  room.top = y + (chart.kind == ChartKind::lines ? 14 : 22);
  return picture + content(document, chart, room) + "</svg>\n";
}

std::vector<PictureName> picture_names(const PageDocument& document) {
  std::vector<PictureName> names;
  for (const Section& section : document.sections)
    for (const Chart& chart : section.charts) names.push_back({fmt::format("{:02}-{}", names.size() + 1, chart.id), &chart});
  return names;
}

}  // namespace spillway
