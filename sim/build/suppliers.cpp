#include "build/suppliers.hpp"

#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "base/parallel.hpp"
#include "model/traits.hpp"

namespace spillway {

namespace {
constexpr double least_reach = 0.1;  // of the median supplier's: effort does not vanish for the unknown (amendments item 23)
constexpr int attempts = 8;          // to draw a supplier that is not in an earlier slot

std::uint32_t celebrity_count(const Suppliers& s, std::uint32_t count) { return static_cast<std::uint32_t>(s.celebrity_share * count); }

double quality_of(const Suppliers& s, std::uint32_t count, std::uint32_t index) {
  return index < celebrity_count(s, count) ? s.celebrity_quality : 1.0;
}

// Chance of a rank in zipf_rank, up to a factor: the same law as the draw, so that normalising by it is exact.
double weight_of(const Suppliers& s, std::uint32_t index) {
  const double rank = index + 1.0, power = 1.0 - s.popularity_exponent;
  return power == 0.0 ? log_d((rank + 1.0) / rank) : (pow_d(rank + 1.0, power) - pow_d(rank, power)) / power;
}

// Effort relative to the median supplier's, before normalising.
double raw_effort(const Suppliers& s, std::uint32_t count, std::uint32_t index) {
  const double median = weight_of(s, count / 2);
  return pow_d(std::max(weight_of(s, index) / median, least_reach), s.effort_audience_elasticity);
}

// Rank of a Zipf law by inversion of its continuous form, 0-based.
std::uint32_t zipf_rank(double u, double exponent, std::uint32_t count) {
  const double ranks = count + 1.0;
  const double x = exponent == 1.0 ? pow_d(ranks, u) : pow_d(1.0 + u * (pow_d(ranks, 1.0 - exponent) - 1.0), 1.0 / (1.0 - exponent));
  return std::min(static_cast<std::uint32_t>(x), count) - 1;
}

void draw_slots(const World& world, std::uint32_t group, std::uint32_t* slots) {
  const Suppliers& s = world.scenario.suppliers;
  for (std::uint32_t slot = 0; slot < s.slots; ++slot) {
    for (int attempt = 0; attempt < attempts; ++attempt) {
      const std::uint32_t salt = trait_salt(world.view.key, Trait::slot, slot * attempts + static_cast<std::uint32_t>(attempt));
      const double u = (trait_word(salt, group) + 0.5) / 4294967296.0;
      slots[slot] = zipf_rank(u, s.popularity_exponent, world.suppliers.count);
      if (std::find(slots, slots + slot, slots[slot]) == slots + slot) break;
    }
  }
}
}  // namespace

double effort_normaliser(const Suppliers& suppliers, std::uint32_t count) {
  double weights = 0.0, sum = 0.0;
  for (std::uint32_t j = 0; j < count; ++j) {
    const double w = weight_of(suppliers, j);
    weights += w;
    sum += w * quality_of(suppliers, count, j) * raw_effort(suppliers, count, j);
  }
  return sum / weights;
}

void make_suppliers(World& world) {
  const Scenario& s = world.scenario;
  SupplierState& state = world.suppliers;
  if (!has_follows(s)) return;
  state.count = supplier_count(s);
  const double z = effort_normaliser(s.suppliers, state.count);
  for (std::uint32_t j = 0; j < state.count; ++j) {
    state.quality.push_back(static_cast<float>(quality_of(s.suppliers, state.count, j)));
    state.relative_effort.push_back(static_cast<float>(raw_effort(s.suppliers, state.count, j) / z));
  }
  const std::size_t stride = SupplierTable::stride_for(s.platforms.size());
  state.rows.assign(state.count * stride, 0.0F);
  const std::uint32_t groups = (s.population.users + s.suppliers.slot_group - 1) / s.suppliers.slot_group;
  state.slots.assign(std::size_t{groups} * s.suppliers.slots, 0);
  for_blocks(groups, 1024, world.threads, [&](int, std::size_t first, std::size_t last) {
    for (std::size_t g = first; g < last; ++g) draw_slots(world, static_cast<std::uint32_t>(g), &state.slots[g * s.suppliers.slots]);
  });
  world.view.suppliers = {
      state.rows.data(), stride, s.platforms.size(), state.slots.data(), s.suppliers.slots, s.suppliers.slot_group};
}

}  // namespace spillway
