// `spillway calibrate` and `spillway forecast` as a person types them.
#include <catch2/catch.hpp>

#include "cli/program.hpp"
#include "support/one_platform.hpp"

using Catch::Contains;
using spillway::test::Result;
using spillway::test::run_program;
using spillway::test::TemporaryFolder;
using spillway::testing::one_platform;

namespace {
const std::string calibration = R"(title: Members of one platform
scenario: market.yaml
set: {population.users: 1000, time.end: 2011-12-31}
parameters:
  platforms.a.imitation_rate: {uniform: [2, 12]}
  platforms.a.innovation_rate: {loguniform: [0.01, 0.3]}
targets:
  members:
    title: Members
    outcome: members.a
    tolerance: 20%
    rows: {2010-06-30: 100000, 2010-09-30: 300000, 2010-12-31: 700000, 2011-06-30: 2000000}
method: {waves: 2, points: 20, search_users: 1000, starts: 1, steps: 1, final_users: 1000, worlds: 5, draws: 10}
)";

struct Place {
  TemporaryFolder folder;
  Place() {
    folder.write("market.yaml", one_platform);
    folder.write("members.yaml", calibration);
  }
};
}  // namespace

TEST_CASE("calibrate writes scenario, draws, forecast and result, and says what it found") {
  const Place place;
  const Result done = run_program(place.folder, "calibrate members.yaml -q");
  INFO(done.err);
  REQUIRE(done.code == 0);
  CHECK_THAT(done.out, Contains("platforms.a.imitation_rate") && Contains("targets") &&
                           Contains("result: output/calibrations/members/calibration.h5"));
  const Result run = run_program(place.folder, "run output/calibrations/members/parameters.yaml -q -o best.h5");
  INFO(run.err);
  CHECK(run.code == 0);
  const Result page = run_program(place.folder, "report output/calibrations/members/calibration.h5");
  INFO(page.err);
  CHECK(page.code == 0);
  const Result ahead = run_program(place.folder, "forecast members.yaml output/calibrations/members/posterior.csv -q");
  INFO(ahead.err);
  REQUIRE(ahead.code == 0);
  CHECK_THAT(ahead.out, Contains("2011-12-31") && Contains("table: output/forecasts/members/forecast.csv"));
}

TEST_CASE("calibrate goes on where it was, and refuses a folder of another calibration") {
  const Place place;
  REQUIRE(run_program(place.folder, "calibrate members.yaml -q -o out").code == 0);
  const Result first = run_program(place.folder, "info out/calibration.h5 --digest");
  REQUIRE(run_program(place.folder, "calibrate members.yaml -q -o out").code == 0);
  CHECK(run_program(place.folder, "info out/calibration.h5 --digest").out == first.out);
  const Result other = run_program(place.folder, "calibrate members.yaml -q -o out --set method.seed=2");
  CHECK(other.code == 2);
  CHECK_THAT(other.err, Contains("another -o DIR"));
}

TEST_CASE("a planned calibration says which sweep to run") {
  const Place place;
  const Result planned = run_program(place.folder, "calibrate members.yaml -q -o out --plan");
  CHECK(planned.code == 0);
  CHECK_THAT(planned.out, Contains("spillway sweep run out/wave_1.yaml -o out/wave_1") &&
                              Contains("then again: spillway calibrate members.yaml -o out --plan"));
  REQUIRE(run_program(place.folder, "sweep run out/wave_1.yaml -o out/wave_1 -q").code == 0);
  CHECK_THAT(run_program(place.folder, "calibrate members.yaml -q -o out --plan").out, Contains("out/wave_2.yaml"));
}

TEST_CASE("what calibrate cannot use is told before any run") {
  const Place place;
  place.folder.write("wrong.yaml", "title: x\nscenario: market.yaml\nparameters: {platforms.a.imitation_rat: {uniform: [1, 2]}}\n");
  const Result wrong = run_program(place.folder, "calibrate wrong.yaml");
  CHECK(wrong.code == 2);
  CHECK_THAT(wrong.err, Contains("wrong.yaml:3") && Contains("did you mean"));
  const Result series = run_program(place.folder, "calibrate members.yaml -q --set targets.members.outcome=member.a");
  CHECK(series.code == 2);
  CHECK_THAT(series.err, Contains("member"));
  CHECK(run_program(place.folder, "forecast members.yaml no_such.csv").code == 3);
}
