// The program as a user meets it: exit codes, standard output, standard error.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "input/manual.hpp"
#include "input/schema.hpp"
#include "model/version.hpp"

using namespace spillway;
using test::Result;

namespace {
const std::string good = "title: Small\ntime: {start: 2010-01-01, end: 2010-12-31, step: 14 d}\nplatforms: {a: {launch: 2010-01-01}}\n";

struct Program {
  test::TemporaryFolder folder;
  std::string file = folder.write("good.yaml", good);
  Result operator()(const std::string& arguments) const { return test::run_program(folder, arguments); }
};
}  // namespace

TEST_CASE("check says ok in one line", "[cli]") {
  const Program run;
  const Result result = run("check good.yaml");
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  const std::string ok = "ok: Small: 1000000 users, 1 platforms, 0 interventions, 53 ticks of 7 d from 2010-01-01 to 2010-12-31; needs ";
  CHECK(result.out.find(ok) == 0);
  CHECK(result.out.find(" MB of memory\n") == result.out.size() - 14);
}

TEST_CASE("check lists all problems on standard error and ends with 2", "[cli]") {
  const Program run;
  run.folder.write("bad.yaml", good + "seed: -1\nhabit: {strenght: 1}\n");
  const Result result = run("check bad.yaml");
  CHECK(result.code == 2);
  CHECK(result.out.empty());
  CHECK(result.err ==
        "bad.yaml:4:7: seed: -1 is outside [0, 4294967295] (seed of all draws)\n    seed: -1\n          ^\n"
        "bad.yaml:5:9: habit.strenght: unknown key; did you mean 'strength'?\n    habit: {strenght: 1}\n            ^\n");
}

TEST_CASE("check --json is one document in both cases", "[cli]") {
  const Program run;
  const auto fine = nlohmann::json::parse(run("check good.yaml --json").out);
  CHECK(fine["ok"] == true);
  CHECK(fine["ticks"] == 53);
  CHECK(fine["memory_bytes"] > 1'000'000);
  CHECK(fine["platforms"] == nlohmann::json({"a"}));
  const Result result = run("check good.yaml --json --set seed=x");
  CHECK(result.code == 2);
  const auto wrong = nlohmann::json::parse(result.out);
  CHECK(wrong["ok"] == false);
  REQUIRE(wrong["issues"].size() == 1);
  CHECK(wrong["issues"][0]["file"] == "--set");
  CHECK(wrong["issues"][0]["path"] == "seed");
}

TEST_CASE("check notes what is hard to believe without refusing it", "[cli]") {
  const Program run;
  run.folder.write("bold.yaml", good + "habit: {memory: 90 d}\n");
  const std::string note =
      "bold.yaml:4:17: note: habit.memory: 90 d is outside the plausible range [7, 60] d (tau_h; own calibration)\n"
      "    habit: {memory: 90 d}\n                    ^\n";
  const Result result = run("check bold.yaml");
  CHECK(result.code == 0);
  CHECK(result.err == note);
  CHECK(result.out.find(" of memory; 1 note\n") != std::string::npos);
  const auto json = nlohmann::json::parse(run("check bold.yaml --json").out);
  CHECK(json["ok"] == true);
  REQUIRE(json["notes"].size() == 1);
  CHECK(json["notes"][0]["path"] == "habit.memory");
  const Result strict = run("check bold.yaml --strict");
  CHECK(strict.code == 2);
  CHECK(strict.out.empty());
  CHECK(strict.err == note + "1 note; --strict takes notes for errors\n");
  CHECK(nlohmann::json::parse(run("check bold.yaml --strict --json").out)["ok"] == false);
  CHECK(run("check good.yaml --strict").code == 0);
}

