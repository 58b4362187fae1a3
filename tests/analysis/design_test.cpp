#include "analysis/design.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "base/date.hpp"
#include "base/error.hpp"
#include "support/sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
std::vector<double> row_of(const Matrix& points, std::size_t i) { return {points.row(i).begin(), points.row(i).end()}; }

Study lists(DesignKind kind, std::vector<std::vector<double>> values) {
  Study study;
  for (std::size_t j = 0; j < values.size(); ++j)
    study.factors.push_back(list_factor(std::string(1, static_cast<char>('a' + j)), values[j]));
  study.design.kind = kind;
  return study;
}

std::size_t columns_that_differ(const Matrix& points, std::size_t i, std::size_t j) {
  std::size_t count = 0;
  for (std::size_t c = 0; c < points.columns; ++c) count += points.row(i)[c] != points.row(j)[c];
  return count;
}
}  // namespace

TEST_CASE("a grid has all combinations, the last factor fastest", "[design]") {
  const Study study = lists(DesignKind::grid, {{3, 1}, {10, 20, 30}});
  const Matrix points = design_points(study, {});
  CHECK(design_rows(study) == 6);
  CHECK(points.values == std::vector<double>{3, 10, 3, 20, 3, 30, 1, 10, 1, 20, 1, 30});
}

TEST_CASE("a list takes the i-th of each, one at a time starts from the base", "[design]") {
  CHECK(design_points(lists(DesignKind::list, {{3, 1}, {10, 20}}), {}).values == std::vector<double>{3, 10, 1, 20});
  const Study study = lists(DesignKind::one_at_a_time, {{3, 1}, {10}});
  CHECK(design_rows(study) == 4);
  CHECK(design_points(study, std::vector<double>{7, 8}).values == std::vector<double>{7, 8, 3, 8, 1, 8, 7, 10});
  CHECK_THROWS_WITH(design_points(study, std::vector<double>{7, std::nan("")}), Catch::Contains("'b' has none there"));
}

TEST_CASE("designs and distributions that do not go together are refused, all at once", "[design]") {
  using Catch::Contains;
  CHECK_THROWS_WITH(design_rows(lists(DesignKind::list, {{1, 2}, {1, 2, 3}})), Contains("'a' has 2 values, 'b' has 3"));
  Study study = uniform_study(2, 0, 1, {});
  CHECK_THROWS_WITH(design_rows(study), Contains("x1: design grid needs a list of values, and this is uniform") && Contains("x2: "));
  study.design = sampled(DesignKind::sobol, 0);
  CHECK_THROWS_WITH(design_rows(study), Contains("give samples of at least 1"));
  study.design = morris(0);
  CHECK_THROWS_WITH(design_rows(study), Contains("give trajectories of at least 1"));
  study.design = morris(4, 5);
  CHECK_THROWS_WITH(design_points(study, {}), Contains("even number of levels, not 5"));
  study.design = sampled(DesignKind::random, 10);
  study.factors[0].distribution = {DistributionKind::loguniform, 0, 1, 0, 0, {}};
  study.factors[1].distribution = {DistributionKind::normal, 0, 1, 90, 2, {}};
  CHECK_THROWS_WITH(design_points(study, {}), Contains("loguniform needs ends above 0") && Contains("nothing of normal with mean 90"));
  study.factors[0] = uniform_factor("w", 0.2, 0.8);
  study.factors[0].kind = FactorKind::whole;
  study.factors[1].distribution = {DistributionKind::values, 0, 0, 0, 0, {}};
  CHECK_THROWS_WITH(design_points(study, {}), Contains("no whole number from 0.2 to 0.8") && Contains("its list of values is empty"));
  CHECK_THROWS_WITH(design_rows(lists(DesignKind::grid, std::vector(12, std::vector<double>(100, 1.0)))), Contains("too many rows"));
  CHECK_THROWS_WITH(design_rows(Study{}), Contains("at least one lever"));
  CHECK_THROWS_AS(sobol_points(2, 3668, {}), InputError);
  CHECK(sobol_points(2, 3667, {}).rows() == 2);
}

TEST_CASE("a latin hypercube has one point in every stratum of each column", "[design]") {
  for (const std::size_t rows : {1U, 2U, 7U, 1000U}) {
    const Matrix points = latin_hypercube(rows, 5, 42);
    for (std::size_t j = 0; j < 5; ++j) {
      std::set<std::size_t> strata;
      for (std::size_t i = 0; i < rows; ++i) {
        const double u = points.row(i)[j];
        CHECK((u > 0 && u < 1));
        strata.insert(static_cast<std::size_t>(u * static_cast<double>(rows)));
      }
      CHECK(strata.size() == rows);
    }
  }
  CHECK(latin_hypercube(50, 3, 1).values == latin_hypercube(50, 3, 1).values);
  CHECK(latin_hypercube(50, 3, 1).values != latin_hypercube(50, 3, 2).values);
  CHECK(latin_hypercube(50, 3, 1).values != latin_hypercube(50, 3, 1 + (1ULL << 32)).values);  // both halves of a seed count
}

