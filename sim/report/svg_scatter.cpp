#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "report/svg_drawing.hpp"
#include "report/svg_parts.hpp"

namespace spillway::drawing {

namespace {
constexpr double radius = 6, label_size = 12.5;

struct Box {
  double x, y, width, height;
};
bool overlap(const Box& a, const Box& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/// Labelled points from the origin up, with lines of equal ratio as guides.
class ScatterPicture {
 public:
  ScatterPicture(const Chart& chart, const Room& room) : chart_(chart), plot_(room) {
    std::vector<Estimate> across, upwards;
    for (const ScatterPoint& p : chart.points) across.push_back(p.x), upwards.push_back(p.y);
    right_ = 1.04 * extent_of(across, true).high, top_ = 1.06 * extent_of(upwards, true).high;
    scale_ = axis_scale(chart, std::max(right_, top_));
    plot_.left += 62, plot_.right -= 112, plot_.bottom -= 44;
  }

  std::string draw() {
    std::vector<Role> roles;
    for (const ScatterPoint& p : chart_.points) roles.push_back(p.role);
    double at = plot_.left - 62;
    std::string picture = role_key(roles, at, plot_.top + 4);
    plot_.top += picture.empty() ? 12 : 30;
    picture += axes() + guides();
    for (const ScatterPoint& p : chart_.points) picture += whiskers(p);
    for (const ScatterPoint& p : chart_.points)
      if (known(p)) picture += role_mark(p.role, x(p.x.value), y(p.y.value), radius);
    return picture + labels();
  }

 private:
  static bool known(const ScatterPoint& p) { return !std::isnan(p.x.value) && !std::isnan(p.y.value); }
  double x(double value) const { return plot_.left + (plot_.right - plot_.left) * value / right_; }
  double y(double value) const { return plot_.bottom - (plot_.bottom - plot_.top) * value / top_; }

  std::string axes() const {
    std::string picture;
    const std::string caption = axis_caption(chart_, scale_), unit = caption.empty() ? "" : " (" + caption + ")";
    const Ticks across = value_ticks(0, right_ / scale_.factor, 6), upwards = value_ticks(0, top_ / scale_.factor, 5);
    for (const double tick : upwards.values) {
      if (tick * scale_.factor > top_) continue;
      picture += line(plot_.left, y(tick * scale_.factor), plot_.right, y(tick * scale_.factor), "#e4e4e4", 1);
      picture += text(plot_.left - 8, y(tick * scale_.factor) + 4.5, plain_number(tick, upwards.step), {13, "#444444", Anchor::end});
    }
    for (const double tick : across.values)
      if (tick * scale_.factor <= right_)
        picture += text(x(tick * scale_.factor), plot_.bottom + 18, plain_number(tick, across.step), {13, "#444444", Anchor::middle});
    picture += line(plot_.left, plot_.bottom, plot_.right, plot_.bottom, "#888888", 1) +
               line(plot_.left, plot_.top, plot_.left, plot_.bottom, "#888888", 1);
    picture += text((plot_.left + plot_.right) / 2, plot_.bottom + 38, chart_.x_title + unit, {13, "#333333", Anchor::middle});
    return picture +
           text(plot_.left - 48, (plot_.top + plot_.bottom) / 2, chart_.y_title, {13, "#333333", Anchor::middle, false, false, -90});
  }

  /// Each ends at the frame, where its name stands: outside at the right, or inside below the upper edge.
  std::string guides() const {
    std::string picture;
    for (const Guide& guide : chart_.guides) {
      const bool leaves_above = guide.slope * right_ > top_;
      const double end_x = leaves_above ? top_ / guide.slope : right_, end_y = leaves_above ? top_ : guide.slope * right_;
      picture += line(x(0), y(0), x(end_x), y(end_y), "#9a9a9a", 1.2, "5 4");
      picture += leaves_above ? text(x(end_x), y(end_y) - 5, guide.label, {11.5, "#666666", Anchor::middle})
                              : text(x(end_x) + 5, y(end_y) + 4, guide.label, {11.5, "#666666"});
    }
    return picture;
  }

  std::string whiskers(const ScatterPoint& p) const {
    if (!known(p)) return {};
    std::string picture;
    const double at_x = x(p.x.value), at_y = y(p.y.value);
    if (!std::isnan(p.x.low) && !std::isnan(p.x.high))
      picture += line(x(std::max(0.0, p.x.low)), at_y, x(p.x.high), at_y, role_colour(p.role), 1);
    if (!std::isnan(p.y.low) && !std::isnan(p.y.high))
      picture += line(at_x, y(std::max(0.0, p.y.low)), at_x, y(p.y.high), role_colour(p.role), 1);
    return picture;
  }

  std::vector<Box> obstacles(bool with_whiskers) const {
    std::vector<Box> found;
    for (const ScatterPoint& p : chart_.points) {
      if (!known(p)) continue;
      const double at_x = x(p.x.value), at_y = y(p.y.value);
      found.push_back({at_x - radius, at_y - radius, 2 * radius, 2 * radius});
      if (!with_whiskers) continue;
      if (!std::isnan(p.x.low) && !std::isnan(p.x.high)) found.push_back({x(p.x.low), at_y - 1, x(p.x.high) - x(p.x.low), 2});
      if (!std::isnan(p.y.low) && !std::isnan(p.y.high)) found.push_back({at_x - 1, y(p.y.high), 2, y(p.y.low) - y(p.y.high)});
    }
    return found;
  }

  /// Near its point where that is free, first of whiskers too. The most influential choose first; who finds no place has none.
  std::string labels() const {
    std::vector<Box> taken;  // by labels
    for (const Guide& guide : chart_.guides) {
      const double wide = 11.5 * text_width(guide.label), end_y = guide.slope * right_;
      if (end_y > top_)
        taken.push_back({x(top_ / guide.slope) - wide / 2, plot_.top - 17, wide, 14});
      else
        taken.push_back({plot_.right + 5, y(end_y) - 8, wide, 14});
    }
    std::string picture;
    for (const ScatterPoint& p : chart_.points) {
      if (!known(p)) continue;
      for (const bool strict : {true, false}) {
        std::vector<Box> all = obstacles(strict);
        all.insert(all.end(), taken.begin(), taken.end());
        const std::optional<Box> place = free_place(p, all);
        if (!place) continue;
        taken.push_back(*place);
        picture += text(place->x, place->y + place->height - 4, p.label, {label_size, role_ink(p.role), Anchor::start, true, true});
        break;
      }
    }
    return picture;
  }

  std::optional<Box> free_place(const ScatterPoint& p, const std::vector<Box>& taken) const {
    const double wide = 1.1 * label_size * text_width(p.label), high = label_size + 2, gap = radius + 3;
    const double at_x = x(p.x.value), at_y = y(p.y.value);
    for (const double rise : {0.0, 1.0, -1.0, 2.0})
      for (const double shift : {gap, -gap - wide, -wide / 2}) {
        if (rise == 0 && shift == -wide / 2) continue;  // that is the point itself
        const Box place{at_x + shift, at_y - high / 2 - rise * high, wide, high};
        const bool inside = place.x >= plot_.left + 2 && place.x + wide <= plot_.right + 100 && place.y >= plot_.top - 8 &&
                            place.y + high <= plot_.bottom - 1;
        if (inside && std::none_of(taken.begin(), taken.end(), [&](const Box& other) { return overlap(place, other); })) return place;
      }
    return std::nullopt;
  }

  const Chart& chart_;
  Room plot_;
  double right_ = 1, top_ = 1;
  Scale scale_;
};
}  // namespace

std::string scatter_picture(const Chart& chart, const Room& room) { return ScatterPicture(chart, room).draw(); }

}  // namespace spillway::drawing
