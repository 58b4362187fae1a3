#include "analysis/growth_curves.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "base/error.hpp"

using namespace spillway;
using Catch::Contains;

namespace {
const Date launch = make_date(2010, 1, 1);

double years(Date date) { return (date.days - launch.days) / days_per_year; }

double bass(double m, double p, double q, double t) { return m * (1 - std::exp(-(p + q) * t)) / (1 + q / p * std::exp(-(p + q) * t)); }
double logistic(double m, double r, double t0, double t) { return m / (1 + std::exp(-r * (t - t0))); }

/// Half-yearly from the middle of the first year.
template <class Curve>
std::vector<DatedValue> series(std::size_t count, const Curve& curve) {
  std::vector<DatedValue> values;
  for (std::size_t i = 0; i < count; ++i) {
    const Date date = i % 2 == 0 ? make_date(2010 + static_cast<int>(i / 2), 7, 1) : make_date(2011 + static_cast<int>(i / 2), 1, 1);
    values.push_back({date, curve(years(date))});
  }
  return values;
}

struct Known {
  double m, first, second;
};

void check_parameters(const FittedCurve& found, const Known& known) {
  CAPTURE(known.m, known.first, known.second);
  CHECK(found.parameters.at(0) == Approx(known.m).epsilon(1e-3));
  CHECK(found.parameters.at(1) == Approx(known.first).epsilon(1e-3));
  CHECK(found.parameters.at(2) == Approx(known.second).epsilon(1e-3));
  CHECK(found.deviation < 1e-5);
  CHECK(found.origin == launch);
}
}  // namespace

TEST_CASE("Bass's parameters come back from his curve", "[growth_curves]") {
  // Slow and fast; imitation or none to speak of; before and long after the steepest growth.
  for (const Known known : {Known{5e8, 0.03, 0.38}, Known{5e8, 0.001, 2.5}, Known{2e8, 0.3, 0.1}, Known{1e6, 0.0001, 4.0}}) {
    const auto values = series(8, [&](double t) { return bass(known.m, known.first, known.second, t); });
    const FittedCurve found = fit_curve(GrowthCurve::bass, values, launch, 1e9);
    check_parameters(found, known);
    CHECK(found.ceiling_given == 0);
    for (const DatedValue& v : values) CHECK(found.at(v.date) == Approx(v.value).epsilon(1e-4));
    const Date later = make_date(2016, 3, 1);
    CHECK(found.at(later) == Approx(bass(known.m, known.first, known.second, years(later))).epsilon(1e-3));
    CHECK(found.at(launch) == 0);
    CHECK(found.at(make_date(2009, 1, 1)) == 0);
  }
}

TEST_CASE("Verhulst's parameters come back from his curve", "[growth_curves]") {
  for (const Known known : {Known{5e8, 1.5, 2.0}, Known{3e8, 4.0, 1.2}, Known{8e8, 0.8, 4.5}, Known{1e7, 1.0, -0.5}}) {
    const auto values = series(8, [&](double t) { return logistic(known.m, known.first, known.second, t); });
    const FittedCurve found = fit_curve(GrowthCurve::logistic, values, launch, 1e9);
    check_parameters(found, known);
    const Date later = make_date(2016, 3, 1);
    CHECK(found.at(later) == Approx(logistic(known.m, known.first, known.second, years(later))).epsilon(1e-3));
  }
}

TEST_CASE("two values and a ceiling make a curve through both", "[growth_curves]") {
  const std::vector<DatedValue> values{{make_date(2011, 11, 1), 5e7}, {make_date(2012, 9, 17), 2e8}};
  for (const GrowthCurve curve : {GrowthCurve::bass, GrowthCurve::logistic}) {
    const FittedCurve found = fit_curve(curve, values, launch, 6e8);
    CHECK(found.parameters.at(0) == Approx(6e8));
    CHECK(found.ceiling_given == 6e8);
    CHECK(found.deviation < 1e-6);
    for (const DatedValue& v : values) CHECK(found.at(v.date) == Approx(v.value).epsilon(1e-5));
    CHECK(found.at(make_date(2030, 1, 1)) == Approx(6e8));
  }
}

