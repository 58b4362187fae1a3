// What a users phase sees: typed pointers to the columns, and the numbers of this tick, already as the loops need them.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/random.hpp"
#include "model/scenario.hpp"

namespace spillway {

/// A stock column: one of the two is set.
struct StockRef {
  std::uint16_t* u16 = nullptr;
  float* f32 = nullptr;
  float unit = 0.0F;  ///< value of one u16 step
  explicit operator bool() const { return u16 != nullptr || f32 != nullptr; }
};

/// A counter column: one of the two is set.
struct CounterRef {
  std::uint8_t* u8 = nullptr;
  std::uint16_t* u16 = nullptr;
  explicit operator bool() const { return u8 != nullptr || u16 != nullptr; }
};

/// Who is online, and everybody's status on every platform, in one integer: one of the two is set.
struct MembershipRef {
  std::uint8_t* u8 = nullptr;
  std::uint32_t* u32 = nullptr;

  static constexpr std::uint32_t online = 1;
  static constexpr unsigned shift(std::size_t platform) { return 1 + 2 * static_cast<unsigned>(platform); }
  static std::uint32_t status(std::uint32_t word, std::size_t platform) { return word >> shift(platform) & 3U; }
  std::uint32_t get(std::uint32_t user) const { return u8 != nullptr ? u8[user] : u32[user]; }
  void set(std::uint32_t user, std::uint32_t word) const {
    if (u8 != nullptr)
      u8[user] = static_cast<std::uint8_t>(word);
    else
      u32[user] = word;
  }
  void set_status(std::uint32_t user, std::size_t platform, std::uint32_t status) const {
    set(user, (get(user) & ~(3U << shift(platform))) | status << shift(platform));
  }
};

/// What a user's contacts do on a platform, in one integer, so that a change of status touches one place per contact: those
/// active in the lowest bits, those ever active above, recency on top. One of the three is set.
struct ContactsRef {
  std::uint16_t* u16 = nullptr;
  std::uint32_t* u32 = nullptr;
  std::uint64_t* u64 = nullptr;
  explicit operator bool() const { return u16 != nullptr || u32 != nullptr || u64 != nullptr; }
};

/// Bits of a contacts word.
template <class Word>
struct ContactsBits {
  static constexpr unsigned count = sizeof(Word) == 2 ? 4 : 4 * sizeof(Word) / 2;  // 4, 8, 16
  static constexpr unsigned recency = sizeof(Word) * 8 - 2 * count;                // 8, 16, 32
  static constexpr Word count_mask = (Word{1} << count) - 1;
  /// Largest recency after decay: what a tick's joins can add still fits.
  static constexpr std::uint32_t recency_kept = sizeof(Word) == 8 ? (1U << 24) - 1 : (1U << (recency - 1)) - 1;  // exact as a float
};

struct PlatformColumns {
  std::uint16_t* join_time = nullptr;
  StockRef habit, irritation, supply;
  ContactsRef contacts;
  std::uint8_t* follows = nullptr;
  std::uint8_t* served = nullptr;
  StockRef currency;
};

/// A platform's numbers in this tick. Rates are per tick (times dt), weights already multiplied out. Set by world phases.
struct PlatformTick {
  bool live = false;                           ///< open during at least a part of the tick
  float exposure = 0;                          ///< part of the tick after the launch
  float base_utility = 0;                      ///< b + u + alpha_G M
  float conversation = 0;                      ///< wC (alpha_L + alpha_sms sms(t))
  float friends_feed = 0;                      ///< wF alpha_F
  float broadcast = 0;                         ///< wB alpha_S
  float ad_flow = 0;                           ///< beta_A A
  float ad_stock_target = 0;                   ///< kappa_z A
  float habit_strength = 0;                    ///< eta + eta_F wF
  float join_spontaneous = 0;                  ///< (p + pulse) dt exposure
  float join_peer = 0;                         ///< q dt exposure
  float contact_import = 0;                    ///< iota
  float mirroring = 0;                         ///< g
  float half_step = 1;                         ///< G: peers' growth to the middle of the tick
  float member_share = 0;                      ///< M: members / people online
  float ever_share = 0;                        ///< ever members / people online
  float recent_share = 0;                      ///< decaying share of people who joined lately (complete mixing)
  float session_dispersion = 0;                ///< kappa_s; 0 here means Poisson
  bool first_members = false;                  ///< launch tick: the initial members join at once
  float service_value = 0;                     ///< alpha_R
  bool any_served = true;                      ///< a supplier keeps a service account here, or did in the tick before
  float displeasure = 0;                       ///< w_ban Bbar xbar + max(0, -u): what people resent besides ads
  float listening = 0;                         ///< Lis
  float reward_rate = 0;                       ///< Ry
  bool is_stage = false;                       ///< serves broadcast content more than conversation
  std::array<float, max_platforms> push_to{};  ///< [destination]: mu_d x dt exposure of the destination
  std::array<float, max_platforms> open_to{};  ///< [destination]: weight of the channels that exist
  std::array<float, max_platforms> pass_to{};  ///< [destination]: PI: weight of what passes the ban
  std::array<float, max_platforms> drag_to{};  ///< [destination]: push times pass
};

/// Numbers of this tick that all platforms share.
struct TickNumbers {
  std::uint32_t index = 0;
  double start = 0;            ///< days since the scenario's start
  double dt = 0;               ///< days
  float middle_half_days = 0;  ///< middle of the tick in join_time units
  float relax_habit = 0, relax_irritation = 0, relax_supply = 0, relax_currency = 0,
        keep_recency = 0;  ///< per tick
};

/// A lognormal of given mean and coefficient of variation is exp(location + spread z).
struct Lognormal {
  float location = 0, spread = 0;
};
Lognormal lognormal(double mean, double cv);

/// A supplier as the users' loop reads it: flags, the rate of winning a follow, content and effort on each platform. 24 bytes at two
/// platforms.
struct SupplierTable {
  const float* rows = nullptr;
  std::size_t stride = 0, platforms = 0;
  const std::uint32_t* slots = nullptr;  ///< [group][slot] supplier ids
  std::uint32_t slot_count = 0;
  std::uint32_t group = 16;           ///< users who share a row of slots
  std::uint32_t count = 0;            ///< suppliers
  std::int32_t* followers = nullptr;  ///< [platform][supplier]; null: not counted
  std::uint32_t head = 0;             ///< the most popular, whose followers each worker counts by itself
  int writers = 1;                    ///< threads that write to `followers`

