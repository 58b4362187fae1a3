// Limits of memory as Linux writes them, in real files below a folder of one's own.
#include "run/machine_memory.hpp"

#include <catch2/catch.hpp>

#include "support/temporary_folder.hpp"

using namespace spillway;
using test::TemporaryFolder;

namespace {
struct Machine {
  TemporaryFolder root;
  Machine() { root.write("proc/meminfo", "MemTotal:       16000000 kB\nMemFree:         1000000 kB\nMemAvailable:   12000000 kB\n"); }
  void group(const std::string& lines) { root.write("proc/self/cgroup", lines); }
  void write(const std::string& file, const std::string& text) { root.write("sys/fs/cgroup/" + file, text + "\n"); }
  MachineMemory read() const { return machine_memory(root.path()); }
};
constexpr std::uint64_t physical = 16'000'000ULL * 1024, available = 12'000'000ULL * 1024;
}  // namespace

TEST_CASE("machine memory: the physical one without a group", "[run]") {
  const MachineMemory memory = Machine().read();
  CHECK(memory.bytes == physical);
  CHECK(memory.available == available);
  CHECK(memory.who == "this machine has");
}

TEST_CASE("machine memory: control groups of version 2", "[run]") {
  Machine machine;
  machine.group("0::/system.slice/slurmstepd.scope/job_7\n");
  machine.write("system.slice/slurmstepd.scope/job_7/memory.max", "max");
  CHECK(machine.read().bytes == physical);
  machine.write("system.slice/slurmstepd.scope/job_7/memory.max", "8000000000");
  CHECK(machine.read().bytes == 8'000'000'000);
  CHECK(machine.read().available == 8'000'000'000);
  CHECK(machine.read().who.find("job") != std::string::npos);
  machine.write("system.slice/memory.max", "5000000000");  // a group above is narrower
  CHECK(machine.read().bytes == 5'000'000'000);
  machine.write("system.slice/memory.current", "3000000000");  // a third of it files that can be dropped
  machine.write("system.slice/memory.stat", "anon 2000000000\nfile 1000000000\ninactive_file 1000000000");
  CHECK(machine.read().bytes == 5'000'000'000);
  CHECK(machine.read().available == 3'000'000'000);
}

TEST_CASE("machine memory: control groups of version 1, alone and beside version 2", "[run]") {
  Machine machine;
  machine.group("9:name=systemd:/\n4:cpu,memory:/slurm/uid_0/job_7\n0::/\n");
  machine.write("memory/memory.limit_in_bytes", "9223372036854771712");  // how version 1 says: none
  machine.write("memory/slurm/uid_0/job_7/memory.limit_in_bytes", "9223372036854771712");
  CHECK(machine.read().bytes == physical);
  machine.write("memory/slurm/uid_0/job_7/memory.limit_in_bytes", "4294967296");
  machine.write("memory/slurm/uid_0/job_7/memory.usage_in_bytes", "1294967296");
  CHECK(machine.read().bytes == 4'294'967'296);
  CHECK(machine.read().available == 3'000'000'000);
  machine.write("unified/memory.max", "2000000000");
  CHECK(machine.read().bytes == 2'000'000'000);
}

TEST_CASE("machine memory: a container sees its own group at the top", "[run]") {
  Machine machine;
  machine.group("0::/docker/3f2a\n");
  machine.write("memory.max", "1000000000");
  CHECK(machine.read().bytes == 1'000'000'000);
}

TEST_CASE("machine memory: a controller that only sounds alike, and files that are no numbers, limit nothing", "[run]") {
  Machine machine;
  machine.group("3:hugememory:/x\nnonsense\n0::/y\n");
  machine.write("memory/x/memory.limit_in_bytes", "5");
  machine.write("y/memory.max", "soon");
  CHECK(machine.read().bytes == physical);
}

TEST_CASE("machine memory: this machine has some, and nobody limits what cannot be read", "[run]") {
  const MachineMemory here = machine_memory();
  CHECK(here.bytes > 64'000'000);
  CHECK(here.available <= here.bytes);
  CHECK(machine_memory("/proc/nowhere").bytes > here.bytes / 2);
}
