#include "store/commit.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "store/files.hpp"
#include "store/sample_recording.hpp"
#include "store/trajectory.hpp"
#include "support/small_disk.hpp"

using namespace spillway;
using Catch::Contains;
using test::SmallDisk;

namespace {
constexpr auto accept = [](const std::string&) {};

std::vector<std::byte> some_bytes(std::size_t count = 1000) { return std::vector<std::byte>(count, std::byte{'x'}); }

std::string commit_error(const std::string& path, std::size_t count = 1000) {
  return message_of<FileError>([&] { commit_file(path, some_bytes(count), accept); });
}
std::string write_error(const Recording& recording, const std::string& path) {
  return message_of<FileError>([&] { write_recording(recording, path); });
}

/// Root may write anywhere, so permissions are tried as another user.
class AsNobody {
 public:
  AsNobody() : was_root_(geteuid() == 0) {
    if (was_root_ && seteuid(65534) != 0) throw std::runtime_error("cannot become another user");
  }
  ~AsNobody() {
    if (was_root_ && seteuid(0) != 0) std::abort();
  }

 private:
  bool was_root_;
};
}  // namespace

TEST_CASE("commit: whole files only", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.bin";
  bool seen = false;
  commit_file(path, some_bytes(), [&](const std::string& part) {
    seen = true;
    CHECK(part == path + ".part");
    CHECK(bytes_of(part).size() == 1000);
    CHECK_FALSE(std::filesystem::exists(path));
  });
  CHECK(seen);
  CHECK(folder.names() == std::vector<std::string>{"x.bin"});
  write_text(path + ".part", "left by a killed process");
  commit_file(path, some_bytes(2000), accept);
  CHECK(bytes_of(path).size() == 2000);
  CHECK(folder.names() == std::vector<std::string>{"x.bin"});
}

TEST_CASE("commit: what cannot be verified never gets the name", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.bin";
  write_text(path, "good");
  CHECK_THROWS_AS(commit_file(path, some_bytes(), [](const std::string&) { throw FileError("different"); }), FileError);
  CHECK(bytes_of(path) == std::vector<char>{'g', 'o', 'o', 'd'});
  CHECK(folder.names() == std::vector<std::string>{"x.bin"});
}

TEST_CASE("commit: places that cannot be written", "[store]") {
  const TemporaryFolder folder;
  CHECK_THAT(commit_error(folder / "no/such/x.bin"), Contains("No such file or directory") && Contains("folder must be made first"));
  write_text(folder / "file", "");
  CHECK_THAT(commit_error(folder / "file/x.bin"), Contains("Not a directory"));
  std::filesystem::create_directory(folder / "taken");
  CHECK_THAT(commit_error(folder / "taken"), Contains("is not a file"));
  CHECK_THAT(commit_error("/dev/null"), Contains("is not a file"));
  CHECK_THAT(commit_error(folder / std::string(300, 'n')), Contains("File name too long"));

  std::filesystem::create_directory(folder / "closed");
  REQUIRE(chmod((folder / "closed").c_str(), 0555) == 0);
  REQUIRE(chmod(folder.path().c_str(), 0755) == 0);
  {
    const AsNobody nobody;
    CHECK_THAT(commit_error(folder / "closed/x.bin"), Contains("cannot make: Permission denied") && Contains("choose a folder"));
  }
  CHECK(std::filesystem::is_empty(folder / "closed"));
}

TEST_CASE("commit: a failing write leaves the old file and no part", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.h5";
  const Recording old = sample_recording(10, 2);
  write_recording(old, path);
  // The part file leads to a device that is always full: the first write fails after the question for free space passed.
  std::filesystem::create_symlink("/dev/full", path + ".part");
  CHECK_THAT(write_error(sample_recording(), path), Contains("No space left on device") && Contains("free some space"));
  CHECK(folder.names() == std::vector<std::string>{"x.h5"});
  CHECK(digest(read_recording(path)) == digest(old));
}

TEST_CASE("commit: a full disk is told before anything is written", "[store]") {
  const TemporaryFolder folder;
  const SmallDisk disk(folder / "disk", "size=256k");
  if (!disk.mounted()) {
    WARN("skipped: mounting a small file system needs root; the limit of file sizes is tested instead");
    return;
  }
  const std::string path = folder / "disk/x.h5";
  const Recording small = sample_recording(10, 2), large = sample_recording(380, 400);
  for (int round = 0; round < 3; ++round) {  // the library must stay usable after each failure
    write_recording(small, path);
    const std::string message = write_error(large, path);
    CHECK_THAT(message, Contains("x.h5: cannot write") && Contains("MiB left") && Contains("free some space"));
    CHECK(message.find('\n') == std::string::npos);
    CHECK(digest(read_recording(path)) == digest(small));
    CHECK_FALSE(std::filesystem::exists(path + ".part"));
  }
}

TEST_CASE("commit: no room for another file on the disk", "[store]") {
  const TemporaryFolder folder;
  const SmallDisk disk(folder / "disk", "size=1m,nr_inodes=2");
  if (!disk.mounted()) {
    WARN("skipped: mounting a small file system needs root");
    return;
  }
  write_text(folder / "disk/only", "x");
  CHECK_THAT(commit_error(folder / "disk/x.bin"), Contains("No space left on device"));
}

TEST_CASE("commit: the limit of file sizes is an error and not a signal", "[store]") {
  const TemporaryFolder folder;
  struct rlimit before = {};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  const struct rlimit tight = {10000, before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_FSIZE, &tight) == 0);
  const std::string message = commit_error(folder / "x.bin", 20000);
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  CHECK_THAT(message, Contains("File too large") && Contains("ulimit -f"));
  CHECK(folder.names().empty());
}

TEST_CASE("place_file: the whole file or the old one, and no part", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.run", part = folder / "p/17.part";
  std::filesystem::create_directory(folder / "p");
  place_file(path, some_bytes(), part);
  CHECK(bytes_of(path).size() == 1000);
  write_text(part, "left by a killed process, and longer than what comes" + std::string(5000, '.'));
  place_file(path, some_bytes(20), part);
  CHECK(bytes_of(path).size() == 20);
  place_file(path, {}, part);
  CHECK(bytes_of(path).empty());
  CHECK(std::filesystem::is_empty(folder / "p"));

  const auto error = [&](const std::string& to, const std::string& by) {
    return message_of<FileError>([&] { place_file(to, some_bytes(), by); });
  };
  CHECK_THAT(error(path, folder / "no/17.part"), Contains("17.part: cannot make: No such file or directory"));
  CHECK_THAT(error(folder / "no/x.run", part), Contains("x.run: cannot rename its part file to: No such file or directory"));
  CHECK_THAT(error(folder / "p", part), Contains("p: cannot rename its part file to: "));
  CHECK(bytes_of(path).empty());
  CHECK(std::filesystem::is_empty(folder / "p"));
  std::filesystem::create_symlink("/dev/full", part);
  CHECK_THAT(error(path, part), Contains("No space left on device") && Contains("free some space"));
  CHECK(bytes_of(path).empty());
  CHECK(std::filesystem::is_empty(folder / "p"));
}
