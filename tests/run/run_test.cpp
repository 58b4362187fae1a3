// One run through the library: what it writes, when it refuses, how it stops.
#include "run/run.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <utility>

#include "base/error.hpp"
#include "store/trajectory.hpp"
#include "support/temporary_folder.hpp"

using namespace spillway;
using test::TemporaryFolder;

namespace {
const std::string market =
    "title: A small market\n"
    "caveat: Only a test.\n"
    "time: {start: 2010-01-01, end: 2010-12-31, step: 7 d}\n"
    "population: {users: 3000, people: 6_000_000}\n"
    "platforms:\n"
    "  plaza: {launch: 2010-01-01, broadcast_weight: 1, sellers: {presence: 0.5}}\n"
    "  chat: {launch: 2010-03-01, initial_share: 0.1}\n"
    "interventions: {ads: {on: 2010-06-01, set: {platforms.plaza.ads.load: 0.2}}}\n"
    "record: {panel: {users: 50}, snapshots: [2010-07-01]}\n";

struct Session {
  TemporaryFolder folder;
  std::string scenario = folder.write("market.yaml", market);
  RunOptions options{folder.path() + "/out/result.h5", 2, false, 30};

  RunOutcome run(const std::vector<std::string>& sets = {}, int signal = 0, double at = 0.5) {
    bool sent = false;
    return run_scenario(
        load_scenario(scenario, sets), options,
        [&](const Progress& p) {
          if (signal != 0 && !sent && p.done >= at) {
            sent = true;
            std::raise(signal);
          }
        },
        [](const std::string&) {});
  }
};
}  // namespace

TEST_CASE("a run writes its file, complete and as it was in memory", "[run]") {
  Session session;
  const RunOutcome outcome = session.run();
  CHECK(outcome.stopped_by == 0);
  CHECK_FALSE(outcome.already_done);
  const Recording file = read_recording(outcome.path);
  CHECK(digest(file) == digest(outcome.recording));
  CHECK(file.attribute("status") == "complete");
  CHECK(file.attribute("caveat") == "Only a test.");
  CHECK(file.attribute("people_per_agent") == "2000");
  CHECK(length(file.at("time").values) == 53);
  CHECK(length(file.at("monthly_active_users").values) == 53 * 2);
  CHECK(length(file.at("panel/habit").values) == 53 * 50 * 2);
  CHECK(length(file.at("snapshots/status").values) == 3000 * 2);
  CHECK(value_at(file.at("policy/ads_load"), 52 * 2) == 0.2);
  CHECK(file.text("provenance/scenario_yaml") == market);
}

TEST_CASE("the resolved scenario in a result runs again to the same digest", "[run]") {
  Session session;
  const RunOutcome first = session.run();
  session.scenario = session.folder.write("again.yaml", first.recording.text("provenance/scenario_resolved"));
  session.options.output = session.folder.path() + "/again.h5";
  RunOutcome again = session.run();
  CHECK(again.recording.text("provenance/scenario_resolved") == first.recording.text("provenance/scenario_resolved"));
  for (auto& [path, text] : again.recording.texts)
    if (path == "provenance/scenario_yaml") text = market;  // as given: the only part that may differ
  CHECK(digest(again.recording) == digest(first.recording));
}

TEST_CASE("digests do not depend on threads and do depend on the replicate", "[run]") {
  Session session;
  session.options.force = true;
  session.options.threads = 1;
  const std::string one = digest(session.run().recording);
  session.options.threads = 3;
  CHECK(digest(session.run().recording) == one);
  CHECK(digest(session.run({"replicate=1"}).recording) != one);
}

TEST_CASE("a finished run is not run again, another scenario's result not replaced", "[run]") {
  Session session;
  const RunOutcome first = session.run();
  const RunOutcome second = session.run();
  CHECK(second.already_done);
  CHECK(digest(second.recording) == digest(first.recording));
  CHECK_THROWS_WITH(
      session.run({"seed=7"}),
      session.options.output + " holds the result of another scenario or model version; give another -o FILE, or --force to replace it");
  session.options.force = true;
  CHECK_FALSE(session.run({"seed=7"}).already_done);
  CHECK(read_recording(session.options.output).attribute("seed") == "7");
}

TEST_CASE("a file that is no result is not replaced without --force", "[run]") {
  Session session;
  session.options.output = session.folder.write("thesis.h5", "years of work");
  CHECK_THROWS_WITH(session.run(), Catch::Contains("--force"));
  session.options.force = true;
  CHECK(session.run().stopped_by == 0);
}

