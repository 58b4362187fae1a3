// A hash of a stream of bytes at the speed of memory, for what is too large for the seal of result files.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace spillway {

/// 64 bits; bytes, their order and their number count, the pieces in which they come do not. Two streams of one length that
/// differ within one aligned 8-byte word never agree: each step can be undone.
class StreamHash {
 public:
  void add(std::span<const std::byte> bytes);
  std::uint64_t value() const;

 private:
  static constexpr std::size_t lanes = 8;  // independent multiplications hide each other's latency
  using Words = std::array<std::uint64_t, lanes>;

  Words lane_{};
  std::array<std::byte, lanes * 8> rest_{};  ///< bytes that do not fill a row of lanes yet
  std::uint64_t size_ = 0;
};

}  // namespace spillway
