// kill -9 of the real program at random moments of a sweep, also of its planning and gathering: the same command goes on and ends in
// the same bytes. A full disk: one line, exit code 3, and with room the same command goes on.
#include <algorithm>
#include <chrono>
#include <random>

#include "faults/program.hpp"
#include "store/files.hpp"
#include "support/small_disk.hpp"

using namespace spillway;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {
/// Thirty-six runs of some milliseconds, with trajectories.
class FaultySweep {
 public:
  explicit FaultySweep(const fs::path& base) : folder_(base) {
    folder_.write("base.yaml",
                  "title: Small\ntime: {start: 2010-01-01, end: 2010-12-31, step: 7 d}\npopulation: {users: 1000, people: 2e6}\n"
                  "platforms: {plaza: {launch: 2010-01-01, initial_share: 0.5}}\n");
    folder_.write("study.yaml",
                  "scenario: base.yaml\nlevers: {platforms.plaza.ads.load: {from: 0, to: 0.3, steps: 9}, population.users: [1000, 2000]}\n"
                  "design: grid\nreplicates: 2\noutcomes: [monthly_active_users.plaza@end, members.plaza.mean]\nkeep: all\n"
                  "limits: {wall: 1 min}\n");
  }
  std::string sweep() const { return folder_ / "sweep"; }
  std::string command(const std::string& action) const {
    return SPILLWAY_BINARY_DIR "/spillway sweep " + action + " " + (folder_ / "study.yaml") + " -o " + sweep();
  }
  /// A hang ends after a minute, as signal 9.
  test::FaultyRun::Ended operator()(const std::string& action) const {
    const int status = std::system(("timeout -s KILL 60 " + command(action) + " >" + (desk_ / "out") + " 2>" + (desk_ / "err")).c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), test::text_in(desk_ / "err")};
  }
  /// The same, killed after so many seconds; see test::killed.
  bool killed(const std::string& action, double seconds) const { return test::killed(command(action), desk_ / "err", seconds); }
  std::vector<char> result() const { return bytes_of(sweep() + "/results.h5"); }
  std::vector<char> summary() const { return bytes_of(sweep() + "/summary.csv"); }
  bool has(const std::string& name) const { return fs::exists(sweep() + "/" + name); }
  std::size_t records() const {
    std::error_code none;
    const fs::directory_iterator entries(sweep() + "/records/000", none);
    return none ? 0 : static_cast<std::size_t>(std::count_if(entries, fs::directory_iterator(), [](const auto& entry) {
      return entry.path().extension() == ".run";
    }));
  }
  void clear() const { fs::remove_all(sweep()); }
  void clear_result() const {
    for (const char* name : {"/results.h5", "/summary.csv"}) fs::remove(sweep() + name);
  }

 private:
  test::TemporaryFolder folder_, desk_;
};

struct Undisturbed {
  std::vector<char> result, summary;
  double seconds = 0, gather_seconds = 0;
};

Undisturbed undisturbed(const FaultySweep& sweep) {
  Undisturbed u;
  const auto start = Clock::now();
  REQUIRE(sweep("run -q").code == 0);
  u.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  u.result = sweep.result();
  u.summary = sweep.summary();
  sweep.clear_result();
  const auto again = Clock::now();
  REQUIRE(sweep("gather").code == 0);
  u.gather_seconds = std::chrono::duration<double>(Clock::now() - again).count();
  CHECK(sweep.result() == u.result);
  sweep.clear();
  return u;
}

struct Count {
  int kills = 0, before_plan = 0, in_runs = 0, in_gather = 0, ends = 0;
};

void check_same(const FaultySweep& sweep, const Undisturbed& expected) {
  CHECK(sweep.result() == expected.result);
  CHECK(sweep.summary() == expected.summary);
}

