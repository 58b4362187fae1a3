#include "store/trajectory.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "base/error.hpp"
#include "store/files.hpp"
#include "store/h5.hpp"
#include "store/sample_recording.hpp"
#include "support/sample_comparison.hpp"

using namespace spillway;
using Catch::Contains;

namespace {
std::string write_error(const Recording& recording, const std::string& path) {
  return message_of<FileError>([&] { write_recording(recording, path); });
}
std::string read_error(const std::string& path) {
  return message_of<FileError>([&] { read_recording(path); });
}
Recording smallest() {
  Recording recording;
  recording.attributes = {{"schema_version", "1.0"}};
  return recording;
}
Variable coordinate(const std::string& name, std::vector<double> values) { return {"", name, {name}, "1", "", std::move(values), {}}; }
}  // namespace

TEST_CASE("store: what is written comes back", "[store]") {
  const TemporaryFolder folder;
  const Recording written = sample_recording();
  write_recording(written, folder / "x.h5");
  const Recording read = read_recording(folder / "x.h5");

  CHECK(digest(read) == digest(written));
  CHECK(read.timing == written.timing);
  CHECK(read.texts == written.texts);
  REQUIRE(read.variables.size() == written.variables.size());
  for (std::size_t i = 0; i < read.variables.size(); ++i) {
    const Variable& a = written.variables[i];
    INFO(a.path());
    const Variable& b = read.at(a.path());
    CHECK(b.dims == a.dims);
    CHECK(b.unit == a.unit);
    CHECK(b.long_name == a.long_name);
    CHECK(b.attributes.size() == a.attributes.size());
    CHECK(b.values.index() == a.values.index());
  }
  CHECK(read.attribute("title") == "微博 and WeChat, a sample");
  CHECK(std::get<std::vector<std::string>>(read.at("platform").values)[1] == "微信");
  CHECK(folder.names() == std::vector<std::string>{"x.h5"});
}

TEST_CASE("store: variables and groups keep their order", "[store]") {
  const TemporaryFolder folder;
  Recording recording = smallest();
  for (const char* name : {"zeta", "alpha", "midway"}) recording.variables.push_back(coordinate(name, {1, 2}));
  write_recording(recording, folder / "x.h5");
  const Recording read = read_recording(folder / "x.h5");
  REQUIRE(read.variables.size() == 3);
  CHECK(read.variables[0].name == "zeta");
  CHECK(read.variables[2].name == "midway");
}

TEST_CASE("store: equal recordings give equal bytes", "[store]") {
  const TemporaryFolder folder;
  write_recording(sample_recording(), folder / "a.h5");
  write_recording(sample_recording(), folder / "b.h5");
  CHECK(bytes_of(folder / "a.h5") == bytes_of(folder / "b.h5"));
}

TEST_CASE("store: floats keep every bit", "[store]") {
  const TemporaryFolder folder;
  Recording recording = smallest();
  const double odd[] = {std::bit_cast<double>(0x7ff8000000001234ULL), -0.0, 5e-324, -std::numeric_limits<double>::infinity(), 0.1};
  recording.variables.push_back(coordinate("x", {odd, odd + 5}));
  recording.variables.push_back(
      {"",
       "y",
       {"x"},
       "1",
       "",
       std::vector<float>{std::numeric_limits<float>::denorm_min(), -0.0F, std::numeric_limits<float>::quiet_NaN(), 1e38F, 0.1F},
       {}});
  write_recording(recording, folder / "x.h5");
  const Recording read = read_recording(folder / "x.h5");
  for (std::size_t i = 0; i < 5; ++i)
    CHECK(std::bit_cast<std::uint64_t>(std::get<std::vector<double>>(read.at("x").values)[i]) == std::bit_cast<std::uint64_t>(odd[i]));
  CHECK(digest(read) == digest(recording));
}

TEST_CASE("store: empty and odd shapes", "[store]") {
  const TemporaryFolder folder;
  SECTION("a run that has recorded nothing yet") {
    const Recording recording = sample_recording(0, 10);
    write_recording(recording, folder / "x.h5");
    CHECK(digest(read_recording(folder / "x.h5")) == digest(recording));
  }
  SECTION("attributes only") {
    write_recording(smallest(), folder / "x.h5");
    CHECK(digest(read_recording(folder / "x.h5")) == digest(smallest()));
  }
  SECTION("one tick, one user") {
    const Recording recording = sample_recording(1, 1);
    write_recording(recording, folder / "x.h5");
    CHECK(digest(read_recording(folder / "x.h5")) == digest(recording));
  }
  SECTION("larger than a chunk in every direction") {
    const Recording recording = sample_recording(400, 1500);
    write_recording(recording, folder / "x.h5");
    CHECK(digest(read_recording(folder / "x.h5")) == digest(recording));
  }
  SECTION("more variables and attributes than fit in one header block") {
    Recording recording = sample_recording(20, 2);
    for (int i = 0; i < 150; ++i)
      recording.variables.push_back(recording.at("monthly_active_users")), recording.variables.back().name = "v" + std::to_string(i);
    for (int i = 0; i < 60; ++i) recording.attributes.emplace_back("note_" + std::to_string(i), std::string(700, 'n'));
    write_recording(recording, folder / "x.h5");
    CHECK(digest(read_recording(folder / "x.h5")) == digest(recording));
  }
}

