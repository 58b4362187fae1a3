#include "build/suppliers.hpp"

#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "base/parallel.hpp"
#include "build/slots.hpp"

namespace spillway {

namespace {
constexpr double least_reach = 0.1;  // of the median supplier's: effort does not vanish for the unknown (amendments item 23)


double quality_of(const Suppliers& s, std::uint32_t count, std::uint32_t index) {
  return index < celebrity_count(s, count) ? s.celebrity.quality : 1.0;
}

// Chance of a rank in zipf_rank, up to a factor: the same law as the draw, so that normalising by it is exact.
double weight_of(const Suppliers& s, std::uint32_t index) {
  const double rank = index + 1.0, power = 1.0 - s.popularity_exponent;
  return power == 0.0 ? log_d((rank + 1.0) / rank) : (pow_d(rank + 1.0, power) - pow_d(rank, power)) / power;
}

// Effort relative to the median supplier's, before normalising.
double raw_effort(const Suppliers& s, double popularity) { return pow_d(std::max(popularity, least_reach), s.effort_audience_elasticity); }

// Sum over ranks of (weight, weight times quality times effort): in pieces of fixed length that are added in order, so that the
// number of threads changes no bit. Leaves the raw efforts in `efforts` if there is room for them.
struct Sums {
  double weight = 0.0, content = 0.0;
};

Sums sum_content(const Suppliers& s, std::uint32_t count, int threads, std::span<float> efforts) {
  constexpr std::size_t piece = 4096;
  std::vector<Sums> pieces((count + piece - 1) / piece);
  const double median = weight_of(s, count / 2);
  for_blocks(count, piece, threads, [&](int, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const auto j = static_cast<std::uint32_t>(i);
      const double weight = weight_of(s, j), effort = raw_effort(s, weight / median);
      Sums& sums = pieces[i / piece];
      sums.weight += weight;
      sums.content += weight * quality_of(s, count, j) * effort;
      if (!efforts.empty()) efforts[i] = static_cast<float>(effort);
    }
  });
  Sums all;
  for (const Sums& sums : pieces) all = {all.weight + sums.weight, all.content + sums.content};
  return all;
}
}  // namespace

double effort_normaliser(const Suppliers& suppliers, std::uint32_t count, int threads, std::span<float> efforts) {
  const Sums sums = sum_content(suppliers, count, threads, efforts);
  return sums.content / sums.weight;
}

void make_suppliers(World& world) {
  const Scenario& s = world.scenario;
  SupplierState& state = world.suppliers;
  if (!has_follows(s)) return;
  state.count = supplier_count(s);
  state.quality.resize(state.count);
  state.relative_effort.resize(state.count);
  const double z = effort_normaliser(s.suppliers, state.count, world.threads, state.relative_effort);
  for (std::uint32_t j = 0; j < state.count; ++j) {
    state.quality[j] = static_cast<float>(quality_of(s.suppliers, state.count, j));
    state.relative_effort[j] = static_cast<float>(static_cast<double>(state.relative_effort[j]) / z);
  }
  const std::size_t stride = SupplierTable::stride_for(s.platforms.size());
  state.rows.assign(state.count * stride, 0.0F);
  state.slots = draw_slots(world, state.count);
  world.view.suppliers = {state.rows.data(), stride, s.platforms.size(), state.slots.data(), s.suppliers.slots, s.suppliers.slot_group};
}

}  // namespace spillway
