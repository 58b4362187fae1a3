#include "input/quantity.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/date.hpp"

namespace spillway {

namespace {
struct UnitWord {
  Unit unit;
  std::string_view word;
  double factor;  ///< times this gives the row's unit
};

constexpr std::array<UnitWord, 42> unit_words{{
    {Unit::share, "%", 0.01},
    {Unit::utils, "utils", 1},
    {Unit::days, "d", 1},
    {Unit::days, "day", 1},
    {Unit::days, "days", 1},
    {Unit::days, "week", 7},
    {Unit::days, "weeks", 7},
    {Unit::days, "y", days_per_year},
    {Unit::days, "yr", days_per_year},
    {Unit::days, "year", days_per_year},
    {Unit::days, "years", days_per_year},
    {Unit::per_year, "/y", 1},
    {Unit::per_year, "/yr", 1},
    {Unit::per_year, "/year", 1},
    {Unit::per_year, "/d", days_per_year},
    {Unit::per_year, "/day", days_per_year},
    {Unit::per_day, "/d", 1},
    {Unit::per_day, "/day", 1},
    {Unit::per_day, "/y", 1 / days_per_year},
    {Unit::per_day, "/yr", 1 / days_per_year},
    {Unit::per_day, "/year", 1 / days_per_year},
    {Unit::minutes, "min", 1},
    {Unit::minutes, "minute", 1},
    {Unit::minutes, "minutes", 1},
    {Unit::minutes, "h", 60},
    {Unit::minutes, "hour", 60},
    {Unit::minutes, "hours", 60},
    {Unit::minutes_per_day, "min/d", 1},
    {Unit::minutes_per_day, "min/day", 1},
    {Unit::minutes_per_day, "min / d", 1},
    {Unit::minutes_per_day, "minutes/day", 1},
    {Unit::minutes_per_day, "minutes/d", 1},
    {Unit::minutes_per_day, "h/d", 60},
    {Unit::minutes_per_day, "h/day", 60},
    {Unit::minutes_per_day, "hours/day", 60},
    {Unit::per_minute, "/min", 1},
    {Unit::per_minute, "/minute", 1},
    {Unit::cny_per_thousand, "CNY/1000", 1},
    {Unit::cny_per_thousand, "CNY / 1000", 1},
    {Unit::cny_per_thousand, "CNY", 1},
    {Unit::people, "people", 1},
    {Unit::accounts, "accounts", 1},
}};

std::string_view example(Unit unit) {
  switch (unit) {
    case Unit::share: return "write a share such as 0.3 or 30%";
    case Unit::days: return "write a duration such as 7 d, 4 weeks or 2 y";
    case Unit::per_year: return "write a rate such as 0.03 /yr or 0.001 /d";
    case Unit::per_day: return "write a rate such as 0.001 /d or 0.03 /yr";
    case Unit::minutes: return "write minutes such as 4.2 min";
    case Unit::minutes_per_day: return "write a daily time such as 240 min/d or 4 h/d";
    case Unit::per_minute: return "write a rate such as 4 /min";
    case Unit::profit_units:
      return "write a plain number, 1 being the profit a day of the median supplier on the first platform in mid-2012";
    case Unit::cny_per_thousand: return "write a price such as 4 CNY/1000";
    default: return "write a plain number such as 12, 0.5, 1_000_000 or 1e6";
  }
}

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Length of "-1_000.5e-3" at the start of the text; grouping and leading zeros are judged later.
std::size_t number_length(std::string_view text) {
  std::size_t i = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  while (i < text.size() && (digit(text[i]) || text[i] == '_' || text[i] == '.')) ++i;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    std::size_t k = i + 1;
    if (k < text.size() && (text[k] == '-' || text[k] == '+')) ++k;
    if (k < text.size() && digit(text[k])) {
      while (k < text.size() && digit(text[k])) ++k;
      return k;
    }
  }
  return i;
}

/// What is wrong with the form of a number; empty if nothing.
std::string form_problem(std::string_view number) {
  if (number.starts_with('-') || number.starts_with('+')) number.remove_prefix(1);
  const std::string_view mantissa = number.substr(0, number.find_first_of("eE"));
  const std::size_t point = mantissa.find('.');
  const std::string_view whole = mantissa.substr(0, point);
  if (whole.empty()) return "needs a digit before the point; write 0.5, not .5";
  if (point != std::string_view::npos && point + 1 == mantissa.size()) return "needs a digit after the point; write 5.0 or 5";
  if (mantissa.find('.', point + 1) != std::string_view::npos && point != std::string_view::npos) return "has two points";
  if (whole.size() > 1 && whole[0] == '0') return "has leading zeros; write the number without them";
  for (std::size_t i = 0; i < mantissa.size(); ++i)
    if (mantissa[i] == '_' && (i == 0 || i + 1 == mantissa.size() || !digit(mantissa[i - 1]) || !digit(mantissa[i + 1])))
      return "has a '_' that does not stand between digits";
  return {};
}

Quantity plain_number(std::string_view number, std::string_view as_written) {
  if (const std::string problem = form_problem(number); !problem.empty()) return {0, fmt::format("'{}' {}", as_written, problem)};
  std::string digits;
  for (const char c : number)
    if (c != '_' && (c != '+' || !digits.empty())) digits += c;
  double value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ec == std::errc::result_out_of_range) return {0, fmt::format("'{}' is too large or too small for a number", as_written)};
  if (result.ec != std::errc{} || result.ptr != digits.data() + digits.size()) return {0, fmt::format("'{}' is not a number", as_written)};
  return {value, {}};
}

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

