// Studies that are right: what is read, what is written back, what a point sets.
#include "input/study.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "input/catalogue.hpp"
#include "input/resolved.hpp"
#include "input/schema.hpp"
#include "input/study_cases.hpp"
#include "input/study_tables.hpp"

using namespace spillway;
using test::StudyFolder;

namespace {
LoadedStudy load(const StudyFolder& folder, const std::string& text, const std::vector<std::string>& sets = {}) {
  return load_study(folder.folder.write("x.yaml", StudyFolder::with_the_rest(text)), sets);
}

const char* const everything = R"yaml(title: Q?
description: D
scenario: base.yaml
set: {population.users: 2_000, interventions.more: {on: 2012-01-01, set: {platforms.a.ads.load: 0.1}}}
levers:
  platforms.b.launch: {dates: [2010-06-01, 2011-12-31]}
  ad_load: {keys: [platforms.a.ads.load, interventions.more.set.platforms.a.ads.load], values: {from: 0, to: 30%, steps: 7}}
  interventions.ban.on: [2011-01-01, 2012-01-01]
uncertainties:
  habit.memory: {uniform: [7 d, 1 y]}
  voice.loyalty: {loguniform: [0.5, 2]}
  platforms.a.imitation_rate: {normal: [0.03 /d, 0.01 /d]}
  suppliers.slots: [4, 8]
  attention.competition: [independent, nested]
  exit.threshold_delay: [60 d, never]
design: {saltelli: {samples: 8, second_order: true}}
replicates: 3
common_random_numbers: false
outcomes: {last: members.a@end, share: attention_share.b.share.mean, day: "members.b.first_above(30%)"
}
keep: {trajectories: all, series: [members]}
limits: {wall: 2 h, memory: 4 GiB, on_failure: stop}
)yaml";
}  // namespace

TEST_CASE("every key of a study is read", "[input]") {
  const StudyFolder folder;
  const LoadedStudy loaded = load(folder, everything);
  const Study& study = loaded.study;
  CHECK(study.sets ==
        std::vector<std::string>{"population.users=2_000", "interventions.more={on: 2012-01-01, set: {platforms.a.ads.load: 0.1}}"});
  REQUIRE(study.factors.size() == 9);
  CHECK(study.factors[0].kind == FactorKind::date);
  CHECK(study.factors[0].distribution.low == make_date(2010, 6, 1).days);
  CHECK(study.factors[1].name == "ad_load");
  CHECK(study.factors[1].keys.size() == 2);
  CHECK(study.factors[1].distribution.values == std::vector<double>{0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3});
  CHECK(study.factors[2].lever);
  CHECK_FALSE(study.factors[3].lever);
  CHECK(study.factors[3].distribution.high == 365.25);
  CHECK(study.factors[3].meaning == "memory of habit");
  CHECK(study.factors[4].distribution.kind == DistributionKind::loguniform);
  CHECK(study.factors[5].distribution.mean == Approx(0.03 * 365.25));
  CHECK(study.factors[5].distribution.low == 0);
  CHECK(study.factors[5].distribution.high == 1e4);
  CHECK(study.factors[6].kind == FactorKind::whole);
  CHECK(study.factors[7].words == std::vector<std::string>{"nested", "independent"});
  CHECK(study.factors[7].distribution.values == std::vector<double>{1, 0});
  CHECK(std::isinf(study.factors[8].distribution.values[1]));
  CHECK(study.design.kind == DesignKind::saltelli);
  CHECK(study.design.second_order);
  CHECK(study.design.seed == 1);
  CHECK(study.replicates == 3);
  CHECK_FALSE(study.common_random_numbers);
  REQUIRE(study.outcomes.size() == 3);
  CHECK(study.outcomes[1].share);
  CHECK(study.outcomes[1].labels == std::vector<std::string>{"b"});
  CHECK(study.outcomes[1].statistic == Statistic::mean);
  CHECK(study.outcomes[2].statistic == Statistic::first_above);
  CHECK(study.outcomes[2].level == 0.3);
  CHECK(study.keep == Keep::all);
  CHECK(study.limits.wall_seconds == 7200);
  CHECK(study.limits.memory_bytes == 4294967296.0);
  CHECK(study.limits.on_failure == OnFailure::stop);
  CHECK(loaded.base.scenario.population.users == 2000);
  CHECK(loaded.base_values[0] == make_date(2011, 1, 1).days);
  CHECK(loaded.base_values[3] == 21);
  CHECK(loaded.base_values[7] == 0);
  CHECK(loaded.files == std::vector<std::string>{folder.folder / "x.yaml", folder.folder / "base.yaml"});
}

TEST_CASE("what the base does not have is no number", "[input]") {
  const StudyFolder folder;
  const LoadedStudy loaded =
      load(folder, "levers: {interventions.ban.set.platforms.b.ads.load: [0, 0.1], interventions.ban.on: [2011-01-01]}\n");
  CHECK(std::isnan(loaded.base_values[0]));
  CHECK(loaded.base_values[1] == make_date(2011, 6, 1).days);
}