TEST_CASE("check reads studies and says what would be run", "[cli]") {
  const Program run;
  run.folder.write("study.yaml",
                   "title: Q?\nscenario: good.yaml\nset: {population.users: 1000}\n"
                   "levers: {habit.memory: [7 d, 14 d], voice.loyalty: {from: 0, to: 2, steps: 3}}\n"
                   "design: grid\nreplicates: 2\noutcomes: [members.a@end]\n");
  CHECK(run("check study.yaml").out == "ok: Q?: 2 levers, 2 x 3 = 6 points, 2 replicates: 12 runs of 1000 users\n");
  CHECK(run("check study.yaml --set design={morris: {trajectories: 2}}").code == 2);  // the shell splits it
  CHECK(run("check study.yaml --set 'design={morris: {trajectories: 2}}'").out ==
        "ok: Q?: 2 levers, 6 points (morris), 2 replicates: 12 runs of 1000 users\n");
  const auto json = nlohmann::json::parse(run("check study.yaml --json").out);
  CHECK(json["kind"] == "study");
  CHECK(json["points"] == 6);
  CHECK(json["factors"][1]["name"] == "voice.loyalty");
  run.folder.write("resolved.yaml", run("check study.yaml --resolved").out);
  CHECK(run("check resolved.yaml --resolved").out == run("check study.yaml --resolved").out);
  const Result wrong = run("check study.yaml --set replicates=0");
  CHECK(wrong.code == 2);
  CHECK(wrong.err == "--set: replicates: 0 is outside [1, 100000] (runs of each point)\n    replicates=0\n");
  CHECK(nlohmann::json::parse(run("schema --study").out)["title"] == "Spillway study");
}

TEST_CASE("check reads calibrations and says what would be fitted to what", "[cli]") {
  Program run;
  run.folder.write("good.yaml", good);
  run.folder.write("record.csv", "series,date,value\na,2010-03-31,10\na,2010-04-30,20\na,2010-05-31,30\n");
  run.folder.write("fit.yaml",
                   "title: F\nscenario: good.yaml\nset: {time.end: 2010-06-30, population.users: 1000}\nparameters: {habit.memory: "
                   "{uniform: [7 d, 60 d]}}\n"
                   "targets:\n  users: {outcome: members.a, data: record.csv, series: a, tolerance: 10%}\n"
                   "  ads: {outcome: ad_load.a, rows: {2010-03-31: 0.1}, tolerance: 0.05, weight: 0}\n"
                   "fit_until: 2010-04-30\nvariants: {loud: {set: {platforms.a.ads.load: 0.2}}}\nmethod: {waves: 2, points: 50}\n");
  CHECK(run("check fit.yaml").out ==
        "ok: F: 1 parameter, 2 targets with 4 rows (2 fitted, 1 predicted, 1 shown): 1 degree of freedom; 1 variant; 2 waves of 50 runs "
        "of 1000 users\n");
  CHECK(run("check fit.yaml --set fit_until=null --set variants=null --set targets.ads=null --set method.waves=1").out ==
        "ok: F: 1 parameter, 1 target with 3 rows: 2 degrees of freedom; 1 wave of 50 runs of 1000 users\n");
  const auto json = nlohmann::json::parse(run("check fit.yaml --json").out);
  CHECK(json["kind"] == "calibration");
  CHECK(json["rows_fitted"] == 2);
  CHECK(json["degrees_of_freedom"] == 1);
  CHECK(json["targets"][0]["outcome"] == "members.a");
  CHECK(json["variants"] == nlohmann::json::array({"loud"}));
  const std::string resolved = run("check fit.yaml --resolved").out;
  run.folder.write("resolved.yaml", resolved);
  CHECK(run("check resolved.yaml --resolved").out == resolved);
  const Result wrong = run("check fit.yaml --set targets.users.series=b");
  CHECK(wrong.code == 2);
  CHECK(wrong.err.find("'b' is no series of record.csv; it has a") != std::string::npos);
  CHECK(run("check fit.yaml --strict --set fit_until=2012-12-31").code == 2);
  CHECK(nlohmann::json::parse(run("schema --calibration").out)["title"] == "Spillway calibration");
  CHECK(run("schema --calibration --study").code == 2);
}

TEST_CASE("check takes --set before and after the file, as often as wanted", "[cli]") {
  const Program run;
  CHECK(run("check --set population.users=1e3 good.yaml --set=time.step='7 d' --set title=Other")
            .out.find("ok: Other: 1000 users, 1 platforms, 0 interventions, 53 ticks of 7 d from 2010-01-01 to 2010-12-31; needs ") == 0);
  const Result wrong = run("check good.yaml --set platforms.a.ads.laod=1");
  CHECK(wrong.code == 2);
  CHECK(wrong.err == "--set: platforms.a.ads.laod: unknown key; did you mean 'load'?\n    platforms.a.ads.laod=1\n");
}