// Columns are shuffled independently: a correlation of n uniform pairs has deviation 1 / sqrt(n - 1); ten pairs, bound for 1e-6 of each.
TEST_CASE("columns of random points and latin hypercubes are not correlated", "[design]") {
  const std::size_t rows = 2000;
  for (const Matrix& points : {random_points(rows, 5, 3), latin_hypercube(rows, 5, 3)})
    for (std::size_t a = 0; a < 5; ++a)
      for (std::size_t b = 0; b < a; ++b) {
        double sum = 0;
        for (std::size_t i = 0; i < rows; ++i) sum += 12 * (points.row(i)[a] - 0.5) * (points.row(i)[b] - 0.5) / rows;
        CHECK(std::abs(sum) < 4.9 / std::sqrt(rows - 1.0));
      }
}

// chi-squared of 64 cells: mean 63, deviation sqrt(126); bound for about 1e-6 by Wilson and Hilferty (z = 4.75).
TEST_CASE("random points are uniform", "[design]") {
  const Matrix points = random_points(64000, 2, 5);
  for (std::size_t j = 0; j < 2; ++j) {
    std::vector<double> cells(64, 0.0);
    for (std::size_t i = 0; i < points.rows(); ++i) ++cells[static_cast<std::size_t>(64 * points.row(i)[j])];
    double chi = 0;
    for (const double n : cells) chi += (n - 1000) * (n - 1000) / 1000;
    CHECK(chi < 63 * std::pow(1 - 2.0 / (9 * 63) + 4.75 * std::sqrt(2.0 / (9 * 63)), 3));
  }
}

TEST_CASE("Sobol's sequence starts at the origin, unless it is shifted", "[design]") {
  const Matrix plain = sobol_points(5, 2, {});
  CHECK(plain.values == std::vector<double>{0, 0, 0.5, 0.5, 0.75, 0.25, 0.25, 0.75, 0.375, 0.375});
  const Matrix shifted = sobol_points(256, 4, 7);
  for (std::size_t j = 0; j < 4; ++j) {  // 2^m shifted points are still one in each stratum
    std::set<std::size_t> strata;
    for (std::size_t i = 0; i < 256; ++i) {
      CHECK((shifted.row(i)[j] > 0 && shifted.row(i)[j] < 1));
      strata.insert(static_cast<std::size_t>(256 * shifted.row(i)[j]));
    }
    CHECK(strata.size() == 256);
  }
  CHECK(row_of(shifted, 0) != row_of(sobol_points(1, 4, 8), 0));
}

// SALib's documentation: saltelli N(2k + 2), without second order N(k + 2); morris r(k + 1). With its example N = 1024, k = 3: 8192 rows.
TEST_CASE("sample sizes are those that SALib publishes", "[design]") {
  CHECK(design_rows(uniform_study(3, 0, 1, saltelli(1024, true))) == 8192);
  CHECK(design_rows(uniform_study(3, 0, 1, saltelli(1024, false))) == 5120);
  CHECK(design_rows(uniform_study(3, 0, 1, morris(1000))) == 4000);
  CHECK(design_rows(uniform_study(8, 0, 1, saltelli(256, true))) == 4608);
  CHECK(design_points(uniform_study(3, 0, 1, saltelli(8, true)), {}).rows() == 64);
  CHECK(design_points(uniform_study(1, 0, 1, saltelli(8, true)), {}).rows() == 32);
}

TEST_CASE("Saltelli's rows mix A and B in SALib's order", "[design]") {
  const std::size_t k = 3;
  const Matrix base = sobol_points(16, 2 * k, 9);
  for (const bool second : {false, true}) {
    const Matrix points = saltelli_points(16, k, second, 9);
    const std::size_t block = second ? 2 * k + 2 : k + 2;
    for (std::size_t n = 0; n < 16; ++n) {
      const auto a = base.row(n).first(k), b = base.row(n).last(k);
      CHECK(row_of(points, n * block) == std::vector<double>(a.begin(), a.end()));
      CHECK(row_of(points, n * block + block - 1) == std::vector<double>(b.begin(), b.end()));
      for (std::size_t j = 0; j < k; ++j)
        for (std::size_t c = 0; c < k; ++c) {
          CHECK(points.row(n * block + 1 + j)[c] == (c == j ? b[c] : a[c]));
          if (second) CHECK(points.row(n * block + 1 + k + j)[c] == (c == j ? a[c] : b[c]));
        }
    }
  }
}

