// A real file system without room: one line, exit code 3, what was saved stands, and with room the same command comes to its end.
#include <algorithm>
#include <fstream>
#include <functional>

#include "faults/program.hpp"
#include "support/small_disk.hpp"

using namespace spillway;
using test::FaultyRun;
using test::TemporaryFolder;

namespace {
const std::string options = test::tiny + " --users 20000 --set time.end=2009-10-15 --save-every 0";

std::string undisturbed() {
  const FaultyRun run(test::memory_folder(), options);
  REQUIRE(run().code == 0);
  return run.digest();
}

/// The run in `folder`, which has less and less room until it has enough; `room` leaves so many KiB.
void fill(const std::string& folder, const std::function<void(int)>& room, int enough) {
  const std::string expected = undisturbed();
  const FaultyRun run(folder, options);
  int failures = 0;
  for (const int kilobytes : {4, 200, 700, 1500, 2000, enough}) {
    room(kilobytes);
    const FaultyRun::Ended ended = run();
    INFO(kilobytes << " KiB: exit code " << ended.code << ", said: " << ended.err);
    CHECK((ended.code == 3 || ended.code == 0));
    CHECK(run.unreadable().empty());
    if (ended.code == 0) break;
    ++failures;
    const std::string last = ended.err.substr(ended.err.rfind("spillway: "));
    CHECK((last.find("free some space") != std::string::npos));
    CHECK(std::count(last.begin(), last.end(), '\n') == 1);
  }
  CHECK(failures >= 2);
  CHECK(run.digest() == expected);
}
}  // namespace

TEST_CASE("faults: a small file system in memory", "[faults]") {
  const TemporaryFolder folder;
  const test::SmallDisk disk(folder / "disk", "size=4k");
  if (!disk.mounted()) {
    WARN("skipped: mounting a small file system needs root");
    return;
  }
  fill(
      folder / "disk", [&](int kilobytes) { REQUIRE(disk.grow(("size=" + std::to_string(kilobytes + 64) + "k").c_str())); }, 10'000);
}

TEST_CASE("faults: a small ext4", "[faults]") {
  const TemporaryFolder folder;
  const std::string image = folder / "image", disk = folder / "disk", ballast = disk + "/ballast";
  std::filesystem::create_directory(disk);
  const std::string make =
      "truncate -s 16M " + image + " && PATH=$PATH:/sbin:/usr/sbin mkfs.ext4 -q " + image + " && mount -o loop " + image + " " + disk;
  if (std::system(("{ " + make + "; } >/dev/null 2>&1").c_str()) != 0) {
    WARN("skipped: mounting an ext4 image needs root, mkfs.ext4 and a loop device");
    return;
  }
  fill(
      disk,
      [&](int kilobytes) {
        std::filesystem::remove(ballast);
        const auto space = std::filesystem::space(disk);
        const std::int64_t fill = static_cast<std::int64_t>(space.available) - kilobytes * 1024LL;
        if (fill > 0) std::ofstream(ballast) << std::string(static_cast<std::size_t>(fill), 'x');
      },
      1'000'000);
  CHECK(std::system(("umount " + disk).c_str()) == 0);
}
