// Batch scripts: the whole text, since people read and change it.
#include "study/slurm_script.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "base/error.hpp"
#include "store/files.hpp"

using namespace spillway;
using Catch::Contains;

namespace {
const SlurmCall call{"/usr/bin/spillway", "'/data/my studies/q.yaml'", "/scratch/q", " --set replicates=4"};

SlurmOptions options() {
  SlurmOptions o;
  o.shards = 8;
  o.memory_mb = 500;
  o.job = "q";
  return o;
}

bool is_bash(const std::string& script) {
  const TemporaryFolder folder;
  return std::system(("bash -n '" + folder.write("x.sh", script) + "'").c_str()) == 0;
}
}  // namespace

TEST_CASE("the array's script", "[slurm]") {
  const std::string script = array_script(call, options());
  CHECK(script == R"(#!/bin/bash
#SBATCH --job-name=q
#SBATCH --time=04:00:00
#SBATCH --array=0-7%8       # one task for each shard, at most so many at a time
#SBATCH --cpus-per-task=1
#SBATCH --mem=500M
#SBATCH --signal=B:USR1@120     # two minutes before the end, or earlier: stop and ask for another turn
#SBATCH --requeue               # also after a node fails or somebody more important came
#SBATCH --open-mode=append
#SBATCH --output=/scratch/q/log/shard-%a.txt

# `exec`: the program takes the shell's place, so that Slurm's signals reach it. Runs that are done are not done again: submit
# this as often as you like.
exec /usr/bin/spillway sweep run '/data/my studies/q.yaml' -o /scratch/q --shard "$SLURM_ARRAY_TASK_ID/8" --requeue --quiet --set replicates=4
)");
  CHECK(is_bash(script));
}

TEST_CASE("the gathering script", "[slurm]") {
  const std::string script = gather_script(call, options());
  CHECK(script == R"(#!/bin/bash
#SBATCH --job-name=q-gather
#SBATCH --time=04:00:00
#SBATCH --cpus-per-task=1
#SBATCH --mem=500M
#SBATCH --open-mode=append
#SBATCH --output=/scratch/q/log/gather.txt

# To be submitted with --dependency=afterany:ARRAY, which waits for all tasks, failed ones too; afterok would wait for ever.
exec /usr/bin/spillway sweep gather '/data/my studies/q.yaml' -o /scratch/q --set replicates=4
)");
  CHECK(is_bash(script));
}

TEST_CASE("what a site asks for", "[slurm]") {
  SlurmOptions o = options();
  o.at_once = 3;
  o.cpus = 4;
  o.time = "1-00:00:00";
  o.partition = "long";
  o.account = "p42";
  const std::string script = array_script(call, o);
  for (const char* line : {"#SBATCH --array=0-7%3 ", "#SBATCH --cpus-per-task=4\n", "#SBATCH --time=1-00:00:00\n",
                           "#SBATCH --partition=long\n", "#SBATCH --account=p42\n"})
    CHECK_THAT(script, Contains(line));
  for (const char* line : {"#SBATCH --partition=long\n", "#SBATCH --account=p42\n", "#SBATCH --cpus-per-task=1\n"})
    CHECK_THAT(gather_script(call, o), Contains(line));
}

namespace {
/// A command of that name, first in PATH.
struct FakeTool {
  TemporaryFolder folder;
  std::string path_before = ::getenv("PATH");
  FakeTool(const std::string& name, const std::string& script) {
    std::filesystem::permissions(folder.write(name, "#!/bin/sh\n" + script), std::filesystem::perms::owner_all);
    ::setenv("PATH", (folder.path() + ":" + path_before).c_str(), 1);
  }
  ~FakeTool() { ::setenv("PATH", path_before.c_str(), 1); }
  FakeTool(const FakeTool&) = delete;
  FakeTool& operator=(const FakeTool&) = delete;
  std::string said() const {
    const std::vector<char> bytes = bytes_of(folder / "said");
    return {bytes.begin(), bytes.end()};
  }
};
}  // namespace

TEST_CASE("submitting: the gather waits for the array's end, however it ends", "[slurm]") {
  const FakeTool sbatch("sbatch", "echo \"$@\" >> \"$(dirname \"$0\")/said\"\necho \"$(wc -l < \"$(dirname \"$0\")/said\")1;cluster\"\n");
  const SlurmJobs jobs = submit("a.sbatch", "g.sbatch");
  CHECK(jobs.array == "11");
  CHECK(jobs.gather == "21");
  CHECK(sbatch.said() == "--parsable a.sbatch\n--parsable --dependency=afterany:11 g.sbatch\n");
}

TEST_CASE("submitting: what sbatch refuses is told in its words", "[slurm]") {
  const FakeTool sbatch("sbatch", "echo 'sbatch: error: invalid partition' >&2\nexit 1\n");
  CHECK_THAT(message_of<FileError>([] { submit("a.sbatch", "g.sbatch"); }),
             Contains("sbatch refuses a.sbatch: sbatch: error: invalid partition"));
}

TEST_CASE("submitting where there is no Slurm", "[slurm]") {
  const std::string path = ::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  const std::string message = message_of<FileError>([] { submit("a.sbatch", "g.sbatch"); });
  ::setenv("PATH", path.c_str(), 1);
  CHECK(message == "sbatch is not found: Slurm's commands are on a cluster's login node; the scripts are written, submit them there");
}

TEST_CASE("another turn is asked for by the task's own name", "[slurm]") {
  const char* const names[] = {"SLURM_JOB_ID", "SLURM_ARRAY_JOB_ID", "SLURM_ARRAY_TASK_ID"};
  for (const char* name : names) ::unsetenv(name);
  const FakeTool scontrol("scontrol", "echo \"$@\" >> \"$(dirname \"$0\")/said\"\ntest \"$2\" != 13\n");
  CHECK_FALSE(requeue_this_task());  // no task of Slurm's
  ::setenv("SLURM_JOB_ID", "12", 1);
  CHECK(requeue_this_task());
  ::setenv("SLURM_ARRAY_JOB_ID", "10", 1);
  ::setenv("SLURM_ARRAY_TASK_ID", "3", 1);
  CHECK(requeue_this_task());
  CHECK(scontrol.said() == "requeue 12\nrequeue 10_3\n");
  ::unsetenv("SLURM_ARRAY_TASK_ID");
  ::setenv("SLURM_JOB_ID", "13", 1);
  CHECK_FALSE(requeue_this_task());  // Slurm does not
  for (const char* name : names) ::unsetenv(name);
}
