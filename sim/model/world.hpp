// The state of one run. Everything that the next tick or record reads lives here; it never leaves the run room.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/pages.hpp"
#include "model/columns.hpp"
#include "model/contact_network.hpp"
#include "model/policy.hpp"
#include "model/tally.hpp"
#include "model/view.hpp"

namespace spillway {

enum class Cell : std::uint8_t { u8 = 1, u16 = 2, u32 = 4, u64 = 8, f32 = 4 + 128 };  ///< low bits = bytes
constexpr std::size_t cell_bytes(Cell cell) { return static_cast<std::size_t>(cell) & 127U; }

/// One allocated column: raw, zeroed, on huge pages when large, aligned to cache lines, padded to whole blocks.
class ColumnData {
 public:
  ColumnData(Column column, int platform, Cell cell, std::uint32_t users, int threads = 1);
  Column column;
  int platform;  ///< -1 for columns that are not per platform
  Cell cell;
  std::uint64_t bytes;
  template <class T>
  T* data() const {
    return reinterpret_cast<T*>(pages_.data() + shift_);
  }

 private:
  std::size_t shift_;  ///< bytes before the first cell
  Pages pages_;
};

/// A platform as a whole.
struct PlatformState {
  Platform live;                                ///< policies as they act in this tick
  double ad_load = 0;                           ///< acting share of ads: the policy's, moved by the platform's own answers
  double blindness = 0;                         ///< learned ad blindness bl_k at the end of the tick
  double acting_blindness = 0;                  ///< the one that acted during the tick
  std::int64_t active = 0;                      ///< members, in agents, at tick start
  std::int64_t ever = 0;                        ///< agents who ever joined
  double share_before = 0;                      ///< members / people online at the start of the tick before
  double attention_of_all = 0;                  ///< mean attention share of people online in the tick before
  double recent = 0;                            ///< decaying number of agents who joined lately (complete mixing)
  double attention = 0;                         ///< mean attention share of members in the last tick
  double minutes = 0;                           ///< agent-minutes a day of the last tick
  std::int64_t complaints = 0;                  ///< of the last tick, in agents
  double complaint_rate = 0;                    ///< smoothed complaints per member and week
  double load_cut = 0;                          ///< ad load taken back in answer to complaints
  double load_climbed = 0;                      ///< ad load added by feeling the way
  static constexpr double highest_climb = 0.5;  ///< a platform that feels its way goes no further (amendments item 33)
  double climb_sign = 1;                        ///< whether the next step goes up or down
  double quarter_revenue = 0, last_quarter_revenue = 0, quarter_days = 0;
  double follower_worth = 0;  ///< yv: what a follower earns a supplier in a day, relative to full attention on the first platform
  std::array<double, max_platforms> push{};  ///< [to]: x, share of suppliers' posts here that promote their account there
  bool opened = false;                       ///< suppliers were told of the launch
  // Money of the last tick, CNY.
  double impressions = 0, ad_revenue = 0;
};

inline constexpr std::size_t supplier_kinds = 4;
enum class SupplierKind : std::uint8_t { celebrity, media, brand, small_seller };

/// Adaptive suppliers on one platform, counted after their decisions: integers, so that the order of adding does not matter.
struct SupplierCounts {
  std::array<std::int64_t, supplier_kinds> present{}, served{};         ///< suppliers; of these with a service account
  std::array<std::array<std::int64_t, 2>, supplier_kinds> followers{};  ///< of those without and with a service account
  std::array<std::int64_t, supplier_kinds> effort{};                    ///< in steps of 2^-20
  std::int64_t effort_squared = 0;                                      ///< in steps of 2^-20
  std::int64_t entries = 0, exits = 0;                                  ///< of this tick
};
inline constexpr double effort_steps = 1048576.0;

/// Profit units a day on one platform, all suppliers together.
struct SupplierMoney {
  double own_sales = 0, commission = 0;  ///< what customers and marketplace pay for, before the platform's take
  double take = 0, fees = 0;             ///< to the platform
  double incentives = 0;                 ///< worth of verification to celebrities
};

/// Suppliers: what they are, what they do, and the table that the users' loop reads.
struct SupplierState {
  std::uint32_t count = 0;
  double effort_normaliser = 1;  ///< Z
  double reference_reach = 1;    ///< followers at which gross profit is stated, in agents
  std::vector<std::uint8_t> kind;
  std::vector<float> relative_effort;  ///< fixed suppliers: popularity^eps_E / Z; mean of quality times effort over slots is 1
  PageArray<std::uint32_t> slots;      ///< [group][slot]
  std::vector<float> rows;             ///< see SupplierTable
  std::vector<float> made_for;         ///< fixed suppliers: policies that `rows` was written for

  // Adaptive suppliers.
  std::vector<std::uint32_t> holders;   ///< users who have the supplier in a slot
  std::vector<std::uint8_t> present;    ///< bit per platform: has an account
  std::vector<std::uint8_t> serves;     ///< bit per platform: keeps a service account
  std::vector<std::int32_t> followers;  ///< [platform][supplier]: follow bits set
  std::vector<float> profit, effort;    ///< [platform][supplier]: smoothed profit a day; posting effort
  std::vector<SupplierCounts> counts;   ///< by platform
  std::vector<SupplierMoney> money;     ///< by platform, of this tick

  std::uint64_t memory_bytes() const;
};

struct World {
  Scenario scenario;
  double people_per_agent = 1;
  View view;
  std::vector<ColumnData> columns;
  ContactNetwork contacts;
  std::vector<PlatformState> platforms;
  Marketplace market;  ///< its policies as they act in this tick
  std::vector<std::vector<Timeline>> timelines;
  SupplierState suppliers;
  std::uint32_t online = 0;               ///< agents online
  std::vector<std::uint64_t> hash_chain;  ///< one per column row and platform that exists, in `columns` order
  int threads = 1;

  const ColumnData* find(Column column, int platform) const;
  /// Memory of columns, contacts and suppliers, in bytes.
  std::uint64_t memory_bytes() const;
  double bytes_per_user() const { return static_cast<double>(memory_bytes()) / view.users; }
};

/// Reads one field of users one by one, in stored steps.
class FieldReader {
 public:
  /// `platform` -1 for fields that belong to no platform. Bug if the scenario does not have the column.
  FieldReader(const World& world, UserField field, int platform);
  double operator()(std::uint32_t user) const;
  /// Bits of the largest value; 0 for a float.
  unsigned bits() const { return cell_ == Cell::f32 ? 0 : static_cast<unsigned>(std::bit_width(mask_)); }

 private:
  const std::byte* data_;
  Cell cell_;
  unsigned shift_ = 0;
  std::uint64_t mask_ = ~std::uint64_t{0};
};
/// What a join in the coming tick adds to contacts' recency: (tau/dt)(1 - e^(-dt/tau)), so that the stock's integral over time
/// is tau at any dt.
double recency_step(const World& world);

/// Of a series, some days after `start`: straight lines between points, the first one continued backwards, the last value kept.
double value_at(const DataSeries& series, Date start, double days);

}  // namespace spillway
