#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/svg_drawing.hpp"
#include "report/svg_parts.hpp"

namespace spillway::drawing {

namespace {
/// Small panels on one scale of values: a line with its band for numbers and dates, points with their intervals for words.
class EffectsPicture {
 public:
  EffectsPicture(const Chart& chart, const Room& room) : chart_(chart), room_(room) {
    std::vector<Estimate> all;
    for (const EffectPanel& panel : chart.panels) all.insert(all.end(), panel.values.begin(), panel.values.end());
    extent_ = extent_of(all, false);
    const double margin = 0.04 * (extent_.high - extent_.low);
    extent_ = {extent_.low - (extent_.low == 0 ? 0 : margin), extent_.high + margin};
    scale_ = axis_scale(chart, std::max(std::abs(extent_.low), std::abs(extent_.high)));
    columns_ = std::min<std::size_t>(chart.panels.size(), chart.panels.size() <= 3 ? 3 : 4);
  }

  std::string draw() {
    std::vector<Role> roles;
    for (const EffectPanel& panel : chart_.panels) roles.push_back(panel.role);
    double at = room_.left + 12 * text_width(axis_caption(chart_, scale_)) + 40;
    std::string picture =
        text(room_.left, room_.top + 2, axis_caption(chart_, scale_), {12, "#555555"}) + role_key(roles, at, room_.top + 2);
    room_.top += 8;
    const std::size_t rows = (chart_.panels.size() + columns_ - 1) / columns_;
    const double left = room_.left + 48, gap = 38;
    const double wide = (room_.right - left - gap * static_cast<double>(columns_ - 1)) / static_cast<double>(columns_);
    const double high = (room_.bottom - room_.top) / static_cast<double>(rows);
    for (std::size_t p = 0; p < chart_.panels.size(); ++p) {
      const std::size_t row = p / columns_, column = p % columns_;
      const double x = left + static_cast<double>(column) * (wide + gap), y = room_.top + static_cast<double>(row) * high;
      picture += panel(chart_.panels[p], {x, y + 30, x + wide, y + high - 24}, column == 0, high >= 150 ? 5 : 3);
    }
    return picture;
  }

 private:
  std::string panel(const EffectPanel& panel, const Room& plot, bool labelled, int tick_count) const {
    const std::string title = panel.axis.unit.empty() ? panel.axis.title : fmt::format("{} ({})", panel.axis.title, panel.axis.unit);
    std::string picture = text(plot.left, plot.top - 9, wrapped(title, (plot.right - plot.left) / 13.6, 1)[0],
                               {12.5, role_ink(panel.role), Anchor::start, true});
    const Ticks ticks = value_ticks(extent_.low / scale_.factor, extent_.high / scale_.factor, tick_count);
    for (const double tick : ticks.values) {
      const double at = y(tick * scale_.factor, plot);
      if (at < plot.top - 0.5 || at > plot.bottom + 0.5) continue;
      picture += line(plot.left, at, plot.right, at, "#e4e4e4", 1);
      if (labelled) picture += text(plot.left - 8, at + 4.5, plain_number(tick, ticks.step), {13, "#444444", Anchor::end});
    }
    picture += panel.axis.kind == AxisKind::word ? whiskers(panel, plot) : band(panel, plot) + curve(panel, plot);
    for (std::size_t i = 0; i < panel.values.size(); ++i)
      if (!std::isnan(panel.values[i].value))
        picture += role_mark(panel.role, x(panel, i, plot), y(panel.values[i].value, plot), panel.values.size() > 20 ? 2 : 3.5);
    return picture + value_names(panel, plot) + line(plot.left, plot.bottom, plot.right, plot.bottom, "#888888", 1);
  }

  double y(double value, const Room& plot) const {
    return plot.bottom - (plot.bottom - plot.top) * (value - extent_.low) / (extent_.high - extent_.low);
  }
  static double x(const EffectPanel& panel, std::size_t i, const Room& plot) {
    const auto& values = panel.axis.values;
    const double wide = plot.right - plot.left, count = static_cast<double>(values.size());
    if (panel.axis.kind == AxisKind::word || values.size() < 2) return plot.left + wide * (static_cast<double>(i) + 0.5) / count;
    return plot.left + 6 + (wide - 12) * (values[i] - values.front()) / (values.back() - values.front());
  }

  std::string band(const EffectPanel& panel, const Room& plot) const {
    std::string up, back;
    for (std::size_t i = 0; i < panel.values.size(); ++i) {
      const Estimate& e = panel.values[i];
      if (std::isnan(e.low) || std::isnan(e.high)) continue;
      const std::string at = coordinate(x(panel, i, plot));
      up += fmt::format("{}{},{}", up.empty() ? 'M' : 'L', at, coordinate(y(e.high, plot)));
      back.insert(0, fmt::format("L{},{}", at, coordinate(y(e.low, plot))));
    }
    return up.empty() ? "" : fmt::format("<path d=\"{}{}Z\" fill=\"{}\" fill-opacity=\"0.18\"/>\n", up, back, role_colour(panel.role));
  }

  std::string curve(const EffectPanel& panel, const Room& plot) const {
    std::string path;
    for (std::size_t i = 0; i < panel.values.size(); ++i)
      if (!std::isnan(panel.values[i].value))
        path += fmt::format("{}{},{}", path.empty() ? 'M' : 'L', coordinate(x(panel, i, plot)), coordinate(y(panel.values[i].value, plot)));
    return fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.2\"/>\n", path, role_colour(panel.role));
  }

  std::string whiskers(const EffectPanel& panel, const Room& plot) const {
    std::string picture;
    for (std::size_t i = 0; i < panel.values.size(); ++i)
      if (const Estimate& e = panel.values[i]; !std::isnan(e.low) && !std::isnan(e.high))
        picture += line(x(panel, i, plot), y(e.low, plot), x(panel, i, plot), y(e.high, plot), role_colour(panel.role), 2);
    return picture;
  }

  /// As many names of values as stand beside each other; the first ones and those far enough from the last one named.
  static std::string value_names(const EffectPanel& panel, const Room& plot) {
    std::string picture;
    double free_from = plot.left - 20;
    for (std::size_t i = 0; i < panel.axis.labels.size(); ++i) {
      const double half = 6 * text_width(panel.axis.labels[i]),
                   at = std::clamp(x(panel, i, plot), plot.left - 18 + half, plot.right + 14 - half);
      if (at - half < free_from) continue;
      picture += text(at, plot.bottom + 17, panel.axis.labels[i], {12, "#444444", Anchor::middle});
      free_from = at + half + 8;
    }
    return picture;
  }

  const Chart& chart_;
  Room room_;
  Extent extent_{0, 1};
  Scale scale_;
  std::size_t columns_ = 1;
};
}  // namespace

std::string effects_picture(const Chart& chart, const Room& room) { return EffectsPicture(chart, room).draw(); }

}  // namespace spillway::drawing
