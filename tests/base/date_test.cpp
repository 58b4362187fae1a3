// Calendar dates.
#include "base/date.hpp"

#include <catch2/catch.hpp>

namespace spillway {

TEST_CASE("dates count days from 1970") {
  CHECK(make_date(1970, 1, 1).days == 0);
  CHECK(make_date(1969, 12, 31).days == -1);
  CHECK(make_date(2000, 3, 1).days == 11017);
  CHECK(make_date(2009, 8, 14).days == 14470);
  CHECK(make_date(2011, 1, 21).days - make_date(2009, 8, 14).days == 525);
}

TEST_CASE("every day of eight centuries comes back from its text") {
  const Date first = make_date(1600, 1, 1), last = make_date(2400, 12, 31);
  CHECK(last.days - first.days == 800 * 365 + 2 * 97 + 365);  // 97 leap days in four centuries; 2400 itself has 366 days
  for (Date d = first; d <= last; ++d.days)
    if (parse_date(to_text(d)) != d) FAIL(to_text(d));
  CHECK(to_text(make_date(2012, 2, 29)) == "2012-02-29");
}

TEST_CASE("what is no date is refused") {
  for (const char* text : {"", "2013", "2013-2-3", "2013-02-30", "1900-02-29", "2013-13-01", "2013-00-10", "2013-01-00", "2013-01-32",
                           "2013/01/02", "2013-01-02 ", " 2013-01-02", "20130102", "2013-0a-01", "+013-01-01", "2013-04-31"}) {
    INFO('"' << text << '"');
    CHECK(!parse_date(text));
  }
  CHECK(parse_date("2000-02-29"));
  CHECK(parse_date("2016-12-31") == make_date(2016, 12, 31));
}

TEST_CASE("decimal years") {
  CHECK(decimal_year(make_date(2013, 1, 1)) == 2013.0);
  CHECK(decimal_year(make_date(2013, 7, 2)) == Approx(2013.0 + 182.0 / 365.0));
  CHECK(decimal_year(make_date(2012, 12, 31)) == Approx(2012.0 + 365.0 / 366.0));
}

}  // namespace spillway
