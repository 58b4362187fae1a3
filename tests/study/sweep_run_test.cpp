// Doing the runs of a sweep: what is missing and nothing else, whatever single runs do, and however many are at work.
#include "study/sweep_run.hpp"

#include <signal.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "input/source.hpp"
#include "run/signals.hpp"
#include "study/run_failure.hpp"
#include "study/run_record.hpp"
#include "support/model_sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {
double utility(const Scenario& s) { return s.platforms[0].second.intrinsic_utility; }

/// Five points, 1 to 5.
const std::string five = "levers: {platforms.a.intrinsic_utility: [1, 2, 3, 4, 5]}\ndesign: grid\n";

/// y = x, but what `at_three` does at x = 3.
struct Market {
  Calls calls;
  std::function<void()> at_three = [] {};
  StudyPlace place{[this](const Scenario& s) {
    calls.note();
    if (utility(s) == 3) at_three();
    return utility(s);
  }};

  std::vector<double> values() const { return outcome_of(gathered(place.open())); }
};

void check(const SweepOutcome& o, std::uint64_t done_before, std::uint64_t done, std::uint64_t failed_before, std::uint64_t failed,
           std::uint64_t left) {
  CHECK(o.done_before == done_before);
  CHECK(o.done == done);
  CHECK(o.failed_before == failed_before);
  CHECK(o.failed == failed);
  CHECK(o.left == left);
}

const std::vector<double> as_it_is{1, 2, 3, 4, 5};
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}
}  // namespace

TEST_CASE("sweep: what is done is not done again", "[sweep]") {
  const Market market;
  const Sweep sweep = market.place.plan(five);
  check(run_all(sweep), 0, 5, 0, 0, 0);
  CHECK(market.calls.count() == 5);
  CHECK(market.values() == as_it_is);
  check(run_all(market.place.open()), 5, 0, 0, 0, 0);
  CHECK(market.calls.count() == 5);
  fs::remove(sweep.folder.record({1, 0}));
  check(run_all(sweep), 4, 1, 0, 0, 0);
  CHECK(market.calls.count() == 6);
  CHECK(market.values() == as_it_is);
  for (const auto& entry : fs::directory_iterator(sweep.folder.running())) CHECK(entry.path().extension() != ".part");
}

TEST_CASE("sweep: a damaged record and another sweep's are done again", "[sweep]") {
  const Market market;
  const Sweep sweep = market.place.plan(five);
  run_all(sweep);
  const std::string damaged = sweep.folder.record({1, 0}), foreign = sweep.folder.record({3, 0});
  std::vector<char> bytes = bytes_of(damaged);
  bytes[bytes.size() / 2] ^= 1;
  write_bytes(damaged, bytes);
  write_record({"of another sweep", 3, 0, "", 0, {4711}, {}}, foreign, sweep.folder.running() + "/x.part");
  CHECK(same(market.values(), {1, missing, 3, missing, 5}));  // never taken for good
  market.calls.forget();
  check(run_all(sweep), 3, 2, 0, 0, 0);
  CHECK(market.calls.count() == 2);
  CHECK(market.values() == as_it_is);
}

TEST_CASE("sweep: a run that fails over a damaged record is noted", "[sweep]") {
  Market market;
  market.at_three = [] { throw std::runtime_error("three"); };
  const Sweep sweep = market.place.plan(five);
  market.place.folder.write("sweep/records/000/p000002-r0000.run", "torn");
  check(run_all(sweep), 0, 4, 0, 1, 0);
  CHECK(failure_message(sweep.folder, {2, 0}) == "three");
}

