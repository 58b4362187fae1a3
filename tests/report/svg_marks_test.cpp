// Pictures of a calibration: marks, narrower bands and ranges are read back from what is drawn.
#include <catch2/catch.hpp>
#include <cmath>
#include <regex>

#include "report/calibration_document.hpp"
#include "report/svg.hpp"
#include "support/made_calibration.hpp"
#include "support/svg_text.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
const PageDocument document = calibration_document(recording_of(made_calibration()));
const Chart& chart_of(const std::string& id) {
  for (const Section& section : document.sections)
    for (const Chart& chart : section.charts)
      if (chart.id == id) return chart;
  throw std::logic_error("no chart " + id);
}
const std::regex marks("<circle class=\"mark\" cx=\"([0-9.]+)\" cy=\"([0-9.]+)\" r=\"4.5\" fill=\"(#[0-9a-f]+)\"");
}  // namespace

TEST_CASE("marks of the record stand at their days and values", "[svg]") {
  const Chart& chart = chart_of("fit_wechat_mau");
  const std::string picture = svg(document, chart);
  const double zero = place_of(picture, "0").second, hundred = place_of(picture, "100").second;
  const double x2012 = place_of(picture, "2012").first, x2013 = place_of(picture, "2013").first;
  auto drawn = all(picture, marks);
  REQUIRE(drawn.size() == 2 + chart.marks.size());  // two of them are the key
  const auto day = [](int year) { return make_date(year, 1, 1).days - document.start.days; };
  for (std::size_t i = 0; i < chart.marks.size(); ++i) {
    const std::smatch& seen = drawn[i + 2];
    const Mark& mark = chart.marks[i];
    CHECK(std::stod(seen[2]) == Approx(zero - 4.5 + (hundred - zero) * mark.value / 1e8).margin(0.1));
    CHECK(std::stod(seen[1]) == Approx(x2012 + (x2013 - x2012) * (mark.day - day(2012)) / (day(2013) - day(2012))).margin(0.1));
    CHECK((seen[3] == "#ffffff") == mark.hollow);
  }
}

TEST_CASE("the key of a picture names what its marks are", "[svg]") {
  const std::string picture = svg(document, chart_of("fit_wechat_mau"));
  const auto filled = place_of(picture, "record, fitted"), hollow = place_of(picture, "record, not fitted"),
             bar = place_of(picture, "tolerance");
  CHECK(filled.second == hollow.second);
  CHECK(filled.first < hollow.first);
  CHECK(hollow.first < bar.first);
  CHECK(place_of(picture, "fitted up to here").second > filled.second);
  CHECK(svg(document, chart_of("patterns")).find("record, fitted") == std::string::npos);
}

TEST_CASE("tolerances are bars, upright in values and level in days", "[svg]") {
  const std::string picture = svg(document, chart_of("fit_wechat_registered"));
  const auto bars =
      all(picture, std::regex("<line x1=\"([0-9.]+)\" y1=\"([0-9.]+)\" x2=\"([0-9.]+)\" y2=\"([0-9.]+)\" stroke=\"#111111\""));
  std::size_t upright = 0, level = 0;
  for (const std::smatch& bar : bars) {
    const double wide = std::stod(bar[3]) - std::stod(bar[1]), high = std::stod(bar[4]) - std::stod(bar[2]);
    if (wide == 0 && std::abs(high) != 8) ++upright;
    if (high == 0 && wide > 9) ++level;
  }
  CHECK(upright == 5);  // of four values, and one in the key
  CHECK(level == 4);
}

TEST_CASE("a picture has both bands, and draws no further than its lines", "[svg]") {
  const std::string picture = svg(document, chart_of("fit_wechat_mau"));
  CHECK(all(picture, std::regex("fill-opacity=\"0.18\"")).size() == 2);
  CHECK(picture.find(">2014</text>") != std::string::npos);
  CHECK(picture.find(">2015</text>") == std::string::npos);
  CHECK(svg(document, chart_of("forecast_wechat_mau")).find(">2016</text>") != std::string::npos);
}

TEST_CASE("baselines are told apart by dashes", "[svg]") {
  const std::string picture = svg(document, chart_of("forecast_wechat_mau"));
  const auto curves = all(picture, std::regex("stroke-width=\"2.4\" stroke-linejoin=\"round\"( stroke-dasharray=\"[0-9 ]+\")?/>"));
  REQUIRE(curves.size() == 4);
  CHECK(curves[0][1] == "");
  for (std::size_t i = 1; i < 4; ++i)
    for (std::size_t j = 0; j < i; ++j) CHECK(curves[i][1] != curves[j][1]);
}

TEST_CASE("ranges lie from low to high with a dot at the value", "[svg]") {
  const Chart& chart = chart_of("parameters");
  const std::string picture = svg(document, chart);
  const double zero = place_of(picture, "0").first, full = place_of(picture, "100").first;
  const auto bars =
      all(picture, std::regex("<rect x=\"([0-9.]+)\" y=\"[0-9.]+\" width=\"([0-9.]+)\" height=\"[0-9.]+\" fill=\"#[0-9A-F]+\" stroke="));
  const auto dots = all(picture, std::regex("<circle class=\"dot\" cx=\"([0-9.]+)\""));
  REQUIRE(bars.size() == chart.rows.size());
  REQUIRE(dots.size() == chart.rows.size());
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const Estimate& e = chart.rows[i].values[0];
    CHECK(std::stod(bars[i][1]) == Approx(zero + (full - zero) * e.low).margin(0.1));
    CHECK(std::stod(bars[i][2]) == Approx((full - zero) * (e.high - e.low)).margin(0.1));
    CHECK(std::stod(dots[i][1]) == Approx(zero + (full - zero) * e.value).margin(0.1));
  }
  CHECK(picture.find("1.9 [1.69, 2.62] a year") != std::string::npos);
}

TEST_CASE("words under the columns of a picture are broken into lines", "[svg]") {
  Chart chart = chart_of("patterns");
  for (std::string& label : chart.axes[0].labels) label = "without advertising on any platform";
  for (std::string& label : chart.axes[1].labels) label = "target";
  const std::string picture = svg(document, chart);
  CHECK(all(picture, std::regex(">without advertising</text>")).size() + all(picture, std::regex(">without</text>")).size() == 5);
  CHECK(picture.find("…") == std::string::npos);
}
