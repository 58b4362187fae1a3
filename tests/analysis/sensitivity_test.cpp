#include "analysis/sensitivity.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "support/prcc_table.hpp"
#include "support/sweeps.hpp"
#include "support/test_functions.hpp"

using namespace spillway;
using namespace spillway::testing;
using Catch::Contains;

namespace {
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Recording sweep_of(const Study& study, const TestModel& model, std::size_t replicates = 1) {
  return made_sweep(study, design_points(study, {}), {{"y", model}}, replicates);
}

Sensitivity found(const Study& study, const TestModel& model, SensitivityOptions options = {}) {
  return sensitivity_of(sweep_of(study, model), options);
}

bool covers(const SensitivityIndex& index, double truth) { return index.low <= truth && truth <= index.high; }

/// Of 9 or 44 indices at once, so that 0.999 each leaves at most 1 or 5 in 100 to chance if rows were independent. Those of a shifted
/// Sobol sequence vary less, while the interval is made for independent ones.
SensitivityOptions sure() {
  SensitivityOptions options;
  options.confidence = 0.999;
  options.resamples = 10000;
  return options;
}

double linear(std::span<const double> x, std::size_t, std::size_t) { return 3 * x[0] - 2 * x[1] + 0.5 * x[2]; }

std::string all(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& s : sentences) text += s + "\n";
  return text;
}
}  // namespace

TEST_CASE("Ishigami's indices lie in their intervals", "[sensitivity]") {
  const Study study = uniform_study(3, -M_PI, M_PI, saltelli(1024, true));
  const Sensitivity s = found(
      study, [](auto x, auto, auto) { return Ishigami::value(x); }, sure());
  const OutcomeSensitivity& y = s.outcomes.at(0);
  const KnownIndices known = Ishigami::indices();
  CHECK(known.first[0] == Approx(0.3139).epsilon(1e-3));  // as the literature has them
  CHECK(known.first[1] == Approx(0.4424).epsilon(1e-3));
  CHECK(known.total[2] == Approx(0.2437).epsilon(1e-3));
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(covers(y.factors[i].first, known.first[i]));
    CHECK(covers(y.factors[i].total, known.total[i]));
  }
  REQUIRE(y.interactions.size() == 3);
  CHECK(y.interactions[1].first == "x1");
  CHECK(y.interactions[1].second == "x3");
  CHECK(covers(y.interactions[0].index, 0));
  CHECK(covers(y.interactions[1].index, Ishigami::pair_13()));
  CHECK(covers(y.interactions[2].index, 0));
  CHECK(y.mean == Approx(3.5).epsilon(0.02));
  CHECK(y.rows == 8192);
  CHECK(s.method == SensitivityMethod::sobol);
  CHECK(std::isnan(y.noise));
  CHECK(std::isnan(y.factors[0].mu.value));
}

TEST_CASE("the g-function's indices lie in their intervals", "[sensitivity]") {
  const GFunction g;
  const Study study = uniform_study(8, 0, 1, saltelli(1024, true));
  const OutcomeSensitivity y = found(
                                   study, [&](auto x, auto, auto) { return g.value(x); }, sure())
                                   .outcomes.at(0);
  const KnownIndices known = g.indices();
  CHECK(known.first[0] == Approx(0.716).epsilon(2e-3));
  CHECK(known.total[1] == Approx(0.242).epsilon(2e-3));
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(covers(y.factors[i].first, known.first[i]));
    CHECK(covers(y.factors[i].total, known.total[i]));
  }
  REQUIRE(y.interactions.size() == 28);
  std::size_t at = 0;
  for (std::size_t i = 0; i < 8; ++i)
    for (std::size_t j = i + 1; j < 8; ++j) CHECK(covers(y.interactions[at++].index, g.pair(i, j)));
}

