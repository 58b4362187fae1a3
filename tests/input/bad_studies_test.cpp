// One wrong study per rule, whole messages compared, as for scenarios.
#include <catch2/catch.hpp>

#include "input/study.hpp"
#include "input/study_cases.hpp"

using namespace spillway;

namespace {
std::string messages_of(const test::StudyFolder& folder, const test::BadCase& bad) {
  const std::string path = folder.folder.write("x.yaml", bad.yaml);
  try {
    load_study(path, bad.sets);
  } catch (const InputError& error) {
    return folder.messages(error);
  }
  return "accepted\n";
}
}  // namespace

TEST_CASE("each wrong study gets its message", "[input]") {
  const test::StudyFolder folder;
  const auto cases = test::read_cases(SPILLWAY_SOURCE_DIR "/tests/input/bad_studies.txt", test::StudyFolder::with_the_rest);
  REQUIRE(cases.size() >= 140);
  for (const test::BadCase& bad : cases) {
    INFO(bad.name);
    CHECK(messages_of(folder, bad) == bad.expected);
  }
}

TEST_CASE("the message of a study shows the line and a caret", "[input]") {
  const test::StudyFolder folder;
  const std::string path = folder.folder.write("x.yaml", test::StudyFolder::with_the_rest("levers: {platforms.b.ads.load: [0, 2]}\n"));
  try {
    load_study(path);
    FAIL("accepted");
  } catch (const InputError& error) {
    CHECK(folder.without_folder(error.what()) ==
          "x.yaml:1:36: levers.platforms.b.ads.load.1: 2 is outside [0, 1] (share of impressions that are ads)\n"
          "    levers: {platforms.b.ads.load: [0, 2]}\n"
          "                                       ^");
  }
}