  // Flags, one bit per platform: present there; present and posting elsewhere too; keeps a service account there.
  static constexpr unsigned here = 0, pulls = 8, serves = 16;

  /// Rows are read eight floats at a time, past their end too: so many lie behind the last.
  static constexpr std::size_t row_padding = 8;

  static std::size_t stride_for(std::size_t platforms) { return 2 + 2 * platforms; }
  const float* row(std::uint32_t supplier) const { return rows + supplier * stride; }
  const std::uint32_t* slots_of(std::uint32_t user) const { return slots + std::uint64_t{user / group} * slot_count; }
  static std::uint32_t flags(const float* row) { return std::bit_cast<std::uint32_t>(row[0]); }
  /// Per tick and unit of attention.
  static float rate(const float* row) { return row[1]; }
  /// Posts seen on platform k per follow bit: quality times effort, mirrored effort included; 0 where there is neither.
  static float content(const float* row, std::size_t k) { return row[2 + k]; }
  /// Own posts on platform k; 0 where not present.
  float effort(const float* row, std::size_t k) const { return row[2 + platforms + k]; }
};

struct View {
  const Scenario* scenario = nullptr;
  DrawKey key;
  std::uint32_t users = 0;
  std::size_t platforms = 0;
  TickNumbers now;
  std::array<PlatformTick, max_platforms> platform{};
  std::array<PlatformColumns, max_platforms> columns{};
  std::array<std::uint32_t, max_platforms> platform_id{};  ///< for draws and hashes; from the name
  MembershipRef membership;
  CounterRef degree;
  float recency_unit = 0;             ///< value of one step of recency; 0: recency is off
  std::uint32_t recency_impulse = 0;  ///< steps that a contact's join adds
  Lognormal time_budget, ad_sensitivity;
  SupplierTable suppliers;

  /// Whether anybody may be served by a service account on platform k.
  bool serves(std::size_t k) const { return columns[k].served != nullptr && platform[k].any_served; }
};

}  // namespace spillway
