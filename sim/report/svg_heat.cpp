#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/svg_drawing.hpp"
#include "report/svg_parts.hpp"

namespace spillway::drawing {

namespace {
// Deep blue and brown, told apart by everybody; on white, black text is read (4.5:1) up to `dark_from` of the way to them, white text
// beyond. The page has the same (style/colours.css).
constexpr int up[3] = {7, 76, 146}, down[3] = {137, 50, 0};
constexpr double dark_from = 0.75;
constexpr double label_size = 13, line_gap = 16, most_label = 300;
constexpr std::size_t most_lines = 4;  // of a word under a column, broken at its blanks

std::string mixed(double share, bool negative) {
  const auto channel = [&](int c) { return static_cast<int>(std::lround(255 + ((negative ? down[c] : up[c]) - 255) * share)); };
  return fmt::format("#{:02X}{:02X}{:02X}", channel(0), channel(1), channel(2));
}

/// A grid of two factors with the outcome in its cells, darker where it is larger; of both signs where 0 lies inside, darker away from 0.
class HeatPicture {
 public:
  HeatPicture(const Chart& chart, const Room& room) : chart_(chart), plot_(room) {
    std::vector<Estimate> all;
    for (const double v : chart.cells) all.push_back({v, not_known, not_known});
    range_ = extent_of(all, false);
    scale_ = axis_scale(chart, std::max(std::abs(range_.low), std::abs(range_.high)));
    const double span = (range_.high - range_.low) / scale_.factor;
    step_ = std::pow(10.0, std::min(0.0, std::floor(std::log10(span / 30))));  // cells that differ visibly differ in their numbers
    double labels = 40;
    for (const std::string& label : chart.axes[1].labels) labels = std::max(labels, label_size * text_width(label));
    plot_.left += std::min(labels, most_label) + 34;
    plot_.right -= 120;
    plot_.bottom -= 46;
    if (chart.axes[0].kind != AxisKind::word) return;
    const double wide = (plot_.right - plot_.left) / static_cast<double>(std::max<std::size_t>(1, chart.axes[0].labels.size()));
    for (const std::string& label : chart.axes[0].labels) columns_.push_back(wrapped(label, (wide - 6) / label_size, most_lines));
    std::size_t lines = 1;
    for (const auto& label : columns_) lines = std::max(lines, label.size());
    plot_.bottom -= line_gap * static_cast<double>(lines - 1);
  }

  std::string draw() const {
    std::string picture;
    const std::size_t columns = chart_.axes[0].values.size(), rows = chart_.axes[1].values.size();
    const double wide = (plot_.right - plot_.left) / static_cast<double>(columns),
                 high = (plot_.bottom - plot_.top) / static_cast<double>(rows);
    bool fits = high >= 15;
    for (const double v : chart_.cells) fits = fits && 12 * text_width(number(v)) <= wide - 4;
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t column = 0; column < columns; ++column)
        picture += cell({plot_.left + wide * static_cast<double>(column), plot_.top + high * static_cast<double>(upside(row)), wide, high},
                        chart_.cells[row * columns + column], fits);
    return picture + frame({plot_.left, plot_.top, plot_.right - plot_.left, plot_.bottom - plot_.top}) + names(wide, high) + legend();
  }

 private:
  struct Box {
    double x, y, width, height;
  };

  /// So that cells as white as the paper are seen.
  static std::string frame(const Box& box) {
    return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#888888\"/>\n", coordinate(box.x),
                       coordinate(box.y), coordinate(box.width), coordinate(box.height));
  }

  bool both_signs() const { return range_.low < 0 && range_.high > 0; }
  double share(double value) const {
    if (both_signs()) return std::abs(value) / std::max(-range_.low, range_.high);
    return (value - range_.low) / (range_.high - range_.low);
  }
  std::string colour_of(double value) const { return mixed(share(value), both_signs() && value < 0); }
  std::string number(double value) const { return std::isnan(value) ? "" : plain_number(value / scale_.factor, step_); }
  /// Numbers and dates rise upwards, words are read from the top.
  std::size_t upside(std::size_t row) const { return chart_.axes[1].kind == AxisKind::word ? row : chart_.axes[1].values.size() - 1 - row; }

