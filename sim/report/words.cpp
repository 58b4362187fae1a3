#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

namespace spillway {

namespace {
constexpr std::string_view months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};

struct DateParts {
  int year, month, day;
};
DateParts parts_of(Date date) {
  const std::string text = to_text(date);  // YYYY-MM-DD
  const std::size_t dash = text.find('-', 1);
  return {std::atoi(text.c_str()), std::atoi(text.c_str() + dash + 1), std::atoi(text.c_str() + dash + 4)};
}

bool is_word_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
}  // namespace

Scale scale_for(double largest) {
  if (largest >= 1e12) return {1e12, "trillion"};
  if (largest >= 1e9) return {1e9, "billion"};
  if (largest >= 1e6) return {1e6, "million"};
  if (largest >= 1e4) return {1e3, "thousand"};
  return {1, ""};
}

std::string human_number(double value) {
  if (std::isnan(value)) return "unknown";
  const Scale scale = scale_for(std::abs(value));
  const double scaled = value / scale.factor, size = std::abs(scaled);
  const int decimals = size >= 9.95 || size == 0 ? 0 : size >= 0.995 ? 1 : 2;
  std::string text = fmt::format("{:.{}f}", scaled, decimals);
  if (decimals > 0 && text.ends_with(".0")) text.resize(text.size() - 2);
  return scale.word.empty() ? text : fmt::format("{} {}", text, scale.word);
}

std::string with_commas(std::string digits) {
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string plain_number(double value, double step) {
  int decimals = 0;
  for (double unit = std::abs(step); decimals < 6 && std::abs(unit - std::round(unit)) > 1e-6 * unit; unit *= 10) ++decimals;
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find_first_not_of("-0.") == std::string::npos && text[0] == '-') text.erase(0, 1);
  return text;
}

std::string percent_with_interval(double value, double low, double high) {
  const bool sure = !std::isnan(low) && !std::isnan(high);
  const double grain = 100 * (sure ? (high - low) / 2 : std::abs(value) / 10);
  const int decimals = grain >= 0.995 ? 0 : grain >= 0.0995 ? 1 : 2;
  const auto number = [&](double share) {
    return plain_number(std::atof(fmt::format("{:.{}f}", 100 * share, decimals).c_str()), std::pow(10.0, -decimals));
  };
  return sure ? fmt::format("{} % [{}, {}]", number(value), number(low), number(high)) : fmt::format("{} %", number(value));
}

std::string month_of(Date date) {
  const DateParts at = parts_of(date);
  return fmt::format("{} {}", months[at.month - 1], at.year);
}

std::string day_of(Date date) {
  const DateParts at = parts_of(date);
  return fmt::format("{} {} {}", at.day, months[at.month - 1], at.year);
}

std::string day_in_year(Date date) {
  const DateParts at = parts_of(date);
  return fmt::format("{} {}", at.day, months[at.month - 1]);
}

int year_of(Date date) { return parts_of(date).year; }

std::string in_words(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string capitalised(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

bool stands_at(std::string_view text, std::size_t at, std::string_view words) {
  if (at + words.size() > text.size() || (at > 0 && is_word_letter(text[at - 1]))) return false;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (lower(text[at + i]) != lower(words[i])) return false;
  return at + words.size() == text.size() || !is_word_letter(text[at + words.size()]);
}

std::string spelled(const std::string& name, const std::vector<std::string>& texts) {
  const std::string words = in_words(name);
  const auto has_capital = [](std::string_view found) {
    return std::any_of(found.begin(), found.end(), [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; });
  };
  for (const std::string& text : texts)
    for (std::size_t at = 0; at < text.size(); ++at)
      if (stands_at(text, at, words) && has_capital(text.substr(at, words.size()))) return text.substr(at, words.size());
  return capitalised(words);
}

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> found;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t size = 1;
    while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0U) == 0x80U) ++size;
    found.push_back(text.substr(at, size));
    at += size;
  }
  return found;
}

double text_width(std::string_view text) {
  double width = 0;
  for (const std::string_view c : characters(text)) {
    const bool wide = c.size() >= 3 && static_cast<unsigned char>(c[0]) >= 0xE3U;
    const bool letter = c.size() == 1;
    if (wide)
      width += 1.0;
    else if (letter && std::string_view(" ,.:;'!|ijltfr()[]-").find(c) != std::string_view::npos)
      width += 0.38;
    else if (letter && (c == "m" || c == "w" || c == "M" || c == "W"))
      width += 0.95;
    else
      width += letter && std::isupper(static_cast<unsigned char>(c[0])) != 0 ? 0.72 : 0.62;
  }
  return width;
}

}  // namespace spillway
