// Values of factors as text: in design.csv, and as --set takes them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/suggest.hpp"
#include "input/quantity.hpp"
#include "input/study.hpp"

namespace spillway {

namespace {
// Tables of other programs give dates as numbers, days since 1970. Below this they would rather be years.
constexpr double first_day_number = 3000;

Date day_of(double value) { return Date{static_cast<std::int32_t>(std::lround(value))}; }

/// A number in a table: digits as any program writes them.
std::optional<double> plain_number(const std::string& text) {
  double value = 0;
  const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
  const auto result = std::from_chars(begin, text.data() + text.size(), value);
  if (text == "never" || text == "inf") return std::numeric_limits<double>::infinity();
  if (result.ec != std::errc{} || result.ptr != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

double date_of(const std::string& text) {
  if (const auto date = parse_date(text)) return date->days;
  if (const auto days = plain_number(text); days && *days >= first_day_number && *days < 1e6) return std::round(*days);
  throw InputError(fmt::format("'{}' is not a date of the calendar; write it as 2013-07-01", text));
}

double word_of(const std::string& text, const std::vector<std::string>& words) {
  const auto found = std::find(words.begin(), words.end(), text);
  if (found != words.end()) return static_cast<double>(found - words.begin());
  const std::string near = nearest(text, words);
  throw InputError(
      fmt::format("'{}' is not one of {}{}", text, fmt::join(words, ", "), near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

double number_of(const std::string& text, Unit unit) {
  if (const auto value = plain_number(text)) return *value;
  const std::string_view name = unit_name(unit);
  throw InputError(fmt::format("'{}' is not a number; write it in plain digits{}", text,
                               name.empty() || name == "1" ? "" : fmt::format(", in {} and without the unit", name)));
}
}  // namespace

std::string value_text(const Factor& factor, double value) {
  switch (factor.kind) {
    case FactorKind::number: return std::isinf(value) ? "never" : fmt::format("{}", value);
    case FactorKind::whole: return fmt::format("{:.0f}", value);
    case FactorKind::date: return to_text(day_of(value));
    case FactorKind::word: return factor.words.at(static_cast<std::size_t>(value));
  }
  return {};
}

double value_of(const Factor& factor, const std::string& text) {
  switch (factor.kind) {
    case FactorKind::number: return number_of(text, factor.unit);
    case FactorKind::whole: return std::round(number_of(text, factor.unit));
    case FactorKind::date: return date_of(text);
    case FactorKind::word: return word_of(text, factor.words);
  }
  return 0;
}

std::vector<std::string> assignments(const Study& study, std::span<const double> point) {
  require(point.size() == study.factors.size(), "a point has one value for each factor");
  std::vector<std::string> sets;
  for (std::size_t i = 0; i < point.size(); ++i) {
    const Factor& factor = study.factors[i];
    const std::string text = factor.kind == FactorKind::number ? quantity_text(point[i], factor.unit) : value_text(factor, point[i]);
    for (const std::string& key : factor.keys) sets.push_back(fmt::format("{}={}", key, text));
  }
  return sets;
}

}  // namespace spillway
