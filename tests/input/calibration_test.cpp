// Calibrations that are right: what is read, what is written back, what is noted.
#include "input/calibration.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "input/calibration_cases.hpp"
#include "input/calibration_tables.hpp"
#include "input/manual.hpp"
#include "input/schema.hpp"

using namespace spillway;
using test::CalibrationFolder;

namespace {
LoadedCalibration load(const CalibrationFolder& folder, const std::string& text, const std::vector<std::string>& sets = {}) {
  return load_calibration(folder.folder.write("x.yaml", CalibrationFolder::complete(text)), sets);
}

std::string notes_of(const CalibrationFolder& folder, const std::string& text) {
  std::string all;
  for (Issue note : load(folder, text).notes) {
    note.source_line.clear();
    all += folder.without_folder(to_text(note)) + "\n";
  }
  return all;
}

const char* const everything = R"yaml(title: C
description: D
scenario: base.yaml
set: {population.users: 2_000, platforms.b.ads.load: 0.1}
parameters:
  platforms.a.imitation_rate: {loguniform: [1, 9]}
  memory: {keys: [habit.memory], uniform: [7 d, 60 d]}
  voice.loyalty: {normal: [1, 0.2]}
targets:
  a_users:
    title: Users of a
    outcome: members.a
    data: record.csv
    series: users_a
    scale: 1e6
    tolerance: 7%
    or_within: 4 weeks
  ratio:
    outcome: members.b
    over: members.a
    rows: {2012-06-30: 0.4, 2011-12-31: {value: 0.3, source: "x: \"y\""}}
    tolerance: 0.03
    weight: 2.5
  day:
    outcome: members.b.share
    data: plain.csv
    scale: 1e-7
    from: 2011-01-01
    until: 2012-06-30
    tolerance: 30 d
    weight: 0
fit_until: 2011-12-31
variants:
  no_ban:
    title: Without the ban
    set: {interventions.ban: null, habit.memory: 21 d}
    without: [memory]
  loud: {set: {platforms.a.ads.load: 0.2}}
method: {waves: 3, points: 100, cut: 2.5, worlds: 0, search_users: 50_000, seed: 7}
limits: {memory: 2 GB}
)yaml";
}  // namespace

TEST_CASE("parameters of a calibration are factors with priors", "[input]") {
  const CalibrationFolder folder;
  const LoadedCalibration loaded = load(folder, everything);
  const Study& study = loaded.calibration.study;
  CHECK(study.title == "C");
  CHECK(study.sets == std::vector<std::string>{"population.users=2_000", "platforms.b.ads.load=0.1"});
  REQUIRE(study.factors.size() == 3);
  CHECK(study.factors[0].distribution.kind == DistributionKind::loguniform);
  CHECK(study.factors[1].name == "memory");
  CHECK(study.factors[1].keys == std::vector<std::string>{"habit.memory"});
  CHECK(study.factors[1].distribution.high == 60);
  CHECK(study.factors[2].distribution.deviation == 0.2);
  for (const Factor& factor : study.factors) CHECK_FALSE(factor.lever);
  CHECK(loaded.base_values[1] == 21);
  CHECK(loaded.base.scenario.population.users == 2000);
  CHECK(study.limits.memory_bytes == 2e9);
  CHECK(loaded.files == std::vector<std::string>{folder.folder / "x.yaml", folder.folder / "base.yaml", folder.folder / "plain.csv",
                                                 folder.folder / "record.csv"});
  CHECK(loaded.directory == folder.folder.path());
}