TEST_CASE("sweep: a failed run leaves what is needed to see it fail again, and stops nothing", "[sweep]") {
  Market market;
  market.at_three = [] { throw std::runtime_error("no market at 3: \"so\""); };
  const Sweep sweep = market.place.plan(five + "set: {title: Wu's market}\nreplicates: 2\n", {"seed=7"});
  check(run_all(sweep), 0, 8, 0, 2, 0);
  const auto json = nlohmann::json::parse(read_file(sweep.folder.failure({2, 1}), 1 << 20));
  CHECK(json.at("message") == "no market at 3: \"so\"");
  CHECK(json.at("point") == 2);
  CHECK(json.at("replicate") == 1);
  CHECK(json.at("seed") == 7);
  const std::vector<std::string> sets = json.at("sets");
  CHECK(std::find(sets.begin(), sets.end(), "platforms.a.intrinsic_utility=3") != sets.end());
  CHECK(sets.back() == "replicate=1");
  const LoadedScenario again = load_scenario(json.at("scenario"), sets);
  CHECK(again.scenario.seed == 7);
  CHECK(again.scenario.title == "Wu's market");
  CHECK(utility(again.scenario) == 3);

  market.calls.forget();
  check(run_all(sweep), 8, 0, 2, 0, 0);  // not of itself
  CHECK(market.calls.count() == 0);
  CHECK(forget_failures(sweep, {}) == 2);
  check(run_all(sweep), 8, 0, 0, 2, 0);
  const Simulation mended = as_simulation(utility);
  const Sweep after = open_sweep(load_study(market.place.folder / "study.yaml", {"seed=7"}), sweep.folder.path(), mended);
  CHECK(forget_failures(after, {1, 2, "--shard", 1}) == 1);  // run 7 is the third point's second replicate, run 2 its first
  CHECK(forget_failures(after, {0, 2, "--shard", 1}) == 1);
  check(run_all(after), 8, 2, 0, 0, 0);
  CHECK(outcome_of(gathered(after)) == std::vector<double>{1, 1, 2, 2, 3, 3, 4, 4, 5, 5});
}

// What somebody reads in the file must be what he can type.
TEST_CASE("sweep: the command of a failed run is one for a shell", "[sweep]") {
  Market market;
  market.at_three = [] { throw std::runtime_error("three"); };
  const Sweep sweep = market.place.plan(five + "set: {title: Wu's market}\n");
  run_all(sweep);
  const auto json = nlohmann::json::parse(read_file(sweep.folder.failure({2, 0}), 1 << 20));
  const std::string words = market.place.folder / "words";
  const std::string command = "spillway() { printf '%s\\n' \"$@\" > '" + words + "'; }\n" + json.at("command").get<std::string>();
  REQUIRE(std::system(("sh '" + market.place.folder.write("x.sh", command) + "'").c_str()) == 0);
  CHECK_THAT(read_file(words, 1 << 20), Contains("--set\ntitle=\"Wu's market\"\n") && Contains("--set\nplatforms.a.intrinsic_utility=3\n"));
}

TEST_CASE("sweep: runs that crash, hang or exit are failures like others", "[sweep]") {
  Market market;
  const auto message = [&](const std::string& limits = "") {
    const Sweep sweep = market.place.plan(five + limits, {}, true);
    check(run_all(sweep), 0, 4, 0, 1, 0);
    CHECK(same(market.values(), {1, 2, missing, 4, 5}));
    return failure_message(sweep.folder, {2, 0});
  };
  market.at_three = [] {
    ::signal(SIGSEGV, SIG_DFL);
    ::raise(SIGSEGV);
  };
  CHECK(message() == "its process ended by signal 11 (Segmentation fault)");
  market.at_three = [] { ::raise(SIGKILL); };
  CHECK(message() == "its process was killed (signal 9): perhaps for want of memory");
  market.at_three = [] { ::_exit(3); };
  CHECK(message() == "its process ended with exit code 3");
  market.at_three = [] {
    for (;;) ::pause();
  };
  CHECK(message("limits: {wall: 0.3 s}\n") == "took longer than limits.wall, 0.3 s");
  market.at_three = [] {};
  const Sweep small = market.place.plan(five + "limits: {memory: 1 MB}\n", {}, true);
  check(run_all(small), 0, 0, 0, 5, 0);
  CHECK_THAT(failure_message(small.folder, {0, 0}), Contains("of memory, limits.memory is"));
}

TEST_CASE("sweep: what limits.memory refuses does not depend on threads, nor do the words", "[sweep]") {
  const Market market;
  const auto message = [&](int threads) {
    const Sweep sweep = market.place.plan("levers: {platforms.a.intrinsic_utility: [1]}\ndesign: grid\nlimits: {memory: 1 MB}\n", {}, true);
    check(run_all(sweep, {}, threads), 0, 0, 0, 1, 0);
    return failure_message(sweep.folder, {0, 0});
  };
  CHECK_THAT(message(1), Catch::StartsWith("needs ") && Contains(" of memory, limits.memory is 1"));
  CHECK(message(64) == message(1));
}

TEST_CASE("sweep: a point that makes no valid scenario is a failure with the scenario's message", "[sweep]") {
  const Market market;
  const Sweep sweep = market.place.plan(
      "set: {adoption.homing: single}\nlevers: {platforms.a.initial_share: [0.2, 0.8], platforms.b.initial_share: [0.1, 0.5]}\n"
      "design: grid\n");
  check(run_all(sweep), 0, 3, 0, 1, 0);
  CHECK_THAT(failure_message(sweep.folder, {3, 0}), Contains("initial_share sum to 1.3"));
}

