#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/svg_drawing.hpp"
#include "report/svg_parts.hpp"

namespace spillway::drawing {

namespace {
constexpr double most_row = 52, least_row = 17, label_size = 13, bold_label = 1.1 * label_size;

/// Rows of horizontal bars that start at 0, with their intervals as lines and their numbers at the right.
class IntervalsPicture {
 public:
  IntervalsPicture(const Chart& chart, const Room& room) : chart_(chart), plot_(room) {
    std::vector<Estimate> all;
    for (const IntervalRow& row : chart.rows) all.insert(all.end(), row.values.begin(), row.values.end());
    if (chart.ranges) all.push_back({0, 0, 1});
    extent_ = extent_of(all, true);
    for (const Estimate& e : all) largest_ = std::fmax(largest_, std::abs(e.value));
    scale_ = axis_scale(chart, largest_);  // ends of intervals may lie far out
    ticks_ = value_ticks(extent_.low / scale_.factor, extent_.high / scale_.factor, 6);
    double labels = 60, numbers = 40;
    for (const IntervalRow& row : chart.rows) {
      labels = std::max(labels, bold_label * text_width(row.label));
      for (std::size_t s = 0; s < row.values.size(); ++s) numbers = std::max(numbers, 12 * text_width(number_of(row, s)));
    }
    label_room_ = std::min(labels, 400.0);
    plot_.left += label_room_ + 12;
    plot_.right -= numbers + 14;
    plot_.bottom -= 40;
  }

  std::string draw() {
    std::string picture = key();
    const std::size_t fits = static_cast<std::size_t>((plot_.bottom - plot_.top) / least_row);
    const std::size_t shown = chart_.rows.size() <= fits ? chart_.rows.size() : fits - 1;  // the last place says how many are left out
    const std::size_t places = std::max<std::size_t>(1, std::min(chart_.rows.size(), fits));
    const double high = std::min(most_row, (plot_.bottom - plot_.top) / static_cast<double>(places));
    plot_.bottom = plot_.top + high * static_cast<double>(places);
    picture += axes();
    for (std::size_t r = 0; r < shown; ++r) picture += row(chart_.rows[r], plot_.top + high * static_cast<double>(r), high);
    if (shown < chart_.rows.size())
      picture += text(plot_.left - 12, plot_.bottom - 5, fmt::format("and {} that matter less", chart_.rows.size() - shown),
                      {12, "#555555", Anchor::end});
    return picture + line(x(0), plot_.top, x(0), plot_.bottom, "#222222", 1.2);
  }

 private:
  double x(double value) const { return plot_.left + (plot_.right - plot_.left) * (value - extent_.low) / (extent_.high - extent_.low); }

  std::string key() {
    double at = plot_.left - label_room_ - 12;
    std::vector<Role> roles;
    for (const IntervalRow& row : chart_.rows) roles.push_back(row.role);
    std::string picture = role_key(roles, at, plot_.top + 4);
    for (std::size_t s = 0; s < chart_.stacks.size() && chart_.stacks.size() > 1; ++s) {
      picture += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"14\" height=\"14\" fill=\"{}\" stroke=\"#555555\" stroke-width=\"0.8\"/>\n",
                             coordinate(at), coordinate(plot_.top - 8), shade(no_index, s, chart_.stacks.size()));
      picture += text(at + 20, plot_.top + 4, chart_.stacks[s], {label_size});
      at += 20 + label_size * text_width(chart_.stacks[s]) + 24;
    }
    if (!picture.empty()) plot_.top += 20;
    return picture;
  }

  std::string axes() const {
    std::string picture;
    for (const double tick : ticks_.values) {
      const double at = x(tick * scale_.factor);
      if (at < plot_.left - 0.5 || at > plot_.right + 0.5) continue;
      picture += line(at, plot_.top, at, plot_.bottom, "#e4e4e4", 1);
      picture += text(at, plot_.bottom + 18, plain_number(tick, ticks_.step), {label_size, "#444444", Anchor::middle});
    }
    return picture + text((plot_.left + plot_.right) / 2, plot_.bottom + 36, axis_caption(chart_, scale_), {12, "#555555", Anchor::middle});
  }

  std::string row(const IntervalRow& row, double top, double high) const {
    std::string picture = text(plot_.left - 12, top + high / 2 + 4.5, wrapped(row.label, label_room_ / bold_label + 0.1, 1)[0],
                               {label_size, role_ink(row.role), Anchor::end, true});
    const double bar = high * 0.72 / static_cast<double>(std::max<std::size_t>(1, row.values.size()));
    for (std::size_t s = 0; s < row.values.size(); ++s) {
      const Estimate& e = row.values[s];
      if (std::isnan(e.value)) continue;
      const double y = top + high * 0.14 + bar * static_cast<double>(s), middle = y + bar / 2;
      const double start = chart_.ranges ? x(e.low) : x(0), end = chart_.ranges ? x(e.high) : x(e.value);
      const double from = std::min(start, end), to = std::max(start, end);
      picture += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"0.8\"/>\n",
                             coordinate(from), coordinate(y + 0.5), coordinate(to - from), coordinate(bar - 1),
                             chart_.ranges ? fill(row.role, 1, 3) : fill(row.role, s, row.values.size()), role_colour(row.role));
      if (chart_.ranges)
        picture += dot(x(e.value), middle, std::min(5.0, bar / 2 - 1));
      else if (!std::isnan(e.low) && !std::isnan(e.high))
        picture += whisker(x(e.low), x(e.high), middle, std::min(4.0, bar / 2 - 1));
      if (bar >= 11 || s + 1 == row.values.size())  // thin bars share one number, the last one's
        picture += text(plot_.right + 12, (bar >= 11 ? middle : top + high / 2) + 4.5, number_of(row, s), {12, "#333333"});
    }
    return picture;
  }

  std::string number_of(const IntervalRow& row, std::size_t s) const {
    return s < row.texts.size() ? row.texts[s] : estimate_text(row.values[s], scale_, largest_);
  }

  static std::string dot(double x, double y, double radius) {
    return fmt::format("<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"#111111\" stroke=\"#ffffff\" stroke-width=\"1.6\"/>\n",
                       coordinate(x), coordinate(y), coordinate(radius));
  }

  static std::string fill(Role role, std::size_t s, std::size_t count) {
    return shade(role == Role::neither ? no_index : role == Role::uncertainty ? 4 : 0, s, count);
  }

  static std::string whisker(double from, double to, double y, double cap) {
    std::string picture = line(from, y, to, y, "#ffffff", 3.4) + line(from, y, to, y, "#222222", 1.4);
    for (const double end : {from, to}) picture += line(end, y - cap, end, y + cap, "#222222", 1.4);
    return picture;
  }

  const Chart& chart_;
  Room plot_;
  Extent extent_{0, 1};
  Scale scale_;
  Ticks ticks_;
  double largest_ = 0, label_room_ = 0;
};
}  // namespace

std::string intervals_picture(const Chart& chart, const Room& room) { return IntervalsPicture(chart, room).draw(); }

}  // namespace spillway::drawing
