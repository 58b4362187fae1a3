#include "run/machine_memory.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>

namespace spillway {

namespace {
namespace fs = std::filesystem;
constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

// "max" of version 2 is no number and so no limit; version 1 writes a number beyond any machine.
std::optional<std::uint64_t> number_in(const fs::path& file) {
  std::ifstream in(file);
  std::uint64_t number = 0;
  return in >> number ? std::optional(number) : std::nullopt;
}

/// A line of /proc/meminfo, "MemTotal:  24684096 kB"; 0 without one.
std::uint64_t meminfo(const fs::path& root, const std::string& key) {
  std::ifstream in(root / "proc/meminfo");
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string name;
    std::uint64_t kib = 0;
    if (words >> name >> kib && name == key + ":") return kib * 1024;
  }
  return 0;
}

struct GroupMemory {
  std::uint64_t limit = no_limit;
  std::uint64_t left = no_limit;
};

/// Files that count as used but are given back when memory is short: a line "inactive_file N" of memory.stat.
std::uint64_t reclaimable(const fs::path& folder, const std::string& key) {
  std::ifstream in(folder / "memory.stat");
  std::string name;
  for (std::uint64_t bytes = 0; in >> name >> bytes;)
    if (name == key) return bytes;
  return 0;
}

// A group is bound by its own limit and by those of all groups above it. In a container the path may lead to a folder that
// only the host sees; then the mount's own top is the group.
void visit_groups(const fs::path& mount, const fs::path& group, bool second_version, GroupMemory& found) {
  const char *limit_file = second_version ? "memory.max" : "memory.limit_in_bytes",
             *used_file = second_version ? "memory.current" : "memory.usage_in_bytes";
  for (fs::path path = group.relative_path();; path = path.parent_path()) {
    const fs::path folder = mount / path;
    if (const auto limit = number_in(folder / limit_file)) {
      const std::uint64_t used = number_in(folder / used_file).value_or(0);
      const std::uint64_t kept = used - std::min(used, reclaimable(folder, second_version ? "inactive_file" : "total_inactive_file"));
      found.limit = std::min(found.limit, *limit);
      found.left = std::min(found.left, *limit - std::min(*limit, kept));
    }
    if (path.empty()) return;
  }
}

// Lines "0::/user.slice" (version 2, mounted at /sys/fs/cgroup, or below it in `unified` beside version 1) and
// "4:memory:/slurm/job_7" (version 1).
GroupMemory group_memory(const fs::path& root) {
  GroupMemory found;
  const fs::path groups = root / "sys/fs/cgroup";
  std::ifstream in(root / "proc/self/cgroup");
  for (std::string line; std::getline(in, line);) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",", path = line.substr(second + 1);
    if (controllers == ",,") {
      visit_groups(groups, path, true, found);
      visit_groups(groups / "unified", path, true, found);
    }
    if (controllers.find(",memory,") != std::string::npos) visit_groups(groups / "memory", path, false, found);
  }
  return found;
}
}  // namespace

MachineMemory machine_memory(const fs::path& root) {
  MachineMemory memory{meminfo(root, "MemTotal"), meminfo(root, "MemAvailable"), "this machine has"};
  if (memory.bytes == 0) memory.bytes = no_limit;
  if (memory.available == 0) memory.available = memory.bytes;
  const GroupMemory group = group_memory(root);
  if (group.limit < memory.bytes) {
    memory.bytes = group.limit;
    memory.who = "the limit of this job (its control group) is";
  }
  rlimit own = {};
  if (::getrlimit(RLIMIT_AS, &own) == 0 && own.rlim_cur < memory.bytes) {
    memory.bytes = own.rlim_cur;
    memory.who = "this process's limit (ulimit -v) is";
  }
  memory.available = std::min({memory.available, group.left, memory.bytes});
  return memory;
}

}  // namespace spillway
