#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/svg_drawing.hpp"
#include "report/svg_parts.hpp"

namespace spillway::drawing {

namespace {
/// One small panel for each platform (rows) and world (columns), all on one scale, so that worlds are compared along a row without
/// leaning on colour. With one world the platforms stand side by side.
class BarsPicture {
 public:
  BarsPicture(const Chart& chart, const Room& room) : chart_(chart), room_(room) {
    for (const Group& group : chart.groups) {
      if (std::find(platforms_.begin(), platforms_.end(), group.platform) == platforms_.end()) platforms_.push_back(group.platform);
      if (std::find(worlds_.begin(), worlds_.end(), group.world) == worlds_.end()) worlds_.push_back(group.world);
      for (const auto& category : group.values) high_ = std::max(high_, piled(category));
    }
    std::sort(platforms_.begin(), platforms_.end());
    std::sort(worlds_.begin(), worlds_.end());
    if (high_ == 0) high_ = 1;
    scale_ = axis_scale(chart_, high_);
    ticks_ = value_ticks(0, high_ / scale_.factor, worlds_.size() == 1 || platforms_.size() == 1 ? 5 : 4);
    high_ *= 1.05;
    std::erase_if(ticks_.values, [&](double tick) { return tick * scale_.factor > high_; });
  }

  std::string draw() {
    std::string picture = key();
    picture += text(room_.left, room_.top + 14, axis_caption(chart_, scale_), {12, "#555555"});
    room_.top += 14;
    const bool turned = worlds_.size() == 1;
    const std::size_t columns = turned ? platforms_.size() : worlds_.size(), rows = turned ? 1 : platforms_.size();
    const double gap = 26, left = room_.left + 44;
    const double wide = (room_.right - left - gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
    const double high = (room_.bottom - room_.top) / static_cast<double>(rows);
    for (const Group& group : chart_.groups) {
      const std::size_t of_platform = index(platforms_, group.platform), of_world = index(worlds_, group.world);
      const std::size_t column = turned ? of_platform : of_world, row = turned ? 0 : of_platform;
      const double x = left + static_cast<double>(column) * (wide + gap), y = room_.top + static_cast<double>(row) * high;
      picture += panel(group, {x, y + 34, x + wide, y + high - 24}, column == 0);
    }
    return picture;
  }

 private:
  template <class T>
  static std::size_t index(const std::vector<T>& all, const T& one) {
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), one) - all.begin());
  }

  static double piled(const std::vector<double>& parts) {
    double sum = 0;
    for (const double v : parts) sum += std::isnan(v) ? 0 : v;
    return sum;
  }

  /// What the shades stand for; in grey, as they hold for every platform. Takes its room from the top.
  std::string key() {
    if (chart_.stacks.size() < 2) return {};
    std::string picture;
    double at = room_.left, y = room_.top + 4;
    for (std::size_t s = 0; s < chart_.stacks.size(); ++s) {
      const double wide = 22 + 13 * text_width(chart_.stacks[s]) + 22;
      if (at > room_.left && at + wide > room_.right) {
        at = room_.left;
        y += 20;
      }
      picture += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"14\" height=\"14\" fill=\"{}\" stroke=\"#555555\" stroke-width=\"0.8\"/>\n",
                             coordinate(at), coordinate(y - 11), shade(-1, s, chart_.stacks.size()));
      picture += text(at + 20, y + 1, chart_.stacks[s], {13});
      at += wide;
    }
    room_.top = y + 14;
    return picture;
  }

  std::string panel(const Group& group, const Room& plot, bool labelled) const {
    const auto y = [&](double value) { return plot.bottom - (plot.bottom - plot.top) * value / high_; };
    std::string picture = text(plot.left, plot.top - 10, wrapped(group.label, (plot.right - plot.left) / 14, 1)[0],
                               {14, ink(group.platform), Anchor::start, true});
    for (const double tick : ticks_.values) {
      const double at = y(tick * scale_.factor);
      picture += line(plot.left, at, plot.right, at, "#e4e4e4", 1);
      if (labelled) picture += text(plot.left - 8, at + 4.5, plain_number(tick, ticks_.step), {13, "#444444", Anchor::end});
    }
    const std::size_t count = chart_.categories.size();
    const double slot = (plot.right - plot.left) / static_cast<double>(std::max<std::size_t>(count, 1));
    const std::size_t every = slot >= 34 ? 1 : slot >= 17 ? 2 : 1 + static_cast<std::size_t>(34 / slot);
    for (std::size_t c = 0; c < count; ++c) {
      const double x = plot.left + slot * (static_cast<double>(c) + 0.14);
      double below = 0;
      for (std::size_t s = 0; c < group.values.size() && s < group.values[c].size(); ++s) {
        const double value = group.values[c][s];
        if (std::isnan(value) || value <= 0) continue;
        picture +=
            fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"0.8\"/>\n",
                        coordinate(x), coordinate(y(below + value)), coordinate(slot * 0.72), coordinate(y(below) - y(below + value)),
                        shade(group.platform, s, group.values[c].size()), colour(group.platform));
        below += value;
      }
      if (c % every == 0) picture += text(x + slot * 0.36, plot.bottom + 17, chart_.categories[c], {12, "#444444", Anchor::middle});
    }
    return picture + line(plot.left, plot.bottom, plot.right, plot.bottom, "#888888", 1);
  }

  const Chart& chart_;
  Room room_;
  std::vector<int> platforms_;
  std::vector<std::size_t> worlds_;
  double high_ = 0;
  Scale scale_;
  Ticks ticks_;
};
}  // namespace

std::string bars_picture(const Chart& chart, const Room& room) { return BarsPicture(chart, room).draw(); }

}  // namespace spillway::drawing
