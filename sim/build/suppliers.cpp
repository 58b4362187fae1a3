#include "build/suppliers.hpp"

#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "base/parallel.hpp"
#include "build/slots.hpp"
#include "model/traits.hpp"

namespace spillway {

namespace {
constexpr double reference_share = 0.40;  // of those who could follow the median supplier (amendments item 24)
// Chosen: they have seven in ten of all followers at a million suppliers, and their counters fit the level-2 cache.
constexpr std::uint32_t head = 16384;
constexpr double least_reach = 0.1;  // of the median supplier's: effort does not vanish for the unknown (amendments item 23)

// Celebrities' quality, and the mean of all others: who of them is what is hashed.
double quality_of(const Suppliers& s, std::uint32_t count, std::uint32_t index) {
  if (index < celebrity_count(s, count)) return s.celebrity.quality;
  const double small = 1.0 - s.celebrity.share - s.media.share - s.brand.share;
  const double others = s.media.share + s.brand.share + small;
  if (others <= 0.0) return s.small_seller.quality;
  return (s.media.share * s.media.quality + s.brand.share * s.brand.quality + small * s.small_seller.quality) / others;
}

SupplierKind kind_of(const World& world, std::uint32_t index) {
  const Suppliers& s = world.scenario.suppliers;
  if (index < celebrity_count(s, world.suppliers.count)) return SupplierKind::celebrity;
  const double at =
      static_cast<double>(uniform(trait_word(trait_salt(world.view.key, Trait::supplier_class), index))) * (1.0 - s.celebrity.share);
  if (at < s.media.share) return SupplierKind::media;
  return at < s.media.share + s.brand.share ? SupplierKind::brand : SupplierKind::small_seller;
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

namespace {
// How many users have each supplier in a slot, and what adaptive suppliers start with: no accounts, no followers.
void make_decisions(World& world) {
  SupplierState& state = world.suppliers;
  const std::uint32_t group = world.scenario.suppliers.slot_group, slots = world.scenario.suppliers.slots;
  state.holders.assign(state.count, 0);
  for (std::size_t at = 0; at < state.slots.size(); ++at) {
    const auto first = static_cast<std::uint32_t>(at / slots) * group;
    state.holders[state.slots[at]] += std::min(group, world.view.users - first);
  }
  const std::size_t cells = std::size_t{state.count} * world.platforms.size();
  state.present.assign(state.count, 0);
  state.serves.assign(state.count, 0);
  state.followers.assign(cells, 0);
  state.profit.assign(cells, 0.0F);
  state.effort.assign(cells, 0.0F);
  state.counts.assign(world.platforms.size(), {});
  state.money.assign(world.platforms.size(), {});
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
  const bool decide = suppliers_decide(s);
  state.kind.resize(state.count);
  if (!decide) state.relative_effort.resize(state.count);
  const Sums sums = sum_content(s.suppliers, state.count, world.threads, state.relative_effort);
  state.effort_normaliser = sums.content / sums.weight;
  state.reference_reach = reference_share * world.view.users * s.suppliers.slots * weight_of(s.suppliers, state.count / 2) / sums.weight;
  for (std::uint32_t j = 0; j < state.count; ++j) state.kind[j] = static_cast<std::uint8_t>(kind_of(world, j));
  for (float& effort : state.relative_effort) effort = static_cast<float>(static_cast<double>(effort) / state.effort_normaliser);
  const std::size_t stride = SupplierTable::stride_for(s.platforms.size());
  state.rows.assign(state.count * stride + SupplierTable::row_padding, 0.0F);
  state.slots = draw_slots(world, state.count);
  if (decide) make_decisions(world);
  world.view.suppliers = {state.rows.data(),
                          stride,
                          s.platforms.size(),
                          state.slots.data(),
                          s.suppliers.slots,
                          s.suppliers.slot_group,
                          state.count,
                          decide ? state.followers.data() : nullptr,
                          std::min(head, state.count),
                          world.threads};
}

}  // namespace spillway
