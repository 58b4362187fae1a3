// From outcomes of runs to residuals in deviations of the data.
#include "analysis/targets.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "analysis/misfits.hpp"

using namespace spillway;

namespace {
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
const Date start = *parse_date("2010-01-01");

Outcome of(const std::string& observable) {
  Outcome outcome;
  outcome.text = observable + ".a";
  outcome.observable = observable;
  outcome.labels = {"a"};
  return outcome;
}

TargetRow row(const std::string& date, double value) { return {*parse_date(date), value, "", ""}; }

Target target(const std::string& name, ToleranceKind kind, double tolerance, std::vector<TargetRow> rows) {
  Target t;
  t.name = name;
  t.outcome = of("members");
  t.kind = kind;
  t.tolerance = tolerance;
  t.rows = std::move(rows);
  return t;
}

/// Two rows by value (one after the end of the fit), a ratio, one by date.
Calibration four() {
  Calibration c;
  c.targets.push_back(target("members", ToleranceKind::relative, 0.1, {row("2010-12-31", 100), row("2011-12-31", 200)}));
  c.targets.push_back(target("daily", ToleranceKind::absolute, 0.03, {row("2010-12-31", 0.5)}));
  c.targets[1].outcome = of("daily_active_users");
  c.targets[1].over = of("members");
  c.targets.push_back(target("hundred", ToleranceKind::days, 30, {row("2010-12-31", 100)}));
  c.fit_until = *parse_date("2010-12-31");
  return c;
}
}  // namespace

TEST_CASE("targets ask runs for what they need, and for each number once") {
  const Calibration c = four();
  const Targets targets(c, start);
  REQUIRE(targets.size() == 4);
  REQUIRE(targets.outcomes().size() == 4);  // the ratio's denominator is the first row's number
  CHECK(targets.outcomes()[0].text == "members.a@2010-12-31");
  CHECK(targets.outcomes()[0].name == "members_2010_12_31");
  CHECK(targets.outcomes()[2].text == "daily_active_users.a@2010-12-31");
  CHECK(targets.outcomes()[3].text == "members.a.first_above(100)");
  CHECK(targets.outcomes()[3].statistic == Statistic::first_above);
}

TEST_CASE("rows after the fit's end, and those without a weight, do not count") {
  Calibration c = four();
  c.targets[1].weight = 0;
  const Targets targets(c, start);
  CHECK(targets.weight(0) == 1);
  CHECK(targets.weight(1) == 0);
  CHECK(targets.weight(2) == 0);
  CHECK(targets.fitted() == 2);
}

TEST_CASE("residuals are in half tolerances, on logarithms where the tolerance is relative") {
  const Calibration c = four();
  const Targets targets(c, start);
  const std::vector<double> outcomes{110, 150, 55, 394};  // the 30th of January 2011 is day 394
  const std::vector<double> values = targets.values(outcomes), r = targets.residuals(outcomes);
  CHECK(values == std::vector<double>{110, 150, 0.5, 394});
  CHECK(r[0] == Approx(std::log(1.1) / 0.05));
  CHECK(r[1] == Approx(std::log(0.75) / 0.05));
  CHECK(r[2] == Approx(0).margin(1e-12));
  CHECK(r[3] == Approx(30 / 15.0));
  for (std::size_t i = 0; i < 4; ++i) CHECK(targets.value_at(i, r[i]) == Approx(values[i]));
  CHECK(misfit(targets, r) == Approx(r[0] * r[0] + r[2] * r[2] + r[3] * r[3]));  // the second row is predicted
}

TEST_CASE("what is not there is far or unknown, never near") {
  const Calibration c = four();
  const Targets targets(c, start);
  const std::vector<double> r = targets.residuals(std::vector<double>{0, unknown, 1, unknown});
  CHECK(r[0] == -farthest);
  CHECK(std::isnan(r[1]));
  CHECK(std::isnan(r[2]));
  CHECK(r[3] == farthest);
  CHECK(misfit(targets, r) == Approx(3 * farthest * farthest));
  CHECK(targets.residual(0, 1e9) == farthest);
}

TEST_CASE("a row is met within its tolerance, or soon enough where that counts") {
  Calibration c = four();
  c.targets[0].or_days = 20;
  const Targets targets(c, start);
  REQUIRE(targets.outcomes().size() == 5);
  CHECK(targets.met(0, 109.9, unknown));
  CHECK(!targets.met(0, 110.1, unknown));
  CHECK(targets.met(0, 150, -20));
  CHECK(!targets.met(0, 150, 20.5));
  const std::vector<double> outcomes{150, 370, 150, 394, 70};  // each row's value and the day that it is reached, then the ratio's
  CHECK(targets.days_late(0, outcomes) == Approx(370 - 364));
  CHECK(std::isnan(targets.days_late(2, outcomes)));
}

TEST_CASE("misfits by surfaces are those of the runs where residuals are polynomials") {
  Calibration c;
  c.targets.push_back(target("members", ToleranceKind::relative, 0.1, {row("2010-12-31", 100), row("2011-12-31", 200)}));
  const Targets targets(c, start);
  const auto residuals = [](std::span<const double> u) { return std::vector<double>{4 * u[0] - 2, 8 * u[1] * u[1] - 2}; };
  Matrix points = sobol_points(64, 2, 1), rows{2, {}};
  for (std::size_t p = 0; p < 64; ++p)
    for (const double r : residuals(points.row(p))) rows.values.push_back(r);
  Misfits misfits(targets, points, rows);
  const std::vector<double> at{0.25, 0.75}, exact = residuals(at);
  const std::vector<double> found = misfits.residuals(at);
  for (std::size_t i = 0; i < 2; ++i) CHECK(found[i] == Approx(exact[i]));
  CHECK(misfits.error(0) == Approx(0).margin(1e-9));
  CHECK(misfits.widened(at) == Approx(misfit(targets, exact)));
  CHECK(misfits.widened(at, std::vector<double>{-1, 0}) == Approx(0 + exact[1] * exact[1]).margin(1e-9));
  CHECK(misfits.implausibility(at) == Approx(std::max(std::abs(exact[0]), std::abs(exact[1]))));
  misfits.set_best(std::vector<double>{0.5, 0.75});  // which misses the second row by 2.5 deviations
  CHECK(misfits.implausibility(at) == Approx(std::max(1.0, 2.5 / std::sqrt(1 + 2.5 * 2.5))));
  CHECK(misfits.inside(at));
  CHECK(!misfits.inside(std::vector<double>{0.5, 1.0}));
}