TEST_CASE("targets of a calibration have rows in the outcome's unit, by date, with their place", "[input]") {
  const CalibrationFolder folder;
  const LoadedCalibration loaded = load(folder, everything);
  REQUIRE(loaded.calibration.targets.size() == 3);
  const Target& users = loaded.calibration.targets[0];
  CHECK(users.title == "Users of a");
  CHECK(users.outcome.observable == "members");
  CHECK(users.outcome.labels == std::vector<std::string>{"a"});
  CHECK_FALSE(users.outcome.date);
  CHECK(users.kind == ToleranceKind::relative);
  CHECK(users.tolerance == 0.07);
  CHECK(users.or_days == 28);
  CHECK(users.data == folder.folder / "record.csv");
  CHECK(users.series == "users_a");
  REQUIRE(users.rows.size() == 2);
  CHECK(users.rows[0].date == make_date(2010, 12, 31));
  CHECK(users.rows[0].value == 1e6);
  CHECK(users.rows[0].source.empty());
  CHECK(users.rows[1].source == "S, 2012");
  CHECK(users.rows[1].place == folder.folder / "record.csv:3");
  const Target& ratio = loaded.calibration.targets[1];
  REQUIRE(ratio.over);
  CHECK(ratio.over->text == "members.a");
  CHECK(ratio.kind == ToleranceKind::absolute);
  CHECK(ratio.tolerance == 0.03);
  CHECK(ratio.weight == 2.5);
  CHECK(ratio.data.empty());
  REQUIRE(ratio.rows.size() == 2);
  CHECK(ratio.rows[0].value == 0.3);
  CHECK(ratio.rows[0].source == "x: \"y\"");
  const Target& day = loaded.calibration.targets[2];
  CHECK(day.title == "day");
  CHECK(day.outcome.share);
  CHECK(day.kind == ToleranceKind::days);
  CHECK(day.tolerance == 30);
  REQUIRE(day.rows.size() == 2);
  CHECK(day.rows[0].value == 0.2);  // not 2e6 * 1e-7
  CHECK(day.rows[1].value == 0.3);
}

