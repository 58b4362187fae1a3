// A whole calibration of a market that is small enough for a test: the record was made by the model itself, so the truth is known.
#include "study/calibrate.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "analysis/outcomes.hpp"
#include "analysis/targets.hpp"
#include "input/load.hpp"
#include "model/recording.hpp"
#include "study/calibration_files.hpp"
#include "study/design_file.hpp"
#include "study/sweep_plan.hpp"
#include "support/one_platform.hpp"
#include "support/temporary_folder.hpp"

using namespace spillway;
using Catch::Contains;
using spillway::testing::one_platform;

namespace {
constexpr double true_imitation = 6, true_innovation = 0.05;

const std::string calibration = R"(title: Back to the truth
scenario: market.yaml
set: {time.end: 2011-12-31}
parameters:
  platforms.a.imitation_rate: {uniform: [2, 12]}
  platforms.a.innovation_rate: {loguniform: [0.01, 0.3]}
targets:
  members: {title: Members, outcome: members.a, data: record.csv, series: members, tolerance: 10%}
method: {waves: 3, points: 40, search_users: 15000, starts: 3, steps: 6, final_users: 30000, worlds: 20, draws: 30}
)";

/// The record is a run of ten times as many people with other luck.
struct Place {
  test::TemporaryFolder folder;
  Place() {
    folder.write("market.yaml", one_platform);
    folder.write("calibration.yaml", calibration);
    const LoadedScenario loaded = load_scenario(
        folder / "market.yaml", {"population.users=30000", "seed=77", fmt::format("platforms.a.imitation_rate={}", true_imitation),
                                 fmt::format("platforms.a.innovation_rate={}", true_innovation)});
    const Recording run = simulate_market(loaded, 1);
    std::string record = "series,date,value\n";
    for (const char* day : {"2010-03-31", "2010-06-30", "2010-09-30", "2010-12-31", "2011-03-31", "2011-09-30"}) {
      Outcome outcome;
      outcome.observable = "members";
      outcome.labels = {"a"};
      outcome.date = parse_date(day);
      record += fmt::format("members,{},{}\n", day, outcome_value(run, outcome));
    }
    folder.write("record.csv", record);
  }

  LoadedCalibration load(const std::vector<std::string>& sets = {}) const { return load_calibration(folder / "calibration.yaml", sets); }
};

StageRunner quiet(int threads = 1) {
  StageRunner runner;
  runner.options.threads = threads;
  runner.progress = [](const std::string&, const SweepProgress&) {};
  runner.notes = [](const std::string& text) { FAIL(text); };
  return runner;
}

std::vector<double> best_of(const CalibrationResult& result) {
  std::vector<double> best;
  for (const CalibratedParameter& p : result.parameters) best.push_back(p.estimate.best);
  return best;
}
}  // namespace

TEST_CASE("a calibration finds the parameters that made the record") {
  const Place place;
  const CalibrationResult result = calibrate(place.load(), place.folder / "out", quiet());
  REQUIRE(result.parameters.size() == 2);
  for (const CalibratedParameter& p : result.parameters) {
    INFO(p.estimate.name << " " << p.estimate.posterior_low << " " << p.estimate.best << " " << p.estimate.posterior_high);
    const double truth = p.estimate.name == "platforms.a.imitation_rate" ? true_imitation : true_innovation;
    CHECK(p.estimate.identified);
    CHECK(p.estimate.posterior_low < truth);
    CHECK(p.estimate.posterior_high > truth);
  }
  CHECK(count_met(result, true) == 6);
  CHECK(result.waves.size() == 5);  // two more about the optimum
  CHECK(result.waves[2].best_misfit <= result.waves[0].best_misfit);
  CHECK(result.recovery_worlds == 20);
  // Of 40 (world, parameter) at 90 %: fewer than 29 covered have a chance below 0.001 (binomial).
  CHECK(result.recovery_coverage * 40 >= 28.5);
}

TEST_CASE("a calibration gives the same to the bit on other threads, and goes on where it was") {
  const Place place;
  const CalibrationResult one = calibrate(place.load(), place.folder / "one", quiet(1));
  const CalibrationResult two = calibrate(place.load(), place.folder / "two", quiet(2));
  CHECK(best_of(one) == best_of(two));
  CHECK(one.posterior == two.posterior);
  CHECK(one.misfit == two.misfit);
  const CalibrationResult again = calibrate(place.load(), place.folder / "two", quiet(1));  // all runs are there
  CHECK(best_of(again) == best_of(two));
}

TEST_CASE("a planned calibration stops before each wave, and sweeps do the runs") {
  const Place place;
  const std::string folder = place.folder / "out";
  StageRunner planner = quiet();
  planner.plan_only = true;
  std::vector<std::string> waves;
  for (bool stopped = true; stopped && waves.size() < 9;) {
    stopped = false;
    try {
      calibrate(place.load(), folder, planner);
    } catch (const Stopped& stop) {
      REQUIRE(!stop.waiting.empty());
      stopped = true;
      waves.push_back(stop.waiting.substr(folder.size() + 1));
      const Sweep sweep = open_sweep(load_study(stop.waiting), stop.folder);
      run_sweep(
          sweep, quiet().options, [](const SweepProgress&) {}, [](const std::string&) {});
    }
  }
  CHECK(waves == std::vector<std::string>{"wave_1.yaml", "wave_2.yaml", "wave_3.yaml", "wave_4.yaml", "wave_5.yaml", "recovery.yaml",
                                          "forecast.yaml"});
  CHECK(best_of(calibrate(place.load(), folder, planner)) == best_of(calibrate(place.load(), place.folder / "at_once", quiet())));
}