TEST_CASE("Morris's rows move each column once, by half the levels", "[design]") {
  const std::size_t k = 6, trajectories = 50;
  for (const std::size_t levels : {2U, 4U, 6U}) {
    const Matrix points = morris_points(trajectories, k, levels, 3);
    const double step = static_cast<double>(levels) / (2.0 * static_cast<double>(levels - 1));
    std::vector<std::size_t> met(levels, 0);
    for (std::size_t t = 0; t < trajectories; ++t) {
      std::set<std::size_t> moved;
      for (std::size_t i = t * (k + 1); i < (t + 1) * (k + 1); ++i) {
        for (const double u : points.row(i)) ++met[static_cast<std::size_t>(std::lround(u * static_cast<double>(levels - 1)))];
        if (i == t * (k + 1)) continue;
        CHECK(columns_that_differ(points, i, i - 1) == 1);
        for (std::size_t c = 0; c < k; ++c)
          if (const double d = points.row(i)[c] - points.row(i - 1)[c]; d != 0) {
            CHECK(std::abs(d) == Approx(step).epsilon(1e-12));
            moved.insert(c);
          }
      }
      CHECK(moved.size() == k);
    }
    // Of each pair of levels half the steps apart one comes before the step and one after: 300 columns, each pair as likely.
    for (const std::size_t n : met) CHECK(n > 0);
  }
}

TEST_CASE("Morris's levels reach the ends of a range, and spread over normal and listed values", "[design]") {
  Study study = uniform_study(4, 10, 20, morris(40));
  study.factors[1].distribution = {DistributionKind::normal, 0, std::numeric_limits<double>::infinity(), 9, 1, {}};
  study.factors[2] = list_factor("list", {3, 1, 2});
  study.factors[3].kind = FactorKind::whole;
  const Matrix points = design_points(study, {});
  std::vector<std::set<double>> met(4);
  for (std::size_t i = 0; i < points.rows(); ++i)
    for (std::size_t j = 0; j < 4; ++j) met[j].insert(points.row(i)[j]);
  CHECK(met[0] == std::set<double>{10, 10 + 1.0 / 3 * 10, 10 + 2.0 / 3 * 10, 20});
  REQUIRE(met[1].size() == 4);
  CHECK(*met[1].begin() == Approx(9 - 1.1503493804).epsilon(1e-9));  // the normal quantile of 1/8
  CHECK(*met[1].rbegin() == Approx(9 + 1.1503493804).epsilon(1e-9));
  CHECK(met[2] == std::set<double>{1, 2, 3});
  CHECK(met[3] == std::set<double>{10, 13, 17, 20});
}

TEST_CASE("quantiles of whole numbers, dates, words and lists", "[design]") {
  Factor factor = uniform_factor("n", 1, 4);
  factor.kind = FactorKind::whole;
  std::vector<int> count(5, 0);
  for (int i = 0; i < 400; ++i) ++count[static_cast<std::size_t>(quantile_of(factor, (i + 0.5) / 400))];
  CHECK(count == std::vector<int>{0, 100, 100, 100, 100});
  CHECK(quantile_of(factor, 0) == 1);
  CHECK(quantile_of(factor, 1) == 4);
  factor.distribution = {DistributionKind::loguniform, 1, 100, 0, 0, {}};
  CHECK(quantile_of(factor, 0.5) == 10);
  CHECK(quantile_of(factor, 0.55) == 13);  // 12.59
  factor.distribution = {DistributionKind::normal, 0.5, 3.5, 2, 5, {}};
  CHECK(quantile_of(factor, 0) == 1);
  CHECK(quantile_of(factor, 1) == 3);
  Factor dates = uniform_factor("on", make_date(2012, 1, 1).days, make_date(2014, 12, 31).days);
  dates.kind = FactorKind::date;
  CHECK(quantile_of(dates, 0) == make_date(2012, 1, 1).days);
  CHECK(quantile_of(dates, 0.999999) == make_date(2014, 12, 31).days);
  CHECK(quantile_of(dates, 0.5) == make_date(2013, 7, 2).days);
  const Factor list = list_factor("l", {3, 1, 2, 1});
  CHECK(quantile_of(list, 0) == 1);
  CHECK(quantile_of(list, 0.49) == 1);
  CHECK(quantile_of(list, 0.5) == 2);
  CHECK(quantile_of(list, 1) == 3);
}

TEST_CASE("a normal distribution is cut off where it must be, and never infinite", "[design]") {
  constexpr double inf = std::numeric_limits<double>::infinity();
  Factor factor = uniform_factor("n", 0, 0);
  factor.distribution = {DistributionKind::normal, -inf, inf, 9, 2, {}};
  CHECK(quantile_of(factor, 0.5) == 9);
  CHECK(quantile_of(factor, 0) == Approx(9 - 2 * 6.337957754553796).epsilon(1e-12));  // the quantile of 2^-33
  CHECK(quantile_of(factor, 1) == Approx(9 + 2 * 6.337957754553796).epsilon(1e-12));
  factor.distribution.low = 9;  // the upper half
  CHECK(quantile_of(factor, 0) == 9);
  CHECK(quantile_of(factor, 0.5) == Approx(9 + 2 * 0.6744897501960817).epsilon(1e-12));
  factor.distribution = {DistributionKind::normal, 19, 21, 9, 1, {}};  // ten deviations out
  CHECK(quantile_of(factor, 0) == 19);
  CHECK(quantile_of(factor, 1) == 21);
  double before = 19;
  for (int i = 1; i < 100; ++i) {
    const double x = quantile_of(factor, i / 100.0);
    CHECK((x > before && x < 21));
    before = x;
  }
}
