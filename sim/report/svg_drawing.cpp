#include "report/svg_drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace spillway::drawing {

namespace {
// Okabe and Ito's, the light ones darkened to three to one on white; as the page's.
constexpr std::string_view colours[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#C17D00", "#2F9BD6", "#000000", "#808080"};
constexpr std::string_view inks[] = {"#0072B2", "#B24F00", "#007A59", "#A34C7E", "#8A5F00", "#1F74A8", "#000000", "#6B6B6B"};
constexpr std::string_view dashes[] = {"", "6 3", "2 2", "8 3 2 3", "12 4", "1 3"};
constexpr std::string_view of_nobody = "#555555";

int hex(std::string_view digits) { return std::stoi(std::string(digits), nullptr, 16); }
}  // namespace

std::string_view colour(int platform) {
  return platform < 0 ? of_nobody : colours[static_cast<std::size_t>(platform) % std::size(colours)];
}
std::string_view ink(int platform) { return platform < 0 ? of_nobody : inks[static_cast<std::size_t>(platform) % std::size(inks)]; }
std::string_view dash(std::size_t world) { return dashes[world % std::size(dashes)]; }

std::string shade(int platform, std::size_t part, std::size_t parts) {
  const std::string_view base = colour(platform);
  const double white = parts < 2 ? 0 : 0.78 * static_cast<double>(part) / static_cast<double>(parts - 1);
  const auto mixed = [&](std::size_t at) { return static_cast<int>(std::lround(hex(base.substr(at, 2)) * (1 - white) + 255 * white)); };
  return fmt::format("#{:02X}{:02X}{:02X}", mixed(1), mixed(3), mixed(5));
}

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '&': safe += "&amp;"; break;
      case '"': safe += "&quot;"; break;
      default: safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return safe;
}

std::string coordinate(double value) {
  std::string text = fmt::format("{:.2f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string text(double x, double y, std::string_view words, const TextStyle& style) {
  constexpr std::string_view anchors[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
  std::string element = fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{}", coordinate(x), coordinate(y),
                                    coordinate(style.size), style.fill, anchors[static_cast<int>(style.anchor)]);
  if (style.bold) element += " font-weight=\"bold\"";
  if (style.halo) element += " stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"";
  if (style.turned != 0) element += fmt::format(" transform=\"rotate({} {} {})\"", coordinate(style.turned), coordinate(x), coordinate(y));
  return element + ">" + escaped(words) + "</text>\n";
}

std::string line(double x1, double y1, double x2, double y2, std::string_view stroke, double width, std::string_view dash) {
  const std::string dashed = dash.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dash);
  return fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{}\" stroke-width=\"{}\"{}/>\n", coordinate(x1),
                     coordinate(y1), coordinate(x2), coordinate(y2), stroke, coordinate(width), dashed);
}

std::vector<std::string> wrapped(std::string_view words, double width, std::size_t most) {
  std::vector<std::string> lines{""};
  std::string word;
  const auto flush = [&] {
    const std::string longer = lines.back().empty() ? word : lines.back() + word;
    if (!lines.back().empty() && text_width(longer) > width)
      lines.push_back(word.substr(std::min(word.find_first_not_of(' '), word.size())));
    else
      lines.back() = longer;
    word.clear();
  };
  for (const std::string_view c : characters(words)) {
    const bool wide = c.size() >= 3 && static_cast<unsigned char>(c[0]) >= 0xE3U;  // may break anywhere
    if (c == " " || wide) flush();
    word += c;
  }
  flush();
  const bool cut = lines.size() > most;
  if (cut) lines.resize(most);
  if (cut || text_width(lines.back()) > width) {
    std::string& last = lines.back();
    std::vector<std::string_view> kept = characters(last);
    std::string shorter;
    for (const std::string_view c : kept)
      if (text_width(shorter) + 1.4 < width) shorter += c;
    last = shorter + "…";
  }
  return lines;
}

Ticks value_ticks(double low, double high, int count) {
  if (!(high > low)) high = low + 1;
  const double raw = (high - low) / count, power = std::pow(10.0, std::floor(std::log10(raw))), mantissa = raw / power;
  const double step = power * (mantissa <= 1.0 ? 1 : mantissa <= 2.0 ? 2 : mantissa <= 2.5 ? 2.5 : mantissa <= 5.0 ? 5 : 10);
  Ticks ticks{{}, step};
  const auto first = static_cast<long>(std::floor(low / step + 1e-9)), last = static_cast<long>(std::ceil(high / step - 1e-9));
  for (long i = first; i <= last; ++i) ticks.values.push_back(static_cast<double>(i) * step);
  return ticks;
}

std::vector<DateTick> date_ticks(Date start, double last_day) {
  const bool years = last_day > 2.2 * days_per_year;
  const int stride = !years ? 0 : static_cast<int>(std::ceil(last_day / days_per_year / 12));
  std::vector<DateTick> ticks;
  for (int year = year_of(start); year <= year_of(start) + static_cast<int>(last_day / 365) + 1; ++year)
    for (unsigned month = 1; month <= (years ? 1U : 12U); month += years ? 12 : last_day > days_per_year ? 3 : 1) {
      const Date day = make_date(year, month, 1);
      const double at = day.days - start.days;
      if (at < 0 || at > last_day || (years && year % stride != 0)) continue;
      ticks.push_back({at, years                         ? std::to_string(year)
                           : month == 1 || ticks.empty() ? month_of(day).substr(0, 3) + " " + std::to_string(year)
                                                         : month_of(day).substr(0, 3)});
    }
  return ticks;
}

// Places that come too near are gathered into a block, which then sits at the mean of where its members wanted to be.
void spread(std::vector<double>& places, double gap, double low, double high) {
  std::vector<std::size_t> order(places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return places[a] < places[b]; });
  struct Block {
    double first, wanted;  // place of its first member; sum over members of where the first would have to be
    std::size_t count;
  };
  std::vector<Block> blocks;
  for (const std::size_t i : order) {
    Block block{places[i], places[i], 1};
    const auto settle = [&] {
      const double most = std::max(low, high - gap * static_cast<double>(block.count - 1));
      block.first = std::clamp(block.wanted / static_cast<double>(block.count), low, most);
    };
    settle();
    while (!blocks.empty() && blocks.back().first + gap * static_cast<double>(blocks.back().count) > block.first) {
      const Block before = blocks.back();
      blocks.pop_back();
      block.wanted = before.wanted + block.wanted - gap * static_cast<double>(before.count * block.count);
      block.count += before.count;
      settle();
    }
    blocks.push_back(block);
  }
  std::size_t at = 0;
  for (const Block& block : blocks)
    for (std::size_t i = 0; i < block.count; ++i) places[order[at++]] = block.first + gap * static_cast<double>(i);
}

}  // namespace spillway::drawing