/// Words that other YAML readers take for truth values or special numbers.
std::string word_problem(std::string_view text, Unit unit, FieldFlag flags) {
  const std::string word = lower(text);
  for (const std::string_view off : {"no", "off", "n", "false"})
    if (word == off)
      return fmt::format("'{}' is a word, not a number; to switch something off write {}", text,
                         has(flags, FieldFlag::never) ? "never"
                         : unit == Unit::days         ? "0 d"
                                                      : "0");
  for (const std::string_view on : {"yes", "on", "y", "true"})
    if (word == on) return fmt::format("'{}' is a word, not a number; {}", text, example(unit));
  for (const std::string_view special : {"inf", ".inf", "-inf", "-.inf", "+.inf", "infinity", "nan", ".nan"})
    if (word == special)
      return fmt::format("'{}' is not a usable number; {}", text, has(flags, FieldFlag::never) ? "write never" : example(unit));
  if (word == "never") return fmt::format("'never' is not possible here; {}", example(unit));
  return {};
}

std::string unit_problem(std::string_view text, std::string_view number, std::string_view rest, Unit unit) {
  if (rest == "%") return fmt::format("'{}': a percentage is for shares only; {}", text, example(unit));
  if (rest.starts_with(',')) return fmt::format("'{}' has a comma; write a decimal point, and 1_000_000 for thousands", text);
  if (number == "0" && !rest.empty() && std::string_view("xXoObB").find(rest[0]) != std::string_view::npos)
    return fmt::format("'{}' is not a decimal number; {}", text, example(unit));
  if (unit == Unit::none || unit == Unit::count) return fmt::format("'{}': '{}' is no unit here; {}", text, rest, example(unit));
  return fmt::format("'{}': '{}' is no unit for this; {}", text, rest, example(unit));
}
}  // namespace

Quantity parse_quantity(std::string_view text, Unit unit, FieldFlag flags) {
  if (text == "never" && has(flags, FieldFlag::never)) return {std::numeric_limits<double>::infinity(), {}};
  if (std::string problem = word_problem(text, unit, flags); !problem.empty()) return {0, std::move(problem)};
  const std::size_t length = number_length(text);
  const std::string_view number = text.substr(0, length);
  if (number.find_first_of("0123456789") == std::string_view::npos)
    return {0, fmt::format("'{}' is not a number; {}", text, example(unit))};
  std::string_view rest = text.substr(length);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  if (rest.empty()) {
    if (unit == Unit::days) return {0, fmt::format("'{}' has no unit; {}", text, example(unit))};
    return plain_number(number, text);
  }
  for (const UnitWord& word : unit_words) {
    if (word.unit != unit || word.word != rest) continue;
    Quantity quantity = plain_number(number, text);
    quantity.value = unit == Unit::share ? quantity.value / 100 : quantity.value * word.factor;  // 30 / 100 is 0.3, 30 * 0.01 is not
    return quantity;
  }
  return {0, unit_problem(text, number, rest, unit)};
}

std::string quantity_text(double value, Unit unit) {
  if (std::isinf(value)) return "never";
  return fmt::format("{}{}", value, unit == Unit::days ? " d" : "");
}

std::string_view unit_name(Unit unit) { return unit == Unit::profit_units ? "profit a day" : to_text(unit); }

std::string range_text(Range range, FieldFlag flags, Unit unit) {
  if (std::isinf(range.low) && std::isinf(range.high)) return {};
  const std::string_view name = unit == Unit::profit_units ? "" : to_text(unit);  // its numbers are written without a unit
  return fmt::format("{}{}, {}]{}{}{}", has(flags, FieldFlag::positive) ? "(" : "[", range.low, range.high,
                     name.empty() || name == "1" ? "" : " ", name == "1" ? "" : name, has(flags, FieldFlag::never) ? " or never" : "");
}

std::vector<std::string> unit_words_for(Unit unit) {
  std::vector<std::string> words;
  for (const UnitWord& word : unit_words)
    if (word.unit == unit) words.emplace_back(word.word);
  return words;
}

bool in_range(double value, Range range, FieldFlag flags) {
  if (std::isinf(value) && has(flags, FieldFlag::never)) return true;
  return (has(flags, FieldFlag::positive) ? value > range.low : value >= range.low) && value <= range.high;
}

std::string_view short_meaning(std::string_view meaning) { return meaning.substr(0, meaning.find(';')); }

}  // namespace spillway
