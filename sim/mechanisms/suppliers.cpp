// Fixed suppliers: presence and effort on each platform as the scenario's policies have them.
#include <algorithm>

#include "base/parallel.hpp"
#include "mechanisms/phases.hpp"
#include "mechanisms/supplier_rows.hpp"
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
  }
  return now;
}
}  // namespace

// A supplier is present where its hashed number lies below the platform's presence: a rising presence adds suppliers and
// removes none. Effort scales with popularity, so that the mean of quality times effort over users' slots is the policy.
// The table is written anew only when one of its numbers moves.
void post_supply(World& world) {
  SupplierState& suppliers = world.suppliers;
  std::vector<float> now = wanted(world);
  if (now == suppliers.made_for) return;
  const std::size_t stride = world.view.suppliers.stride, platforms = world.platforms.size();
  std::uint32_t salt[max_platforms];
  for (std::size_t k = 0; k < platforms; ++k) salt[k] = trait_salt(world.view.key, Trait::presence, world.view.platform_id[k]);
  const RowWriter rows(world);
  for_blocks(suppliers.count, 4096, world.threads, [&](int, std::size_t first, std::size_t last) {
    for (std::size_t j = first; j < last; ++j) {
      float effort[max_platforms] = {};
      std::uint32_t present = 0;
      for (std::size_t k = 0; k < platforms; ++k) {
        const PlatformSellers& policy = world.platforms[k].live.sellers;
        const double below = world.view.platform[k].live ? policy.presence * 4294967296.0 : 0.0;
        if (!(static_cast<double>(trait_word(salt[k], static_cast<std::uint32_t>(j))) < below)) continue;
        present |= 1U << k;
        effort[k] = static_cast<float>(policy.effort) * suppliers.relative_effort[j];
      }
      rows.write(static_cast<std::uint32_t>(j), present, 0, effort, &suppliers.rows[j * stride]);
    }
  });
  suppliers.made_for = std::move(now);
}

}  // namespace spillway
