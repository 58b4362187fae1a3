#include "store/info.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "store/files.hpp"
#include "store/sample_recording.hpp"
#include "store/trajectory.hpp"

using namespace spillway;
using Catch::Contains;

TEST_CASE("info: what is in a file", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.h5";
  const Recording recording = sample_recording(53, 5);
  write_recording(recording, path);

  SECTION("as text") {
    const std::string text = info_text(path);
    CHECK_THAT(text, Contains("微博 and WeChat, a sample") && Contains("status           complete") && Contains("18446744073709551615"));
    CHECK_THAT(text, Contains("2009-08-14 to 2010-08-13"));
    CHECK_THAT(text, Contains("panel/habit") && Contains("time 53, user 5, platform 2") && Contains("strength of habit"));
    CHECK_THAT(text, Contains("provenance/scenario_yaml"));
  }
  SECTION("as JSON") {
    const auto json = nlohmann::json::parse(info_json(path));
    CHECK(json["attributes"]["seed"] == "18446744073709551615");
    CHECK(json["dates"]["last"] == "2010-08-13");
    CHECK(json["bytes"] == std::filesystem::file_size(path));
    CHECK(json["variables"].size() == recording.variables.size());
    CHECK(json["variables"][0]["path"] == "time");
    CHECK(json["variables"][0]["shape"] == nlohmann::json{53});
    CHECK(json["timing"]["threads"] == "2");
  }
  SECTION("as digest, which timing does not change") {
    CHECK(file_digest(path) == digest(recording));
    Recording again = sample_recording(53, 5);
    again.timing = {{"created", "another day"}};
    write_recording(again, folder / "y.h5");
    CHECK(file_digest(folder / "y.h5") == file_digest(path));
  }
  SECTION("without a time axis") {
    Recording bare;
    bare.attributes = {{"schema_version", "1.0"}};
    write_recording(bare, path);
    CHECK_THAT(info_text(path), !Contains("dates"));
  }
}

TEST_CASE("info: one changed value changes the digest", "[store]") {
  const TemporaryFolder folder;
  Recording recording = sample_recording(53, 5);
  write_recording(recording, folder / "a.h5");
  for (Variable& variable : recording.variables)
    if (variable.path() == "panel/habit") std::get<std::vector<float>>(variable.values)[17] += 1e-6F;
  write_recording(recording, folder / "b.h5");
  CHECK(file_digest(folder / "a.h5") != file_digest(folder / "b.h5"));
}

TEST_CASE("info: a file that is no result", "[store]") { CHECK_THROWS_AS(info_text("no such file.h5"), FileError); }
