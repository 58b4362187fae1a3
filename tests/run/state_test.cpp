// A run in pieces is the same run: saved, stopped, gone on from, on another number of threads.
#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <random>
#include <system_error>
#include <thread>

#include "base/error.hpp"
#include "model/version.hpp"
#include "run/lock.hpp"
#include "run/run.hpp"
#include "store/files.hpp"
#include "store/state_file.hpp"
#include "store/trajectory.hpp"

using namespace spillway;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {
const std::string market =
    "title: A market that is interrupted\n"
    "time: {start: 2010-01-01, end: 2010-12-30, step: 7 d}\n"
    "population: {users: 3000, people: {points: {2010-01-01: 4e6, 2010-12-31: 6e6}},\n"
    "  segments: [{name: young, share: 0.5, conversation_taste: 0.7}, {name: old, share: 0.5}]}\n"
    "suppliers: {per_user: 0.05}\n"
    "utility: {fame: 0.5, fame_of: attention}\n"
    "platforms:\n"
    "  plaza: {launch: 2010-01-01, broadcast_weight: 1, initial_share: 0.2, sellers: {presence: 0.5}}\n"
    "  chat: {launch: 2010-03-01, initial_share: 0.1}\n"
    "interventions:\n"
    "  ads: {on: 2010-05-01, until: 2010-09-01, ramp: {platforms.plaza.ads.load: 0.3}}\n"
    "record: {every: 14 d, panel: {users: 50}, snapshots: [2010-04-01, 2010-10-01]}\n";

struct Session {
  TemporaryFolder folder;
  std::string scenario = folder.write("market.yaml", market);
  RunOptions options{folder.path() + "/x.h5", 2, false, 30};
  std::string notes;

  /// Stops after `stop` ticks, if the run gets that far; 0: not.
  RunOutcome run(const std::vector<std::string>& sets = {}, int stop = 0) {
    int ticks = 0;
    notes.clear();
    return run_scenario(
        load_scenario(scenario, sets), options,
        [&](const Progress&) {
          if (++ticks == stop) std::raise(SIGTERM);
        },
        [&](const std::string& note) { notes += note + "\n"; });
  }
  std::string error(const std::vector<std::string>& sets = {}) {
    return message_of<std::exception>([&] { run(sets); });
  }
  std::string at(const std::string& name) const { return folder.path() + "/" + name; }
  bool there(const std::string& name) const { return fs::exists(at(name)); }
};

/// Digest of the run that nothing disturbs.
std::string undisturbed(const std::vector<std::string>& sets = {}) {
  Session session;
  return digest(session.run(sets).recording);
}

void forge(const std::string& path, const std::function<void(StateIdentity&)>& change) {
  StateIdentity identity = StateFile(path).identity();
  change(identity);
  StateImage(identity, [](Archive&) {}).write(path);
}

void flip(const std::string& path, std::size_t at) {
  std::vector<char> bytes = bytes_of(path);
  bytes.at(at) = static_cast<char>(bytes[at] ^ 4);
  write_bytes(path, bytes);
}
}  // namespace

TEST_CASE("a run split at any tick ends in the same digest, on other threads too", "[run][state]") {
  const std::string whole = undisturbed();
  std::mt19937 draw(11);
  for (int round = 0; round < 20; ++round) {
    Session session;
    session.options.threads = 1 + static_cast<int>(draw() % 3);
    const int first = 1 + static_cast<int>(draw() % 51);
    INFO("split after " << first << " ticks of 52, round " << round);
    CHECK(session.run({}, first).stopped_by == SIGTERM);
    CHECK(read_recording(session.options.output).attribute("status") == "stopped");
    CHECK(StateFile(session.at("x.state")).identity().ticks == static_cast<std::uint32_t>(first));
    session.options.threads = 1 + session.options.threads % 3;
    const int second = 1 + static_cast<int>(draw() % 20);  // perhaps a second stop
    session.run({}, second);
    CHECK_THAT(session.notes, Contains("going on from " + session.at("x.state") + " ("));
    session.options.threads = 1 + session.options.threads % 3;
    const Recording end = session.run().recording;
    CHECK(end.attribute("status") == "complete");
    CHECK(digest(end) == whole);
    CHECK(digest(read_recording(session.options.output)) == whole);
    CHECK_FALSE(session.there("x.state"));
    CHECK_FALSE(session.there("x.state.previous"));
    CHECK_FALSE(session.there("x.lock"));
  }
}

