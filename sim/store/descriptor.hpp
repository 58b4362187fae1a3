// An open file whose every failure, the one of closing it included, becomes a FileError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace spillway {

class Descriptor {
 public:
  /// `flags` as for open(2); `doing` is the verb of the message: "cannot make: ...".
  Descriptor(const std::string& path, int flags, const char* doing);
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void write(std::span<const std::byte> bytes);
  /// Fills as much of `bytes` as the file has; returns how much.
  std::size_t read(std::span<std::byte> bytes);
  void rewind();
  std::uint64_t size() const;
  /// Moves bytes between memory and disk without the system's cache, where the file system can: 300 MB then cost no processor
  /// time worth naming, and what is read comes from the disk. Memory, place in the file and length must be multiples of 4096,
  /// else the system falls back to its cache.
  void bypass_cache(bool bypass);
  /// Never tried twice: after a failure the system may have dropped the data and report success.
  void sync();
  /// Network file systems tell of a full disk only here.
  void close();

 private:
  bool retry(long outcome);

  std::string path_;
  int fd_;
  bool bypassing_ = false;
};

}  // namespace spillway
