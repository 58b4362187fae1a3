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

TEST_CASE("run again says that it is done; --json has the digest that info prints", "[cli]") {
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

TEST_CASE("files that cannot be written or read end with 3", "[cli]") {
  const Program program;
  CHECK(program("run small.yaml -o small.yaml/x.h5").code == 3);
  CHECK(program("info small.yaml").code == 3);
}
