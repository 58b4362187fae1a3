#include "store/commit.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <system_error>

#include "store/descriptor.hpp"

namespace spillway {

namespace {

constexpr const char* longest_addition = "-2014-11-28.state";  // a state of a run, kept beside its result

const char* way_out(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT: return " (free some space or choose another folder)";
    case EACCES:
    case EPERM: return " (choose a folder and file that you may use)";
    case EROFS: return " (choose a folder on a file system that can be written)";
    case ENOENT: return " (check the name; a missing folder must be made first)";
    case ENAMETOOLONG: return " (give a shorter name)";
    case EFBIG: return " (raise the limit with `ulimit -f`)";
    case EIO: return " (the disk or its connection fails; choose another one)";
    default: return "";
  }
}

std::string megabytes(std::uint64_t bytes) {
  const std::uint64_t tenths = (bytes * 10 + (1U << 20) - 1) >> 20;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MiB";
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

void ask_for_space(const std::string& path, std::uint64_t bytes) {
  struct statvfs volume = {};
  if (::statvfs(folder_of(path).c_str(), &volume) != 0) throw file_error("ask for free space in the folder of", path, errno);
  const std::uint64_t free = std::uint64_t{volume.f_bavail} * volume.f_frsize;
  if (volume.f_blocks > 0 && free < bytes)  // some network file systems report no blocks at all
    throw FileError(path + ": cannot write: the disk has " + megabytes(free) + " left and " + megabytes(bytes) + " are needed" +
                    way_out(ENOSPC));
  // Beyond this limit the system would end the program with a signal instead of an error.
  struct rlimit limit = {};
  if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur < bytes) throw file_error("write", path, EFBIG);
}

void refuse_special_target(const std::string& path) {
  struct stat target = {};
  if (::stat(path.c_str(), &target) == 0 && !S_ISREG(target.st_mode))
    throw FileError(path + ": cannot write: it exists and is not a file (choose another name)");
}

}  // namespace

FileError file_error(const std::string& doing, const std::string& path, int error_number) {
  return FileError(path + ": cannot " + doing + ": " + std::generic_category().message(error_number) + way_out(error_number));
}

void commit_stream(const std::string& path, std::uint64_t size, const std::function<void(Descriptor&)>& content,
                   const std::function<void(const std::string& part)>& verify, const std::string& previous) {
  refuse_special_target(path);
  ask_for_space(path, size);
  const std::string part = path + ".part";
  Descriptor file(part, O_WRONLY | O_CREAT | O_TRUNC, "make");
  try {
    content(file);
    file.sync();
    file.close();
    verify(part);
    if (!previous.empty() && ::rename(path.c_str(), previous.c_str()) != 0 && errno != ENOENT)
      throw file_error("rename to " + previous, path, errno);
    if (::rename(part.c_str(), path.c_str()) != 0) throw file_error("rename its part file to", path, errno);
  } catch (...) {
    ::unlink(part.c_str());
    throw;
  }
  Descriptor folder(folder_of(path), O_RDONLY | O_DIRECTORY, "open the folder");
  folder.sync();
}

void commit_file(const std::string& path, std::span<const std::byte> bytes, const std::function<void(const std::string& part)>& verify) {
  commit_stream(
      path, bytes.size(), [&](Descriptor& file) { file.write(bytes); }, verify);
}

void commit_text(const std::string& path, const std::string& text) {
  commit_file(path, std::as_bytes(std::span(text)), [](const std::string&) {});
}

void place_file(const std::string& path, std::span<const std::byte> bytes, const std::string& part) {
  try {
    Descriptor file(part, O_WRONLY | O_CREAT | O_TRUNC, "make");
    file.write(bytes);
    file.close();
    if (::rename(part.c_str(), path.c_str()) != 0) throw file_error("rename its part file to", path, errno);
  } catch (...) {
    ::unlink(part.c_str());
    throw;
  }
}

void make_folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code failed;
  if (!folder.empty()) std::filesystem::create_directories(folder, failed);
  if (failed) throw FileError("cannot make the folder " + folder.string() + ": " + failed.message() + "; give another -o FILE");
  struct stat ignored = {};
  if (::lstat((path + longest_addition).c_str(), &ignored) != 0 && errno == ENAMETOOLONG) throw file_error("write", path, ENAMETOOLONG);
}

void check_writable(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) throw FileError(path + " is a folder; name a file in it");
  make_folder_of(path);
  const std::string part = path + ".part";
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) throw file_error("write", path, errno);
  ::close(file);
  std::filesystem::remove(part, ignored);
}

}  // namespace spillway
