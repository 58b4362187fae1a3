#include "run/free_memory.hpp"

#include <fstream>
#include <string>

namespace spillway {

std::uint64_t free_memory() {
  std::ifstream file("/proc/meminfo");
  std::string name;
  for (std::uint64_t kilobytes = 0; file >> name >> kilobytes; file.ignore(80, '\n'))
    if (name == "MemAvailable:") return kilobytes * 1024;
  return 0;
}

}  // namespace spillway
