#include "model/world.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>

#include "base/math.hpp"

namespace spillway {

namespace {
constexpr std::size_t huge_page = std::size_t{2} << 20;
constexpr std::size_t padding = 4096;  // loops may read whole vectors and hash whole words past the last user
}  // namespace

void ColumnData::Free::operator()(std::byte* p) const { ::operator delete (p, std::align_val_t{alignment}); }

ColumnData::ColumnData(Column column_, int platform_, Cell cell_, std::uint32_t users)
    : column(column_), platform(platform_), cell(cell_), bytes(std::uint64_t{users} * static_cast<std::uint64_t>(cell_)) {
  const std::size_t alignment = bytes >= huge_page ? huge_page : 64;
  const std::size_t room = (static_cast<std::size_t>(bytes) + padding + alignment - 1) / alignment * alignment;
  data_ = std::unique_ptr<std::byte, Free>(static_cast<std::byte*>(::operator new (room, std::align_val_t{alignment})), Free{alignment});
  if (alignment == huge_page) madvise(data_.get(), room, MADV_HUGEPAGE);  // advice only: failure changes nothing
  std::memset(data_.get(), 0, room);
}

const ColumnData* World::find(Column column, int platform) const {
  for (const ColumnData& data : columns)
    if (data.column == column && data.platform == platform) return &data;
  return nullptr;
}

std::uint64_t World::memory_bytes() const {
  std::uint64_t sum = contacts.memory_bytes() + suppliers.slots.size() * 4 + suppliers.rows.size() * 4 + suppliers.quality.size() * 8;
  for (const ColumnData& data : columns) sum += data.bytes;
  return sum;
}

Lognormal lognormal(double mean, double cv) {
  const double variance = log_d(1.0 + cv * cv);
  return {static_cast<float>(mean > 0.0 ? log_d(mean) - 0.5 * variance : -80.0), static_cast<float>(std::sqrt(variance))};
}

double people_at(const DataSeries& people, Date start, double days) {
  const auto& points = people.points;
  const auto day = [&](std::size_t i) { return static_cast<double>(points[i].first.days - start.days); };
  if (points.size() == 1 || days >= day(points.size() - 1)) return points.back().second;
  std::size_t i = 0;
  while (i + 2 < points.size() && days >= day(i + 1)) ++i;
  const double slope = (points[i + 1].second - points[i].second) / (day(i + 1) - day(i));
  return std::max(0.0, points[i].second + slope * (days - day(i)));
}

}  // namespace spillway
