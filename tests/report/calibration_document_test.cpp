#include "report/calibration_document.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "report/page_json.hpp"
#include "support/made_calibration.hpp"

using namespace spillway;
using spillway::testing::made_calibration;
using Json = nlohmann::json;

namespace {
Recording recorded(const CalibrationResult& result) {
  Recording recording = recording_of(result);
  recording.attributes.emplace_back("git_commit", "abc");
  recording.timing = {{"created", "2026-01-01T00:00:00Z"}};
  return recording;
}

const Chart& chart_of(const PageDocument& document, const std::string& id) {
  for (const Section& section : document.sections)
    for (const Chart& chart : section.charts)
      if (chart.id == id) return chart;
  throw std::logic_error("no chart " + id);
}
}  // namespace

TEST_CASE("a calibration's page has its sections, its answer and its footer", "[calibration]") {
  const PageDocument document = calibration_document(recorded(made_calibration()));
  CHECK(document.title == "Weibo and WeChat to the end of 2012");
  CHECK(document.answer == "9 of 10 fitted and 8 of 8 predicted values are within tolerance.");
  CHECK(document.details.front() == "Six parameters to the record up to the end of 2012; 2013 is predicted.");
  CHECK(document.details.back() == "The panel of 2013 counts phones only.");
  CHECK(document.warnings.size() == 1);
  std::vector<std::string> sections;
  std::set<std::string> ids;
  std::size_t charts = 0;
  for (const Section& section : document.sections) {
    sections.push_back(section.id);
    for (const Chart& chart : section.charts) ids.insert(chart.id), ++charts;
  }
  CHECK(sections == std::vector<std::string>{"fit", "residuals", "parameters", "variants", "forecast"});
  CHECK(ids.size() == charts);
  CHECK(document.footer.commit == "abc");
  CHECK(document.footer.design == "calibration of history.yaml, 3 waves of 3,000 runs in all");
  REQUIRE(document.events.size() == 1);
  CHECK(document.events[0].day == make_date(2012, 12, 31).days - make_date(2009, 8, 14).days);
}

TEST_CASE("a chart of the fit has the model's bands and the record with its tolerances", "[calibration]") {
  const CalibrationResult result = made_calibration();
  const PageDocument document = calibration_document(recorded(result));
  const Chart& chart = chart_of(document, "fit_wechat_registered");
  REQUIRE(chart.lines.size() == 1);
  const Line& line = chart.lines[0];
  CHECK(line.world == no_world);
  CHECK(line.mid[100] == result.targets[1].trajectory[100].median);
  CHECK(line.inner_high[100] == result.targets[1].trajectory[100].upper_quartile);
  CHECK(line.low.size() == line.mid.size());
  CHECK(line.mid.size() < document.days.size());  // up to a quarter after the last value
  CHECK(document.days[line.mid.size() - 1] >= make_date(2014, 3, 20).days - document.start.days);
  REQUIRE(chart.marks.size() == 4);
  CHECK(chart.marks[1].day == make_date(2012, 3, 29).days - document.start.days);
  CHECK(chart.marks[1].value == 1e8);
  CHECK(chart.marks[1].low == Approx(0.9e8));
  CHECK(chart.marks[1].high == Approx(1.1e8));
  CHECK(chart.marks[1].days == 30);
  CHECK_FALSE(chart.marks[1].hollow);
  CHECK(chart.marks[3].hollow);
  CHECK(chart.marks[1].label == "record, fitted: the model is -13 %, met, 5 days late");
  CHECK(chart.table.rows[1][6] == "met, 5 days late");
}

TEST_CASE("a target without a trajectory is joined from its values", "[calibration]") {
  const PageDocument document = calibration_document(recorded(made_calibration()));
  const Line& line = chart_of(document, "fit_weibo_ad_revenue").lines.at(0);
  CHECK(line.inner_low.empty());
  const double first = make_date(2012, 12, 31).days - document.start.days, last = first + 365;
  const std::vector<double> models = {5.0216e7, 1.33515e8};
  for (std::size_t i = 0; i < line.mid.size(); ++i) {
    const double day = document.days[i];
    if (day < first || day > last)
      CHECK(std::isnan(line.mid[i]));
    else
      CHECK(line.mid[i] == Approx(models[0] + (day - first) / 365 * (models[1] - models[0])).epsilon(1e-3));
  }
}

TEST_CASE("forecasts go on to the end, with baselines in dashes", "[calibration]") {
  const CalibrationResult result = made_calibration();
  const PageDocument document = calibration_document(recorded(result));
  const Chart& chart = chart_of(document, "forecast_wechat_mau");
  REQUIRE(chart.lines.size() == 4);
  std::set<int> dashes, colours;
  for (const Line& line : chart.lines) {
    CHECK(line.mid.size() == document.days.size());
    dashes.insert(line.dash), colours.insert(line.platform);
  }
  CHECK(dashes == std::set<int>{no_index, 1, 2, 3});
  CHECK(colours.size() == 4);
  CHECK(chart.marks.size() == 6);  // 31 December 2013 is a row of the record and of the forecast, and stands once
  CHECK(chart.table.head[4] == "Bass diffusion");
  CHECK(chart.table.rows.size() == 4);
  CHECK(chart_of(document, "forecast_weibo_ad_revenue").lines.size() == 2);
}

