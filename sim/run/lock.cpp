#include "run/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "store/commit.hpp"

namespace spillway {

namespace {
/// Whether the open file still has its name: its last owner may have removed it between our opening and our locking.
bool has_its_name(int fd, const std::string& path) {
  struct stat held = {}, named = {};
  return ::fstat(fd, &held) == 0 && ::stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}
}  // namespace

RunLock::RunLock(const std::string& path, const std::string& result) : path_(path) {
  for (;;) {
    fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd_ < 0 && errno == EINTR) continue;
    if (fd_ < 0) throw file_error("make", path, errno);
    const bool refused = ::flock(fd_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;  // no locks here: the run goes on without
    if (!refused && has_its_name(fd_, path)) return;
    ::close(fd_);
    if (refused)
      throw FileError(result + " is being written by another process (" + path + " is locked); wait for it or give another -o FILE");
  }
}

RunLock::~RunLock() {
  ::unlink(path_.c_str());  // while it is still ours
  ::close(fd_);
}

}  // namespace spillway
