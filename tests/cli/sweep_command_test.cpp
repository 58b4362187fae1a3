// `spillway sweep` as a user, a shell script and a batch system meet it.
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "store/files.hpp"

using namespace spillway;
using Catch::Contains;
using test::Result;
namespace fs = std::filesystem;

namespace {
struct Program {
  test::TemporaryFolder folder;
  Program() {
    for (const char* name : {"SLURM_ARRAY_TASK_ID", "SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "SLURM_CPUS_PER_TASK"}) ::unsetenv(name);
    folder.write("base.yaml",
                 "title: Small\ntime: {start: 2010-01-01, end: 2010-06-30, step: 7 d}\npopulation: {users: 500, people: 2e6}\n"
                 "adoption: {homing: single}\nplatforms: {plaza: {launch: 2010-01-01}, court: {launch: 2010-01-01}}\n");
    study("q", "plaza: [0.2, 0.4]", "court: [0.1, 0.3]");
    study("bad", "plaza: [0.2, 0.8]", "court: [0.1, 0.5]");  // together 0.8 and 0.5 are too many
  }
  /// Two shares at the start by two.
  void study(const std::string& name, const std::string& a, const std::string& b) const {
    const auto key = [](const std::string& text) {
      const std::size_t colon = text.find(':');
      return "  platforms." + text.substr(0, colon) + ".initial_share" + text.substr(colon) + "\n";
    };
    folder.write(name + ".yaml", "title: Which share?\nscenario: base.yaml\nlevers:\n" + key(a) + key(b) +
                                     "design: grid\nreplicates: 2\noutcomes: {users: members.plaza@end}\n");
  }
  Result operator()(const std::string& arguments) const { return test::run_program(folder, "sweep " + arguments); }
  std::string text_of(const std::string& name) const {
    const std::vector<char> bytes = bytes_of(folder / name);
    return {bytes.begin(), bytes.end()};
  }
};

bool is_bash(const std::string& file) { return std::system(("bash -n '" + file + "'").c_str()) == 0; }
const std::string home = "output/sweeps/q/";
}  // namespace

TEST_CASE("sweep plan tells the price, then run does it all", "[cli]") {
  const Program program;
  const Result plan = program("plan q.yaml");
  INFO(plan.err);
  CHECK(plan.code == 0);
  CHECK(plan.err.empty());
  for (const char* line : {"Which share?\n4 points (grid), 2 replicates each: 8 runs of 500 users\n",
                           "\nmemory: ", "\ntime: ", "\ntrial: ", "\ndesign: output/sweeps/q/design.csv\n",
                           "\nhere: spillway sweep run q.yaml\n", "\non a cluster: spillway sweep slurm q.yaml --shards N\n"})
    CHECK_THAT(plan.out, Contains(line));
  CHECK(program.text_of(home + "design.csv") ==
        "point,platforms.plaza.initial_share,platforms.court.initial_share\n0,0.2,0.1\n1,0.2,0.3\n2,0.4,0.1\n3,0.4,0.3\n");
  const auto json = nlohmann::json::parse(program("plan q.yaml --json --no-trial").out);
  CHECK(json.at("runs") == 8);
  CHECK(json.at("left") == 8);
  CHECK(json.at("seconds").is_null());

  const Result run = program("run q.yaml -q");
  INFO(run.out << run.err);
  CHECK(run.code == 0);
  CHECK(run.err.empty());
  CHECK(run.out ==
        "8 runs done now, 0 before; 0 failed, 0 left\nresult: output/sweeps/q/results.h5\ntable: output/sweeps/q/summary.csv\n"
        "page: spillway report output/sweeps/q/results.h5\n");
  const std::string summary = program.text_of(home + "summary.csv");
  CHECK_THAT(summary, Catch::StartsWith("point,replicate,platforms.plaza.initial_share,platforms.court.initial_share,users,status,message\n"
                                        "0,0,0.2,0.1,"));
  CHECK(std::count(summary.begin(), summary.end(), '\n') == 9);
  const std::vector<char> result = bytes_of(program.folder / (home + "results.h5"));
  const Result again = program("run q.yaml -q");
  CHECK_THAT(again.out, Contains("0 runs done now, 8 before; 0 failed, 0 left\n"));
  CHECK(bytes_of(program.folder / (home + "results.h5")) == result);
}

TEST_CASE("sweep run alone needs no plan, a part does", "[cli]") {
  const Program program;
  const Result part = program("run q.yaml --shard 0/2");
  CHECK(part.code == 2);
  CHECK_THAT(part.err, Contains("output/sweeps/q holds no planned sweep; first: spillway sweep plan q.yaml"));
  ::setenv("SLURM_ARRAY_TASK_ID", "0", 1);
  CHECK(program("run q.yaml").code == 2);
  ::unsetenv("SLURM_ARRAY_TASK_ID");
  CHECK_FALSE(fs::exists(program.folder / "output"));
  CHECK(program("run q.yaml -q").code == 0);
}

TEST_CASE("sweep run in parts, by option and by environment, then gather", "[cli]") {
  const Program program;
  REQUIRE(program("plan q.yaml --no-trial -o whole").code == 0);
  REQUIRE(program("run q.yaml -q -o whole").code == 0);
  REQUIRE(program("plan q.yaml --no-trial -o parts").code == 0);
  const Result first = program("run q.yaml -q -o parts --shard 1/2");
  CHECK(first.code == 0);
  CHECK(first.out ==
        "part 1 of 2: 4 runs done now, 0 before; 0 failed, 0 left\nwhen all parts are done: spillway sweep gather q.yaml -o parts\n");
  CHECK_FALSE(fs::exists(program.folder / "parts/results.h5"));
  const Result early = program("gather q.yaml -o parts");
  CHECK(early.code == 0);
  CHECK_THAT(early.out, Contains("4 runs, 0 failed, 4 missing: NaN in the result\n"));
  ::setenv("OMPI_COMM_WORLD_RANK", "0", 1);
  ::setenv("OMPI_COMM_WORLD_SIZE", "2", 1);
  const Result second = program("run q.yaml -o parts --threads 1");
  ::unsetenv("OMPI_COMM_WORLD_RANK");
  ::unsetenv("OMPI_COMM_WORLD_SIZE");
  CHECK(second.code == 0);
  CHECK_THAT(second.err,
             Contains("OMPI_COMM_WORLD_RANK=0: part 0 of 2\n") && Contains("4 runs to do, 1 side by side with 1 thread each\n"));
  const auto json = nlohmann::json::parse(program("gather q.yaml -o parts --json").out);
  CHECK(json.at("done") == 8);
  CHECK(json.at("missing") == 0);
  CHECK(bytes_of(program.folder / "parts/results.h5") == bytes_of(program.folder / "whole/results.h5"));
  CHECK(program.text_of("parts/summary.csv") == program.text_of("whole/summary.csv"));
}

TEST_CASE("sweep status, and retry of what failed", "[cli]") {
  const Program program;
  const Result plan = program("plan bad.yaml --no-trial");
  CHECK(plan.code == 0);
  CHECK_THAT(plan.out, Contains("warning: 1 point makes no valid scenario and will be noted as failed; point 3: "));
  const Result before = program("status bad.yaml");
  CHECK(before.code == 0);
  CHECK(before.out == "8 runs: 0 done, 0 running, 0 failed, 8 left\ngo on: spillway sweep run bad.yaml\n");
  CHECK(nlohmann::json::parse(program("status bad.yaml --json").out).at("seconds_left").is_null());

  const Result run = program("run bad.yaml -q");
  CHECK(run.code == 1);
  CHECK_THAT(run.out, Contains("6 runs done now, 0 before; 2 failed, 0 left\n6 runs, 2 failed, 0 missing: NaN in the result\n") &&
                          Contains("the failed again: spillway sweep retry bad.yaml\n"));
  const Result after = program("status bad.yaml");
  CHECK_THAT(after.out, Catch::StartsWith("8 runs: 6 done, 0 running, 2 failed, 0 left\nfailed: p000003-r0000: ") &&
                            Contains("\nfailed: p000003-r0001: ") && Contains("initial_share sum to 1.3") &&
                            Contains("gather: spillway sweep gather bad.yaml\n"));
  const auto json = nlohmann::json::parse(program("status bad.yaml --json").out);
  CHECK(json.at("done") == 6);
  CHECK(json.at("failures").size() == 2);
  CHECK(json.at("failures")[1].at("replicate") == 1);
  CHECK_THAT(program.text_of("output/sweeps/bad/summary.csv"), Contains("\n3,1,0.8,0.5,NaN,failed,\""));

  CHECK(program("run bad.yaml -q").code == 1);  // nothing to do, but some are missing for good
  CHECK(program("gather bad.yaml").code == 0);
  const Result retry = program("retry bad.yaml -q");
  CHECK(retry.code == 1);
  CHECK_THAT(retry.out, Catch::StartsWith("2 failed runs are to be done again\n0 runs done now, 6 before; 2 failed, 0 left\n"));
  const auto failure = nlohmann::json::parse(program.text_of("output/sweeps/bad/failed/p000003-r0001.json"));
  const Result alone = test::run_program(program.folder, failure.at("command").get<std::string>().substr(9));
  CHECK(alone.code == 2);
  CHECK_THAT(alone.err, Contains("initial_share sum to 1.3"));
}

// Another code would end the other ranks, too.
TEST_CASE("sweep run under mpirun ends with 0 although a run failed, unless it was to stop then", "[cli]") {
  const Program program;
  const std::string seven = " -q --shard 7/8", stopping = " --set limits.on_failure=stop";  // the eighth run is a failing one
  const auto code = [&](const std::string& options) {
    REQUIRE(program("plan bad.yaml --no-trial --force").code == 0);
    const Result result = program("run bad.yaml" + seven + options);
    CHECK_THAT(result.out, Catch::StartsWith("part 7 of 8: 0 runs done now, 0 before; 1 failed, 0 left\n"));
    return result.code;
  };
  CHECK(code("") == 1);
  ::setenv("OMPI_COMM_WORLD_RANK", "7", 1);
  ::setenv("OMPI_COMM_WORLD_SIZE", "8", 1);
  CHECK(code("") == 0);
  CHECK(code(stopping) == 1);
  ::unsetenv("OMPI_COMM_WORLD_RANK");
  ::unsetenv("OMPI_COMM_WORLD_SIZE");
}

TEST_CASE("a run of a sweep has the digest of spillway run", "[cli]") {
  const Program program;
  REQUIRE(program("run q.yaml -q --set seed=5 --set population.users=300 -o s").code == 0);
  const Result run = test::run_program(program.folder,
                                       "run base.yaml --json -o x.h5 --set seed=5 --set population.users=300 --set replicate=1 "
                                       "--set platforms.plaza.initial_share=0.4 --set platforms.court.initial_share=0.1");
  REQUIRE(run.code == 0);
  const std::string digest = nlohmann::json::parse(run.out).at("digest");
  const Result exported = test::run_program(program.folder, "info x.h5 --digest");
  CHECK(exported.out == digest + "\n");
  const std::string record = program.text_of("s/records/000/p000002-r0001.run");
  CHECK_THAT(record, Contains(digest));
}

TEST_CASE("sweep: --set changes study and scenario, the change is told where runs stand", "[cli]") {
  const Program program;
  REQUIRE(program("run q.yaml -q --set replicates=1").code == 0);
  CHECK_THAT(program("status q.yaml").out, Catch::StartsWith("8 runs: 4 done, 0 running, 0 failed, 4 left\n"));
  const Result refused = program("run q.yaml -q --set population.users=400");
  CHECK(refused.code == 2);
  CHECK_THAT(refused.err,
             Contains("holds a sweep of something else; plan it anew") && Contains("scenario: population.users: 500 then, 400 now"));
  CHECK(program("plan q.yaml --no-trial --set population.users=400").code == 2);
  const Result forced = program("plan q.yaml --no-trial --force --set population.users=400");
  CHECK(forced.code == 0);
  CHECK_THAT(forced.out, Contains("here: spillway sweep run q.yaml --set population.users=400\n"));
}

TEST_CASE("sweep: what cannot be asked", "[cli]") {
  const Program program;
  const auto refusal = [&](const std::string& arguments) {
    const Result result = program(arguments);
    CHECK(result.code == 2);
    return result.err;
  };
  CHECK_THAT(refusal("pln q.yaml"), Contains("spillway sweep cannot 'pln'; did you mean 'plan'?"));
  CHECK_THAT(refusal("submit q.yaml"), Contains("spillway sweep cannot 'submit'"));
  CHECK_THAT(refusal("plan q.yaml --shard 0/2"), Contains("--shard belongs to `spillway sweep run/retry`, not to `sweep plan`"));
  CHECK_THAT(refusal("run q.yaml --force"), Contains("--force belongs to `spillway sweep plan`, not to `sweep run`"));
  CHECK_THAT(refusal("gather q.yaml --submit"), Contains("--submit belongs to `spillway sweep slurm`, not to `sweep gather`"));
  CHECK_THAT(refusal("run q.yaml --shard 2/2"), Contains("--shard: parts are counted from 0: 0/2 to 1/2"));
  CHECK_THAT(refusal("run q.yaml --threads 0"), Contains("--threads"));
  CHECK_THAT(refusal("run base.yaml"), Contains("base.yaml"));  // no study
  for (const char* action : {"status", "gather", "retry", "slurm"})
    CHECK_THAT(refusal(std::string(action) + " q.yaml"), Contains("holds no planned sweep; first: spillway sweep plan q.yaml"));
  refusal("");
  CHECK(program("run none.yaml").code == 3);
  CHECK_FALSE(fs::exists(program.folder / "output"));
}

TEST_CASE("sweep slurm writes scripts for people", "[cli]") {
  const Program program;
  REQUIRE(program("plan q.yaml --no-trial").code == 0);
  const Result result = program("slurm q.yaml --shards 4 --cpus 2 --time 00:30:00 --memory 700 --partition long");
  INFO(result.err);
  CHECK(result.code == 0);
  CHECK(result.out ==
        "scripts: output/sweeps/q/sweep.sbatch and output/sweeps/q/gather.sbatch\n"
        "submit: job=$(sbatch --parsable output/sweeps/q/sweep.sbatch) && sbatch --dependency=afterany:$job output/sweeps/q/gather.sbatch\n"
        "how far it is: spillway sweep status q.yaml\n");
  const std::string array = program.text_of(home + "sweep.sbatch");
  for (const char* line : {"#SBATCH --job-name=q\n", "#SBATCH --array=0-3%4 ", "#SBATCH --mem=700M\n", "#SBATCH --partition=long\n",
                           "#SBATCH --time=00:30:00\n", "--shard \"$SLURM_ARRAY_TASK_ID/4\" --requeue --quiet\n"})
    CHECK_THAT(array, Contains(line));
  for (const char* name : {"sweep.sbatch", "gather.sbatch"}) {
    CHECK(is_bash(program.folder / (home + name)));
    CHECK((fs::status(program.folder / (home + name)).permissions() & fs::perms::owner_exec) != fs::perms::none);
  }
  CHECK_THAT(program.text_of(home + "gather.sbatch"), Contains("#SBATCH --time=00:30:00\n"));  // a partition may not give more
  CHECK(fs::is_directory(program.folder / (home + "log")));
  // The scripts are shell scripts, too: each part in turn, then the gather.
  for (const char* task : {"0", "1", "2", "3"})
    CHECK(std::system(
              ("SLURM_ARRAY_TASK_ID=" + std::string(task) + " bash '" + program.folder / (home + "sweep.sbatch") + "' >/dev/null 2>&1")
                  .c_str()) == 0);
  CHECK(std::system(("bash '" + program.folder / (home + "gather.sbatch") + "' >/dev/null 2>&1").c_str()) == 0);
  CHECK_THAT(program("status q.yaml").out, Catch::StartsWith("8 runs: 8 done, 0 running, 0 failed, 0 left\n"));
  CHECK(fs::exists(program.folder / (home + "results.h5")));
}

// sbatch reads its lines as words, the shell reads the last one.
TEST_CASE("sweep slurm: a study with blanks in its name, in a folder with some", "[cli]") {
  const Program program;
  fs::create_directory(program.folder / "my studies");
  fs::rename(program.folder / "q.yaml", program.folder / "my studies/it's a \"study\".yaml");
  fs::rename(program.folder / "base.yaml", program.folder / "my studies/base.yaml");
  const std::string study = R"('my studies/it'\''s a "study".yaml' -o 'a sweep')";
  REQUIRE(program("plan " + study + " --no-trial").code == 0);
  REQUIRE(program("slurm " + study + " --shards 1").code == 0);
  CHECK_THAT(program.text_of("a sweep/sweep.sbatch"), Contains("#SBATCH --job-name=it_s_a__study_\n"));
  CHECK_THAT(program.text_of("a sweep/gather.sbatch"), Contains("#SBATCH --job-name=it_s_a__study_-gather\n"));
  for (const char* script : {"sweep", "gather"})
    CHECK(
        std::system(("SLURM_ARRAY_TASK_ID=0 bash '" + program.folder / ("a sweep/" + std::string(script) + ".sbatch") + "' >/dev/null 2>&1")
                        .c_str()) == 0);
  CHECK(fs::exists(program.folder / "a sweep/results.h5"));
}

TEST_CASE("sweep slurm --submit without Slurm says so, and the scripts stand", "[cli]") {
  const Program program;
  REQUIRE(program("plan q.yaml --no-trial").code == 0);
  const std::string path = ::getenv("PATH");
  ::setenv("PATH", program.folder.path().c_str(), 1);
  const Result result = program("slurm q.yaml --submit");
  ::setenv("PATH", path.c_str(), 1);
  CHECK(result.code == 3);
  CHECK(result.err ==
        "spillway: sbatch is not found: Slurm's commands are on a cluster's login node; the scripts are written, submit them there\n");
  CHECK(fs::exists(program.folder / (home + "sweep.sbatch")));
}
