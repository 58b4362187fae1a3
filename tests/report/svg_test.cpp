#include "report/svg.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <regex>
#include <set>

#include "report/svg_drawing.hpp"

using namespace spillway;

namespace {
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

struct Point {
  double x, y;
};

std::vector<std::string> all_matches(const std::string& text, const std::string& pattern) {
  std::vector<std::string> found;
  const std::regex expression(pattern);
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.push_back((*at)[1]);
  return found;
}

std::vector<Point> points(const std::string& path) {
  std::vector<Point> found;
  const std::regex expression(R"([ML]([-0-9.]+),([-0-9.]+))");
  for (std::sregex_iterator at(path.begin(), path.end(), expression), end; at != end; ++at)
    found.push_back({std::stod((*at)[1]), std::stod((*at)[2])});
  return found;
}

/// Where the text `words` stands.
Point place_of(const std::string& picture, const std::string& words) {
  std::smatch match;
  const std::regex expression("<text x=\"([-0-9.]+)\" y=\"([-0-9.]+)\"[^>]*>" + words + "</text>");
  REQUIRE(std::regex_search(picture, match, expression));
  return {std::stod(match[1]), std::stod(match[2])};
}

PageDocument document() {
  PageDocument d;
  d.title = "What if <all> & \"more\"?";
  d.caveat = "Levels are provisional.";
  d.start = make_date(2010, 1, 1);
  for (int week = 0; week <= 208; ++week) d.days.push_back(7.0 * week);
  d.worlds = {{"history", "", "", "", 8, {}}, {"no_ban", "", "", "", 8, {}}};
  d.platforms = {{"weibo", "微博"}, {"wechat", "WeChat"}};
  d.events = {{{0}, "ban & all", 700, ""}, {{0, 1}, "shared", 100, ""}};
  d.footer = {"spillway 9.9", "3", "abc", "42", "8", "1,000,000", "", "95 %"};
  return d;
}

Chart lines_chart() {
  Chart chart;
  chart.id = "users", chart.title = "Users < people", chart.note = "A note.", chart.unit = "people";
  for (std::size_t w = 0; w < 2; ++w) {
    Line line{w == 0 ? "微博, history" : "微博, no ban", w, 0, no_index, {}, {}, {}};
    for (int week = 0; week <= 208; ++week) {
      line.mid.push_back(week == 100 ? unknown : 2e6 * week + 1e5 * static_cast<double>(w));
      line.low.push_back(line.mid.back() - 5e5);
      line.high.push_back(line.mid.back() + 5e5);
    }
    chart.lines.push_back(line);
  }
  return chart;
}

const std::string picture = svg(document(), lines_chart());
const std::vector<std::string> curves = all_matches(picture, R"re(<path d="([^"]*)" fill="none")re");
}  // namespace

TEST_CASE("a picture is a whole SVG with everything that a slide needs", "[svg]") {
  CHECK(picture.find("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960\" height=\"540\" viewBox=\"0 0 960 540\"") == 0);
  CHECK(picture.ends_with("</svg>\n"));
  CHECK(picture.find("fill=\"#ffffff\"/>") != std::string::npos);
  CHECK(picture.find("'Noto Sans CJK SC'") != std::string::npos);
  CHECK(picture.find(
            ">spillway 9.9, model 3; 1,000,000 simulated users; seed 42; 8 runs of each world: median, and band where nine of ten lie<") !=
        std::string::npos);
  CHECK(picture.find(">Levels are provisional.</text>") != std::string::npos);
  CHECK(picture.find(">million people<") != std::string::npos);
  CHECK(picture.find(">2012<") != std::string::npos);
}

TEST_CASE("texts are escaped, whatever language they are in", "[svg]") {
  CHECK(picture.find(">Users &lt; people</text>") != std::string::npos);
  CHECK(picture.find(">What if &lt;all&gt; &amp; &quot;more&quot;?</text>") != std::string::npos);
  CHECK(picture.find("微博, history</text>") != std::string::npos);
  CHECK(picture.find("<all>") == std::string::npos);
  CHECK(drawing::escaped("a\x01"
                         "b\n") == "a b ");
}

TEST_CASE("values can be read back from the curves", "[svg]") {
  REQUIRE(curves.size() == 2);
  const std::vector<Point> first = points(curves[0]);
  REQUIRE(first.size() == 208);  // one row is unknown
  const Point zero = place_of(picture, "0"), top = place_of(picture, "400");
  const double a_million = (zero.y - top.y) / 400;
  for (std::size_t i : {0, 50, 99, 150, 207}) {
    const double week = static_cast<double>(i < 100 ? i : i + 1);
    CHECK((zero.y - 4.5 - first[i].y) / a_million == Approx(2 * week).margin(0.02));
  }
  const Point y2011 = place_of(picture, "2011"), y2013 = place_of(picture, "2013");
  const double a_day = (y2013.x - y2011.x) / (365 + 366);
  CHECK((first[207].x - y2011.x) / a_day == Approx(7 * 208 - 365).margin(0.2));
  CHECK(curves[0].find('M', 1) != std::string::npos);  // the gap is not bridged
}

TEST_CASE("worlds are told apart by dashes, bands follow their curve", "[svg]") {
  CHECK(all_matches(picture, "stroke=\"#0072B2\" stroke-width=\"2.4\" stroke-linejoin=\"round\"( stroke-dasharray=\"6 3\")?/>").size() ==
        2);
  CHECK(all_matches(picture, R"re((fill="#0072B2" fill-opacity="0.18"))re").size() == 4);  // two bands in two pieces
  CHECK(picture.find(">history</text>") != std::string::npos);
  CHECK(picture.find(">no ban</text>") != std::string::npos);
}

TEST_CASE("labels at the ends keep apart", "[svg]") {
  const Point a = place_of(picture, "微博, history"), b = place_of(picture, "微博, no ban");
  CHECK(std::abs(a.y - b.y) >= 16);
  std::vector<double> places{100, 101, 102, 300};
  drawing::spread(places, 10, 0, 305);
  CHECK(places == std::vector<double>{91, 101, 111, 300});
  places = {299, 298, 300};
  drawing::spread(places, 10, 0, 305);
  CHECK(places == std::vector<double>{295, 285, 305});
}

TEST_CASE("only what worlds do not share is named", "[svg]") {
  CHECK(picture.find(">ban &amp; all (history only)</text>") != std::string::npos);
  CHECK(picture.find("shared") == std::string::npos);
}

TEST_CASE("a difference has a line at 0 and negative ticks", "[svg]") {
  Chart chart = lines_chart();
  chart.zero = false;
  chart.lines.resize(1);
  for (auto* values : {&chart.lines[0].mid, &chart.lines[0].low, &chart.lines[0].high})
    for (double& v : *values) v = -v;
  const std::string text = svg(document(), chart);
  CHECK(text.find(">-200</text>") != std::string::npos);
  CHECK(text.find("stroke=\"#222222\"") != std::string::npos);
}

TEST_CASE("bars are as high as their values", "[svg]") {
  Chart chart;
  chart.id = "joins", chart.title = "Joins", chart.unit = "people a year", chart.kind = ChartKind::bars;
  chart.categories = {"2010", "2011"};
  chart.stacks = {"alone", "by friends"};
  chart.groups = {{"WeChat, history", 0, 1, {{1e6, 3e6}, {2e6, 6e6}}}, {"WeChat, no ban", 1, 1, {{1e6, 3e6}, {2e6, unknown}}}};
  const std::string text = svg(document(), chart);
  const auto heights =
      all_matches(text, R"re(<rect x="[^"]*" y="[^"]*" width="[^"]*" height="([0-9.]+)" fill="#[0-9A-F]{6}" stroke="#D55E00")re");
  REQUIRE(heights.size() == 7);
  const double unit = std::stod(heights[0]);
  for (const auto& [i, size] : {std::pair{1, 3}, {2, 2}, {3, 6}, {6, 2}})
    CHECK(std::stod(heights[static_cast<std::size_t>(i)]) / unit == Approx(size).epsilon(0.002));
  CHECK(text.find(">WeChat, history</text>") != std::string::npos);
  CHECK(text.find(">by friends</text>") != std::string::npos);
  CHECK(text.find("; 8 runs of each world</text>") != std::string::npos);
}

TEST_CASE("shares are drawn as percent", "[svg]") {
  Chart chart = lines_chart();
  chart.percent = true;
  for (Line& line : chart.lines)
    for (auto* values : {&line.mid, &line.low, &line.high})
      for (double& v : *values) v /= 1e9;
  const std::string text = svg(document(), chart);
  CHECK(text.find(">%</text>") != std::string::npos);
  CHECK(text.find(">40</text>") != std::string::npos);
}

TEST_CASE("pictures are numbered through the sections", "[svg]") {
  PageDocument d = document();
  Chart second = lines_chart();
  second.id = "joins";
  d.sections = {{"users", "Users", {lines_chart()}}, {"reasons", "Reasons", {second}}};
  const auto names = picture_names(d);
  REQUIRE(names.size() == 2);
  CHECK(names[1].name == "02-joins");
  CHECK(names[1].chart->id == "joins");
}

TEST_CASE("ticks are round and dates are years or months", "[svg]") {
  CHECK(drawing::value_ticks(0, 603, 5).values == std::vector<double>{0, 200, 400, 600, 800});
  CHECK(drawing::value_ticks(-0.3, 0.9, 4).step == Approx(0.5));
  const auto months = drawing::date_ticks(make_date(2010, 1, 15), 100);
  REQUIRE(months.size() == 3);
  CHECK(months[0].label == "Feb 2010");
  CHECK(months[0].day == 17);
  CHECK(months[1].label == "Mar");
  CHECK(drawing::date_ticks(make_date(2010, 1, 1), 365 * 4)[1].label == "2011");
}

TEST_CASE("long texts are cut, Chinese ones too", "[svg]") {
  CHECK(drawing::wrapped("one two three", 5, 2) == std::vector<std::string>{"one two", "three"});
  CHECK(drawing::wrapped("微博与微信", 3, 2) == std::vector<std::string>{"微博与", "微信"});
  const auto cut = drawing::wrapped("one two three four", 5, 1);
  REQUIRE(cut.size() == 1);
  CHECK(cut[0].ends_with("…"));
  CHECK(text_width(cut[0]) <= 5);
}
