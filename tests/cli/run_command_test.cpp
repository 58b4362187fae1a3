// `spillway run` as a user meets it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

using namespace spillway;
using test::Result;

namespace {
const std::string small =
    "title: Small\ntime: {start: 2010-01-01, end: 2010-12-31, step: 7 d}\npopulation: {users: 2000, people: 2e6}\n"
    "platforms: {plaza: {launch: 2010-01-01, initial_share: 0.5}}\n";

struct Program {
  test::TemporaryFolder folder;
  std::string file = folder.write("small.yaml", small);
  Result operator()(const std::string& arguments) const { return test::run_program(folder, arguments); }
};
}  // namespace

TEST_CASE("run prints a summary and the result's path", "[cli]") {
  const Program program;
  const Result result = program("run small.yaml");
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  CHECK(result.out.find("Small\n  2010-01-01 to 2010-12-31; 2,000 users stand for 2.0 million people; seed 1, replicate 0\n") == 0);
  CHECK(result.out.find("monthly users, millions") != std::string::npos);
  CHECK(result.out.find(" ns per user and tick on ") != std::string::npos);
  CHECK(result.out.find(" bytes per user") != std::string::npos);
  CHECK(result.out.find("result: output/small-s1-r0.h5\n") != std::string::npos);
}

TEST_CASE("run again says that it is done, --json has the digest that info prints", "[cli]") {
  const Program program;
  REQUIRE(program("run small.yaml -q -o x.h5 --threads 1").code == 0);
  const Result again = program("run small.yaml --json -o x.h5 --threads 3");
  CHECK(again.code == 0);
  const auto json = nlohmann::json::parse(again.out);
  CHECK(json.at("already_done") == true);
  CHECK(json.at("status") == "complete");
  CHECK(program("info x.h5 --digest").out == json.at("digest").get<std::string>() + "\n");
}

TEST_CASE("options stand for keys and are checked like them", "[cli]") {
  const Program program;
  const Result result = program("run small.yaml --users 1e3 --seed 9 --replicate 4 --set platforms.plaza.ads.load=20%");
  CHECK(result.code == 0);
  CHECK(result.out.find("1,000 users") != std::string::npos);
  CHECK(result.out.find("result: output/small-s9-r4.h5\n") != std::string::npos);
  const Result wrong = program("run small.yaml --users many");
  CHECK(wrong.code == 2);
  CHECK(wrong.err.find("population.users") != std::string::npos);
}

TEST_CASE("another scenario's result is not replaced", "[cli]") {
  const Program program;
  REQUIRE(program("run small.yaml -q -o x.h5").code == 0);
  const Result refused = program("run small.yaml --seed 2 -o x.h5");
  CHECK(refused.code == 2);
  CHECK(refused.err == "x.h5 holds the result of another scenario or model version; give another -o FILE, or --force to replace it\n");
  CHECK(program("run small.yaml --seed 2 -o x.h5 --force").code == 0);
}

TEST_CASE("a stopped run tells the shell why", "[cli]") {
  const Program program;
  // Large enough to be under way for minutes; the signal comes after a second, and may come at any moment.
  const std::string endless = "run small.yaml --users 5e6 --set time.step='1 d' --set time.end=2060-01-01";
  const auto stopped = [&](const std::string& signal) {
    return test::run_program(program.folder, "--version >/dev/null; timeout --preserve-status -s " + signal +
                                                 " 1 '" SPILLWAY_BINARY_DIR "/spillway' " + endless + " -o " + signal + ".h5");
  };
  CHECK(stopped("INT").code == 130);
  CHECK(stopped("TERM").code == 75);
  CHECK(stopped("USR1").code == 75);
  CHECK(program("info TERM.h5").out.find("stopped") != std::string::npos);
}

TEST_CASE("a stopped run goes on, a state is kept on a date and looked at", "[cli]") {
  const Program program;
  CHECK(program("run small.yaml -q -o whole.h5").code == 0);
  const Result kept = program("run small.yaml -q -o x.h5 --save-state 2010-07-01 --save-every 0");
  CHECK(kept.code == 0);
  CHECK(kept.err.empty());
  const Result state = program("info x-2010-07-01.state");
  CHECK(state.code == 0);
  CHECK(state.out.find("saved state, intact") != std::string::npos);
  CHECK(state.out.find("date             2010-07-02\n") != std::string::npos);
  CHECK(nlohmann::json::parse(program("info x-2010-07-01.state --json").out).at("ticks") == "26");
  CHECK(program("info x-2010-07-01.state --digest").out.size() == 17);
  // As a killed process would have left it.
  CHECK(std::system(("cp " + program.folder.path() + "/x-2010-07-01.state " + program.folder.path() + "/y.state").c_str()) == 0);
  const Result again = program("run small.yaml -q -o y.h5 --threads 2");
  CHECK(again.code == 0);
  CHECK(again.err == "going on from y.state (2010-07-02)\n");
  CHECK(program("run small.yaml -q -o z.h5 --from x-2010-07-01.state").code == 0);
  for (const char* file : {"x.h5", "y.h5", "z.h5"})
    CHECK(program(std::string("info ") + file + " --digest").out == program("info whole.h5 --digest").out);
  const Result other = program("run small.yaml -q -o w.h5 --seed 5 --from x-2010-07-01.state");
  CHECK(other.code == 2);
  CHECK(other.err == "--from x-2010-07-01.state: it belongs to another scenario: resolved line 8 is 'seed: 1' there and 'seed: 5' here\n");
  CHECK(program("run small.yaml -o w.h5 --save-state yesterday").err == "--save-state: 'yesterday' is no date; write it as 2014-11-28\n");
  CHECK(program("run small.yaml -o w.h5 --save-every -1").code == 2);
}

TEST_CASE("files that cannot be written or read end with 3", "[cli]") {
  const Program program;
  CHECK(program("run small.yaml -o small.yaml/x.h5").code == 3);
  CHECK(program("info small.yaml").code == 3);
}
