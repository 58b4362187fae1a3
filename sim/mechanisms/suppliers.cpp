// Suppliers' presence and effort on each platform, as the scenario's policies have them (S11 until suppliers decide themselves).
#include <algorithm>
#include <bit>

#include "base/parallel.hpp"
#include "mechanisms/phases.hpp"
#include "model/traits.hpp"

namespace spillway {

namespace {
/// All that the table is made of but the suppliers themselves.
std::vector<float> wanted(const World& world) {
  std::vector<float> now;
  for (std::size_t k = 0; k < world.platforms.size(); ++k) {
    const Platform& p = world.platforms[k].live;
    const PlatformTick& tick = world.view.platform[k];
    now.insert(now.end(),
               {tick.live ? static_cast<float>(p.sellers.presence) : 0.0F, static_cast<float>(p.sellers.effort), tick.mirroring});
    now.insert(now.end(), tick.drag_to.begin(), tick.drag_to.end());
  }
  return now;
}

// One supplier's row. Effort is zero where it is not present.
void write_row(const World& world, std::uint32_t supplier, const std::uint32_t* presence_salt, float rate, float* row) {
  const SupplierState& suppliers = world.suppliers;
  const std::size_t platforms = world.platforms.size();
  float effort[max_platforms] = {};
  std::uint32_t flags = 0;
  for (std::size_t k = 0; k < platforms; ++k) {
    const PlatformSellers& policy = world.platforms[k].live.sellers;
    const double below = world.view.platform[k].live ? policy.presence * 4294967296.0 : 0.0;
    if (!(static_cast<double>(trait_word(presence_salt[k], supplier)) < below)) continue;
    flags |= 1U << (SupplierTable::here + k);
    effort[k] = static_cast<float>(policy.effort) * suppliers.relative_effort[supplier];
  }
  row[1] = rate * suppliers.quality[supplier];
  for (std::size_t k = 0; k < platforms; ++k) {
    float elsewhere = 0.0F, pushed = 0.0F;  // a post copied from several platforms counts once: the largest
    const bool here = (flags >> (SupplierTable::here + k) & 1U) != 0;
    for (std::size_t o = 0; o < platforms; ++o) {
      const float pull = o != k && here ? world.view.platform[o].drag_to[k] * effort[o] : 0.0F;
      if (o != k) elsewhere = std::max(elsewhere, effort[o]);
      pushed += pull;
      row[2 + platforms + o * platforms + k] = pull;
    }
    const float mirrored = world.view.platform[k].mirroring * elsewhere;
    row[2 + k] = suppliers.quality[supplier] * (effort[k] + mirrored);
    if (pushed > 0.0F) flags |= 1U << (SupplierTable::pulls + k);
    if (!here && mirrored > 0.0F) flags |= 1U << (SupplierTable::seen + k);
  }
  row[0] = std::bit_cast<float>(flags);
}
}  // namespace

// A supplier is present where its hashed number lies below the platform's presence: a rising presence adds suppliers and
// removes none. Effort scales with popularity, so that the mean of quality times effort over users' slots is the policy.
// The table is written anew only when one of its numbers moves.
void post_supply(World& world) {
  SupplierState& suppliers = world.suppliers;
  std::vector<float> now = wanted(world);
  if (now == suppliers.made_for) return;
  const std::size_t stride = world.view.suppliers.stride;
  std::uint32_t salt[max_platforms];
  for (std::size_t k = 0; k < world.platforms.size(); ++k) salt[k] = trait_salt(world.view.key, Trait::presence, world.view.platform_id[k]);
  const auto rate = static_cast<float>(world.scenario.following.organic_rate * world.view.now.dt);
  for_blocks(suppliers.count, 4096, world.threads, [&](int, std::size_t first, std::size_t last) {
    for (std::size_t j = first; j < last; ++j) write_row(world, static_cast<std::uint32_t>(j), salt, rate, &suppliers.rows[j * stride]);
  });
  suppliers.made_for = std::move(now);
}

// S8 at its ceiling: every supplier pushes its followers to every other live platform as far as its posts allow. With
// several destinations the pushes share the ceiling.
void push_across(World& world) {
  const Scenario& s = world.scenario;
  const std::size_t platforms = world.platforms.size();
  for (std::size_t from = 0; from < platforms; ++from) {
    double sum = 0.0;
    for (std::size_t to = 0; to < platforms; ++to)
      if (to != from && world.view.platform[to].live) sum += s.cross_promotion.push_ceiling;
    const double share = sum > s.cross_promotion.push_ceiling ? s.cross_promotion.push_ceiling / sum : 1.0;
    for (std::size_t to = 0; to < platforms; ++to) {
      const PlatformTick& there = world.view.platform[to];
      const bool open = to != from && there.live && world.view.platform[from].live;
      const double pushed = open ? s.cross_promotion.push_ceiling * share : 0.0;
      world.view.platform[from].drag_to[to] = static_cast<float>(s.cross_promotion.drag_rate * pushed * world.view.now.dt * there.exposure);
    }
  }
}

}  // namespace spillway
