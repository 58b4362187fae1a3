// kill -9 at random moments of the real program, also inside its saves: the same command goes on and ends in the same digest.
#include <chrono>
#include <random>

#include "faults/program.hpp"

using namespace spillway;
using test::FaultyRun;
using Clock = std::chrono::steady_clock;

namespace {
struct Count {
  int kills = 0, in_save = 0, went_on = 0, runs = 0;
};

/// Goes on after each kill until the run ends, as often as it takes for so many kills.
Count kill_often(const FaultyRun& run, int kills, std::uint32_t seed) {
  std::mt19937 draw(seed);
  const auto start = Clock::now();
  REQUIRE(run().code == 0);
  const double whole = std::chrono::duration<double>(Clock::now() - start).count();
  const std::string expected = run.digest();
  run.clear();
  Count count;
  for (bool ended = false; count.kills < kills || !ended;) {
    const double delay = std::uniform_real_distribution<>(0.0, 1.2 * whole)(draw);
    INFO("seed " << seed << ", kill " << count.kills << " after " << delay << " of " << whole << " s");
    const bool some_state =
        std::filesystem::exists(run.folder() + "/x.state") || std::filesystem::exists(run.folder() + "/x.state.previous");
    ended = !test::killed(run.command() + " --threads " + std::to_string(1 + draw() % 3), run.err(), delay);
    count.kills += !ended;
    CHECK(run.unreadable().empty());
    const bool state_now =
        std::filesystem::exists(run.folder() + "/x.state") || std::filesystem::exists(run.folder() + "/x.state.previous");
    if (!ended && some_state) CHECK((state_now || std::filesystem::exists(run.result())));  // one generation always stands
    for (const char* part : {"/x.state.part", "/x.h5.part"}) count.in_save += std::filesystem::exists(run.folder() + part);
    if (!ended) continue;
    ++count.runs;
    CHECK(run.digest() == expected);
    for (const char* left : {"/x.state", "/x.state.previous", "/x.state.part", "/x.h5.part", "/x.lock"})
      CHECK_FALSE(std::filesystem::exists(run.folder() + left));
    run.clear();
  }
  return count;
}

void campaign(int kills, std::uint32_t seed) {
  const FaultyRun run(std::filesystem::temp_directory_path(), test::tiny + " --set time.end=2009-11-15 --save-every 0");
  const Count count = kill_often(run, kills, seed);
  WARN(count.kills << " kills, " << count.in_save << " while a file was being written; " << count.runs
                   << " runs came to their end, all with the digest of the undisturbed run");
  CHECK(count.kills >= kills);
}
}  // namespace

TEST_CASE("faults: killed twenty times", "[faults]") { campaign(20, 1); }

TEST_CASE("faults: killed three hundred times", "[.long][faults]") { campaign(300, 2); }
