#include "model/world.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/error.hpp"
#include "base/math.hpp"
#include "model/scratch.hpp"

namespace spillway {

namespace {
// Columns begin at as many different places within a page and a cache: at equal ones, a block's cells push each other out of the
// few lines that one set of a cache holds. A prime, so that some dozens of columns have places of their own (chosen).
constexpr std::size_t bytes_apart = 37 * std::size_t{64};
constexpr std::size_t padding = block_size * sizeof(std::uint64_t);  // whole blocks may be read past the last user
}  // namespace

ColumnData::ColumnData(Column column_, int platform_, Cell cell_, std::uint32_t users, int threads)
    : column(column_),
      platform(platform_),
      cell(cell_),
      bytes(std::uint64_t{users} * cell_bytes(cell_)),
      shift_(bytes_apart * (static_cast<std::size_t>(column_) + column_count * static_cast<std::size_t>(std::max(platform_, 0)))),
      pages_(static_cast<std::size_t>(bytes) + shift_ + padding, threads) {}

const ColumnData* World::find(Column column, int platform) const {
  for (const ColumnData& data : columns)
    if (data.column == column && data.platform == platform) return &data;
  return nullptr;
}

// But for the padding of rows, which belongs to no supplier.
std::uint64_t SupplierState::memory_bytes() const {
  const std::size_t bytes = kind.size() + present.size() + serves.size(),
                    of_rows = rows.size() - std::min(rows.size(), SupplierTable::row_padding);
  return bytes + 4 * (relative_effort.size() + slots.size() + of_rows + holders.size() + followers.size() + profit.size() + effort.size());
}

std::uint64_t World::memory_bytes() const {
  std::uint64_t sum = contacts.memory_bytes() + suppliers.memory_bytes();
  for (const ColumnData& data : columns) sum += data.bytes;
  return sum;
}

namespace {
struct Part {
  unsigned shift, bits;
};

template <class Word>
Part part_of_contacts(UserField field) {
  using Bits = ContactsBits<Word>;
  if (field == UserField::contacts_active) return {0, Bits::count};
  if (field == UserField::contacts_ever) return {Bits::count, Bits::count};
  return {2 * Bits::count, Bits::recency};
}

Part part_of(UserField field, Cell cell, int platform) {
  switch (field) {
    case UserField::online: return {0, 1};
    case UserField::status: return {MembershipRef::shift(static_cast<std::size_t>(platform)), 2};
    case UserField::recency:
    case UserField::contacts_active:
    case UserField::contacts_ever:
      if (cell == Cell::u16) return part_of_contacts<std::uint16_t>(field);
      return cell == Cell::u32 ? part_of_contacts<std::uint32_t>(field) : part_of_contacts<std::uint64_t>(field);
    default: return {0, static_cast<unsigned>(8 * cell_bytes(cell))};
  }
}
}  // namespace

FieldReader::FieldReader(const World& world, UserField field, int platform) {
  const UserFieldRow& row = row_of(field);
  const ColumnData* column = world.find(row.column, row_of(row.column).per_platform ? platform : -1);
  if (column == nullptr) throw Bug("no column for '" + std::string(row.name) + "'");
  data_ = column->data<std::byte>();
  cell_ = column->cell;
  const Part part = part_of(field, cell_, platform);
  shift_ = part.shift;
  mask_ = part.bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << part.bits) - 1;
}

double FieldReader::operator()(std::uint32_t user) const {
  if (cell_ == Cell::f32) return static_cast<double>(reinterpret_cast<const float*>(data_)[user]);
  std::uint64_t word = 0;
  std::memcpy(&word, data_ + user * cell_bytes(cell_), cell_bytes(cell_));  // little-endian, as all x86-64
  return static_cast<double>(word >> shift_ & mask_);
}

double recency_step(const World& world) {
  const double tau = world.scenario.adoption.recency_memory, dt = world.view.now.dt;
  return tau / dt * relaxation(dt, tau);
}

Lognormal lognormal(double mean, double cv) {
  const double variance = log_d(1.0 + cv * cv);
  return {static_cast<float>(mean > 0.0 ? log_d(mean) - 0.5 * variance : -80.0), static_cast<float>(std::sqrt(variance))};
}

double value_at(const DataSeries& series, Date start, double days) {
  const auto& points = series.points;
  const auto day = [&](std::size_t i) { return static_cast<double>(points[i].first.days - start.days); };
  if (points.size() == 1 || days >= day(points.size() - 1)) return points.back().second;
  std::size_t i = 0;
  while (i + 2 < points.size() && days >= day(i + 1)) ++i;
  const double slope = (points[i + 1].second - points[i].second) / (day(i + 1) - day(i));
  return std::max(0.0, points[i].second + slope * (days - day(i)));
}

}  // namespace spillway