TEST_CASE("what is fitted, variants and the method of a calibration are read", "[input]") {
  const CalibrationFolder folder;
  const Calibration calibration = load(folder, everything).calibration;
  CHECK(calibration.fit_until == make_date(2011, 12, 31));
  std::vector<bool> fitted;
  for (const Datum& datum : data_of(calibration)) fitted.push_back(datum.fitted);
  CHECK(fitted == std::vector<bool>{true, true, true, false, false, false});  // after the fit's end, and without weight
  REQUIRE(calibration.variants.size() == 2);
  CHECK(calibration.variants[0].title == "Without the ban");
  CHECK(calibration.variants[0].sets == std::vector<std::string>{"interventions.ban=null", "habit.memory=21 d"});
  CHECK(calibration.variants[0].without == std::vector<std::string>{"memory"});
  CHECK(calibration.variants[1].title == "loud");
  CHECK(calibration.method.waves == 3);
  CHECK(calibration.method.points == 100);
  CHECK(calibration.method.cut == 2.5);
  CHECK(calibration.method.worlds == 0);
  CHECK(calibration.method.search_users == 50'000);
  CHECK(calibration.method.final_users == 1'000'000);
  CHECK(calibration.method.seed == 7);
}

TEST_CASE("the resolved calibration is a calibration, and the same one, without its data files", "[input]") {
  const CalibrationFolder folder;
  for (const std::string& yaml :
       {std::string(everything), std::string(),
        std::string("targets: {\"null\": {outcome: members.a-b, rows: {2011-12-31: -1e-7}, tolerance: 1e9}}\n"),
        std::string("targets: {u: {outcome: members.a, data: plain.csv, tolerance: 12.3%}}\nset: {title: \"a, b: 'c' \\\" #\"}\n")}) {
    const std::string first = resolved_calibration(load(folder, yaml).calibration);
    INFO(first);
    const CalibrationFolder other;
    for (const char* file : {"plain.csv", "record.csv"}) std::filesystem::remove(other.folder / file);
    const Calibration again = load(other, first).calibration;
    CHECK(resolved_calibration(again) == first);
  }
  CHECK(resolved_calibration(load(folder, "fit_until: 2011-12-31\nvariants: {loud: {set: {platforms.a.ads.load: 0.2}}}\n").calibration) ==
        "title: \"T\"\ndescription: \"\"\nscenario: \"base.yaml\"\nset: {}\nparameters:\n  habit.memory:\n    uniform: [7 d, 60 d]\n"
        "targets:\n  users:\n    title: \"users\"\n    outcome: \"members.a\"\n    tolerance: 10%\n    weight: 1\n    rows:\n"
        "      2010-12-31: 1000000\n      2011-12-31: 2000000\n      2012-06-30: 3000000\nfit_until: 2011-12-31\nvariants:\n  loud:\n"
        "    title: \"loud\"\n    set:\n      platforms.a.ads.load: 0.2\n    without: []\nmethod:\n  waves: 8\n  points: 400\n  cut: 3\n"
        "  search_users: 60000\n  starts: 8\n  steps: 12\n  final_users: 1000000\n  final_runs: 2\n"
        "  worlds: 100\n  draws: 100\n  seed: 1\nlimits: {on_failure: continue}\n");
}

TEST_CASE("every relative tolerance is written back to the same bits", "[input]") {
  const CalibrationFolder folder;
  Calibration calibration = load(folder, "").calibration;
  for (const char* text : {"1%", "7%", "12.3%", "0.1%", "33.33%", "100%", "250%", "14.285714%", "1e-3%"}) {
    const double tolerance = load(folder, "", {fmt::format("targets.users.tolerance={}", text)}).calibration.targets[0].tolerance;
    calibration.targets[0].tolerance = tolerance;
    INFO(text);
    CHECK(load(folder, resolved_calibration(calibration)).calibration.targets[0].tolerance == tolerance);
  }
}

TEST_CASE("assignments of --set change the calibration or its scenario", "[input]") {
  const CalibrationFolder folder;
  const auto changed = [&](const std::vector<std::string>& sets) { return load(folder, everything, sets).calibration; };
  CHECK(changed({"method.waves=2"}).method.waves == 2);
  CHECK(changed({"method.waves=2"}).method.points == 100);
  CHECK(changed({"fit_until=2012-06-30"}).fit_until == make_date(2012, 6, 30));
  CHECK_FALSE(changed({"fit_until=null"}).fit_until);
  CHECK(changed({"targets.ratio=null"}).targets.size() == 2);
  CHECK(changed({"targets.a_users.weight=0"}).targets[0].weight == 0);
  CHECK(changed({"targets.a_users.tolerance=0.5"}).targets[0].kind == ToleranceKind::absolute);
  CHECK(changed({"variants=null"}).variants.empty());
  CHECK(changed({"variants.loud.set.platforms.a.ads.load=0.3"}).variants[1].sets == std::vector<std::string>{"platforms.a.ads.load=0.3"});
  CHECK(changed({"parameters.voice.loyalty=null"}).study.factors.size() == 2);
  const Distribution prior = changed({"parameters.platforms.a.imitation_rate.uniform=[2, 4]"}).study.factors[0].distribution;
  CHECK(prior.kind == DistributionKind::uniform);
  CHECK(prior.low == 2);
  CHECK(changed({"parameters.exit.grace={uniform: [1 d, 2 d]}"}).study.factors[3].keys[0] == "exit.grace");
  CHECK(changed({"population.users=500", "seed=7"}).study.sets ==
        std::vector<std::string>{"platforms.b.ads.load=0.1", "population.users=500", "seed=7"});
  CHECK(load(folder, everything, {"population.users=500"}).base.scenario.population.users == 500);
}

TEST_CASE("notes of a calibration: rows left out, more parameters than rows, nothing predicted, hard to believe", "[input]") {
  const CalibrationFolder folder;
  CHECK(notes_of(folder, "").empty());
  CHECK(notes_of(folder, "targets: {u: {outcome: members.a, data: plain.csv, tolerance: 10%, from: 2011-01-01, until: 2012-01-31}}\n") ==
        "x.yaml:1:74: targets.u: leaves out 2 of 3 rows: 1 before 2011-01-01 and 1 after 2012-01-31\n");
  CHECK(notes_of(folder,
                 "targets: {u: {outcome: members.a, rows: {2011-12-31: 1}, tolerance: 10%}}\n"
                 "parameters: {habit.memory: {uniform: [7 d, 60 d]}, voice.loyalty: {uniform: [1, 2]}}\n") ==
        "x.yaml:1:11: targets: 1 rows are fitted with 2 parameters: the data cannot determine all of them\n");
  CHECK(notes_of(folder, "fit_until: 2012-12-31\n") == "x.yaml:1:12: fit_until: no row is later: nothing is predicted\n");
  CHECK(notes_of(folder, "parameters: {habit.memory: {uniform: [7 d, 100 d]}}\n").find("100 d is outside the plausible range") !=
        std::string::npos);
}

TEST_CASE("a calibration is told from a study and a scenario by its keys", "[input]") {
  const CalibrationFolder folder;
  CHECK(is_calibration_file(folder.folder / "calibration.yaml"));
  CHECK_FALSE(is_study_file(folder.folder / "calibration.yaml"));
  CHECK_FALSE(is_calibration_file(folder.folder / "study.yaml"));
  CHECK(is_study_file(folder.folder / "study.yaml"));
  for (const char* name : {"base.yaml", "syntax.yaml", "not_there.yaml", "record.csv"})
    CHECK_FALSE(is_calibration_file(folder.folder / name));
  CHECK(is_calibration_file(folder.folder.write("y.yaml", "scenario: base.yaml\ndesign: grid\noutcomes: []\ntargets: {}\n")));
}

TEST_CASE("a study says where a calibration's keys belong", "[input]") {
  const CalibrationFolder folder;
  try {
    load_study(folder.folder / "calibration.yaml");
    FAIL("accepted");
  } catch (const InputError& error) {
    CHECK(folder.messages(error).find(
              "targets: is a key of calibrations, which `spillway calibrate` takes; a study has levers and outcomes") != std::string::npos);
  }
}

TEST_CASE("the schema of calibrations has every key of the tables", "[input]") {
  const auto schema = nlohmann::json::parse(calibration_schema_json());
  for (const StudyKeyRow& row : calibration_keys) CHECK(schema["properties"].contains(std::string(row.name)));
  CHECK(schema["required"] == nlohmann::json({"scenario", "parameters", "targets"}));
  const auto& target = schema["properties"]["targets"]["additionalProperties"];
  for (const StudyKeyRow& row : target_keys) CHECK(target["properties"].contains(std::string(row.name)));
  CHECK(target["required"] == nlohmann::json({"outcome", "tolerance"}));
  CHECK(target["oneOf"][1]["required"] == nlohmann::json::array({"rows"}));
  for (const StudyKeyRow& row : variant_keys)
    CHECK(schema["properties"]["variants"]["additionalProperties"]["properties"].contains(std::string(row.name)));
  for (const MethodRow& row : method_rows()) CHECK(schema["properties"]["method"]["properties"].contains(std::string(row.name)));
  CHECK(schema["properties"]["parameters"]["properties"].contains("habit.memory"));
  CHECK_FALSE(schema["properties"]["parameters"]["properties"].contains("suppliers.slots"));
  CHECK_FALSE(schema["definitions"]["factor"]["properties"].contains("values"));
}

TEST_CASE("the example of the manual is a calibration of the shipped history", "[input]") {
  const std::string manual = scenario_manual();
  const std::size_t section = manual.find("## Calibrations"), start = manual.find("```yaml\n", section) + 8;
  REQUIRE(section != std::string::npos);
  std::string example = manual.substr(start, manual.find("```", start) - start);
  const test::TemporaryFolder folder;
  for (const std::string& path : {std::string("../history.yaml"), std::string("../data/record.csv")})
    example.replace(example.find(path), path.size(), SPILLWAY_SOURCE_DIR "/scenarios/" + path.substr(3));
  const LoadedCalibration loaded = load_calibration(folder.write("x.yaml", example));
  CHECK(loaded.calibration.targets[0].rows.size() == 6);
  CHECK(loaded.calibration.variants.size() == 1);
}
