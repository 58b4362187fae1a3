#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "report/svg_drawing.hpp"
#include "report/svg_parts.hpp"

namespace spillway::drawing {

namespace {
constexpr double label_size = 13, bold_label = 1.08 * label_size, label_gap = 16, event_size = 11, event_gap = 12.5;

class LinesPicture {
 public:
  LinesPicture(const PageDocument& document, const Chart& chart, const Room& room) : document_(document), chart_(chart), plot_(room) {
    find_range();
    find_worlds();
    std::size_t points = 0;
    for (const Line& line : chart.lines) points = std::max(points, line.mid.size());
    points = std::min(points == 0 ? document.days.size() : points, document.days.size());
    last_day_ = points == 0 ? 1 : std::max(1.0, document.days[points - 1]);
    double labels = 0;
    for (const Line& line : chart.lines) labels = std::max(labels, bold_label * text_width(line.label));
    plot_.left += 52;
    plot_.right -= std::clamp(labels + 14, 60.0, 250.0);
    plot_.top += (worlds_.size() > 1 ? 46 : 26) + (chart.marks.empty() ? 0 : 22);
    plot_.bottom -= 28;
  }

  std::string draw() {
    std::string picture = legend() + axes() + event_lines() + event_labels();
    for (const Line& line : chart_.lines) picture += band(line, line.low, line.high) + band(line, line.inner_low, line.inner_high);
    if (!chart_.zero) picture += line(plot_.left, y(0), plot_.right, y(0), "#222222", 1.2);
    for (const Line& line : chart_.lines) picture += curve(line);
    const MarkScale places{[this](double day) { return x(day); }, [this](double value) { return y(value); }, last_day_};
    if (!chart_.marks.empty())
      picture += marks_key(chart_, plot_.left, plot_.top - (worlds_.size() > 1 ? 58 : 34)) + marks_picture(chart_, places);
    return picture + end_labels();
  }

 private:
  void find_range() {
    low_ = 0, high_ = 0;
    for (const Line& line : chart_.lines)
      for (const auto* values : {&line.mid, &line.low, &line.high})
        for (const double v : *values)
          if (!std::isnan(v)) {
            low_ = std::min(low_, v);
            high_ = std::max(high_, v);
          }
    for (const Mark& mark : chart_.marks)
      for (const double v : {mark.value, mark.low, mark.high}) low_ = std::fmin(low_, v), high_ = std::fmax(high_, v);
    if (low_ == high_) high_ = 1;
    scale_ = axis_scale(chart_, std::max(high_, -low_));
    ticks_ = value_ticks(low_ / scale_.factor, high_ / scale_.factor, 6);
    if (high_ > 0) high_ *= 1.04;  // room for the curves' own width; the last round number may be far
    if (low_ < 0) low_ *= 1.04;
    std::erase_if(ticks_.values, [&](double tick) { return tick * scale_.factor < low_ || tick * scale_.factor > high_; });
  }

  void find_worlds() {
    for (const Line& line : chart_.lines)
      if (std::find(worlds_.begin(), worlds_.end(), line.world) == worlds_.end()) worlds_.push_back(line.world);
  }

  double x(double day) const { return plot_.left + (plot_.right - plot_.left) * day / last_day_; }
  double y(double value) const { return plot_.bottom - (plot_.bottom - plot_.top) * (value - low_) / (high_ - low_); }

  std::string legend() const {
    if (worlds_.size() < 2) return {};
    std::string picture;
    double at = plot_.left;
    for (const std::size_t world : worlds_) {
      const std::string name = in_words(document_.worlds[world].id);
      picture += line(at, plot_.top - 36, at + 34, plot_.top - 36, "#333333", 2.2, dash(world));
      picture += text(at + 40, plot_.top - 31.5, name, {label_size});
      at += 40 + label_size * text_width(name) + 28;
    }
    return picture;
  }

  std::string axes() const {
    std::string picture = text(plot_.left - 8, plot_.top - 12, axis_caption(chart_, scale_), {12, "#555555"});
    for (const double tick : ticks_.values) {
      const double at = y(tick * scale_.factor);
      picture += line(plot_.left, at, plot_.right, at, "#e4e4e4", 1);
      picture += text(plot_.left - 8, at + 4.5, plain_number(tick, ticks_.step), {13, "#444444", Anchor::end});
    }
    for (const DateTick& tick : date_ticks(document_.start, last_day_)) {
      picture += line(x(tick.day), plot_.bottom, x(tick.day), plot_.bottom + 5, "#888888", 1);
      picture += text(x(tick.day), plot_.bottom + 20, tick.label, {13, "#444444", Anchor::middle});
    }
    return picture + line(plot_.left, plot_.bottom, plot_.right, plot_.bottom, "#888888", 1);
  }

  // With several worlds, what they share explains no difference: it is marked, and what some of them lack is named.
  bool is_named(const PageEvent& event) const { return document_.worlds.size() <= 1 || event.worlds.size() < document_.worlds.size(); }
  bool is_shown(const PageEvent& event) const { return event.day >= 0 && event.day <= last_day_; }

  std::string event_lines() const {
    std::string picture;
    for (const PageEvent& event : document_.events)
      if (is_shown(event))
        picture += line(x(event.day), is_named(event) ? plot_.top : plot_.bottom - 6, x(event.day), plot_.bottom,
                        is_named(event) ? "#9a9a9a" : "#bbbbbb", 1, is_named(event) ? "2 3" : "");
    return picture;
  }

