#include "base/field.hpp"

namespace spillway {

std::string_view to_text(Unit unit) {
  switch (unit) {
    case Unit::none: return "1";
    case Unit::text: return "";
    case Unit::share: return "1";
    case Unit::utils: return "utils";
    case Unit::days: return "d";
    case Unit::per_year: return "1/yr";
    case Unit::per_day: return "1/d";
    case Unit::minutes: return "min";
    case Unit::minutes_per_day: return "min/d";
    case Unit::per_minute: return "1/min";
    case Unit::profit_units: return "1/d";
    case Unit::cny_per_thousand: return "CNY/1000";
    case Unit::count: return "1";
    case Unit::people: return "people";
    case Unit::accounts: return "accounts";
  }
  return "";
}

}  // namespace spillway
