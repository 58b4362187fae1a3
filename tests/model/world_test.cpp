// People over time, laws of traits, recency of rows: small functions of the world.
#include "model/world.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/scenarios.hpp"

namespace spillway {

using testing::day;

TEST_CASE("people between, before and after the dates of a series") {
  const Date start = day("2010-01-01");
  DataSeries series;
  series.points = {{day("2010-01-11"), 100.0}, {day("2010-01-21"), 200.0}, {day("2010-02-10"), 300.0}};
  CHECK(value_at(series, start, 10.0) == 100.0);
  CHECK(value_at(series, start, 15.0) == Approx(150.0));
  CHECK(value_at(series, start, 20.0) == Approx(200.0));
  CHECK(value_at(series, start, 30.0) == Approx(250.0));
  CHECK(value_at(series, start, 40.0) == 300.0);
  CHECK(value_at(series, start, 1e6) == 300.0);
  CHECK(value_at(series, start, 5.0) == Approx(50.0));  // the first line continued
  CHECK(value_at(series, start, -100.0) == 0.0);        // but not below nobody
  series.points.resize(1);
  CHECK(value_at(series, start, -100.0) == 100.0);
  CHECK(value_at(series, start, 1000.0) == 100.0);
}

TEST_CASE("a lognormal has the asked mean and coefficient of variation") {
  for (const double mean : {1.0, 240.0})
    for (const double cv : {0.0, 0.5, 1.5}) {
      const Lognormal law = lognormal(mean, cv);
      const double m = static_cast<double>(law.location), s = static_cast<double>(law.spread);
      CHECK(std::exp(m + 0.5 * s * s) == Approx(mean).epsilon(2e-6));  // parameters are floats
      CHECK(std::sqrt(std::exp(s * s) - 1.0) == Approx(cv).margin(1e-5));
    }
}

TEST_CASE("ticks and recording intervals") {
  CHECK(tick_days({day("2010-01-01"), day("2010-12-31"), 7.0}) == 7.0);
  CHECK(tick_days({day("2010-01-01"), day("2010-12-31"), 30.0}) == 6.0);
  CHECK(tick_days({day("2010-01-01"), day("2010-12-31"), 1.0}) == 1.0);
  CHECK(tick_days({day("2010-01-01"), day("2010-12-31"), 8.0}) == 4.0);
  CHECK(tick_count({day("2010-01-01"), day("2010-01-01"), 7.0}) == 1);
  CHECK(tick_count({day("2010-01-01"), day("2010-01-07"), 7.0}) == 1);
  CHECK(tick_count({day("2010-01-01"), day("2010-01-08"), 7.0}) == 2);  // the last tick starts on the last day
  CHECK(tick_count({day("2010-01-01"), day("2010-12-31"), 1.0}) == 365);
}

}  // namespace spillway
