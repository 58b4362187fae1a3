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
  void seek(std::uint64_t at);
  std::uint64_t size() const;
  /// Lets the next reads come from the disk and not from memory; advice only.
  void forget();
  /// Never tried twice: after a failure the system may have dropped the data and report success.
  void sync();
  /// Network file systems tell of a full disk only here.
  void close();

 private:
  std::string path_;
  int fd_;
};

}  // namespace spillway