  std::string event_labels() const {
    std::vector<double> places;
    std::vector<std::string> words;
    for (const PageEvent& event : document_.events)
      if (is_shown(event) && is_named(event)) {
        places.push_back(x(event.day) - 3);
        std::string name = event.label;
        if (document_.worlds.size() > 2) {
          std::string in;
          for (const std::size_t world : event.worlds) in += (in.empty() ? "" : ", ") + document_.worlds[world].id;
          name += " (" + in_words(in) + ")";
        } else if (document_.worlds.size() == 2) {
          name += fmt::format(" ({} only)", in_words(document_.worlds[event.worlds[0]].id));
        }
        words.push_back(wrapped(name, (plot_.bottom - plot_.top) / event_size * 0.8, 1)[0]);
      }
    std::string picture;
    if (places.size() <= 2 && lie_flat(places, words)) {
      for (std::size_t i = 0; i < places.size(); ++i)
        picture += text(flat_place(places[i], words[i]), plot_.top - 8, words[i], {12, "#444444", Anchor::middle});
      return picture;
    }
    spread(places, event_gap, plot_.left + 10, plot_.right);
    for (std::size_t i = 0; i < places.size(); ++i)
      picture += text(places[i], plot_.top + 2, words[i], {event_size, "#5a5a5a", Anchor::end, false, true, -90});
    return picture;
  }

  // One or two names are read more easily lying above the plot, beside the axis' caption; more must stand along their lines.
  double flat_place(double place, const std::string& words) const {
    const double half = 6 * text_width(words), caption = 12 * text_width(axis_caption(chart_, scale_)) + 16;
    return std::clamp(place + 3, plot_.left + caption + half, std::max(plot_.left + caption + half, plot_.right - half));
  }
  bool lie_flat(const std::vector<double>& places, const std::vector<std::string>& words) const {
    if (places.size() < 2) return true;
    const double apart = std::abs(flat_place(places[0], words[0]) - flat_place(places[1], words[1]));
    return apart > 6 * (text_width(words[0]) + text_width(words[1])) + 16;
  }

  using Ends = std::vector<double>;
  std::string band(const Line& line, const Ends& low, const Ends& high) const {
    std::string picture;
    for (std::size_t i = 0; i < low.size();) {
      std::size_t end = i;
      while (end < low.size() && !std::isnan(low[end]) && !std::isnan(high[end])) ++end;
      if (end > i) picture += band_piece(line, low, high, i, end);
      i = std::max(end, i + 1);
    }
    return picture;
  }

  std::string band_piece(const Line& line, const Ends& low, const Ends& high, std::size_t begin, std::size_t end) const {
    std::string path;
    for (std::size_t i = begin; i < end; ++i) path += point(path.empty() ? 'M' : 'L', i, high[i]);
    for (std::size_t i = end; i-- > begin;) path += point('L', i, low[i]);
    return fmt::format("<path d=\"{}Z\" fill=\"{}\" fill-opacity=\"0.18\"/>\n", path, colour(line.platform));
  }

  std::string point(char how, std::size_t i, double value) const {
    return fmt::format("{}{},{}", how, coordinate(x(document_.days[i])), coordinate(y(value)));
  }

  std::string curve(const Line& line) const {
    std::string path;
    bool pen_down = false;
    for (std::size_t i = 0; i < line.mid.size(); ++i) {
      if (!std::isnan(line.mid[i])) path += point(pen_down ? 'L' : 'M', i, line.mid[i]);
      pen_down = !std::isnan(line.mid[i]);
    }
    const std::string_view dashes = line.dash != no_index    ? dash(static_cast<std::size_t>(line.dash))
                                    : line.world == no_world ? std::string_view()
                                                             : dash(line.world);
    return fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.4\" stroke-linejoin=\"round\"{}/>\n", path,
                       colour(line.platform), dashes.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dashes));
  }

  // Each label stands where its curve ends, or as near as the others leave room.
  std::string end_labels() const {
    std::vector<double> places;
    std::vector<std::size_t> last;
    for (const Line& line : chart_.lines) {
      std::size_t i = line.mid.size();
      while (i > 0 && std::isnan(line.mid[i - 1])) --i;
      last.push_back(i == 0 ? 0 : i - 1);
      places.push_back(i == 0 ? plot_.bottom : y(line.mid[i - 1]));
    }
    const std::vector<double> wanted = places;
    spread(places, label_gap, plot_.top, plot_.bottom);
    std::string picture;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const Line& of = chart_.lines[i];
      const double end = x(document_.days.empty() ? 0 : document_.days[last[i]]);
      if (std::abs(places[i] - wanted[i]) > 2 || end < plot_.right - 1)
        picture += line(end + 2, wanted[i], plot_.right + 10, places[i], ink(of.platform), 0.7);
      picture += text(plot_.right + 13, places[i] + 4.5, wrapped(of.label, 237 / bold_label, 1)[0],
                      {label_size, ink(of.platform), Anchor::start, true});
    }
    return picture;
  }

  const PageDocument& document_;
  const Chart& chart_;
  Room plot_;
  std::vector<std::size_t> worlds_;
  double low_ = 0, high_ = 1, last_day_ = 1;
  Scale scale_;
  Ticks ticks_;
};
}  // namespace

std::string lines_picture(const PageDocument& document, const Chart& chart, const Room& room) {
  return LinesPicture(document, chart, room).draw();
}

}  // namespace spillway::drawing
