// `spillway diff` as a user meets it.
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

using namespace spillway;
using test::Result;

namespace {
struct Program {
  test::TemporaryFolder folder;
  Program() {
    folder.write("base.yaml",
                 "title: Base\ntime: {start: 2010-01-01, end: 2010-06-01}\npopulation: {users: 500, people: 5e5}\n"
                 "platforms: {plaza: {launch: 2010-01-01}}\ninterventions:\n"
                 "  feed_ads: {on: 2010-02-01, set: {platforms.plaza.ads.load: 0.1}}\n");
    folder.write("mine.yaml", "extends: base.yaml\ntitle: Mine\nhabit: {memory: 4 weeks}\ninterventions: {feed_ads: null}\n");
  }
  Result operator()(const std::string& arguments) const { return test::run_program(folder, "diff " + arguments); }
};
const std::string table =
    "A  base.yaml  Base\nB  mine.yaml  Mine\n\n"
    "key                     A                                                       B\n"
    "habit.memory            21 d                                                    28 d\n"
    "interventions.feed_ads  {on: 2010-02-01, set: {platforms.plaza.ads.load: 0.1}}  -\n\n"
    "2 keys differ, and the title\n";
}  // namespace

TEST_CASE("diff answers what did I change", "[cli]") {
  const Program diff;
  const Result result = diff("base.yaml mine.yaml");
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  CHECK(result.out == table);
  CHECK(diff("mine.yaml").out == table);  // against what it extends
  CHECK(diff("base.yaml base.yaml").out == "the scenarios are the same\n");
  CHECK(diff("base.yaml --set title=Other").out.find("only the title differs: both give the same curves\n") != std::string::npos);
  CHECK(diff("base.yaml mine.yaml -v").out.find("28 d\n    memory of habit\n") != std::string::npos);
}

TEST_CASE("diff ends with 1 on request", "[cli]") {
  const Program diff;
  CHECK(diff("base.yaml mine.yaml --exit-code").code == 1);
  CHECK(diff("base.yaml base.yaml --exit-code").code == 0);
}

TEST_CASE("diff --json is one document", "[cli]") {
  const Program diff;
  const auto json = nlohmann::json::parse(diff("base.yaml --set habit.memory='4 weeks' --json").out);
  CHECK(json.at("schema") == "spillway-diff/1");
  CHECK(json.at("same") == false);
  REQUIRE(json.at("differences").size() == 1);
  CHECK(json["differences"][0]["key"] == "habit.memory");
  CHECK(json["differences"][0]["left"] == "21 d");
  CHECK(json["differences"][0]["right"] == "28 d");
  CHECK(nlohmann::json::parse(diff("base.yaml mine.yaml --json").out)["differences"][2]["right"].is_null());
}

TEST_CASE("diff takes the scenario out of a result", "[cli]") {
  const Program diff;
  REQUIRE(test::run_program(diff.folder, "run base.yaml -q -o base.h5").code == 0);
  CHECK(diff("base.h5 base.yaml").out == "the scenarios are the same\n");
  CHECK(diff("base.h5 mine.yaml").out.find("\nhabit.memory            21 d") != std::string::npos);
}

TEST_CASE("diff of a comparison alone names its worlds", "[cli]") {
  const Program diff;
  REQUIRE(test::run_program(diff.folder, "compare base.yaml mine.yaml --replicates 2 -q -o c.h5").code == 0);
  const std::string message = "c.h5 compares several scenarios (base, mine); name the file of one of them\n";
  CHECK(diff("c.h5").err == message);
  CHECK(diff("c.h5 base.yaml").err == message);
}

TEST_CASE("names that are not UTF-8, or too long, are no fault of the program", "[cli]") {
  const Program diff;
  std::filesystem::copy_file(diff.folder / "base.yaml", diff.folder / "b\xff.yaml");
  const Result json = diff("b\xff.yaml mine.yaml --json");
  CHECK(json.code == 0);
  CHECK(nlohmann::json::parse(json.out).at("left").at("name") == "b\xef\xbf\xbd.yaml");
  const Result checked = test::run_program(diff.folder, "check b\xff.yaml --json");
  CHECK(checked.code == 0);
  CHECK(nlohmann::json::parse(checked.out).at("files").at(0) == "b\xef\xbf\xbd.yaml");
  CHECK(diff("base.yaml " + std::string(300, 'n') + ".yaml").code == 3);
}

TEST_CASE("diff of a saved state says what reads it", "[cli]") {
  const Program diff;
  diff.folder.write("x.state", std::string("SPILLWAY STATE\n\0 and more", 25));
  const std::string message = "x.state: is a saved state, not a scenario: `spillway info` tells of it";
  CHECK(diff("x.state base.yaml").err.find(message) == 0);
  CHECK(test::run_program(diff.folder, "compare base.yaml x.state").err.find(message) == 0);
}

TEST_CASE("diff says what it lacks", "[cli]") {
  const Program diff;
  const Result alone = diff("base.yaml");
  CHECK(alone.code == 2);
  CHECK(alone.err == "base.yaml extends no other scenario: name a second file, or changes with --set\n");
  CHECK(diff("").code == 2);
  CHECK(diff("base.yaml mine.yaml more.yaml").code == 2);
  CHECK(diff("base.yaml mien.yaml").err == "spillway: cannot open 'mien.yaml' (No such file or directory); did you mean 'mine.yaml'?\n");
}
