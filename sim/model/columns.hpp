// The column table: everything a user carries from tick to tick, one row each. Hash, memory count, write-check, snapshots and
// saved state walk these rows. A column of a mechanism that the scenario switches off is not allocated.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/scenario.hpp"

namespace spillway {

enum class Column : std::uint8_t { membership, degree, join_time, habit, irritation, supply, contacts, follows, served, currency };
inline constexpr std::size_t column_count = 10;

/// Set of columns, for a phase's declared reads and writes.
using Columns = std::uint32_t;
constexpr Columns operator|(Column a, Column b) { return (1U << static_cast<unsigned>(a)) | (1U << static_cast<unsigned>(b)); }
constexpr Columns operator|(Columns a, Column b) { return a | (1U << static_cast<unsigned>(b)); }
constexpr Columns only(Column a) { return 1U << static_cast<unsigned>(a); }
constexpr bool contains(Columns set, Column c) { return (set >> static_cast<unsigned>(c) & 1U) != 0; }

/// membership: u8 up to three platforms, else u32; counter: u8 up to 255 contacts, else u16; contacts: u16 up to 15, u32 up to 255,
/// else u64; stock: u16 or f32.
enum class Storage { byte, half, membership, counter, contacts, stock };

struct ColumnRow {
  Column column;
  std::string_view name;
  bool per_platform;
  Storage storage;
  bool (*needed)(const Scenario&);
  std::string_view meaning;
};

/// What a reader sees of a column: whole, or a part of the bits of its integers.
enum class UserField : std::uint8_t {
  online,
  degree,
  status,
  join_time,
  habit,
  irritation,
  supply,
  recency,
  contacts_active,
  contacts_ever,
  follows,
  served,
  currency
};
inline constexpr std::size_t user_field_count = 13;

struct UserFieldRow {
  UserField field;
  std::string_view name;
  Column column;
  bool per_platform;
  double scale;  ///< one stored step in the field's unit; 0: the run's recency_unit
  std::string_view meaning;
};

extern const std::array<UserFieldRow, user_field_count> user_field_table;
extern const std::array<ColumnRow, column_count> column_table;
const ColumnRow& row_of(Column column);
const UserFieldRow& row_of(UserField field);

// Full scales of u16 stocks: the largest value that fits is 65535 units.
inline constexpr double habit_unit = 1.0 / 65535.0;       // a share
inline constexpr double irritation_unit = 4.0 / 65535.0;  // utils, clamped; kappa_z * load stays below 1
inline constexpr double supply_unit = 128.0 / 65535.0;    // largest supply at 10^7 suppliers: about 82 by estimate
inline constexpr double currency_unit = 16.0 / 65535.0;   // at most tau_y (sharing (1 + appreciation) + reward_rate): 9 at 0.05 and 1
inline constexpr double join_time_unit = 0.5;             // days; the middle of the joining tick
inline constexpr double join_time_offset = 512.0;         // days before the start that still fit (members from the start)

bool people_arrive(const Scenario& scenario);
bool has_contacts(const Scenario& scenario);
bool has_suppliers(const Scenario& scenario);
bool has_habit(const Scenario& scenario);
bool has_irritation(const Scenario& scenario);
bool has_supply(const Scenario& scenario);
bool has_follows(const Scenario& scenario);
bool has_recency(const Scenario& scenario);
bool has_drag(const Scenario& scenario);
bool suppliers_decide(const Scenario& scenario);
bool has_voice(const Scenario& scenario);
bool has_currency(const Scenario& scenario);
bool has_service(const Scenario& scenario);
bool has_service_value(const Scenario& scenario);
bool has_threshold(const Scenario& scenario);
std::uint32_t supplier_count(const Scenario& scenario);
/// The most popular of `suppliers`, who are celebrities.
std::uint32_t celebrity_count(const Suppliers& s, std::uint32_t suppliers);

}  // namespace spillway