TEST_CASE("Morris finds a linear model's slopes exactly, per whole range", "[sensitivity]") {
  Study study = uniform_study(3, 0, 1, morris(10, 6));
  study.factors[1] = uniform_factor("x2", 5, 7);
  const OutcomeSensitivity y = found(study, linear).outcomes.at(0);
  const double slopes[] = {3, -4, 0.5};
  for (std::size_t j = 0; j < 3; ++j) {
    const FactorInfluence& f = y.factors[j];
    CHECK(f.mu.value == Approx(slopes[j]).epsilon(1e-12));
    CHECK(f.mu_star.value == Approx(std::abs(slopes[j])).epsilon(1e-12));
    CHECK(f.sigma.value == Approx(0).margin(1e-12));
    CHECK(f.mu_star.low == Approx(std::abs(slopes[j])).epsilon(1e-12));
    CHECK(f.mu_star.high == Approx(std::abs(slopes[j])).epsilon(1e-12));
  }
  CHECK(y.rows == 40);
}

// x1 x2 in the unit cube: the effect of x1 is x2, of which the levels of 4 are 0, 1/3, 2/3, 1 and as likely, so its mean is 1/2 and its
// deviation sqrt(5 / 36). Of 400 trajectories the mean has a standard error of 0.0186; bound for 1e-6. Reversed, mu falls, mu* does not.
TEST_CASE("Morris sees interaction, and signs that cancel", "[sensitivity]") {
  const Study study = uniform_study(3, 0, 1, morris(400));
  const OutcomeSensitivity y =
      found(study, [](auto x, auto, auto) { return x[0] * x[1] + (x[2] - 0.5) * (x[1] > 0.5 ? 1 : -1); }).outcomes.at(0);
  CHECK(std::abs(y.factors[0].mu.value - 0.5) < 4.9 * std::sqrt(5.0 / 36 / 400));
  CHECK(std::abs(y.factors[0].sigma.value - std::sqrt(5.0 / 36)) < 4.9 * std::sqrt(5.0 / 36 / 800));  // flatter than normal: smaller error
  CHECK(std::abs(y.factors[2].mu.value) < 4.9 / 20);
  CHECK(y.factors[2].mu_star.value == Approx(1));
  CHECK(y.factors[2].mu_star.low == Approx(1));
}

TEST_CASE("Morris with lists, whole numbers, dates, and a factor that stands still", "[sensitivity]") {
  Study study = uniform_study(4, 0, 1, morris(12));
  study.factors[0] = list_factor("x1", {9, 5, 7});                       // larger is more, whatever the order
  study.factors[1] = list_factor("x2", {0, 1, 2, 3}, FactorKind::word);  // words by their place
  study.factors[2].kind = FactorKind::date;
  study.factors[2].distribution.high = 300;
  study.factors[3] = uniform_factor("x4", 2, 2);
  const OutcomeSensitivity y = found(study, [](auto x, auto, auto) { return x[0] + x[1] + x[2]; }).outcomes.at(0);
  CHECK(y.factors[0].mu.value > 0);
  CHECK(y.factors[1].mu.value == Approx(2 / (4.0 / 6)).epsilon(1e-12));  // half of four words a step
  CHECK(y.factors[2].mu.value == Approx(300).epsilon(1e-12));
  CHECK(y.factors[3].mu_star.value == 0);
}

TEST_CASE("partial rank correlations as NumPy and SciPy find them", "[sensitivity]") {
  Matrix points{3, {}};
  for (const auto& row : prcc_table()) points.values.insert(points.values.end(), row.begin(), row.begin() + 3);
  const Study study = uniform_study(3, 0, 1, sampled(DesignKind::file, 0));
  const Recording sweep = made_sweep(study, points, {{"y", [](auto, std::size_t p, auto) { return prcc_table()[p][3]; }}});
  const Sensitivity s = sensitivity_of(sweep, {});
  for (std::size_t j = 0; j < 3; ++j) CHECK(s.outcomes.at(0).factors[j].correlation.value == Approx(prcc_of_table[j]).epsilon(1e-10));
  CHECK_THAT(all(s.warnings), Contains("12 points are few for 3 factors"));
}

TEST_CASE("a monotone function of one factor has partial rank correlation 1, and the others 0", "[sensitivity]") {
  const Study study = uniform_study(4, 0, 1, sampled(DesignKind::latin_hypercube, 100));
  const OutcomeSensitivity y = found(study, [](auto x, auto, auto) { return -std::exp(9 * x[1]); }).outcomes.at(0);
  CHECK(y.factors[1].correlation.value == Approx(-1));
  CHECK(y.factors[1].correlation.low == Approx(-1));
  for (const std::size_t j : {0U, 2U, 3U}) CHECK(y.factors[j].correlation.value == Approx(0).margin(1e-6));
}