TEST_CASE("three values and a ceiling: two parameters by least squares", "[growth_curves]") {
  auto values = series(3, [](double t) { return logistic(4e8, 2.0, 1.5, t); });
  CHECK(fit_curve(GrowthCurve::logistic, values, launch, 4e8).parameters.at(1) == Approx(2.0).epsilon(1e-3));
  values[1].value *= 1.1;
  const FittedCurve found = fit_curve(GrowthCurve::logistic, values, launch, 4e8);
  const auto squares = [&](double r, double t0) {
    double sum = 0;
    for (const DatedValue& v : values) sum += std::pow(std::log(v.value / logistic(4e8, r, t0, years(v.date))), 2);
    return sum;
  };
  const double r = found.parameters.at(1), t0 = found.parameters.at(2), least = squares(r, t0);
  CHECK(found.deviation == Approx(std::sqrt(least / 3)));
  CHECK(found.deviation > 0.01);
  for (const double step : {-0.01, 0.01}) {
    CHECK(squares(r + step, t0) > least);
    CHECK(squares(r, t0 + step) > least);
    CHECK(squares(r + step, t0 + step) > least);
    CHECK(squares(r + step, t0 - step) > least);
  }
}

TEST_CASE("a growth curve's ceiling is not passed", "[growth_curves]") {
  const auto values = series(8, [](double t) { return 1e6 * std::exp(1.2 * t); });  // no end of it in sight: 67 million at the last
  for (const GrowthCurve curve : {GrowthCurve::bass, GrowthCurve::logistic}) {
    const FittedCurve found = fit_curve(curve, values, launch, 2e8);
    CHECK(found.parameters.at(0) <= 2e8 * (1 + 1e-12));
    CHECK(found.parameters.at(0) == Approx(2e8));
    CHECK(found.ceiling_given == 0);
    CHECK(fit_curve(curve, values, launch, 1e8).deviation > 1.01 * found.deviation);
    CHECK(fit_curve(curve, values, launch, 4e8).deviation < 0.99 * found.deviation);
  }
}

TEST_CASE("last growth goes on by the year", "[growth_curves]") {
  const std::vector<DatedValue> values{{make_date(2011, 1, 1), 7}, {make_date(2012, 1, 1), 100}, {make_date(2013, 1, 1), 150}};
  const FittedCurve found = fit_curve(GrowthCurve::last_growth, values, launch, 1e9);
  CHECK(found.origin == values[2].date);
  CHECK(found.parameters.at(0) == 150);
  CHECK(found.parameters.at(1) == Approx(std::pow(1.5, days_per_year / 366)));
  CHECK(found.at(values[2].date) == 150);
  CHECK(found.at(values[1].date) == Approx(100));
  CHECK(found.at(make_date(2014, 1, 2)) == Approx(225));  // 366 days
  CHECK(found.deviation == Approx(std::log(100 / std::pow(1.5, 365.0 / 366) / 7) / std::sqrt(3)));
}

TEST_CASE("growth curves are the same bits again", "[growth_curves]") {
  auto values = series(6, [](double t) { return bass(5e8, 0.01, 1.8, t); });
  values[2].value *= 1.2;
  values[4].value *= 0.9;
  for (const GrowthCurve curve : growth_curves)
    CHECK(fit_curve(curve, values, launch, 9e8).parameters == fit_curve(curve, values, launch, 9e8).parameters);
}

TEST_CASE("growth curves say what they cannot be laid through", "[growth_curves]") {
  const Date a = make_date(2011, 1, 1), b = make_date(2012, 1, 1);
  const std::vector<DatedValue> one{{a, 5}}, zero{{a, 5}, {b, 0}}, missing{{a, std::nan("")}, {b, 1}}, back{{b, 5}, {a, 6}},
      twice{{a, 5}, {a, 6}};
  for (const GrowthCurve curve : growth_curves) {
    const std::string name(to_text(curve));
    CHECK_THROWS_WITH(fit_curve(curve, one, launch, 10), Contains(name + ": 1 values; at least 2"));
    CHECK_THROWS_WITH(fit_curve(curve, zero, launch, 10), Contains("2012-01-01 is 0, not positive"));
    CHECK_THROWS_WITH(fit_curve(curve, missing, launch, 10), Contains("is nan, not positive"));
    CHECK_THROWS_WITH(fit_curve(curve, back, launch, 10), Contains("2011-01-01 follows 2012-01-01"));
    CHECK_THROWS_AS(fit_curve(curve, twice, launch, 10), InputError);
  }
  const std::vector<DatedValue> good{{a, 5}, {b, 6}};
  CHECK_THROWS_WITH(fit_curve(GrowthCurve::bass, good, a, 10), Contains("not after the launch, 2011-01-01"));
  CHECK_NOTHROW(fit_curve(GrowthCurve::logistic, good, b, 10));
  CHECK_THROWS_WITH(fit_curve(GrowthCurve::logistic, good, launch, 0), Contains("ceiling of 0"));
  CHECK_NOTHROW(fit_curve(GrowthCurve::last_growth, good, launch, 0));
}