TEST_CASE("store: a long description survives", "[store]") {
  const TemporaryFolder folder;
  Recording recording = smallest();
  recording.attributes.emplace_back("summary", std::string(200000, 's'));  // old-style attributes end at 64 kB
  recording.texts = {{"a/b/c/deep", "line\n\ttab \"quotes\" \xF0\x9F\x8C\x8A"}, {"a/empty", ""}};
  write_recording(recording, folder / "x.h5");
  const Recording read = read_recording(folder / "x.h5");
  CHECK(read.attribute("summary").size() == 200000);
  CHECK(read.text("a/b/c/deep") == recording.text("a/b/c/deep"));
  CHECK(digest(read) == digest(recording));
}

TEST_CASE("store: an outline has coordinates only", "[store]") {
  const TemporaryFolder folder;
  write_recording(sample_recording(30, 4), folder / "x.h5");
  const Recording outline = read_outline(folder / "x.h5");
  CHECK(length(outline.at("time").values) == 30);
  CHECK(length(outline.at("panel/user").values) == 4);
  CHECK(length(outline.at("panel/habit").values) == 0);
  CHECK(outline.at("panel/habit").dims == std::vector<std::string>{"time", "user", "platform"});
}

TEST_CASE("store: what the program must not write", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.h5";
  Recording recording = smallest();
  recording.variables.push_back(coordinate("time", {0, 1}));
  const auto bug = [&](const Variable& variable) {
    Recording bad = recording;
    bad.variables.push_back(variable);
    return message_of<Bug>([&] { write_recording(bad, path); });
  };
  CHECK_THAT(bug({"", "x", {"nowhere"}, "1", "", std::vector<double>{1, 2}, {}}), Contains("no coordinate") && Contains("nowhere"));
  CHECK_THAT(bug({"", "x", {"time"}, "1", "", std::vector<double>{1}, {}}), Contains("has 1 values and its dimensions make 2"));
  CHECK_THAT(bug({"", "x", {}, "", "", std::vector<std::string>{"one"}, {}}), Contains("texts"));
  CHECK_THAT(bug({"", "x", {"time"}, "1", "", std::vector<double>{1, 2}, {{"_FillValue", "0"}}}), Contains("_FillValue"));
  CHECK_THAT(bug({"", "x", {"time"}, "1", "", std::vector<std::uint8_t>{1, 2}, {{"flag_values", "0, 1"}}}), Contains("flag_values"));
  CHECK_THAT(bug({"", "x", {"time"}, "1", "", std::vector<double>{1, 2}, {{"flag_values", "0 1"}}}), Contains("flags"));
  CHECK_THROWS_AS(write_recording(Recording{}, path), Bug);  // no schema_version

  recording.texts = {{"note", std::string("a\0b", 3)}};
  CHECK_THAT(write_error(recording, path), Contains("NUL"));
  recording.texts.clear();
  recording.variables.push_back(coordinate("time", {0, 1}));
  CHECK_THAT(write_error(recording, path), Contains("cannot make 'time'"));  // the same name twice
  CHECK(folder.names().empty());
}

TEST_CASE("store: what is not a result is refused in one line", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.h5";
  const auto one_line = [](const std::string& text) { return !text.empty() && text.find('\n') == std::string::npos; };

  CHECK_THAT(read_error(folder / "missing.h5"), Contains("missing.h5: cannot open: No such file or directory"));
  CHECK(one_line(read_error(folder.path())));  // a folder
  write_text(path, "title: a scenario\n");
  CHECK_THAT(read_error(path), Contains("it is not an HDF5 file"));
  write_text(path, "");
  CHECK_THAT(read_error(path), Contains("it is not an HDF5 file"));

  Recording newer = smallest();
  newer.attributes[0].second = "2.3";
  write_recording(newer, path);
  CHECK_THAT(read_error(path), Contains("has file format 2.3") && Contains("up to 1.0") && Contains("newer Spillway"));
  CHECK(one_line(read_error(path)));
  newer.attributes[0].second = "1.7";  // a newer minor version only adds
  write_recording(newer, path);
  CHECK(read_error(path).empty());
  newer.attributes[0].second = "draft";
  write_recording(newer, path);
  CHECK_THAT(read_error(path), Contains("is not a Spillway result"));

  h5::File foreign = h5::File::create("foreign");
  foreign.add_attribute("/", "title", "someone else's");
  const auto image = foreign.image();
  write_text(path, std::string(reinterpret_cast<const char*>(image.data()), image.size()));
  CHECK_THAT(read_error(path), Contains("no schema_version"));
}

// Kept from the first version of the format on; a file of each later one joins it.
TEST_CASE("store: files of every format version are read", "[store]") {
  const std::string folder = std::string(SPILLWAY_SOURCE_DIR) + "/tests/store/formats/";
  const Recording read = read_recording(folder + "1.0.h5");
  CHECK(read.attribute("title") == "微博 and WeChat, a sample");
  CHECK(read.text("provenance/scenario_yaml") == "title: 微博与微信\nseed: 20141128\n");
  CHECK(value_at(read.at("max_contacts"), 1) == 65535);
  CHECK(read.at("panel/status").dims == std::vector<std::string>{"time", "user", "platform"});
  CHECK(read.variables.size() == 21);
}

// The next two also make the files that tests/readers opens with other programs, when the environment names them.
TEST_CASE("store: sample comparison for the readers", "[store]") {
  const TemporaryFolder folder;
  const char* wanted = std::getenv("SPILLWAY_SAMPLE");
  const std::string path = wanted != nullptr ? wanted : folder / "comparison.h5";
  write_recording(SampleComparison().make(), path);
  CHECK(read_error(path).empty());
}

TEST_CASE("store: sample file for the readers", "[store]") {
  const TemporaryFolder folder;
  const char* wanted = std::getenv("SPILLWAY_SAMPLE");
  const std::string path = wanted != nullptr ? wanted : folder / "sample.h5";
  write_recording(sample_recording(), path);
  CHECK(read_error(path).empty());
}
