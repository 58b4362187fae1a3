// `spillway sweep` and whoever wants it to stop; and studies of ten thousand runs.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "store/files.hpp"
#include "study/run_record.hpp"
#include "study/sweep_plan.hpp"

using namespace spillway;
using Catch::Contains;
using test::Result;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {
const std::string scenario =
    "title: Small\ntime: {start: 2010-01-01, end: 2012-12-31, step: 7 d}\npopulation: {users: 5000, people: 2e6}\n"
    "platforms: {plaza: {launch: 2010-01-01, initial_share: 0.5}}\n";

std::string study(const std::string& steps, const std::string& replicates) {
  return "scenario: base.yaml\nlevers: {platforms.plaza.ads.load: {from: 0, to: 0.3, steps: " + steps +
         "}}\ndesign: grid\nreplicates: " + replicates + "\noutcomes: [members.plaza@end]\n";
}

/// The program started, in the folder.
class Started {
 public:
  Started(const test::TemporaryFolder& folder, const std::string& arguments) : out_(folder / "out") {
    const std::string line =
        "cd '" + folder.path() + "' && exec '" SPILLWAY_BINARY_DIR "/spillway' " + arguments + " >out 2>err </dev/null";
    pid_ = ::fork();
    if (pid_ == 0) {
      ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      ::_exit(127);
    }
  }
  /// As soon as the file is there.
  int signal_when(const std::string& file, int signal) {
    for (int ms = 0; ms < 30'000 && !fs::exists(file); ++ms) ::usleep(1000);
    CHECK(fs::exists(file));
    ::kill(pid_, signal);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  std::string out() const {
    const std::vector<char> bytes = bytes_of(out_);
    return {bytes.begin(), bytes.end()};
  }

 private:
  std::string out_;
  pid_t pid_ = -1;
};

double seconds(const std::function<void()>& action) {
  const auto start = Clock::now();
  action();
  return std::chrono::duration<double>(Clock::now() - start).count();
}
}  // namespace

TEST_CASE("sweep: asked to stop, it stops with everything saved and goes on", "[cli]") {
  const test::TemporaryFolder folder;
  folder.write("base.yaml", scenario);
  folder.write("q.yaml", study("20", "2"));
  REQUIRE(test::run_program(folder, "sweep plan q.yaml --no-trial").code == 0);
  const std::string records = folder / "output/sweeps/q/records/000/";
  const auto stop = [&](int signal, const char* when, const std::string& options = "") {
    Started program(folder, "sweep run q.yaml -q --threads 1" + options);
    const int code = program.signal_when(records + when, signal);
    CHECK_THAT(program.out(), Contains("stopped; the same command goes on\n"));
    CHECK_FALSE(fs::exists(folder / "output/sweeps/q/results.h5"));
    return code;
  };
  CHECK(stop(SIGTERM, "p000001-r0000.run") == 75);
  CHECK(stop(SIGUSR1, "p000006-r0000.run", " --requeue") == 75);
  const std::vector<char> err = bytes_of(folder / "err");
  CHECK(std::string(err.begin(), err.end()) == "Slurm gives no other turn: submit again\n");
  CHECK(stop(SIGINT, "p000011-r0000.run") == 130);
  CHECK(fs::is_empty(folder / "output/sweeps/q/running"));
  CHECK(fs::is_empty(folder / "output/sweeps/q/failed"));
  const Result rest = test::run_program(folder, "sweep run q.yaml -q");
  CHECK(rest.code == 0);
  CHECK_THAT(rest.out, Contains("0 failed, 0 left\n"));
  REQUIRE(test::run_program(folder, "sweep run q.yaml -q -o undisturbed").code == 0);
  CHECK(bytes_of(folder / "output/sweeps/q/results.h5") == bytes_of(folder / "undisturbed/results.h5"));
}

// The runs themselves are left out: their records are made here.
TEST_CASE("sweep: ten thousand runs are planned, looked at and gathered in seconds", "[cli]") {
  const test::TemporaryFolder folder;
  folder.write("base.yaml",
               "title: Small\ntime: {start: 2010-01-01, end: 2010-01-28, step: 7 d}\npopulation: {users: 100, people: 2e6}\n"
               "platforms: {plaza: {launch: 2010-01-01, initial_share: 0.5}}\n");
  const std::string file = folder.write("q.yaml", study("1000", "10") + "keep: quantiles\n");
  const auto timed = [&](const std::string& command) {
    Result result;
    const double took = seconds([&] { result = test::run_program(folder, "sweep " + command); });
    INFO(result.err);
    CHECK(result.code == 0);
    WARN("10,000 runs: sweep " << command << ": " << took << " s");
    return result;
  };
  CHECK_THAT(timed("plan q.yaml --no-trial").out, Contains("10,000 runs of 100 users"));
  const Sweep sweep = open_sweep(load_study(file), folder / "output/sweeps/q");
  const std::size_t rows = length(probe(sweep).at("members").values);
  for (std::uint64_t index = 0; index < sweep.runs(); ++index) {
    const SweepRun run = sweep.run_at(index);
    const auto y = static_cast<double>(index);
    write_record({sweep.id, run.point, run.replicate, "0123456789abcdef", 0.01, {y}, {std::vector<double>(rows, y)}},
                 sweep.folder.record(run), folder / "x.part");
  }
  CHECK_THAT(timed("status q.yaml").out, Catch::StartsWith("10000 runs: 10000 done, 0 running, 0 failed, 0 left\n"));
  timed("gather q.yaml");
  CHECK_THAT(timed("run q.yaml -q").out, Contains("0 runs done now, 10000 before; 0 failed, 0 left\n"));
  const std::vector<char> csv = bytes_of(folder / "output/sweeps/q/summary.csv");
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 10'001);
}
