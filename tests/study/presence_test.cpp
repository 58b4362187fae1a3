// Who is at work in a sweep's folder.
#include "study/presence.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "run/provenance.hpp"
#include "store/files.hpp"

using namespace spillway;
namespace fs = std::filesystem;

namespace {
struct Place {
  TemporaryFolder folder;
  SweepFolder sweep{folder.path()};
  Place() { fs::create_directory(sweep.running()); }

  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(sweep.running()), fs::directory_iterator()));
  }
  std::string left(const std::string& name, std::chrono::seconds ago, const std::string& text) const {
    std::string path = folder.write("running/" + name, text);
    fs::last_write_time(path, fs::file_time_type::clock::now() - ago);
    return path;
  }
};

const char* const note = R"({"host":"node7","pid":4711,"part":"2/8","in_hand":["p000001-r0000","p000009-r0000"]})";
}  // namespace

TEST_CASE("a process shows itself while it lives", "[sweep]") {
  const Place place;
  {
    Presence presence(place.sweep, "3/8");
    const auto first = workers_at(place.sweep);
    REQUIRE(first.size() == 1);
    CHECK(first[0].in_hand.empty());
    presence.renew({"p000001-r0000"});  // the first runs in hand show at once
    presence.renew({"p000002-r0000"});  // seconds have not passed: still as before
    const auto workers = workers_at(place.sweep);
    REQUIRE(workers.size() == 1);
    CHECK(workers[0].pid == static_cast<std::uint64_t>(::getpid()));
    CHECK(workers[0].part == "3/8");
    CHECK_FALSE(workers[0].host.empty());
    CHECK(workers[0].in_hand == std::vector<std::string>{"p000001-r0000"});
    CHECK(place.files() == 1);
    const std::string part = presence.part_file("77");
    CHECK(part.starts_with(place.sweep.running() + "/" + workers[0].host + "-" + std::to_string(::getpid())));
    CHECK(part.ends_with("-77.part"));
  }
  CHECK(workers_at(place.sweep).empty());
  CHECK(place.files() == 0);
}

TEST_CASE("those who died show for a minute, and their files stay for a day", "[sweep]") {
  const Place place;
  place.left("node7-4711.json", std::chrono::seconds(20), note);
  const auto workers = workers_at(place.sweep);
  REQUIRE(workers.size() == 1);
  CHECK(workers[0].host == "node7");
  CHECK(workers[0].pid == 4711);
  CHECK(workers[0].in_hand == std::vector<std::string>{"p000001-r0000", "p000009-r0000"});
  const std::string late = place.left("node7-4711.json", std::chrono::seconds(100), note);
  CHECK(workers_at(place.sweep).empty());
  CHECK(fs::exists(late));
  place.left("node7-4711.json", std::chrono::hours(25), note);
  place.left("node7-4711-12.part", std::chrono::hours(25), "half a rec");
  CHECK(workers_at(place.sweep).empty());
  CHECK(place.files() == 0);
}

TEST_CASE("a killed process of this host is known to be gone at once", "[sweep]") {
  const Place place;
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  REQUIRE(::waitpid(child, nullptr, 0) == child);
  const auto note_of = [](pid_t pid) {
    return nlohmann::json{{"host", host_name()}, {"pid", pid}, {"part", "all"}, {"in_hand", {"p000001-r0000"}}}.dump();
  };
  place.left("gone.json", std::chrono::seconds(0), note_of(child));
  CHECK(workers_at(place.sweep).empty());
  place.left("here.json", std::chrono::seconds(0), note_of(::getpid()));
  CHECK(workers_at(place.sweep).size() == 1);
}

TEST_CASE("what is no note is passed over, a folder that is not there is empty", "[sweep]") {
  const Place place;
  for (const char* text : {"", "{", "[]", "{}", R"({"host":"x"})", R"({"host":1,"pid":"x","part":"all","in_hand":[]})"}) {
    place.left("a.json", std::chrono::seconds(0), text);
    CHECK(workers_at(place.sweep).empty());
  }
  place.left("b.part", std::chrono::seconds(0), note);
  place.left("part-0-of-1.lock", std::chrono::seconds(0), "");
  CHECK(workers_at(place.sweep).empty());
  const SweepFolder none(place.folder / "none");
  CHECK(workers_at(none).empty());
  const Presence harmless(none, "all");  // nothing depends on it
  CHECK(workers_at(none).empty());
}