  std::string cell(const Box& box, double value, bool with_number) const {
    const double x = box.x + box.width / 2, y = box.y + box.height / 2;
    std::string picture =
        fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"#ffffff\"/>\n", coordinate(box.x),
                    coordinate(box.y), coordinate(box.width), coordinate(box.height), std::isnan(value) ? "#f2f2f2" : colour_of(value));
    if (std::isnan(value)) return picture + line(box.x, box.y + box.height, box.x + box.width, box.y, "#999999", 1);
    if (!with_number) return picture;
    return picture + text(x, y + 4.5, number(value), {12, share(value) < dark_from ? "#000000" : "#ffffff", Anchor::middle});
  }

  std::string names(double wide, double high) const {
    std::string picture;
    const FactorAxis &across = chart_.axes[0], &upwards = chart_.axes[1];
    picture += columns_.empty() ? numbers_across(wide) : words_across(wide);
    const auto every_row = static_cast<std::size_t>(std::max(1.0, std::ceil(15 / high)));
    for (std::size_t r = 0; r < upwards.labels.size(); r += every_row)
      picture += text(plot_.left - 8, plot_.top + high * (static_cast<double>(upside(r)) + 0.5) + 4.5,
                      wrapped(upwards.labels[r], most_label / label_size, 1)[0], {label_size, "#444444", Anchor::end});
    std::size_t lines = 1;
    for (const auto& label : columns_) lines = std::max(lines, label.size());
    picture += text((plot_.left + plot_.right) / 2, plot_.bottom + 40 + line_gap * static_cast<double>(lines - 1), titled(across),
                    {label_size, "#333333", Anchor::middle});
    return picture + text(24 + label_size - 3, (plot_.top + plot_.bottom) / 2, titled(upwards),
                          {label_size, "#333333", Anchor::middle, false, false, -90});
  }
  /// As many labels as have room.
  std::string numbers_across(double wide) const {
    const std::vector<std::string>& labels = chart_.axes[0].labels;
    double widest = 0;
    for (const std::string& label : labels) widest = std::max(widest, label_size * text_width(label) + 8);
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(widest / wide)));
    std::string picture;
    for (std::size_t c = 0; c < labels.size(); c += every) picture += column_text(c, wide, 0, labels[c]);
    return picture;
  }
  std::string words_across(double wide) const {
    std::string picture;
    for (std::size_t c = 0; c < columns_.size(); ++c)
      for (std::size_t l = 0; l < columns_[c].size(); ++l) picture += column_text(c, wide, l, columns_[c][l]);
    return picture;
  }
  std::string column_text(std::size_t column, double wide, std::size_t line, const std::string& words) const {
    return text(plot_.left + wide * (static_cast<double>(column) + 0.5), plot_.bottom + 18 + line_gap * static_cast<double>(line), words,
                {label_size, "#444444", Anchor::middle});
  }
  static std::string titled(const FactorAxis& axis) {
    return axis.unit.empty() ? axis.title : fmt::format("{} ({})", axis.title, axis.unit);
  }

  std::string legend() const {
    constexpr int steps = 40;
    const double x = plot_.right + 26, high = std::min(260.0, plot_.bottom - plot_.top - 24), top = plot_.top + 20;
    std::string picture = text(x, plot_.top + 6, axis_caption(chart_, scale_), {12, "#555555"});
    for (int i = 0; i < steps; ++i) {
      const double value = range_.low + (range_.high - range_.low) * (i + 0.5) / steps;
      picture += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"16\" height=\"{}\" fill=\"{}\"/>\n", coordinate(x),
                             coordinate(top + high * (steps - 1 - i) / steps), coordinate(high / steps + 0.5), colour_of(value));
    }
    picture += frame({x, top, 16, high});
    const Ticks ticks = value_ticks(range_.low / scale_.factor, range_.high / scale_.factor, 5);
    for (const double tick : ticks.values) {
      const double at = top + high * (range_.high - tick * scale_.factor) / (range_.high - range_.low);
      if (at < top - 0.5 || at > top + high + 0.5) continue;
      picture +=
          line(x + 16, at, x + 20, at, "#888888", 1) + text(x + 24, at + 4.5, plain_number(tick, ticks.step), {label_size, "#444444"});
    }
    return picture;
  }

  const Chart& chart_;
  Room plot_;
  std::vector<std::vector<std::string>> columns_;  ///< words under the columns, in lines; empty for numbers and dates
  Extent range_{0, 1};
  Scale scale_;
  double step_ = 1;
};
}  // namespace

std::string heat_picture(const Chart& chart, const Room& room) { return HeatPicture(chart, room).draw(); }

}  // namespace spillway::drawing
