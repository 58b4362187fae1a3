// One wrong scenario per rule, whole messages compared: what a person reads is part of the program.
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "input/cases.hpp"
#include "input/load.hpp"

using namespace spillway;

namespace {
std::string messages_of(const test::BadCase& bad) {
  try {
    load_scenario_text(bad.yaml, "x.yaml", {}, bad.sets);
  } catch (const InputError& error) {
    std::string text;
    for (Issue issue : error.issues()) {
      issue.source_line.clear();
      text += to_text(issue) + "\n";
    }
    return text;
  }
  return "accepted\n";
}
}  // namespace

TEST_CASE("each wrong scenario gets its message", "[input]") {
  const auto cases = test::read_cases(SPILLWAY_SOURCE_DIR "/tests/input/bad_scenarios.txt");
  REQUIRE(cases.size() >= 150);
  for (const test::BadCase& bad : cases) {
    INFO(bad.name);
    CHECK(messages_of(bad) == bad.expected);
  }
}

TEST_CASE("a message shows the line and a caret under the value", "[input]") {
  try {
    load_scenario_text("title: T\nplatforms: {a: {launch: 2010-01-01, mirroring: 3}}\n", "x.yaml");
    FAIL("accepted");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()) ==
          "x.yaml:2:48: platforms.a.mirroring: 3 is outside [0, 1] (share of suppliers' content elsewhere that is copied here)\n"
          "    platforms: {a: {launch: 2010-01-01, mirroring: 3}}\n"
          "                                                   ^");
  }
}

TEST_CASE("columns count characters and the caret follows wide ones", "[input]") {
  try {
    load_scenario_text("title: T\nplatforms: {微博: {launch: x}}\n", "x.yaml");
    FAIL("accepted");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()) ==
          "x.yaml:2:26: platforms.微博.launch: 'x' is not a date of the calendar; write it as 2013-07-01\n"
          "    platforms: {微博: {launch: x}}\n"
          "                               ^");
  }
}

TEST_CASE("files beyond the limits are refused at once", "[input]") {
  const auto message = [](const std::string& text) { return messages_of({"", text, "", {}}); };
  CHECK(message(std::string((1U << 20) + 1, 'a')) == "x.yaml: the file is larger than 1 MiB; is it the right one?\n");
  std::string many = "a: [";
  for (int i = 0; i < 120000; ++i) many += "1,";
  CHECK(message(many + "1]\n").find("more than 100000 entries") != std::string::npos);
  CHECK(message(std::string(200000, '[')).find("nested deeper than 32 levels") != std::string::npos);
  std::string deep;
  for (int i = 0; i < 3000; ++i) deep += "- ";
  CHECK(message(deep).find("nested deeper than 32 levels") != std::string::npos);
}
