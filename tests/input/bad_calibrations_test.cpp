// One wrong calibration per rule, whole messages compared, as for studies.
#include <catch2/catch.hpp>

#include "input/calibration.hpp"
#include "input/calibration_cases.hpp"

using namespace spillway;

namespace {
std::string messages_of(const test::CalibrationFolder& folder, const test::BadCase& bad) {
  const std::string path = folder.folder.write("x.yaml", bad.yaml);
  try {
    load_calibration(path, bad.sets);
  } catch (const InputError& error) {
    return folder.messages(error);
  }
  return "accepted\n";
}
}  // namespace

TEST_CASE("each wrong calibration gets its message", "[input]") {
  const test::CalibrationFolder folder;
  const auto cases = test::read_cases(SPILLWAY_SOURCE_DIR "/tests/input/bad_calibrations.txt", test::CalibrationFolder::complete);
  REQUIRE(cases.size() >= 150);
  for (const test::BadCase& bad : cases) {
    INFO(bad.name);
    CHECK(messages_of(folder, bad) == bad.expected);
  }
}

TEST_CASE("the message of a row shows the line of the record and a caret", "[input]") {
  const test::CalibrationFolder folder;
  const std::string path = folder.folder.write(
      "x.yaml", test::CalibrationFolder::complete("targets: {z: {outcome: members.a, data: wrong.csv, series: b, tolerance: 10%}}\n"));
  try {
    load_calibration(path);
    FAIL("accepted");
  } catch (const InputError& error) {
    CHECK(folder.without_folder(error.what()) ==
          "wrong.csv:4:3: targets.z.data: 'soon' is not a date; write it as 2013-07-01\n"
          "    b,soon,many\n"
          "      ^");
  }
}