TEST_CASE("an outcome that never moves has indices of zero, and says so", "[sensitivity]") {
  const TestModel still = [](auto, auto, std::size_t r) { return 0.1 * static_cast<double>(r + 1); };
  for (const Design& design : {saltelli(8, true), morris(5), sampled(DesignKind::random, 60)}) {
    const Study study = uniform_study(3, 0, 1, design);
    const Sensitivity s = sensitivity_of(sweep_of(study, still, 3), {});
    const FactorInfluence& f = s.outcomes.at(0).factors.at(0);
    CHECK((design.kind == DesignKind::saltelli ? f.total : design.kind == DesignKind::morris ? f.mu_star : f.correlation).value == 0);
    CHECK(s.outcomes[0].interactions.size() == (design.kind == DesignKind::saltelli ? 3 : 0));
    CHECK_THAT(all(s.warnings), Contains("no factor moves it"));
  }
}

TEST_CASE("base rows, trajectories and points with a missing run are left out, and counted", "[sensitivity]") {
  const TestModel holes = [](auto x, std::size_t p, auto) { return p == 7 || p == 8 ? missing : linear(x, p, 0); };
  const Sensitivity sobol = found(uniform_study(3, 0, 1, saltelli(64, false)), holes);  // 5 points a row: points 7 and 8 are in one
  CHECK(sobol.outcomes.at(0).rows == 63 * 5);
  CHECK_THAT(all(sobol.warnings), Contains("y: 1 of 64 base rows are left out, as 2 points have no value."));
  CHECK(sobol.outcomes[0].factors[0].total.value == Approx(9 / 13.25).epsilon(0.1));
  const Sensitivity morrises = found(uniform_study(3, 0, 1, morris(6)), holes);  // 4 points a trajectory: in two
  CHECK(morrises.outcomes.at(0).rows == 16);
  CHECK(morrises.outcomes[0].factors[0].mu.value == Approx(3));
  CHECK_THAT(all(morrises.warnings), Contains("y: 2 of 6 trajectories are left out"));
  const Sensitivity prcc = found(uniform_study(3, 0, 1, sampled(DesignKind::latin_hypercube, 100)), holes);
  CHECK(prcc.outcomes.at(0).rows == 98);
  CHECK_THAT(all(prcc.warnings), Contains("y: 2 of 100 points are left out"));
}

TEST_CASE("samples that are too small are named", "[sensitivity]") {
  CHECK_THAT(all(found(uniform_study(3, 0, 1, morris(3)), linear).warnings), Contains("3 trajectories are too few"));
  CHECK_THAT(all(found(uniform_study(3, 0, 1, saltelli(16, false)), linear).warnings),
             Contains("16 base rows are few: the total index of x1 is") && Contains("Four times"));
  CHECK_THAT(all(found(uniform_study(3, 0, 1, saltelli(4096, false)), linear).warnings), !Contains("are few"));
  CHECK_THROWS_WITH(found(uniform_study(3, 0, 1, sampled(DesignKind::random, 5)), linear),
                    Contains("too few") && Contains("6 is the least"));
  CHECK_THROWS_WITH(found(uniform_study(3, 0, 1, saltelli(1, false)), linear), Contains("too few points have values for sobol"));
  CHECK_THROWS_AS(found(uniform_study(3, 0, 1, morris(1)), linear), InputError);
}