TEST_CASE("the resolved study is a study, and the same one", "[input]") {
  const StudyFolder folder;
  for (const std::string& yaml :
       {std::string(everything), StudyFolder::with_the_rest(""),
        StudyFolder::with_the_rest("design: {file: design.csv}\nkeep: quantiles\n"),
        StudyFolder::with_the_rest("set: {title: \"a, b: 'c' \\\" #\", record.snapshots: [2010-06-01], interventions.ban: null}\n")}) {
    const std::string first = resolved_study(load(folder, yaml).study);
    INFO(first);
    CHECK(resolved_study(load(folder, first).study) == first);
  }
  CHECK(resolved_study(load(folder, "").study) ==
        "title: \"T\"\ndescription: \"\"\nscenario: \"base.yaml\"\nset: {}\nlevers:\n  habit.memory:\n    values: [7 d, 14 d]\n"
        "uncertainties: {}\ndesign: grid\nreplicates: 1\ncommon_random_numbers: true\noutcomes:\n  - \"members.a@end\"\nkeep: none\n"
        "limits: {on_failure: continue}\n");
}

TEST_CASE("assignments of --set change the study or the scenario", "[input]") {
  const StudyFolder folder;
  const std::string text =
      "levers: {habit.memory: {uniform: [7 d, 14 d]}, voice.loyalty: [1, 2]}\ndesign: {sobol: {samples: 4}}\nset: {population.users: "
      "1000}\n";
  const auto resolved = [&](const std::vector<std::string>& sets) { return load(folder, text, sets).study; };
  CHECK(resolved({"design.sobol.samples=64"}).design.samples == 64);
  CHECK(resolved({"levers.habit.memory.uniform=[7 d, 21 d]"}).factors[0].distribution.high == 21);
  CHECK(resolved({"levers.habit.memory=null"}).factors.size() == 1);
  CHECK(resolved({"levers.exit.grace=[1 d, 2 d]"}).factors[2].keys[0] == "exit.grace");
  CHECK(resolved({"uncertainties={exit.grace: [1 d, 2 d]}"}).factors.size() == 3);
  CHECK(resolved({"design={random: {samples: 5}}"}).factors.size() == 2);
  CHECK(resolved({"design.random.samples=5"}).design.kind == DesignKind::random);
  CHECK(resolved({"design.sobol.seed=5"}).design.samples == 4);
  CHECK(resolved({"levers.habit.memory.values=[7 d]"}).factors[0].distribution.values == std::vector<double>{7});
  CHECK(resolved({"levers.habit.memory={loguniform: [7 d, 9 d]}"}).factors[0].distribution.kind == DistributionKind::loguniform);
  CHECK(resolved({"levers.both.keys=[exit.grace]", "levers.both.values.from=1 d", "levers.both.values.to=2 d", "levers.both.values.steps=2",
                  "levers.both=[3 d]"})
            .factors[2]
            .distribution.values == std::vector<double>{3});
  CHECK(resolved({"replicates=4"}).replicates == 4);
  CHECK(resolved({"title=Other"}).title == "Other");
  CHECK(resolved({"population.users=500", "seed=7"}).sets == std::vector<std::string>{"population.users=500", "seed=7"});
  CHECK(resolved({"set.population.users=300"}).sets == std::vector<std::string>{"population.users=300"});
}

