// Lanes of one block of users: what flows from phase to phase within a tick and is forgotten after it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace spillway {

/// Users per block: two platforms' lanes and columns stay in the level-2 cache, and counts fit 32-bit sums (minutes with least room:
/// 1024 users at 30,000 a day in 64ths).
inline constexpr std::size_t block_size = 1024;

/// Lanes may be read, and local copies of them written, a vector past the block's end.
inline constexpr std::size_t lane_padding = 16;

/// Which users of a block are picked, and how to move what belongs to them together and apart: lanes eight by eight, cells of columns
/// sixteen by sixteen.
inline constexpr std::uint32_t pick_width = 8, pick_groups = block_size / pick_width, cell_width = 16;
struct Picks {
  std::int32_t picked[block_size];          ///< 1 or 0
  std::uint32_t before[pick_groups + 1];    ///< how many are picked before the eight
  std::int32_t together[block_size];        ///< by place within the eight once moved together: place before
  std::int32_t place[block_size];           ///< in the block, of those picked
  std::uint16_t cell_picked[block_size];    ///< all bits or none
  std::uint16_t cell_together[block_size];  ///< by place within the sixteen once moved together: place before
  std::uint16_t cell_apart[block_size];     ///< the other way round
};

/// Some users of a block, in order of id: all of them, or those who are picked. Lane i belongs to the i-th.
struct Block {
  std::uint32_t first;           ///< user id, a multiple of block_size
  std::uint32_t size;            ///< how many
  const Picks* picks = nullptr;  ///< null: all of them

  std::uint32_t place(std::uint32_t i) const { return picks == nullptr ? i : static_cast<std::uint32_t>(picks->place[i]); }
  /// Of a user of the block who is among them.
  std::uint32_t lane(std::uint32_t at) const {
    return picks == nullptr ? at : picks->before[at / cell_width * (cell_width / pick_width)] + picks->cell_apart[at];
  }
};

/// One float per user.
enum class Lane : std::uint8_t {
  online,
  conversation_taste,
  ad_sensitivity,
  minutes,
  budget_ratio,
  exit_threshold,
  contact_list,
  outside_share,
  count
};
/// One 32-bit integer per user.
enum class IntLane : std::uint8_t { user, involved, membership, segment, count };
/// One float per user and platform. Hazards are per tick; `pressure` is what the joining hazard sees of contacts, until
/// it considers joining without the contagion exponent.
enum class PlatformLane : std::uint8_t {
  share,
  pressure,
  joined,
  supply,
  taste,
  member,
  newcomer,
  reach,
  utility,
  habit,
  irritation,
  currency,
  attention,
  drag,
  hazard_first,
  hazard_second,
  hazard_third,
  count
};
/// One 32-bit integer per user and platform.
enum class PlatformIntLane : std::uint8_t { status, event_word, rounding_word, follow_word, complaint_word, follows, event, count };

/// Owns the lanes of one worker.
class Scratch {
 public:
  explicit Scratch(std::size_t platforms)
      : platforms_(platforms), data_(static_cast<std::byte*>(::operator new (room(), std::align_val_t{64}))) {
    for (std::size_t i = 0; i < room(); ++i) data_.get()[i] = std::byte{0};
  }

  float* lane(Lane lane) const { return at<float>(index(lane)); }
  std::int32_t* lane(IntLane lane) const { return at<std::int32_t>(user_floats + index(lane)); }
  float* lane(PlatformLane lane, std::size_t platform) const { return at<float>(platform_base(platform) + index(lane)); }
  std::int32_t* lane(PlatformIntLane lane, std::size_t platform) const {
    return at<std::int32_t>(platform_base(platform) + platform_floats + index(lane));
  }

 private:
  // A cache line more than the values: processors tell loads from earlier stores by the lowest 12 bits of their addresses.
  static constexpr std::size_t bytes_per_lane = block_size * 4 + 64;
  static constexpr std::size_t user_floats = static_cast<std::size_t>(Lane::count), user_ints = static_cast<std::size_t>(IntLane::count);
  static constexpr std::size_t platform_floats = static_cast<std::size_t>(PlatformLane::count),
                               platform_ints = static_cast<std::size_t>(PlatformIntLane::count);
  template <class E>
  static constexpr std::size_t index(E lane) {
    return static_cast<std::size_t>(lane);
  }
  static constexpr std::size_t platform_base(std::size_t platform) {
    return user_floats + user_ints + platform * (platform_floats + platform_ints);
  }
  std::size_t room() const { return platform_base(platforms_) * bytes_per_lane + lane_padding * 4; }
  template <class T>
  T* at(std::size_t lane) const {
    return reinterpret_cast<T*>(data_.get() + lane * bytes_per_lane);
  }

  struct Free {
    void operator()(std::byte* p) const { ::operator delete (p, std::align_val_t{64}); }
  };
  std::size_t platforms_;
  std::unique_ptr<std::byte, Free> data_;
};

}  // namespace spillway