TEST_CASE("sweep: on_failure: stop stops at the first, and the same call goes on", "[sweep]") {
  Market market;
  market.at_three = [] { throw std::runtime_error("three"); };
  const Sweep sweep = market.place.plan(five + "limits: {on_failure: stop}\n");
  const SweepOutcome outcome = run_all(sweep, {}, 1);
  CHECK(outcome.stopped_on_failure);
  CHECK(outcome.stopped_by == 0);
  check(outcome, 0, 2, 0, 1, 2);
  check(run_all(sweep, {}, 1), 2, 2, 1, 0, 0);
}

TEST_CASE("sweep: more replicates may be added, and those that are there stay", "[sweep]") {
  const Market market;
  run_all(market.place.plan(five + "replicates: 2\n"));
  market.calls.forget();
  const Sweep more = market.place.plan(five + "replicates: 3\n");
  check(run_all(more), 10, 5, 0, 0, 0);
  CHECK(market.calls.count() == 5);
  CHECK(outcome_of(gathered(more)).size() == 15);
  const Sweep without_a_plan = market.place.open({"replicates=4"});
  check(run_all(without_a_plan), 15, 5, 0, 0, 0);
  check(run_all(market.place.open({"replicates=1"})), 5, 0, 0, 0, 0);
}

TEST_CASE("sweep: luck is common to points, or not, and stays when replicates are added", "[sweep]") {
  StudyPlace place([](const Scenario& s) { return static_cast<double>(s.replicate); });
  run_all(place.plan(five + "replicates: 3\n"));
  const std::vector<double> common = outcome_of(gathered(place.open()));
  CHECK(common == std::vector<double>{0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2});
  const std::string own = five + "common_random_numbers: false\n";
  run_all(place.plan(own + "replicates: 2\n", {}, true));
  const std::vector<double> two = outcome_of(gathered(place.open()));
  CHECK(std::set<double>(two.begin(), two.end()).size() == 10);  // no luck twice
  run_all(place.plan(own + "replicates: 3\n"));
  const std::vector<double> three = outcome_of(gathered(place.open()));
  for (std::size_t p = 0; p < 5; ++p)
    for (std::size_t r = 0; r < 2; ++r) CHECK(three[p * 3 + r] == two[p * 2 + r]);
  CHECK(std::set<double>(three.begin(), three.end()).size() == 15);
}

TEST_CASE("sweep: a file system without room ends it with its error", "[sweep]") {
  const Market market;
  const Sweep sweep = market.place.plan(five);
  fs::remove_all(sweep.folder.file("records/000"));
  const std::string stolen = market.place.folder.write("sweep/records/000", "a file where a folder was");
  CHECK_THROWS_AS(run_all(sweep), FileError);
  fs::remove(stolen);
  check(run_all(sweep), 0, 5, 0, 0, 0);
}

TEST_CASE("sweep: a signal stops it, and the same call goes on", "[sweep]") {
  Market market;
  const pid_t parent = ::getpid();
  market.at_three = [parent] {
    ::kill(parent, SIGTERM);
    for (;;) ::pause();
  };
  const Sweep sweep = market.place.plan(five);
  {
    const StopSignals signals;
    const SweepOutcome outcome = run_all(sweep, {}, 1);
    CHECK(outcome.stopped_by == SIGTERM);
    check(outcome, 0, 2, 0, 0, 3);  // the one in hand is lost and no failure
  }
  const StopSignals again;
  const Sweep after = open_sweep(load_study(market.place.folder / "study.yaml"), sweep.folder.path(), as_simulation(utility));
  check(run_all(after), 2, 3, 0, 0, 0);
}

TEST_CASE("sweep: threads are shared between runs as memory allows", "[sweep]") {
  const auto crew = [](int threads, std::uint64_t bytes, std::uint64_t available, std::uint64_t runs) {
    const Crew c = crew_for(threads, bytes, available, runs);
    return std::pair(c.workers, c.threads);
  };
  using Pair = std::pair<std::size_t, int>;
  CHECK(crew(8, 1, 1000, 100) == Pair{8, 1});
  CHECK(crew(8, 1, 1000, 3) == Pair{3, 2});
  CHECK(crew(8, 100, 450, 100) == Pair{4, 2});  // nine tenths of what is free
  CHECK(crew(8, 1000, 450, 100) == Pair{1, 8});
  CHECK(crew(1, 0, 0, 1) == Pair{1, 1});
}
