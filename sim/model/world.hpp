// The state of one run. Everything that the next tick or record reads lives here; it never leaves the run room.
#pragma once

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

/// One allocated column: raw, zeroed, 2 MiB aligned when large (for huge pages), padded to whole blocks.
class ColumnData {
 public:
  ColumnData(Column column, int platform, Cell cell, std::uint32_t users, int threads = 1);
  Column column;
  int platform;  ///< -1 for columns that are not per platform
  Cell cell;
  std::uint64_t bytes;
  template <class T>
  T* data() const {
    return reinterpret_cast<T*>(pages_.data());
  }

 private:
  Pages pages_;
};

/// A platform as a whole.
struct PlatformState {
  Platform live;                ///< policies as they act in this tick
  double blindness = 0;         ///< learned ad blindness bl_k at the end of the tick
  double acting_blindness = 0;  ///< the one that acted during the tick
  std::int64_t active = 0;      ///< members, in agents, at tick start
  std::int64_t ever = 0;        ///< agents who ever joined
  double share_before = 0;      ///< members / people online at the start of the tick before
  double attention = 0;         ///< mean attention share of people online in the tick before
  double recent = 0;            ///< decaying number of agents who joined lately (complete mixing)
};

/// Suppliers: static properties, and the table the users' loop reads, remade when a policy that enters it moves.
struct SupplierState {
  std::uint32_t count = 0;
  std::vector<float> quality;
  std::vector<float> relative_effort;  ///< popularity^eps_E / Z: mean of quality times effort over slots is 1
  PageArray<std::uint32_t> slots;      ///< [group][slot]
  std::vector<float> rows;             ///< see SupplierTable
  std::vector<float> made_for;         ///< policies and pushes that `rows` was written for
};

struct World {
  Scenario scenario;
  double people_per_agent = 1;
  View view;
  std::vector<ColumnData> columns;
  ContactNetwork contacts;
  std::vector<PlatformState> platforms;
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

/// People at a date (days since the start), by the scenario's series.
double people_at(const DataSeries& people, Date start, double days);

}  // namespace spillway
