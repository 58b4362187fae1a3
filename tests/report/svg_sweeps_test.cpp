// Pictures of sweeps: values are read back from what is drawn.
#include <catch2/catch.hpp>
#include <cmath>
#include <regex>

#include "report/svg.hpp"
#include "report/svg_parts.hpp"
#include "report/sweep_document.hpp"
#include "support/made_sensitivity.hpp"
#include "support/sample_sweeps.hpp"
#include "support/svg_text.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
const Chart& chart_of(const PageDocument& document, ChartKind kind) {
  for (const Section& section : document.sections)
    for (const Chart& chart : section.charts)
      if (chart.kind == kind) return chart;
  throw std::logic_error("no such chart");
}

PageDocument with(SensitivityMethod method, const std::vector<double>& leading) {
  const Sensitivity found =
      made_sensitivity(method, {"platforms.weibo.ads.load", "marketplace.commission", "habit.memory"}, leading, 0.01, 2);
  return sweep_document(sampled_market(DesignKind::morris).make(), &found);
}
}  // namespace

TEST_CASE("bars are as long as their values, intervals lie around them", "[svg]") {
  const PageDocument document = with(SensitivityMethod::prcc, {0.8, -0.4, 0.1});
  const std::string picture = svg(document, chart_of(document, ChartKind::intervals));
  const double zero = place_of(picture, "0.00").first, half = place_of(picture, "0.50").first - zero;
  const auto bars = all(
      picture, std::regex("<rect x=\"([-0-9.]+)\" y=\"[-0-9.]+\" width=\"([-0-9.]+)\" height=\"[-0-9.]+\" fill=\"#[0-9A-F]+\" stroke="));
  REQUIRE(bars.size() == 3);
  CHECK(std::stod(bars[0][2]) == Approx(0.8 / 0.5 * half).margin(0.1));
  CHECK(std::stod(bars[1][1]) + std::stod(bars[1][2]) == Approx(zero).margin(0.1));  // falls to the left
  CHECK(std::stod(bars[1][2]) == Approx(0.4 / 0.5 * half).margin(0.1));
  CHECK(picture.find(">0.800 [0.790, 0.810]</text>") != std::string::npos);  // three digits of the largest
  CHECK(picture.find(">uncertainty</text>") != std::string::npos);
  CHECK(picture.find("morris design, 30 trajectories, 4 levels, seed 1; 270 points of 3 replicates</text>") != std::string::npos);
}

TEST_CASE("more factors than there is room for are counted", "[svg]") {
  Chart chart;
  chart.kind = ChartKind::intervals, chart.stacks = {"mu*"};
  for (int i = 0; i < 60; ++i) chart.rows.push_back({"factor " + std::to_string(i), Role::lever, {{60.0 - i, 59.0 - i, 61.0 - i}}});
  const std::string picture = drawing::intervals_picture(chart, {});
  CHECK(all(picture, std::regex("that matter less")).size() == 1);
  CHECK(all(picture, std::regex(">factor ")).size() > 15);
}

TEST_CASE("points stand where both their numbers are", "[svg]") {
  const PageDocument document = with(SensitivityMethod::morris, {3.2, 1.6, 0.4});
  const Chart& chart = chart_of(document, ChartKind::scatter);
  const std::string picture = svg(document, chart);
  const auto points = all(picture, std::regex("<circle cx=\"([-0-9.]+)\" cy=\"([-0-9.]+)\" r=\"6\""));
  REQUIRE(points.size() == 3);  // one in the key
  const double left = std::stod(points[1][1]), right = std::stod(points[2][1]);
  const double zero = place_of(picture, "0").first;
  CHECK((left - zero) / (right - zero) == Approx(2).margin(0.01));  // ordered by mu*
  CHECK(picture.find(">sigma = mu* / 10</text>") != std::string::npos);
  for (const ScatterPoint& p : chart.points) CHECK(picture.find(">" + p.label + "</text>") != std::string::npos);
}

TEST_CASE("cells are darker where the outcome is larger, and say its number", "[svg]") {
  const PageDocument document = sweep_document(gridded_market().make(), nullptr);
  const Chart& chart = document.sections[0].charts[0];
  const std::string picture = svg(document, chart);
  const auto cells = all(picture, std::regex("fill=\"#([0-9A-F]{2})([0-9A-F]{2})([0-9A-F]{2})\" stroke=\"#ffffff\"/>"));
  REQUIRE(cells.size() == chart.cells.size());
  const auto red = [&](std::size_t i) { return std::stoi(cells[i][1], nullptr, 16); };
  for (std::size_t i = 1; i < cells.size(); ++i) CHECK((chart.cells[i] - chart.cells[i - 1]) * (red(i) - red(i - 1)) <= 0);
  CHECK(picture.find(">611</text>") == std::string::npos);  // one run's; cells are means over the network's kinds
  CHECK(picture.find(">609</text>") != std::string::npos);
  CHECK(place_of(picture, "26 Nov 2014").second < place_of(picture, "1 Jan 2012").second);  // dates rise
  CHECK(place_of(picture, "0.05").second > place_of(picture, "1 Jan 2012").second);
}

TEST_CASE("around 0 there are two colours, and what is not known is crossed out", "[svg]") {
  Chart chart;
  chart.kind = ChartKind::heat;
  chart.axes = {{"a", "", AxisKind::number, {1, 2}, {"1", "2"}}, {"b", "d", AxisKind::word, {0, 1}, {"x", "y"}}};
  chart.cells = {-2, 0, 2, NAN};
  const std::string picture = drawing::heat_picture(chart, {});
  const auto cells = all(picture, std::regex("fill=\"(#[0-9a-fA-F]{6})\" stroke=\"#ffffff\"/>"));
  REQUIRE(cells.size() == 4);
  CHECK(cells[0][1] == "#893200");
  CHECK(cells[1][1] == "#FFFFFF");
  CHECK(cells[2][1] == "#074C92");
  CHECK(cells[3][1] == "#f2f2f2");
  CHECK(place_of(picture, "x").second < place_of(picture, "y").second);  // words are read from the top
  CHECK(picture.find(">b \\(d\\)<") == std::string::npos);
  CHECK(picture.find(">b (d)<") != std::string::npos);
}

TEST_CASE("small panels share one scale", "[svg]") {
  const PageDocument document = sweep_document(gridded_market().make(), nullptr);
  const std::string picture = svg(document, chart_of(document, ChartKind::effects));
  const auto curves = all(picture, std::regex("<path d=\"([^\"]+)\" fill=\"none\""));
  CHECK(curves.size() == 2);  // words have points only
  CHECK(all(picture, std::regex("fill-opacity=\"0.18\"")).size() == 2);
  CHECK(picture.find(">network kind</text>") != std::string::npos);
  CHECK(picture.find(">matchings</text>") != std::string::npos);
}

TEST_CASE("numbers with intervals, and ranges", "[svg]") {
  CHECK(drawing::estimate_text({0.5, 0.25, 0.75}, {0.01, "%"}, 0.75) == "50.0 [25.0, 75.0]");
  CHECK(drawing::estimate_text({2e6, NAN, NAN}, {1e6, "million"}, 3e8) == "2");
  CHECK(drawing::estimate_text({}, {}, 1) == "unknown");
  CHECK(drawing::extent_of({}, false).high == 1);
  CHECK(drawing::extent_of({{5, NAN, NAN}}, false).low == 2.5);
  CHECK(drawing::extent_of({{5, 4, NAN}}, true).low == 0);
}
