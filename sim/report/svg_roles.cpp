#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/svg_drawing.hpp"
#include "report/svg_parts.hpp"

namespace spillway::drawing {

namespace {
constexpr int lever_colour = 0, uncertainty_colour = 4;  // blue and ochre: apart in brightness too

int colour_index(Role role) { return role == Role::neither ? no_index : role == Role::uncertainty ? uncertainty_colour : lever_colour; }
}  // namespace

std::string_view role_colour(Role role) { return colour(colour_index(role)); }
std::string_view role_ink(Role role) { return ink(colour_index(role)); }

std::string role_mark(Role role, double x, double y, double radius) {
  if (role != Role::uncertainty)
    return fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\" stroke=\"#ffffff\"/>\n", coordinate(x), coordinate(y),
                       coordinate(radius), role_colour(role));
  const double r = 1.25 * radius;  // of equal area
  return fmt::format("<path d=\"M{0},{1}L{2},{3}L{0},{4}L{5},{3}Z\" fill=\"{6}\" stroke=\"#ffffff\"/>\n", coordinate(x), coordinate(y - r),
                     coordinate(x + r), coordinate(y), coordinate(y + r), coordinate(x - r), role_colour(role));
}

std::string role_key(const std::vector<Role>& roles, double& x, double y) {
  const auto has = [&](Role role) { return std::find(roles.begin(), roles.end(), role) != roles.end(); };
  if (!has(Role::lever) || !has(Role::uncertainty)) return {};
  std::string picture;
  for (const auto& [role, word] : {std::pair{Role::lever, "lever"}, std::pair{Role::uncertainty, "uncertainty"}}) {
    picture += role_mark(role, x + 6, y - 4.5, 6) + text(x + 18, y, word, {13});
    x += 18 + 13 * text_width(word) + 24;
  }
  return picture;
}

std::string estimate_text(const Estimate& estimate, const Scale& scale, double largest) {
  if (std::isnan(estimate.value)) return "unknown";
  const double size = std::abs(largest) / scale.factor;
  const int decimals = size > 0 ? std::clamp(2 - static_cast<int>(std::floor(std::log10(size))), 0, 6) : 0;
  const auto number = [&](double value) { return plain_number(value / scale.factor, std::pow(10.0, -decimals)); };
  if (std::isnan(estimate.low) || std::isnan(estimate.high)) return number(estimate.value);
  return fmt::format("{} [{}, {}]", number(estimate.value), number(estimate.low), number(estimate.high));
}

Extent extent_of(const std::vector<Estimate>& estimates, bool with_zero) {
  double low = with_zero ? 0 : not_known, high = low;
  for (const Estimate& e : estimates)
    for (const double v : {e.value, e.low, e.high}) low = std::fmin(low, v), high = std::fmax(high, v);
  if (std::isnan(low)) return {0, 1};
  return low < high ? Extent{low, high} : Extent{low - (low == 0 ? 0 : std::abs(low) / 2), high + (high == 0 ? 1 : std::abs(high) / 2)};
}

}  // namespace spillway::drawing