TEST_CASE("a state has the same bits whichever way the run came there", "[run][state]") {
  Session plain, split;
  for (Session* session : {&plain, &split}) session->options.save_states = {make_date(2010, 10, 15)};
  plain.options.threads = 1;
  plain.run();
  split.options.threads = 3;
  split.run({}, 9);
  split.run({}, 17);
  split.run();
  const auto seal = [](const Session& session) { return StateFile(session.at("x-2010-10-15.state")).verify(); };
  CHECK(seal(plain) == seal(split));
}

TEST_CASE("stocks in f32 and complete mixing go on as well", "[run][state]") {
  for (const std::vector<std::string>& sets :
       {std::vector<std::string>{"numerics.stocks=f32", "exit.threshold_delay=30 d"}, std::vector<std::string>{"contacts.kind=mixing"}}) {
    const std::string whole = undisturbed(sets);
    Session session;
    CHECK(session.run(sets, 30).stopped_by == SIGTERM);
    CHECK(digest(session.run(sets).recording) == whole);
    CHECK_THAT(session.notes, Contains("going on from"));
  }
}

TEST_CASE("with every tick saved, two generations stand and either goes on", "[run][state]") {
  const std::string whole = undisturbed();
  Session session;
  session.options.state_every_seconds = 0;
  CHECK(session.run({}, 20).stopped_by == SIGTERM);
  session.options.state_every_seconds = 600;
  CHECK(StateFile(session.at("x.state")).identity().ticks == 20);
  CHECK(StateFile(session.at("x.state.previous")).identity().ticks == 19);

  SECTION("a damaged newer one is named and the previous one used") {
    flip(session.at("x.state"), 40'000);
    CHECK(digest(session.run().recording) == whole);
    CHECK_THAT(session.notes,
               Contains("going on from " + session.at("x.state.previous")) && Contains(session.at("x.state") + " is damaged: section"));
  }
  SECTION("an empty newer one") {
    write_text(session.at("x.state"), "");
    CHECK(digest(session.run().recording) == whole);
    CHECK_THAT(session.notes, Contains("x.state.previous") && Contains("is damaged: it is cut off"));
  }
  SECTION("a newer one of another model version") {
    forge(session.at("x.state"), [](StateIdentity& identity) { ++identity.model_version; });
    CHECK(digest(session.run().recording) == whole);
    CHECK_THAT(session.notes, Contains("x.state.previous") && Contains("it was made by model version " + std::to_string(model_version + 1) +
                                                                       ", this program has " + std::to_string(model_version)));
  }
  SECTION("a newer one in a newer format") {
    std::vector<char> bytes = bytes_of(session.at("x.state"));
    bytes[16] = 9;
    write_bytes(session.at("x.state"), bytes);
    CHECK(digest(session.run().recording) == whole);
    CHECK_THAT(session.notes, Contains("x.state.previous") && Contains("has format 9, this program reads " + std::to_string(state_format)));
  }
  SECTION("a newer one with other columns") {
    forge(session.at("x.state"), [](StateIdentity& identity) { identity.layout += "column more 1\n"; });
    CHECK(digest(session.run().recording) == whole);
    CHECK_THAT(session.notes, Contains("stores other columns or series"));
  }
  SECTION("both damaged: from the beginning, and said so") {
    flip(session.at("x.state"), 50'000);
    flip(session.at("x.state.previous"), 50'000);
    CHECK(digest(session.run().recording) == whole);
    CHECK_THAT(session.notes, Contains("starting over: ") && Contains("x.state is damaged") && Contains("x.state.previous is damaged"));
  }
  SECTION("swapped: the one that has come further is used") {
    fs::rename(session.at("x.state"), session.at("swap"));
    fs::rename(session.at("x.state.previous"), session.at("x.state"));
    fs::rename(session.at("swap"), session.at("x.state.previous"));
    CHECK(digest(session.run().recording) == whole);
    CHECK_THAT(session.notes, Contains("going on from " + session.at("x.state.previous")));
  }
  CHECK_FALSE(session.there("x.state"));
  CHECK_FALSE(session.there("x.state.previous"));
}

TEST_CASE("a damaged state never pushes the good one out", "[run][state]") {
  Session session;
  session.options.state_every_seconds = 0;
  session.run({}, 20);
  flip(session.at("x.state"), 40'000);
  session.options.state_every_seconds = 600;
  session.run({}, 3);  // goes on from the previous generation and saves once, when it stops
  CHECK(StateFile(session.at("x.state")).identity().ticks == 22);
  StateFile(session.at("x.state")).verify();
  StateFile(session.at("x.state.previous")).verify();
  CHECK(StateFile(session.at("x.state.previous")).identity().ticks == 19);
}

TEST_CASE("another scenario's state is passed over with a note and replaced", "[run][state]") {
  Session session;
  session.run({"seed=9"}, 20);
  fs::remove(session.options.output);
  CHECK(digest(session.run({}, 10).recording) != undisturbed());
  CHECK_THAT(session.notes, Contains("starting over: ") && Contains("belongs to another scenario: resolved line") &&
                                Contains("'seed: 9' there and 'seed: 1' here"));
  CHECK(StateFile(session.at("x.state")).identity().ticks == 10);
  CHECK(digest(session.run().recording) == undisturbed());
}

TEST_CASE("with --force a run starts over and removes automatic states", "[run][state]") {
  Session session;
  session.options.state_every_seconds = 0;
  session.run({}, 20);
  session.options.force = true;
  session.options.state_every_seconds = 600;
  CHECK(length(session.run({}, 2).recording.at("time").values) == 1);
  CHECK(session.notes.empty());
  CHECK_FALSE(session.there("x.state.previous"));
}

TEST_CASE("states kept on dates start runs with other ends", "[run][state]") {
  Session session;
  session.options.save_states = {make_date(2010, 6, 1), make_date(2010, 12, 30)};
  const std::string whole = digest(session.run().recording);
  CHECK(whole == undisturbed());
  CHECK(StateFile(session.at("x-2010-06-01.state")).identity().date == "2010-06-04");  // the first boundary on or after it
  CHECK(StateFile(session.at("x-2010-12-30.state")).identity().ticks == 52);           // the end
  CHECK_FALSE(session.there("x.state"));
  session.options.save_states.clear();

  const std::string longer = undisturbed({"time.end=2011-06-30"});
  for (const char* name : {"x-2010-06-01.state", "x-2010-12-30.state"}) {
    session.options.output = session.at(std::string("longer-") + name + ".h5");
    session.options.from = session.at(name);
    CHECK(digest(session.run({"time.end=2011-06-30"}).recording) == longer);
  }
  session.options.output = session.at("again.h5");
  CHECK(digest(session.run().recording) == whole);  // nothing left to simulate, all recorded

  session.options.output = session.at("y.h5");
  CHECK_THAT(session.error({"time.end=2010-10-15"}), Contains("it stands at 2010-12-31, after time.end (2010-10-15)"));
  CHECK_THAT(session.error({"seed=3"}), Contains("--from") && Contains("belongs to another scenario") && Contains("'seed: 3' here"));
  CHECK_THAT(session.error({"record.every=7 d"}), Contains("another scenario") && Contains("every: "));
  session.options.from = session.at("none.state");
  CHECK_THAT(session.error(), Contains("none.state: cannot open: No such file"));
  session.options.from = session.scenario;
  CHECK_THAT(session.error(), Contains("is no saved state"));
  CHECK_FALSE(session.there("y.h5"));
  CHECK_FALSE(session.there("y.lock"));
}

TEST_CASE("a stopped run that began from a kept state goes on from its own", "[run][state]") {
  Session session;
  session.options.save_states = {make_date(2010, 4, 1)};
  session.run();
  session.options.save_states.clear();
  session.options.from = session.at("x-2010-04-01.state");
  session.options.output = session.at("y.h5");
  CHECK(session.run({}, 10).stopped_by == SIGTERM);
  CHECK(StateFile(session.at("y.state")).identity().ticks == 13 + 10);
  CHECK(digest(session.run().recording) == undisturbed());
  CHECK_THAT(session.notes, Contains("y.state"));
  CHECK(session.there("x-2010-04-01.state"));
}

TEST_CASE("dates without a state are refused or noted", "[run][state]") {
  Session session;
  for (const Date date : {make_date(2010, 1, 1), make_date(2011, 1, 1)}) {
    session.options.save_states = {date};
    CHECK_THAT(session.error(), Contains("--save-state " + to_text(date)) && Contains("after 2010-01-01 and until 2010-12-30"));
  }
  session.options.save_states.clear();
  session.run({}, 30);
  session.options.save_states = {make_date(2010, 2, 1)};
  session.run({}, 2);
  CHECK_THAT(session.notes, Contains("x-2010-02-01.state is not written: the run goes on from a later date; --force starts over"));
  session.options.save_states.clear();
  session.run();
  CHECK(session.run().already_done);
  session.options.save_states = {make_date(2010, 2, 1)};
  CHECK_THAT(session.error(), Contains("x.h5 is complete, so") && Contains("--force runs it again"));
  session.options.force = true;
  session.run();
  CHECK(session.there("x-2010-02-01.state"));
}

TEST_CASE("what a killed process left behind goes away", "[run][state]") {
  Session session;
  for (const char* name : {"x.h5.part", "x.state.part", "x-2010-02-01.state.part", "x.lock"}) session.folder.write(name, "half");
  session.options.save_states = {make_date(2010, 2, 1)};
  session.run();
  auto names = session.folder.names();
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"market.yaml", "x-2010-02-01.state", "x.h5"});
  // Killed between the result and the removal of its states.
  session.options.save_states.clear();
  for (const char* name : {"x.state", "x.state.previous"}) session.folder.write(name, "");
  CHECK(session.run().already_done);
  session.folder.write("x.lock", "");
  CHECK(session.run().already_done);
  names = session.folder.names();
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"market.yaml", "x-2010-02-01.state", "x.h5"});
}