TEST_CASE("check --resolved prints a scenario that checks", "[cli]") {
  const Program run;
  const Result first = run("check good.yaml --resolved");
  CHECK(first.code == 0);
  run.folder.write("resolved.yaml", first.out);
  CHECK(run("check resolved.yaml --resolved").out == first.out);
}

TEST_CASE("a missing file ends with 3", "[cli]") {
  const Program run;
  const Result result = run("check god.yaml");
  CHECK(result.code == 3);
  CHECK(result.out.empty());
  CHECK(result.err == "spillway: cannot open 'god.yaml' (No such file or directory); did you mean 'good.yaml'?\n");
  CHECK(run("check good.yaml >/dev/full").code == 3);
}

TEST_CASE("slips in commands and options get a suggestion and 2", "[cli]") {
  const Program run;
  const auto refused = [&](const std::string& arguments, const std::string& message) {
    const Result result = run(arguments);
    INFO(arguments);
    CHECK(result.code == 2);
    CHECK(result.out.empty());
    CHECK(result.err == message + "\n");
  };
  refused("chekc good.yaml", "there is no command 'chekc'; did you mean 'check'?");
  refused("frobnicate", "there is no command 'frobnicate'; see spillway --help");
  refused("--versoin", "there is no option '--versoin'; did you mean '--version'?");
  refused("check --sets a=b good.yaml", "spillway check has no option --sets; did you mean --set?");
  refused("check -x good.yaml", "spillway check has no option -x; did you mean -h?");
  refused("check", "scenario is required; see spillway check --help");
  refused("explain habit.memry", "there is no key 'habit.memry'; did you mean 'habit.memory'?");
  refused("describe polices", "there is no topic 'polices'; did you mean 'policies'?");
  CHECK(run("check good.yaml more.yaml").code == 2);
  CHECK(run("check good.yaml --set").code == 2);
}

TEST_CASE("no arguments: usage on standard error, 2", "[cli]") {
  const Program run;
  const Result result = run("");
  CHECK(result.code == 2);
  CHECK(result.out.empty());
  CHECK(result.err.find("usage: spillway COMMAND") != std::string::npos);
}

TEST_CASE("help and version", "[cli]") {
  const Program run;
  const Result help = run("--help");
  CHECK(help.code == 0);
  CHECK(help.out.find("\ngetting started:\n  spillway run scenarios/history.yaml ") < help.out.find("\nstart here:\n  new "));
  for (const char* command : {"new", "check", "run", "diff", "info", "export", "explain", "describe", "schema", "completion"}) {
    CHECK(help.out.find(std::string("\n  ") + command) != std::string::npos);
    const Result one = run(std::string(command) + " --help");
    CHECK(one.code == 0);
    CHECK(one.err.empty());
    CHECK(one.out.find(std::string("Example:\n  spillway ") + command) != std::string::npos);
  }
  const Result version = run("--version");
  CHECK(version.code == 0);
  CHECK(version.out == "spillway 0.1.0 (model " + std::to_string(model_version) + ", result files 1.0)\n");
}

TEST_CASE("help lists every command that completion knows", "[cli]") {
  const Program run;
  const std::string help = run("--help").out, script = run("completion bash").out;
  const std::string mark = "_spillway_commands='";
  const std::size_t start = script.find(mark) + mark.size();
  std::istringstream names(script.substr(start, script.find(" --help", start) - start));
  int count = 0;
  for (std::string name; names >> name; ++count) {
    INFO(name);
    CHECK(help.find("\n  " + name + " ") != std::string::npos);
    CHECK(run(name + " --help").out.find("Example:\n  spillway " + name) != std::string::npos);
  }
  CHECK(count >= 10);
}

TEST_CASE("schema, explain and describe print what the library makes", "[cli]") {
  const Program run;
  CHECK(run("schema").out == schema_json());
  CHECK(run("explain platforms.weibo.ads.load").out == explain_key("ads.load"));
  CHECK(run("describe --manual").out == scenario_manual());
  CHECK(run("describe policies").out.find(policy_list()) != std::string::npos);
  const std::string all = run("describe").out;
  CHECK(all.find(policy_list()) != std::string::npos);
  CHECK(all.find(parameter_list()) != std::string::npos);
}

TEST_CASE("nothing is coloured", "[cli]") {
  const Program run;
  CHECK((run("--help").out + run("check good.yaml").out + run("check god.yaml").err).find('\033') == std::string::npos);
}
