#include "store/stream_hash.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/hash.hpp"

namespace spillway {

namespace {
constexpr std::uint64_t multiplier = 0x9e3779b97f4a7c15ULL;  // odd, so that multiplying can be undone: 2^64 / golden ratio
constexpr int turn = 29;                                     // chosen: carries high bits, which a product moves only up, back down
constexpr std::size_t row = 64;                              // bytes for eight lanes

template <class Words>
void take_row(Words& lane, const std::byte* bytes) {
  for (std::size_t i = 0; i < lane.size(); ++i) {
    std::uint64_t word;
    std::memcpy(&word, bytes + 8 * i, 8);
    lane[i] = (std::rotl(lane[i], turn) ^ word) * multiplier;
  }
}
}  // namespace

void StreamHash::add(std::span<const std::byte> bytes) {
  const std::size_t waiting = size_ % row;
  size_ += bytes.size();
  if (waiting > 0) {
    const std::size_t taken = std::min(bytes.size(), row - waiting);
    std::copy_n(bytes.begin(), taken, rest_.begin() + static_cast<std::ptrdiff_t>(waiting));
    bytes = bytes.subspan(taken);
    if (waiting + taken < row) return;
    take_row(lane_, rest_.data());
  }
  Words lane = lane_;  // in registers
  std::size_t at = 0;
  for (; at + row <= bytes.size(); at += row) take_row(lane, bytes.data() + at);
  lane_ = lane;
  std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.end(), rest_.begin());
}

std::uint64_t StreamHash::value() const {
  Words lane = lane_;
  std::array<std::byte, row> last{};
  std::copy_n(rest_.begin(), size_ % row, last.begin());
  if (size_ % row != 0) take_row(lane, last.data());
  std::uint64_t hash = size_;
  for (const std::uint64_t word : lane) hash = chain(hash, word);
  return hash;
}

}  // namespace spillway