TEST_CASE("two processes do not write one result", "[run][state]") {
  Session session;
  {
    const RunLock other(session.at("x.lock"), "x.h5");
    CHECK_THAT(session.error(), Contains("x.h5 is being written by another process") && Contains("x.lock is locked"));
    CHECK_FALSE(session.there("x.h5"));
  }
  session.run();
  {
    const RunLock other(session.at("x.lock"), "x.h5");  // runs it anew, say
    CHECK(session.run().already_done);
    CHECK(session.there("x.lock"));
    session.options.force = true;
    CHECK_THAT(session.error(), Contains("is being written by another process"));
  }
  CHECK_FALSE(session.there("x.lock"));
  CHECK(session.run().stopped_by == 0);
}

TEST_CASE("a state that cannot be saved ends the run and names the one that stands", "[run][state]") {
  Session session;
  session.run({}, 10);
  session.options.state_every_seconds = 0;
  const auto fails_at_tick = [&](int tick) {
    int ticks = 0;
    return message_of<FileError>([&] {
      run_scenario(
          load_scenario(session.scenario), session.options,
          [&](const Progress&) {
            // What is no file cannot be opened for writing. A slow disk may still be busy with the file of the tick before.
            std::error_code busy;
            while (ticks == tick - 1 && !fs::create_directory(session.at("x.state.part"), busy) && busy) std::this_thread::yield();
            ++ticks;
          },
          [](const std::string&) {});
    });
  };
  CHECK_THAT(fails_at_tick(5), Contains("x.state.part: cannot make: Is a directory") && Contains("; the state of 2010-0") &&
                                   Contains(" stands, and the same command goes on from it"));
  fs::remove(session.at("x.state.part"));
  CHECK(digest(session.run().recording) == undisturbed());
}
