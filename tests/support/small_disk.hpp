// A file system of its own with very little room; needs root.
#pragma once

#include <sys/mount.h>

#include <filesystem>
#include <string>
#include <utility>

namespace spillway::test {

class SmallDisk {
 public:
  explicit SmallDisk(std::string path, const char* options) : path_(std::move(path)) {
    std::filesystem::create_directory(path_);
    mounted_ = mount("tmpfs", path_.c_str(), "tmpfs", 0, options) == 0;
  }
  ~SmallDisk() {
    if (mounted_) umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }
  /// More room, "size=9m".
  bool grow(const char* options) const { return mount("tmpfs", path_.c_str(), "tmpfs", MS_REMOUNT, options) == 0; }

 private:
  std::string path_;
  bool mounted_ = false;
};

}  // namespace spillway::test
