// What a tick counts: integers only, so that the order in which blocks are added cannot matter. Fractions are quantised first.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/archive.hpp"
#include "model/columns.hpp"
#include "model/outbox.hpp"

namespace spillway {

/// Sums over users, by platform and segment. State at tick start (with this tick's attention), flows during the tick.
enum class Count : std::uint8_t {
  active,
  lapsed,
  multi_homing,
  daily_users,
  monthly_users,
  attention,
  minutes,
  habit,
  irritation,
  currency,
  pressure,
  complaints_heard,
  complaints_ignored,
  joins_spontaneous,
  joins_peer,
  joins_drag,
  rejoins,
  exits_baseline,
  exits_disuse,
  exits_threshold
};
inline constexpr std::size_t count_kinds = 20;
inline constexpr std::size_t max_segments = 16;

inline constexpr double exposure_steps = 8192.0;  ///< per unit; 512 users of the largest supply stay below 2^31

/// Steps per unit in a sum; 256 users of the largest value stay below 2^31.
constexpr double quantum(Count count) {
  switch (count) {
    case Count::daily_users:
    case Count::monthly_users:
    case Count::attention:
    case Count::habit: return 1048576.0;      // shares
    case Count::irritation: return 262144.0;  // up to 4 utils
    case Count::currency: return 65536.0;     // up to 16
    case Count::minutes: return 64.0;         // up to 130,000 min a day
    default: return 1.0;
  }
}

enum class ChangeKind : std::uint8_t { join, rejoin, exit };

/// A status change that contacts must learn of.
struct StatusChange {
  std::uint32_t user;
  std::uint8_t platform;
  ChangeKind kind;
};

struct Tally {
  using PerSegment = std::array<std::int64_t, max_segments>;
  std::array<std::array<PerSegment, max_platforms>, count_kinds> counts{};
  /// [from][to], 0 = outside: members who joined `to` while mainly on `from`, or left `from` and stay on `to`.
  std::array<std::array<std::int64_t, max_platforms + 1>, max_platforms + 1> account_flow{};
  /// Habitual attention moved, in units of 2^-20.
  std::array<std::array<std::int64_t, max_platforms + 1>, max_platforms + 1> attention_flow{};
  /// [from][to]: posts seen of suppliers followed on `from` who also are on `to`, in units of 2^-13: what cross-promotion works on.
  std::array<std::array<std::int64_t, max_platforms>, max_platforms> exposure{};
  /// Follows won less follows lost of the most popular suppliers, [platform][supplier]: kept apart by worker, as all write to them.
  std::vector<std::int32_t> head_follows;
  Outbox tail_follows;  ///< of the others, not counted yet: text as FollowerCounts has it
  std::array<std::array<std::uint64_t, max_platforms>, column_count> hash{};
  std::int64_t broadcast_users = 0;  ///< members who used any broadcast platform within half a year, in steps of 2^-20
  std::int64_t involved = 0;         ///< users who decided in full
  std::vector<StatusChange> changes;

  std::int64_t& at(Count count, std::size_t platform, std::size_t segment) {
    return counts[static_cast<std::size_t>(count)][platform][segment];
  }
  std::int64_t at(Count count, std::size_t platform, std::size_t segment) const {
    return counts[static_cast<std::size_t>(count)][platform][segment];
  }
  /// Over segments.
  std::int64_t total(Count count, std::size_t platform) const;
  /// Everything but `changes`, `head_follows` and `tail_follows`, which do not outlive a tick.
  void state(Archive& archive) { archive(counts, account_flow, attention_flow, exposure, hash, broadcast_users); }
  /// Everything but `changes` and `tail_follows`.
  void add(const Tally& other);
  void clear();
};

}  // namespace spillway