TEST_CASE("a calibration to an earlier day predicts what comes after, beside curves") {
  const Place place;
  const CalibrationResult result = calibrate(place.load({"fit_until=2010-12-31", "method.worlds=0"}), place.folder / "out", quiet());
  CHECK(count_rows(result, true) == 4);
  CHECK(count_rows(result, false) == 2);
  REQUIRE(result.baselines.size() == 3);
  for (const BaselineFit& baseline : result.baselines) CHECK(baseline.error > 0);
  CHECK(prediction_error(result) < result.baselines[2].error);  // growth does not go on: the market is full
  REQUIRE(!result.forecast.empty());
  CHECK(to_text(result.forecast.back().date) == "2011-12-31");
}

TEST_CASE("a variant is fitted again without its parameters") {
  const Place place;
  place.folder.write("calibration.yaml", calibration + R"(variants:
  alone: {title: Nobody follows others, set: {platforms.a.imitation_rate: 0}, without: [platforms.a.imitation_rate]}
)");
  const CalibrationResult result = calibrate(place.load({"method.worlds=0"}), place.folder / "out", quiet());
  REQUIRE(result.variants.size() == 1);
  CHECK(result.variants[0].fit.parameters == 1);
  CHECK(result.variants[0].fit.misfit > result.misfit + 10);  // an S-curve is no exponential approach
}

TEST_CASE("what a calibration leaves can be run and forecast") {
  const Place place;
  const LoadedCalibration loaded = place.load({"method.worlds=0"});
  const CalibrationResult result = calibrate(loaded, place.folder / "out", quiet());
  place.folder.write("out/parameters.yaml", calibrated_scenario(loaded.calibration, result, place.folder / "out"));
  const LoadedScenario best = load_scenario(place.folder / "out/parameters.yaml");
  CHECK(best.scenario.platforms[0].second.imitation_rate == Approx(result.parameters[0].estimate.best));
  place.folder.write("posterior.csv", posterior_csv(loaded.calibration, result));
  const Matrix draws = read_design(loaded.calibration.study, place.folder / "posterior.csv");
  REQUIRE(draws.rows() == 30);
  const CalibrationResult ahead = forecast_draws(loaded, draws, place.folder / "ahead", quiet());
  REQUIRE(ahead.forecast.size() == result.forecast.size());
  for (std::size_t i = 0; i < ahead.forecast.size(); ++i) CHECK(ahead.forecast[i].model.median == result.forecast[i].model.median);
  REQUIRE(ahead.parameters.size() == 2);
  for (std::size_t c = 0; c < 2; ++c) {
    CHECK(ahead.parameters[c].estimate.posterior_low == Approx(result.parameters[c].estimate.posterior_low));
    CHECK(ahead.parameters[c].estimate.identified == result.parameters[c].estimate.identified);
    CHECK(ahead.parameters[c].estimate.best == Approx(result.parameters[c].estimate.posterior_median));
  }
  CHECK(count_met(ahead, true) == 6);  // by the medians of the draws' runs
}

TEST_CASE("a target that the scenario does not record is refused at its place") {
  const Place place;
  std::string text = calibration;
  text.replace(text.find("members.a"), 9, "members.b");
  place.folder.write("calibration.yaml", text);
  CHECK_THROWS_WITH(calibrate(place.load(), place.folder / "out", quiet()), Contains("calibration.yaml:8:") && Contains("members.b"));
}

TEST_CASE("a calibrated scenario keeps what the fit rests on") {
  const Place place;
  const LoadedCalibration loaded = place.load({"habit.strength=0.5", "method.worlds=0"});
  CalibrationResult result;
  result.parameters.resize(2);
  result.parameters[0].estimate.best = 5;
  result.parameters[1].estimate.best = 0.04;
  place.folder.write("best.yaml", calibrated_scenario(loaded.calibration, result, place.folder.path()));
  const Scenario best = load_scenario(place.folder / "best.yaml").scenario;
  CHECK(best.habit.strength == 0.5);
  CHECK(best.platforms[0].second.innovation_rate == 0.04);
  CHECK(to_text(best.time.end) == "2012-06-30");  // the calibration's end is not the scenario's
}

TEST_CASE("the shipped calibration of history asks for what its scenario records") {
  const LoadedCalibration loaded = load_calibration(SPILLWAY_SOURCE_DIR "/scenarios/calibrations/history.yaml");
  const Targets targets(loaded.calibration, loaded.base.scenario.time.start);
  CHECK(targets.fitted() > loaded.calibration.study.factors.size() + 10);
  CHECK_NOTHROW(check_targets(loaded));
  const std::vector<Factor>& parameters = loaded.calibration.study.factors;
  for (std::size_t i = 0; i < parameters.size(); ++i) {  // what was found is frozen into the scenario
    INFO(parameters[i].name);
    CHECK(loaded.base_values[i] >= parameters[i].distribution.low);
    CHECK(loaded.base_values[i] <= parameters[i].distribution.high);
  }
  CHECK(read_design(loaded.calibration.study, SPILLWAY_SOURCE_DIR "/scenarios/calibrations/history_posterior.csv").rows() == 100);
  for (std::size_t i = 0; i < targets.size(); ++i) CHECK(targets.row(i).date < make_date(2014, 1, 1));  // the years after are for judging
}
