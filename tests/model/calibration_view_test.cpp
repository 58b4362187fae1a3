// A calibration goes into a recording and comes back whole.
#include "model/calibration_view.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "model/ensemble_view.hpp"
#include "support/made_calibration.hpp"

using namespace spillway;
using spillway::testing::made_calibration;

TEST_CASE("a calibration comes back from its recording bit by bit") {
  const CalibrationResult made = made_calibration();
  const Recording recording = recording_of(made);
  CHECK(is_calibration(recording));
  const CalibrationResult back = calibration_result(recording);
  CHECK(digest(recording_of(back)) == digest(recording));
  CHECK(back.title == made.title);
  CHECK(back.scenario == "history.yaml");
  CHECK(back.fit_until == made.fit_until);
  CHECK(back.headline == made.headline);
  CHECK(back.notes == made.notes);
  CHECK(back.posterior == made.posterior);
  CHECK(back.dates == made.dates);
  CHECK(back.misfit == made.misfit);
  CHECK(back.method.cut == made.method.cut);
  CHECK(back.method.final_users == made.method.final_users);
  CHECK(back.recovery_worlds == 100);
  CHECK(back.recovery_coverage == 0.905);
}

TEST_CASE("rows, targets and trajectories of a calibration keep their places") {
  const CalibrationResult made = made_calibration(), back = calibration_result(recording_of(made));
  REQUIRE(back.targets.size() == made.targets.size());
  for (std::size_t t = 0; t < made.targets.size(); ++t) {
    CHECK(back.targets[t].name == made.targets[t].name);
    CHECK(back.targets[t].kind == made.targets[t].kind);
    CHECK(back.targets[t].tolerance == made.targets[t].tolerance);
    REQUIRE(back.targets[t].trajectory.size() == made.targets[t].trajectory.size());
    for (std::size_t i = 0; i < made.targets[t].trajectory.size(); i += 50) {
      CHECK(back.targets[t].trajectory[i].median == made.targets[t].trajectory[i].median);
      CHECK(back.targets[t].trajectory[i].upper_quartile == made.targets[t].trajectory[i].upper_quartile);
    }
  }
  REQUIRE(back.rows.size() == made.rows.size());
  for (std::size_t i = 0; i < made.rows.size(); ++i) {
    CHECK(back.rows[i].fit.datum.target == made.rows[i].fit.datum.target);
    CHECK(back.rows[i].fit.datum.row == made.rows[i].fit.datum.row);
    CHECK(back.rows[i].fit.datum.fitted == made.rows[i].fit.datum.fitted);
    CHECK(back.rows[i].fit.record == made.rows[i].fit.record);
    CHECK(back.rows[i].fit.met == made.rows[i].fit.met);
    CHECK(back.rows[i].date == made.rows[i].date);
    CHECK(back.rows[i].source == made.rows[i].source);
  }
}

TEST_CASE("variants of a calibration keep which parameters they fit, and forecasts their baselines") {
  const CalibrationResult made = made_calibration(), back = calibration_result(recording_of(made));
  REQUIRE(back.variants.size() == made.variants.size());
  for (std::size_t v = 0; v < made.variants.size(); ++v) {
    CHECK(back.variants[v].without == made.variants[v].without);
    CHECK(back.variants[v].fit.best == made.variants[v].fit.best);
    CHECK(back.variants[v].fit.parameters == made.variants[v].fit.parameters);
    CHECK(back.variants[v].fit.bic == made.variants[v].fit.bic);
    for (std::size_t i = 0; i < made.rows.size(); ++i) {
      CHECK(back.variants[v].fit.fits[i].model == made.variants[v].fit.fits[i].model);
      CHECK(back.variants[v].fit.fits[i].record == made.rows[i].fit.record);
      CHECK(back.variants[v].fit.fits[i].datum.target == made.rows[i].fit.datum.target);
    }
  }
  REQUIRE(back.baselines.size() == 3);
  CHECK(back.baselines[2].name == "last_growth");
  CHECK(back.baselines[2].forecast == made.baselines[2].forecast);
  CHECK(std::isnan(back.baselines[0].forecast.back()));
  CHECK(back.forecast.back().quantity == 3);
  CHECK(back.forecast[0].record == 3.55e8);
}

TEST_CASE("a calibration of almost nothing comes back too") {
  CalibrationResult nothing;
  nothing.title = "nothing";
  const Recording recording = recording_of(nothing);
  const CalibrationResult back = calibration_result(recording);
  CHECK(back.title == "nothing");
  CHECK_FALSE(back.fit_until.has_value());
  CHECK(back.targets.empty());
  CHECK(back.posterior.empty());
  CHECK(digest(recording_of(back)) == digest(recording));
}

TEST_CASE("parts of a calibration that do not fit together are refused") {
  CalibrationResult twice = made_calibration();
  twice.targets[1].name = twice.targets[0].name;
  CHECK_THROWS_AS(recording_of(twice), Bug);
  CalibrationResult taken = made_calibration();
  taken.baselines[0].name = "median";
  CHECK_THROWS_AS(recording_of(taken), Bug);
  CalibrationResult missing = made_calibration();
  missing.variants[0].fit.best.pop_back();
  CHECK_THROWS_AS(recording_of(missing), Bug);
  CalibrationResult short_curve = made_calibration();
  short_curve.targets[0].trajectory.pop_back();
  CHECK_THROWS_AS(recording_of(short_curve), Bug);
  CHECK_THROWS_AS(calibration_result(Recording{}), Bug);
}

TEST_CASE("counts and errors of a calibration are over fitted or over predicted rows") {
  CalibrationResult result = made_calibration();
  CHECK(count_rows(result, true) == 10);
  CHECK(count_rows(result, false) == 8);
  result.rows.resize(3);
  const double errors[] = {0.1, -0.3, 0.02};
  for (std::size_t i = 0; i < 3; ++i) {
    TargetFit& fit = result.rows[i].fit;
    fit.datum = {i == 2 ? 1UL : 0UL, i, i < 2}, fit.model = fit.record * (1 + errors[i]), fit.met = i == 0;
  }
  CHECK(count_met(result, true) == 1);
  CHECK(median_error(result, {}, true) == Approx(0.2));
  CHECK(median_error(result, {"wechat_registered"}, false) == Approx(0.02));
  CHECK(std::isnan(median_error(result, {"wechat_registered"}, true)));
  CHECK(prediction_error(result) == Approx(0.02));
  result.rows[0].fit.record = 0;
  CHECK(std::isnan(relative_error(result.rows[0].fit)));
}
