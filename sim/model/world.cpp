#include "model/world.hpp"

#include <algorithm>
#include <cmath>

#include "base/math.hpp"

namespace spillway {

namespace {
constexpr std::size_t padding = 4096;  // loops may read whole vectors and hash whole words past the last user
}

ColumnData::ColumnData(Column column_, int platform_, Cell cell_, std::uint32_t users, int threads)
    : column(column_),
      platform(platform_),
      cell(cell_),
      bytes(std::uint64_t{users} * static_cast<std::uint64_t>(cell_)),
      pages_(static_cast<std::size_t>(bytes) + padding, threads) {}

const ColumnData* World::find(Column column, int platform) const {
  for (const ColumnData& data : columns)
    if (data.column == column && data.platform == platform) return &data;
  return nullptr;
}

std::uint64_t World::memory_bytes() const {
  std::uint64_t sum = contacts.memory_bytes() + suppliers.slots.size() * 4 + suppliers.words.size() * 4 + suppliers.quality.size() * 8;
  for (const ColumnData& data : columns) sum += data.bytes;
  return sum;
}

double recency_step(const World& world) {
  const double tau = world.scenario.adoption.recency_memory, dt = world.view.now.dt;
  return tau / dt * relaxation(dt, tau);
}

int recency_steps(const World& world) {
  const float unit = world.view.recency_unit;
  return unit > 0.0F ? static_cast<int>(recency_step(world) / static_cast<double>(unit) + 0.5) : 0;
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
