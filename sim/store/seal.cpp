#include "store/seal.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string_view>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "store/commit.hpp"

namespace spillway {

namespace {
constexpr std::string_view mark = "\nSPILLWAY SEAL 1 ";
static_assert(seal_size == mark.size() + 17);  // 16 hex digits and a line end
constexpr std::size_t block = std::size_t{1} << 20;

std::string seal_of(std::uint64_t hash) {
  char digits[18];
  std::snprintf(digits, sizeof digits, "%016llx\n", static_cast<unsigned long long>(hash));
  return std::string(mark) + digits;
}

/// Block by block, so that a file need not be in memory at once; length and order of the bytes both count.
class ByteHash {
 public:
  void add(std::span<const std::byte> bytes) {
    size_ += bytes.size();
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
      std::uint64_t word;
      std::memcpy(&word, bytes.data() + at, 8);
      hash_ = mix64(hash_ ^ word);
    }
    for (; at < bytes.size(); ++at) hash_ = mix64(hash_ ^ static_cast<std::uint64_t>(bytes[at]));
  }
  std::uint64_t value() const { return chain(hash_, size_); }

 private:
  std::uint64_t hash_ = 0, size_ = 0;
};
}  // namespace

std::uint64_t hash_bytes(std::span<const std::byte> bytes) {
  ByteHash hash;
  for (std::size_t at = 0; at < bytes.size(); at += block) hash.add(bytes.subspan(at, std::min(block, bytes.size() - at)));
  return hash.value();
}

void add_seal(std::vector<std::byte>& bytes) {
  const std::string seal = seal_of(hash_bytes(bytes));
  const auto* first = reinterpret_cast<const std::byte*>(seal.data());
  bytes.insert(bytes.end(), first, first + seal.size());
}

Seal check_seal(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) throw file_error("open", path, errno);
  const auto size = static_cast<std::size_t>(file.tellg());
  if (size < seal_size) return Seal::none;
  std::string stored(seal_size, '\0');
  file.seekg(static_cast<std::streamoff>(size - seal_size));
  file.read(stored.data(), static_cast<std::streamsize>(seal_size));
  if (!file || !stored.starts_with(mark)) return Seal::none;
  file.seekg(0);
  ByteHash hash;
  std::vector<char> buffer(block);
  for (std::size_t left = size - seal_size; left > 0;) {
    const std::size_t part = std::min(left, block);
    if (!file.read(buffer.data(), static_cast<std::streamsize>(part))) throw file_error("read", path, errno);
    hash.add(std::as_bytes(std::span(buffer.data(), part)));
    left -= part;
  }
  return stored == seal_of(hash.value()) ? Seal::intact : Seal::broken;
}

}  // namespace spillway
