// What a run is said to need: against what it takes, and when it is refused.
#include "run/forecast.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "base/error.hpp"
#include "engine/engine.hpp"
#include "run/run.hpp"
#include "support/busy_market.hpp"
#include "support/temporary_folder.hpp"

using namespace spillway;
using Catch::Contains;
using test::TemporaryFolder;

namespace {
const MachineMemory small_machine{4'000'000'000, 3'000'000'000, "this machine has"};

std::string refusal(const Scenario& s, const std::optional<GraphMemory>& graph = {}) {
  try {
    refuse_unless_fits(s, 2, graph, small_machine);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

const std::string market =
    "title: A market\ntime: {start: 2010-01-01, end: 2010-12-31, step: 7 d}\npopulation: {users: 3000, people: 6e6}\n"
    "platforms: {plaza: {launch: 2010-01-01, initial_share: 0.2, broadcast_weight: 1, sellers: {presence: 0.5}}}\n";
}  // namespace

TEST_CASE("a run that does not fit is refused with the sum and a number of users that fits", "[run]") {
  const Scenario s = testing::whole_market(731'000'000);
  const std::string text = refusal(s);
  CHECK_THAT(text, Contains("731,000,000 users x ") && Contains(" bytes = ") && Contains(" + supplier slots "));
  CHECK_THAT(text, Contains("this machine has 4.0 GB, of which 3.8 GB may be used"));
  const std::string option = "(--users ";
  REQUIRE_THAT(text, Contains(option));
  Scenario smaller = s;
  smaller.population.users = static_cast<std::uint32_t>(std::stoul(text.substr(text.find(option) + option.size())));
  CHECK(refusal(smaller).empty());
  smaller.population.users += smaller.population.users / 10;  // two digits: no more than a tenth is given away
  CHECK_FALSE(refusal(smaller).empty());
}

TEST_CASE("what is refused: also recorded values, also the reading of a contact network", "[run]") {
  Scenario s = testing::whole_market(1'000'000);
  CHECK(refusal(s).empty());
  s.record.snapshots.assign(60, s.time.start);
  CHECK_THAT(refusal(s), Contains("--users "));
  s.record = {7.0, {1'000'000}, {}};
  CHECK_THAT(refusal(s), Contains("panel"));
  s.record = {7.0, {0}, {}};
  s.contacts.kind = ContactsKind::file;
  CHECK(refusal(s, GraphMemory{200'000'000, 100'000'000}).empty());
  CHECK_THAT(refusal(s, GraphMemory{9'000'000'000, 100'000'000}), Contains("reading the contact network"));
  CHECK_THAT(refusal(s, GraphMemory{9'000'000'000, 8'000'000'000}), Contains("contact network") && !Contains("--users"));
}

TEST_CASE("a run that fits the machine but not what is free is warned of", "[run]") {
  const auto warning = [](std::uint32_t users) { return memory_warning(forecast_memory(testing::whole_market(users), 2), small_machine); };
  CHECK(warning(1'000'000).empty());
  CHECK_THAT(warning(120'000'000), Contains("warning: ") && Contains("3.0 GB are free now"));
}

TEST_CASE("the memory's text adds up to what it says", "[run]") {
  const MemoryForecast forecast = forecast_memory(testing::whole_market(5'000'000, true), 2);
  const std::string text = memory_text(forecast);
  for (const ColumnRow& row : column_table) CHECK_THAT(text, Contains("  " + std::string(row.name) + " "));
  CHECK(forecast.bytes() == total_bytes(forecast.parts));
  CHECK(forecast.world == total_bytes(world_memory(testing::whole_market(5'000'000, true))));
  CHECK(forecast.bytes() > forecast.world);
  CHECK_THAT(text, Contains("5,000,000 users x 1 byte ") && Contains(bytes_text(forecast.bytes())));
}

TEST_CASE("bytes and numbers as people read them", "[run]") {
  CHECK(bytes_text(0) == "0 bytes");
  CHECK(bytes_text(999) == "999 bytes");
  CHECK(bytes_text(9'940) == "9.9 kB");
  CHECK(bytes_text(999'600) == "1.0 MB");
  CHECK(bytes_text(57'200'000) == "57 MB");
  CHECK(bytes_text(23'840'000'000) == "23.8 GB");
  CHECK(bytes_text(UINT64_MAX) == "18.4 EB");
  CHECK(grouped(7) == "7");
  CHECK(grouped(731'000'000) == "731,000,000");
}

TEST_CASE("a trial stands for the whole run", "[run]") {
  Scenario s = testing::whole_market(2'000'000'000);  // far too many to simulate here
  const Trial trial = timed_trial(s, 2);
  CHECK(trial.users > 0);
  CHECK(trial.users % (2 * users_per_task) == 0);  // both threads have as much to do
  CHECK(trial.users <= 4 * 2 * users_per_task);
  CHECK(trial.tick_ns > 0);
  CHECK(trial.build_ns > 0);
  CHECK(trial.result_bytes > 10'000);
  s.record.panel.users = 1'000'000;
  CHECK(timed_trial(s, 1).result_bytes > 20'000'000);  // 53 million values with several bits each
}

TEST_CASE("a trial of a contact network from a file uses its mean degree", "[run]") {
  const TemporaryFolder folder;
  std::string ties;
  for (int i = 0; i < 3000; ++i) ties += std::to_string(i) + " " + std::to_string((i + 1) % 3000) + "\n";
  folder.write("ring.txt", ties);
  const LoadedScenario loaded = load_scenario(folder.write("market.yaml", market + "contacts: {kind: file, path: ring.txt}\n"));
  Forecast forecast = forecast_run(loaded, 1);
  REQUIRE(forecast.graph);
  CHECK(forecast.graph->held == 3001 * 8 + 3000 * 2 * 4);
  add_time(loaded, forecast);
  CHECK(forecast.trial.users == 3000);
}

TEST_CASE("the size of the result is foretold", "[run]") {
  const TemporaryFolder folder;
  const std::string file = folder.write("market.yaml", market + "record: {panel: {users: 1000}, snapshots: [2010-06-01, 2010-12-01]}\n");
  const LoadedScenario loaded = load_scenario(file, {"population.users=60000"});
  Forecast forecast = forecast_run(loaded, 1);
  add_time(loaded, forecast);
  const RunOutcome run = run_scenario(
      loaded, {folder / "x.h5", 2, false, 30}, [](const Progress&) {}, [](const std::string&) {});
  CHECK(static_cast<double>(forecast.result_bytes) == Approx(static_cast<double>(std::filesystem::file_size(run.path))).epsilon(0.3));
}

TEST_CASE("a forecast changes nothing of the run that it precedes", "[run]") {
  const TemporaryFolder folder;
  const LoadedScenario loaded = load_scenario(folder.write("market.yaml", market));
  std::vector<std::string> notes;
  const auto run = [&](double forecast_from, const std::string& name) {
    RunOptions options{folder / name, 2, false, 30};
    options.forecast_from = forecast_from;
    notes.clear();
    return digest(run_scenario(
                      loaded, options, [](const Progress&) {}, [&](const std::string& note) { notes.push_back(note); })
                      .recording);
  };
  const std::string silent = run(never, "silent.h5");
  CHECK(notes.empty());
  CHECK(run(0, "told.h5") == silent);
  REQUIRE(notes.size() == 1);
  CHECK_THAT(notes[0], Contains("needs ") && Contains(" of memory and ") && Contains(" here (2 threads); the result takes "));
  run(2e8, "short.h5");
  CHECK(notes.empty());  // too short to need one
}
