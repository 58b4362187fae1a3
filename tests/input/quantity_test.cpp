#include "input/quantity.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace spillway;

TEST_CASE("numbers are read exactly or not at all", "[input]") {
  const auto value = [](const char* text, Unit unit) {
    const Quantity quantity = parse_quantity(text, unit);
    INFO(text << ": " << quantity.error);
    CHECK(quantity.error.empty());
    return quantity.value;
  };
  CHECK(value("0", Unit::none) == 0);
  CHECK(value("-0.5", Unit::none) == -0.5);
  CHECK(value("+3", Unit::none) == 3);
  CHECK(value("1_234_567.5", Unit::none) == 1234567.5);
  CHECK(value("1E-3", Unit::none) == 1e-3);
  CHECK(value("0.1", Unit::none) == 0.1);
  CHECK(value("0.1%", Unit::share) == 0.001);
  CHECK(value("7%", Unit::share) == 0.07);
  CHECK(value("30 %", Unit::share) == 0.3);
  CHECK(value("4 weeks", Unit::days) == 28);
  CHECK(value("1day", Unit::days) == 1);
  CHECK(value("2 years", Unit::days) == 730.5);
  CHECK(value("0.001 /d", Unit::per_year) == 0.001 * 365.25);
  CHECK(value("365.25/yr", Unit::per_day) == 1.0);
  CHECK(value("4 h/d", Unit::minutes_per_day) == 240);
  CHECK(value("4 utils", Unit::utils) == 4);
}

TEST_CASE("other notations are refused", "[input]") {
  for (const char* text : {"",     "-",    ".",    "e5",  "1e", "1e+", "--1", "1 2", "0x1p3",  "00",      "01",   "-01", "1_",   "_1",
                           "1._5", "1_.5", "1.5_", "1,5", "½",  "１",  "5 d", "5%",  "1e5000", "1e-5000", "True", "NaN", "-.inf"}) {
    INFO(text);
    CHECK_FALSE(parse_quantity(text, Unit::none).error.empty());
  }
  for (const char* text : {"7", "7 D", "7 m", "7 d d", "7 months", "d", "never"}) {
    INFO(text);
    CHECK_FALSE(parse_quantity(text, Unit::days).error.empty());
  }
}

TEST_CASE("never is infinite where it is allowed", "[input]") {
  CHECK(std::isinf(parse_quantity("never", Unit::days, FieldFlag::never).value));
  CHECK(in_range(std::numeric_limits<double>::infinity(), {0, 10}, FieldFlag::never));
  CHECK_FALSE(in_range(std::numeric_limits<double>::infinity(), {0, 10}, FieldFlag::none));
}

TEST_CASE("a positive range excludes its lower end only", "[input]") {
  CHECK_FALSE(in_range(0, {0, 1}, FieldFlag::positive));
  CHECK(in_range(1, {0, 1}, FieldFlag::positive));
  CHECK(in_range(0, {0, 1}, FieldFlag::none));
  CHECK_FALSE(in_range(std::nan(""), {0, 1}, FieldFlag::none));
  CHECK(range_text({0, 1440}, FieldFlag::positive, Unit::minutes_per_day) == "(0, 1440] min/d");
}

TEST_CASE("printed numbers come back to the same bits", "[input]") {
  for (const double value : {0.1, 1.0 / 3.0, 1e-4, 731e6, 1e21, 5e-324, 1.7976931348623157e308, -2.5, 1095.75}) {
    INFO(value);
    CHECK(parse_quantity(quantity_text(value, Unit::none), Unit::none).value == value);
    CHECK(parse_quantity(quantity_text(value, Unit::days), Unit::days).value == value);
  }
}
