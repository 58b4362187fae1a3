#include "base/date.hpp"

#include <cstdio>

namespace spillway {

// Civil-date arithmetic in the usual era form (400-year cycles of 146,097 days).
Date make_date(int year, unsigned month, unsigned day) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const unsigned year_of_era = static_cast<unsigned>(y - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return Date{era * 146097 + static_cast<int>(day_of_era) - 719468};
}

namespace {
struct Civil {
  int year;
  unsigned month, day;
};

Civil civil(Date date) {
  const int z = date.days + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const unsigned doe = static_cast<unsigned>(z - era * 146097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const unsigned mp = (5 * doy + 2) / 153;
  const unsigned month = mp < 10 ? mp + 3 : mp - 9;
  return {static_cast<int>(yoe) + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

bool all_digits(std::string_view text) {
  for (const char c : text)
    if (c < '0' || c > '9') return false;
  return !text.empty();
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}
}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = text.substr(0, 4), month = text.substr(5, 2), day = text.substr(8, 2);
  if (!all_digits(year) || !all_digits(month) || !all_digits(day)) return std::nullopt;
  if (number(month) < 1 || number(month) > 12 || number(day) < 1) return std::nullopt;
  const Date date = make_date(number(year), static_cast<unsigned>(number(month)), static_cast<unsigned>(number(day)));
  if (to_text(date) != text) return std::nullopt;  // 2013-02-30 comes back as another day
  return date;
}

std::string to_text(Date date) {
  const Civil c = civil(date);
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", c.year % 10000, c.month % 100, c.day % 100);
  return text;
}

double decimal_year(Date date) {
  const int year = civil(date).year;
  const int first = make_date(year, 1, 1).days;
  const int length = make_date(year + 1, 1, 1).days - first;
  return year + static_cast<double>(date.days - first) / length;
}

}  // namespace spillway
