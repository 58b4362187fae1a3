#include "store/descriptor.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "store/commit.hpp"

namespace spillway {

namespace {
constexpr std::size_t largest = std::size_t{1} << 30;  // one call; Linux itself stops at 2 GiB

int open_file(const std::string& path, int flags) {
  int fd = -1;
  do fd = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  while (fd < 0 && errno == EINTR);
  return fd;
}
}  // namespace

Descriptor::Descriptor(const std::string& path, int flags, const char* doing) : path_(path), fd_(open_file(path, flags)) {
  if (fd_ < 0) throw file_error(doing, path, errno);
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

// A call that a signal broke off, or that this file system does not do without its cache, is made again.
bool Descriptor::retry(long outcome) {
  if (outcome >= 0) return false;
  if (errno == EINTR) return true;
  if (errno != EINVAL || !bypassing_) return false;
  bypass_cache(false);
  return true;
}

void Descriptor::bypass_cache(bool bypass) {
  const int flags = ::fcntl(fd_, F_GETFL);
  bypassing_ = flags >= 0 && ::fcntl(fd_, F_SETFL, bypass ? flags | O_DIRECT : flags & ~O_DIRECT) == 0 && bypass;
}

void Descriptor::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), std::min(bytes.size(), largest));
    if (retry(written)) continue;
    if (written <= 0) throw file_error("write", path_, written < 0 ? errno : ENOSPC);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

std::size_t Descriptor::read(std::span<std::byte> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::read(fd_, bytes.data() + done, std::min(bytes.size() - done, largest));
    if (retry(got)) continue;
    if (got < 0) throw file_error("read", path_, errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

void Descriptor::rewind() {
  if (::lseek(fd_, 0, SEEK_SET) < 0) throw file_error("read", path_, errno);
}

std::uint64_t Descriptor::size() const {
  struct stat file = {};
  if (::fstat(fd_, &file) != 0) throw file_error("read", path_, errno);
  return static_cast<std::uint64_t>(file.st_size);
}

void Descriptor::sync() {
  if (::fsync(fd_) != 0 && errno != EINVAL) throw file_error("fsync", path_, errno);  // EINVAL: the file system has none
}

void Descriptor::close() {
  if (::close(std::exchange(fd_, -1)) != 0 && errno != EINTR) throw file_error("close", path_, errno);
}

}  // namespace spillway