// Effects of 1 on [0, 1] have variance 1/12 between points. Luck of deviation s in each run: a share of s^2 / R of what means vary,
// 1/12 + s^2 / R. Luck that a replicate has at all points in common moves no point against another and does not count.
TEST_CASE("noise is the share of luck between points, less what replicates have in common", "[sensitivity]") {
  const Study study = uniform_study(2, 0, 1, sampled(DesignKind::latin_hypercube, 2000));
  const auto with_luck = [](double own, double common) {
    return [=](std::span<const double> x, std::size_t p, std::size_t r) {
      return x[0] + own * noise_of(p, r) + common * noise_of(1000000, r);
    };
  };
  const double s = 0.3, share = s * s / 4 / (1.0 / 12 + s * s / 4);
  const Sensitivity loud = sensitivity_of(sweep_of(study, with_luck(s, 5), 4), {});
  // ratio of variances with 6000 and 2000 degrees: relative error sqrt(2/6000 + 2/2000) at most; bound for 1e-6
  CHECK(loud.outcomes.at(0).noise == Approx(share).epsilon(4.9 * std::sqrt(2.0 / 6000 + 2.0 / 2000)));
  CHECK_THAT(all(loud.warnings), Contains("% of the variance between points is luck"));
  CHECK(loud.replicates == 4);
  const Sensitivity quiet = sensitivity_of(sweep_of(study, with_luck(0, 5), 4), {});
  CHECK(quiet.outcomes.at(0).noise == Approx(0).margin(1e-12));
  CHECK(all(quiet.warnings).empty());
  CHECK_THAT(all(sensitivity_of(sweep_of(study, with_luck(s, 5), 1), {}).warnings), Contains("With one replicate nobody knows"));
}

TEST_CASE("a design that does not suit the method is refused, naming those that do", "[sensitivity]") {
  SensitivityOptions options;
  options.method = SensitivityMethod::sobol;
  CHECK_THROWS_WITH(found(uniform_study(3, 0, 1, morris(5)), linear, options),
                    Contains("sobol cannot be had from the design morris: ") && Contains("sobol takes saltelli"));
  Study grid;
  for (const char* name : {"x1", "x2", "x3"}) grid.factors.push_back(list_factor(name, {0, 1, 2}));
  CHECK_THROWS_WITH(found(grid, linear), Contains("from the design grid") && Contains("prcc takes latin_hypercube, random, sobol, file"));
  options = {};
  options.outcomes = {"z"};
  CHECK_THROWS_WITH(found(uniform_study(3, 0, 1, morris(5)), linear, options), Contains("no outcome 'z'") && Contains("it has y"));
  options = {};
  options.confidence = 1;
  CHECK_THROWS_WITH(found(uniform_study(3, 0, 1, morris(5)), linear, options), Contains("outside (0, 1)"));
  Study study = uniform_study(3, 0, 1, morris(5));
  Matrix points = design_points(study, {});
  std::swap(points.values[0], points.values[3]);
  std::swap(points.values[1], points.values[4]);
  std::swap(points.values[2], points.values[5]);  // rows in another order
  CHECK_THROWS_AS(sensitivity_of(made_sweep(study, points, {{"y", linear}}), {}), InputError);
}

TEST_CASE("factors that do not vary or go together are named", "[sensitivity]") {
  Study study = uniform_study(4, 0, 1, sampled(DesignKind::random, 200));
  study.factors[3] = uniform_factor("x4", 2, 2);
  const Sensitivity still = found(study, linear);
  CHECK_THAT(all(still.warnings), Contains("x4 does not vary"));
  CHECK(std::isnan(still.outcomes.at(0).factors[3].correlation.value));
  CHECK(still.outcomes[0].factors[0].correlation.value > 0.9);
  Matrix points = design_points(study, {});
  for (std::size_t i = 0; i < points.rows(); ++i) points.values[4 * i + 3] = 2 * points.values[4 * i];
  CHECK_THROWS_WITH(sensitivity_of(made_sweep(study, points, {{"y", linear}}), {}), Contains("go together"));
}

TEST_CASE("the same seed gives the same intervals, several outcomes stand side by side", "[sensitivity]") {
  const Study study = uniform_study(3, 0, 1, saltelli(32, false));
  const Matrix points = design_points(study, {});
  const Recording sweep = made_sweep(study, points, {{"y", linear}, {"z", [](auto x, auto, auto) { return x[2]; }}});
  const Sensitivity one = sensitivity_of(sweep, {}), two = sensitivity_of(sweep, {});
  REQUIRE(one.outcomes.size() == 2);
  CHECK(one.outcomes[0].factors[0].total.low == two.outcomes[0].factors[0].total.low);
  CHECK(one.outcomes[1].factors[2].total.value == Approx(1).epsilon(0.2));
  CHECK(one.outcomes[1].long_name == "meaning of z");
  SensitivityOptions options;
  options.seed = 2;
  CHECK(one.outcomes[0].factors[0].total.low != sensitivity_of(sweep, options).outcomes[0].factors[0].total.low);
}