TEST_CASE("values go to text and back", "[input]") {
  Factor number{"f", {"k"}, true, FactorKind::number, Unit::days, {}, {}, {}};
  for (const double value : {0.1, 1.0 / 3, 7.0, 1e-9, 123456789.25, 0.15000000000000002})
    CHECK(value_of(number, value_text(number, value)) == value);
  CHECK(value_text(number, 21) == "21");
  CHECK(value_text(number, std::numeric_limits<double>::infinity()) == "never");
  CHECK(std::isinf(value_of(number, "never")));
  Factor date{"f", {"k"}, true, FactorKind::date, Unit::text, {}, {}, {}};
  CHECK(value_text(date, 16400) == "2014-11-26");
  CHECK(value_of(date, "2014-11-26") == 16400);
  CHECK(value_of(date, "16400.2") == 16400);
  Factor word{"f", {"k"}, true, FactorKind::word, Unit::text, {"nested", "independent"}, {}, {}};
  CHECK(value_text(word, 1) == "independent");
  CHECK(value_of(word, "nested") == 0);
  Factor whole{"f", {"k"}, true, FactorKind::whole, Unit::count, {}, {}, {}};
  CHECK(value_text(whole, 100000) == "100000");
  CHECK(value_of(whole, "99999.7") == 100000);
  const auto message = [](const Factor& factor, const std::string& text) {
    try {
      value_of(factor, text);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  CHECK(message(number, "7 d") == "'7 d' is not a number; write it in plain digits, in d and without the unit");
  CHECK(message(number, "nan") == "'nan' is not a number; write it in plain digits, in d and without the unit");
  CHECK(message(date, "2014") == "'2014' is not a date of the calendar; write it as 2013-07-01");
  CHECK(message(word, "nestd") == "'nestd' is not one of nested, independent; did you mean 'nested'?");
  CHECK(message(whole, "") == "'' is not a number; write it in plain digits");
}

TEST_CASE("a point sets each key of each factor", "[input]") {
  const StudyFolder folder;
  const LoadedStudy loaded = load(folder,
                                  "levers:\n  load: {keys: [platforms.a.ads.load, platforms.b.ads.load], values: [0, 0.1]}\n"
                                  "  platforms.b.launch: [2011-01-01, 2012-01-01]\n  habit.memory: [7 d, 14 d]\n"
                                  "  attention.competition: [nested, independent]\n  population.users: [1000, 2000]\n");
  const std::vector<double> point{0.1, 15000, 14, 1, 2000};
  const std::vector<std::string> sets = assignments(loaded.study, point);
  CHECK(sets == std::vector<std::string>{"platforms.a.ads.load=0.1", "platforms.b.ads.load=0.1", "platforms.b.launch=2011-01-26",
                                         "habit.memory=14 d", "attention.competition=independent", "population.users=2000"});
  CHECK(loaded.scenarios.load(sets).scenario.population.users == 2000);
}

TEST_CASE("a scenario parsed once is what it is when loaded anew", "[input]") {
  const std::string folder = SPILLWAY_SOURCE_DIR "/scenarios/";
  const std::vector<std::vector<std::string>> changes{{},
                                                      {"population.users=20000", "platforms.weibo.launch=2009-09-01"},
                                                      {"population.people=7e8"},
                                                      {"interventions.weibo_bans_wechat=null"}};
  for (const char* name : {"history.yaml", "no_ban.yaml", "third_entrant.yaml"}) {
    const ScenarioTemplate parsed(folder + name);
    for (const auto& sets : changes) {
      if (std::string(name) == "no_ban.yaml" && sets == changes[3]) continue;
      const LoadedScenario once = parsed.load(sets), anew = load_scenario(folder + name, sets);
      CHECK(resolved_yaml(once.scenario) == resolved_yaml(anew.scenario));
      CHECK(once.scenario.population.people.file == anew.scenario.population.people.file);
      CHECK(once.source_text == anew.source_text);
      CHECK(once.directory == anew.directory);
      CHECK(once.files == anew.files);
      CHECK(once.contacts_path == anew.contacts_path);
      CHECK(once.notes.size() == anew.notes.size());
    }
    const auto text = [&](const auto& load) {
      try {
        load();
      } catch (const InputError& error) {
        return std::string(error.what());
      }
      return std::string("accepted");
    };
    const std::vector<std::string> wrong{"habit.memory=0 d", "platforms.x.launch=2010-01-01"};
    CHECK(text([&] { parsed.load(wrong); }) == text([&] { load_scenario(folder + name, wrong); }));
  }
}

TEST_CASE("notes of a study: hard to believe, uneven, never", "[input]") {
  const StudyFolder folder;
  const auto notes = [&](const std::string& text) {
    std::string all;
    for (Issue note : load(folder, text).notes) {
      note.source_line.clear();
      all += folder.without_folder(to_text(note)) + "\n";
    }
    return all;
  };
  CHECK(notes("design: {sobol: {samples: 60}}\n") ==
        "x.yaml:1:27: design.sobol.samples: 60 is no power of two: Sobol's sequence then covers the ranges unevenly; take 32 or 64\n");
  CHECK(notes("levers: {interventions.ban.on: [2011-01-01, 2014-01-01]}\n") ==
        "x.yaml:1:45: levers.interventions.ban.on: 2014-01-01 is after the scenario's end, 2012-12-31: it then never happens\n");
  CHECK(notes("levers: {habit.memory: [7 d, 100 d]}\n").find("100 d is outside the plausible range [7, 60] d") != std::string::npos);
}

TEST_CASE("a study is told from a scenario by its keys", "[input]") {
  const StudyFolder folder;
  CHECK(is_study_file(folder.folder / "study.yaml"));
  CHECK_FALSE(is_study_file(folder.folder / "base.yaml"));
  CHECK_FALSE(is_study_file(folder.folder / "syntax.yaml"));
  CHECK_FALSE(is_study_file(folder.folder / "not_there.yaml"));
  CHECK(is_study_file(folder.folder.write("y.yaml", "title: T\nlevers: {}\noutcomes: []\npopulation: {}\n")));
  CHECK_FALSE(is_study_file(folder.folder.write("z.yaml", "title: T\n")));
}

TEST_CASE("the schema of studies has every key of the tables", "[input]") {
  const auto schema = nlohmann::json::parse(study_schema_json());
  for (const StudyKeyRow& row : study_keys) CHECK(schema["properties"].contains(std::string(row.name)));
  CHECK(schema["required"] == nlohmann::json({"scenario", "design", "outcomes"}));
  for (const DesignRow& row : design_rows_table())
    CHECK(schema["properties"]["design"]["anyOf"][1]["properties"].contains(std::string(to_text(row.kind))));
  CHECK(schema["properties"]["levers"]["properties"].contains("habit.memory"));
}
