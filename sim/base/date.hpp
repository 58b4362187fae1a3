// Calendar dates as whole days; simulated time as days since the scenario's start.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace spillway {

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
struct Date {
  std::int32_t days = 0;
  friend auto operator<=>(Date, Date) = default;
};

inline constexpr double days_per_year = 365.25;  // model-wide convention for rates given per year

Date make_date(int year, unsigned month, unsigned day);

/// Strict "YYYY-MM-DD"; nothing if the text is not such a date or the day does not exist.
std::optional<Date> parse_date(std::string_view text);

std::string to_text(Date date);

/// As a fractional year, 2013.5 for early July; for axes and sorting only.
double decimal_year(Date date);

}  // namespace spillway