TEST_CASE("a signal ends the run after its tick with everything saved, the same command then runs to the end", "[run]") {
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) {
    Session session;
    const std::string whole = digest(session.run().recording);
    session.options.output = session.folder.path() + "/stopped.h5";
    const RunOutcome outcome = session.run({}, signal);
    CHECK(outcome.stopped_by == signal);
    const Recording file = read_recording(outcome.path);
    CHECK(file.attribute("status") == "stopped");
    CHECK(length(file.at("time").values) == 27);  // the first tick at which half is done
    CHECK(digest(session.run().recording) == whole);
  }
}

TEST_CASE("a request that comes twice at once, as `timeout` sends it, is one request", "[run]") {
  Session session;
  bool sent = false;
  const RunOutcome outcome = run_scenario(
      load_scenario(session.scenario), session.options,
      [&](const Progress&) {
        if (!std::exchange(sent, true)) {
          std::raise(SIGTERM);
          std::raise(SIGTERM);
        }
      },
      [](const std::string&) {});
  CHECK(outcome.stopped_by == SIGTERM);
  CHECK(read_recording(outcome.path).attribute("status") == "stopped");
}

TEST_CASE("a signal during the first tick still leaves a readable file", "[run]") {
  Session session;
  const RunOutcome outcome = session.run({}, SIGTERM, 0.0);
  CHECK(length(read_recording(outcome.path).at("time").values) == 1);
}

TEST_CASE("too little memory and unwritable places are said before any work", "[run]") {
  Session session;
  CHECK_THROWS_AS(session.run({"population.users=4294967295", "population.people=5e9"}), InputError);
  session.folder.write("file", "not a folder");
  session.options.output = session.folder.path() + "/file/result.h5";
  CHECK_THROWS_AS(session.run(), FileError);
}

TEST_CASE("a longer recording interval sums flows and keeps states", "[run]") {
  Session session;
  const Recording weekly = session.run().recording;
  session.options.output = session.folder.path() + "/fortnight.h5";
  const Recording fortnightly = session.run({"record.every=14 d"}).recording;
  for (std::size_t row = 0; row < 26; ++row)
    for (std::size_t cell = 0; cell < 6; ++cell) {
      const auto joins = [](const Recording& r, std::size_t at) { return value_at(r.at("joins"), at); };
      CHECK(joins(fortnightly, row * 6 + cell) == joins(weekly, 2 * row * 6 + cell) + joins(weekly, (2 * row + 1) * 6 + cell));
    }
  CHECK(value_at(fortnightly.at("members"), 2 * 20) == value_at(weekly.at("members"), 2 * 40));
}

TEST_CASE("default place of a result", "[run]") {
  Scenario s;
  s.seed = 7;
  s.replicate = 2;
  CHECK(default_output("/some/where/history.yaml", s) == "output/history-s7-r2.h5");
}

TEST_CASE("the user's own contact network is used, told of beforehand, and checked", "[run]") {
  Session session;
  std::string ties = "# a ring\n";
  for (int i = 0; i < 3000; ++i) ties += std::to_string(i) + " " + std::to_string((i + 1) % 3000) + "\n";
  session.folder.write("ring.txt", ties);
  std::string note;
  const auto run = [&](const std::string& path) {
    return run_scenario(
        load_scenario(session.scenario, {"contacts={kind: file, path: " + session.folder.path() + "/" + path + "}"}), session.options,
        [](const Progress&) {}, [&](const std::string& text) { note = text; });
  };
  const Recording ring = run("ring.txt").recording;
  CHECK(note.find("will take 96 kB of memory") != std::string::npos);
  const auto& degree = std::get<std::vector<std::uint8_t>>(ring.at("snapshots/degree").values);
  CHECK(std::count(degree.begin(), degree.end(), 2) == 3000);
  CHECK(run("ring.txt").already_done);
  session.folder.write("ring.txt", ties + "0 7\n");
  CHECK_THROWS_WITH(run("ring.txt"), Catch::Contains("another scenario"));  // same path, other ties
  session.options.force = true;
  session.folder.write("bad.txt", "0 1\n1 3000\n");
  CHECK_THROWS_WITH(run("bad.txt"), Catch::Contains("bad.txt:2") && Catch::Contains("3000"));
}