/// `run` until it ends, then the folder is cleared: as often as it takes for so many kills.
void kill_runs(const FaultySweep& sweep, const Undisturbed& expected, int kills, std::mt19937& draw, Count& count) {
  for (bool ended = true; count.kills < kills || !ended;) {
    const double delay = std::uniform_real_distribution<>(0.0, 1.2 * expected.seconds)(draw);
    INFO("kill " << count.kills << " after " << delay << " of " << expected.seconds << " s");
    const std::size_t before = sweep.records();
    ended = !sweep.killed("run -q --threads " + std::to_string(1 + draw() % 3), delay);
    CHECK(sweep.records() >= before);  // nothing that was done is lost
    if (!ended) {
      ++count.kills;
      ++(!sweep.has("plan.json") ? count.before_plan : sweep.records() < 36 ? count.in_runs : count.in_gather);
      continue;
    }
    ++count.ends;
    check_same(sweep, expected);
    CHECK_FALSE(sweep.has("results.h5.part"));
    CHECK_FALSE(sweep.has("summary.csv.part"));
    sweep.clear();
  }
}

void kill_gathers(const FaultySweep& sweep, const Undisturbed& expected, int kills, std::mt19937& draw, Count& count) {
  REQUIRE(sweep("run -q").code == 0);
  for (int kill = 0; kill < kills; ++kill) {
    const double delay = std::uniform_real_distribution<>(0.0, expected.gather_seconds)(draw);
    INFO("kill " << kill << " after " << delay << " of " << expected.gather_seconds << " s");
    if (kill % 2 == 0) sweep.clear_result();
    count.in_gather += sweep.killed("gather", delay);
    if (sweep.has("results.h5")) CHECK(sweep.result() == expected.result);
    if (sweep.has("summary.csv")) CHECK(sweep.summary() == expected.summary);
  }
  CHECK(sweep("gather").code == 0);
  check_same(sweep, expected);
}

void campaign(int of_runs, int of_gathers, std::uint32_t seed) {
  const FaultySweep sweep(test::memory_folder());
  const Undisturbed expected = undisturbed(sweep);
  std::mt19937 draw(seed);
  Count count;
  kill_runs(sweep, expected, of_runs, draw, count);
  kill_gathers(sweep, expected, of_gathers, draw, count);
  WARN(count.kills << " kills of `sweep run` (" << count.before_plan << " before it was planned, " << count.in_runs << " among runs), "
                   << count.in_gather << " while gathering; " << count.ends
                   << " sweeps came to their end, all with the bytes of the undisturbed one");
  CHECK(count.kills >= of_runs);
}
}  // namespace

TEST_CASE("faults: a sweep killed ten times", "[faults]") { campaign(10, 4, 1); }

TEST_CASE("faults: a sweep killed two hundred times", "[.long][faults]") { campaign(200, 40, 2); }

TEST_CASE("faults: a sweep on a small disk", "[faults]") {
  const test::TemporaryFolder folder;
  const test::SmallDisk disk(folder / "disk", "size=64k");
  if (!disk.mounted()) {
    WARN("skipped: mounting a small file system needs root");
    return;
  }
  const FaultySweep roomy(test::memory_folder());
  const Undisturbed expected = undisturbed(roomy);
  const FaultySweep sweep(folder / "disk");
  int failures = 0;
  std::size_t records = 0;
  for (const int kilobytes : {64, 100, 160, 240, 320, 10'000}) {
    REQUIRE(disk.grow(("size=" + std::to_string(kilobytes) + "k").c_str()));
    const test::FaultyRun::Ended ended = sweep("run -q");
    INFO(kilobytes << " KiB: exit code " << ended.code << ", said: " << ended.err);
    CHECK((ended.code == 3 || ended.code == 0));
    CHECK(sweep.records() >= records);
    records = sweep.records();
    if (ended.code == 0) break;
    ++failures;
    CHECK(std::count(ended.err.begin(), ended.err.end(), '\n') == 1);
    CHECK_THAT(ended.err, Catch::StartsWith("spillway: ") && Catch::Contains("free some space"));
    CHECK_FALSE(fs::exists(sweep.sweep() + "/failed/p000000-r0000.json"));  // the disk's failure is no run's
  }
  CHECK(failures >= 3);
  check_same(sweep, expected);
}