TEST_CASE("parameters stand within their priors, on the priors' own scale", "[calibration]") {
  const PageDocument document = calibration_document(recorded(made_calibration()));
  const Chart& chart = chart_of(document, "parameters");
  CHECK(chart.ranges);
  const Estimate log_scale = chart.rows[0].values[0], linear = chart.rows[1].values[0];
  CHECK(log_scale.value == Approx(std::log(1.9 / 0.13) / std::log(7.9 / 0.13)));
  CHECK(linear.value == Approx((0.62 - 0.05) / 0.9));
  CHECK(chart.rows[0].texts == std::vector<std::string>{"1.9 [1.69, 2.62] a year"});
  CHECK(chart.rows[3].label == "drag rate (not identified)");
  const Estimate coverage = chart_of(document, "coverage").rows[0].values[0];
  CHECK(coverage.value == 0.86);
  CHECK(coverage.low == Approx(0.7786).epsilon(1e-3));  // Wilson's interval of 86 of 100
  CHECK(coverage.high == Approx(0.9147).epsilon(1e-3));
}

TEST_CASE("residuals are in tolerances, the farthest first", "[calibration]") {
  const PageDocument document = calibration_document(recorded(made_calibration()));
  const Chart &fitted = chart_of(document, "residuals"), &predicted = chart_of(document, "residuals_predicted");
  CHECK(fitted.rows.size() == 10);
  CHECK(predicted.rows.size() == 8);
  CHECK(fitted.rows[0].label == "30 Jun 2012: wechat mau");
  CHECK(fitted.rows[0].values[0].value == Approx(-2.364).epsilon(1e-3));
  for (std::size_t i = 1; i < fitted.rows.size(); ++i)
    CHECK(std::abs(fitted.rows[i].values[0].value) <= std::abs(fitted.rows[i - 1].values[0].value));
}

TEST_CASE("variants are ordered by their evidence, and lose targets", "[calibration]") {
  const CalibrationResult result = made_calibration();
  const PageDocument document = calibration_document(recorded(result));
  const Chart& bars = chart_of(document, "variants");
  CHECK(bars.rows[0].label == "Without contact import");
  CHECK(bars.rows[0].values[0].value == Approx(result.variants[3].fit.bic - result.bic));
  CHECK(bars.rows[0].texts[0] == "+76.2");
  CHECK(bars.table.rows[0][6] == "“WeChat, monthly active accounts”");
  const Chart& cells = chart_of(document, "patterns");
  CHECK(cells.axes[0].labels == std::vector<std::string>{"this calibration", "no drag", "no ads", "no habit", "no import"});
  CHECK(cells.cells.size() == 25);
  CHECK(cells.cells[0] == Approx(1.69));
  CHECK(cells.cells[4] == Approx(3.60));
}

TEST_CASE("marks, inner bands, dashes, ranges and tables are in the page's document", "[calibration]") {
  const Json json = Json::parse(page_json(calibration_document(recorded(made_calibration()))));
  const Json& fit = json.at("sections").at(0).at("charts").at(0);
  CHECK(fit.at("lines").at(0).at("world").is_null());
  CHECK(fit.at("lines").at(0).at("inner_low").size() == fit.at("lines").at(0).at("mid").size());
  CHECK_FALSE(fit.at("lines").at(0).contains("dash"));
  CHECK(fit.at("marks").at(0).at("value") == 85000000);
  CHECK(fit.at("marks").at(0).at("hollow") == false);
  CHECK(fit.at("mark_names") == Json({"record, fitted", "record, not fitted", "tolerance"}));
  CHECK(fit.at("table").at("rows").size() == 6);
  CHECK(json.at("sections").at(2).at("charts").at(0).at("ranges") == true);
  CHECK(json.at("sections").at(2).at("charts").at(0).at("rows").at(0).at("role") == "main");
  CHECK(json.at("sections").at(3).at("charts").at(1).at("cell_name") == "root mean square");
  CHECK(json.at("sections").at(4).at("charts").at(0).at("lines").at(1).at("dash") == 1);
}

TEST_CASE("a calibration of almost nothing has a page too", "[calibration]") {
  CalibrationResult nothing;
  nothing.title = "nothing";
  const PageDocument document = calibration_document(recording_of(nothing));
  CHECK(document.sections.empty());
  CHECK(document.answer == "There are no data.");
  CalibrationResult rows = made_calibration();
  rows.dates.clear();
  for (CalibratedTarget& target : rows.targets) target.trajectory.clear();
  const PageDocument joined = calibration_document(recording_of(rows));
  CHECK(joined.start == make_date(2011, 12, 31));
  CHECK(chart_of(joined, "fit_weibo_mau").lines.at(0).mid.size() == chart_of(joined, "fit_wechat_mau").lines.at(0).mid.size());
}
