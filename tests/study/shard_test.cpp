// Which part of a sweep a process does: by option, launcher and array, in every combination that clusters make.
#include "study/shard.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "base/error.hpp"
#include "store/files.hpp"

using namespace spillway;

namespace {
using Variables = std::map<std::string, std::string>;

Shard shard(const Variables& variables, const std::string& option = {}) {
  return shard_of(option, [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}
std::string refusal(const Variables& variables, const std::string& option = {}) {
  return message_of<InputError>([&] { shard(variables, option); });
}
void check(const Shard& s, std::uint64_t index, std::uint64_t count, const std::string& from, std::uint64_t beside = 1) {
  CHECK(s.index == index);
  CHECK(s.count == count);
  CHECK(s.from == from);
  CHECK(s.beside == beside);
}
Variables both(Variables a, const Variables& b) {
  a.insert(b.begin(), b.end());
  return a;
}

const Variables mpi{{"OMPI_COMM_WORLD_RANK", "2"}, {"OMPI_COMM_WORLD_SIZE", "6"}, {"OMPI_COMM_WORLD_LOCAL_SIZE", "3"}};
const Variables step{{"SLURM_PROCID", "5"}, {"SLURM_STEP_NUM_TASKS", "8"}, {"SLURM_STEP_TASKS_PER_NODE", "4(x2)"}};
const Variables array{{"SLURM_ARRAY_TASK_ID", "3"},
                      {"SLURM_ARRAY_TASK_MIN", "0"},
                      {"SLURM_ARRAY_TASK_MAX", "7"},
                      {"SLURM_ARRAY_TASK_STEP", "1"},
                      {"SLURM_ARRAY_TASK_COUNT", "8"}};
// What a batch script itself sees, before any srun.
const Variables batch{{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "4"}, {"SLURM_TASKS_PER_NODE", "4"}, {"SLURM_JOB_ID", "9"}};
}  // namespace

TEST_CASE("a process that nobody shares work with does all", "[shard]") {
  check(shard({}), 0, 1, "");
  check(shard({{"SLURM_ARRAY_TASK_ID", ""}, {"SLURM_PROCID", ""}}), 0, 1, "");
  CHECK(shard({}).has(0));
  CHECK(shard({}).has(12345));
}

TEST_CASE("parts share out every run once", "[shard]") {
  for (const std::uint64_t count : {1, 2, 3, 8}) {
    std::set<std::uint64_t> seen;
    for (std::uint64_t i = 0; i < count; ++i) {
      const Shard s = shard({}, std::to_string(i) + "/" + std::to_string(count));
      for (std::uint64_t run = 0; run < 20; ++run)
        if (s.has(run)) CHECK(seen.insert(run).second);
    }
    CHECK(seen.size() == 20);
  }
}

TEST_CASE("what --shard says holds, whatever the environment has", "[shard]") {
  check(shard({}, "3/8"), 3, 8, "--shard");
  check(shard({}, "0/1"), 0, 1, "--shard");
  check(shard(array, "1/4"), 1, 4, "--shard");
  check(shard(mpi, "1/4"), 1, 4, "--shard", 3);  // the others are still beside it
  check(shard(both(array, step), "1/4"), 1, 4, "--shard", 4);
}

TEST_CASE("a --shard that is no part", "[shard]") {
  for (const char* text :
       {"3", "3/", "/8", "/", "a/b", "3/8/1", "-1/8", " 3/8", "3/8 ", "+3/8", "3.0/8", "0x1/8", "99999999999999999999/8"}) {
    INFO(text);
    CHECK(refusal({}, text) == "--shard: '" + std::string(text) + "' is no part; write I/N, the first of eight is 0/8");
  }
  CHECK(refusal({}, "8/8") == "--shard: parts are counted from 0: 0/8 to 7/8");
  CHECK(refusal({}, "1/1") == "--shard: parts are counted from 0: 0/1 to 0/1");
  CHECK(refusal({}, "0/0") == "--shard: 0 parts are outside [1, 1000000]");
  CHECK(refusal({}, "0/1000001") == "--shard: 1000001 parts are outside [1, 1000000]");
}

TEST_CASE("ranks of mpirun", "[shard]") {
  check(shard(mpi), 2, 6, "OMPI_COMM_WORLD_RANK=2", 3);
  Variables without = mpi;
  without.erase("OMPI_COMM_WORLD_LOCAL_SIZE");
  check(shard(without), 2, 6, "OMPI_COMM_WORLD_RANK=2", 1);
  check(shard({{"OMPI_COMM_WORLD_RANK", "0"}, {"OMPI_COMM_WORLD_SIZE", "1"}}), 0, 1, "");
  check(shard({{"OMPI_COMM_WORLD_RANK", "2"}}), 0, 1, "");  // of how many?
}

TEST_CASE("ranks of a srun step", "[shard]") {
  check(shard(step), 5, 8, "SLURM_PROCID=5", 4);
  Variables one_node = step;
  one_node["SLURM_STEP_TASKS_PER_NODE"] = "8";
  check(shard(one_node), 5, 8, "SLURM_PROCID=5", 8);
  one_node["SLURM_STEP_TASKS_PER_NODE"] = "5,3";
  check(shard(one_node), 5, 8, "SLURM_PROCID=5", 5);
  one_node["SLURM_STEP_TASKS_PER_NODE"] = "?";
  check(shard(one_node), 5, 8, "SLURM_PROCID=5", 1);
}

TEST_CASE("a launcher that speaks of no process on this machine still leaves one", "[shard]") {
  Variables odd = mpi;
  odd["OMPI_COMM_WORLD_LOCAL_SIZE"] = "0";
  check(shard(odd), 2, 6, "OMPI_COMM_WORLD_RANK=2", 1);
}

TEST_CASE("a batch script has a rank and is none", "[shard]") {
  check(shard(batch), 0, 1, "");
  check(shard(both(batch, array)), 3, 8, "SLURM_ARRAY_TASK_ID=3");
  check(shard({{"SLURM_PROCID", "0"}, {"SLURM_STEP_NUM_TASKS", "1"}}), 0, 1, "");  // srun with one task
}

TEST_CASE("mpirun inside Slurm: mpirun's ranks count", "[shard]") {
  check(shard(both(mpi, batch)), 2, 6, "OMPI_COMM_WORLD_RANK=2", 3);
  // Its helpers run in a step with one task for each node.
  check(shard(both(mpi, {{"SLURM_PROCID", "1"}, {"SLURM_STEP_NUM_TASKS", "2"}})), 2, 6, "OMPI_COMM_WORLD_RANK=2", 3);
}

// One failed run must not cost the other ranks theirs, see `tell_end` in sim/cli/cmd_sweep.cpp.
TEST_CASE("mpirun ends all its ranks when one ends badly, whatever else says which part they are", "[shard]") {
  CHECK(shard(mpi).one_ends_all);
  CHECK(shard(mpi, "1/4").one_ends_all);
  CHECK(shard(both(array, mpi)).one_ends_all);
  for (const Variables& others : {Variables{}, step, array, batch, both(array, step)}) CHECK_FALSE(shard(others).one_ends_all);
  CHECK_FALSE(shard({}, "1/4").one_ends_all);
}

TEST_CASE("tasks of an array", "[shard]") {
  check(shard(array), 3, 8, "SLURM_ARRAY_TASK_ID=3");
  const auto task = [](const char* id, const char* first, const char* last, const char* by, const char* count) {
    return Variables{{"SLURM_ARRAY_TASK_ID", id},
                     {"SLURM_ARRAY_TASK_MIN", first},
                     {"SLURM_ARRAY_TASK_MAX", last},
                     {"SLURM_ARRAY_TASK_STEP", by},
                     {"SLURM_ARRAY_TASK_COUNT", count}};
  };
  check(shard(task("1", "1", "8", "1", "8")), 0, 8, "SLURM_ARRAY_TASK_ID=1");  // counted from 1
  check(shard(task("8", "1", "8", "1", "8")), 7, 8, "SLURM_ARRAY_TASK_ID=8");
  check(shard(task("6", "0", "7", "2", "4")), 3, 4, "SLURM_ARRAY_TASK_ID=6");  // --array=0-7:2
  check(shard(task("5", "5", "5", "1", "1")), 0, 1, "SLURM_ARRAY_TASK_ID=5");
  check(shard({{"SLURM_ARRAY_TASK_ID", "3"}, {"SLURM_ARRAY_TASK_MAX", "7"}}), 3, 8, "SLURM_ARRAY_TASK_ID=3");
  CHECK(refusal(task("4", "1", "9", "1", "3")) ==
        "this array has gaps (3 tasks from 1 to 9), so task 4 cannot tell which part is its own; give --shard I/N");  // --array=1,4,9
  for (const Variables& wrong : {task("3", "0", "7", "2", "4"), task("0", "1", "8", "1", "8"), task("3", "0", "7", "0", "8"),
                                 task("9", "0", "7", "1", "8"), task("0", "0", "7", "1", "7"), task("3", "3", "2", "1", "0")})
    CHECK(refusal(wrong).find("this array has gaps") == 0);
  CHECK(refusal({{"SLURM_ARRAY_TASK_ID", "4"}, {"SLURM_ARRAY_TASK_MIN", "5"}, {"SLURM_ARRAY_TASK_MAX", "4"}}).find("gaps") !=
        std::string::npos);
}

TEST_CASE("tasks of an array, each with ranks: both multiply", "[shard]") {
  check(shard(both(array, step)), 3 * 8 + 5, 64, "SLURM_ARRAY_TASK_ID=3, SLURM_PROCID=5", 4);
  check(shard(both(array, mpi)), 3 * 6 + 2, 48, "SLURM_ARRAY_TASK_ID=3, OMPI_COMM_WORLD_RANK=2", 3);
  std::set<std::uint64_t> seen;
  for (int task = 0; task < 8; ++task)
    for (int rank = 0; rank < 8; ++rank) {
      Variables one = both(array, step);
      one["SLURM_ARRAY_TASK_ID"] = std::to_string(task);
      one["SLURM_PROCID"] = std::to_string(rank);
      CHECK(seen.insert(shard(one).index).second);
    }
  CHECK(seen.size() == 64);
}

TEST_CASE("variables that do not add up", "[shard]") {
  CHECK(refusal({{"SLURM_ARRAY_TASK_ID", "x"}}) == "SLURM_ARRAY_TASK_ID=x is no whole number; give --shard I/N");
  CHECK(refusal({{"OMPI_COMM_WORLD_RANK", "1"}, {"OMPI_COMM_WORLD_SIZE", "two"}}) ==
        "OMPI_COMM_WORLD_SIZE=two is no whole number; give --shard I/N");
  CHECK(refusal({{"SLURM_PROCID", "4"}, {"SLURM_STEP_NUM_TASKS", "4"}}) == "SLURM_PROCID=4 of SLURM_STEP_NUM_TASKS=4; give --shard I/N");
  CHECK(refusal({{"SLURM_PROCID", "-1"}, {"SLURM_STEP_NUM_TASKS", "4"}}) == "SLURM_PROCID=-1 is no whole number; give --shard I/N");
}
