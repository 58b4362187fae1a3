// Suppliers' presence and effort on each platform, as the scenario's policies have them (S11 until suppliers decide themselves).
#include <array>
#include <bit>

#include "base/parallel.hpp"
#include "mechanisms/phases.hpp"
#include "model/traits.hpp"

namespace spillway {

namespace {
std::vector<std::pair<double, double>> wanted(const World& world) {
  std::vector<std::pair<double, double>> now;
  for (std::size_t k = 0; k < world.platforms.size(); ++k) {
    const Platform& p = world.platforms[k].live;
    now.emplace_back(world.view.platform[k].live ? p.sellers.presence : 0.0, p.sellers.effort);
  }
  return now;
}
}  // namespace

// A supplier is present where its hashed number lies below the platform's presence: a rising presence adds suppliers and
// removes none. Effort scales with popularity, so that the mean of quality times effort over users' slots is the policy.
void post_supply(World& world) {
  SupplierState& suppliers = world.suppliers;
  auto now = wanted(world);
  if (now == suppliers.made_for) return;
  const std::size_t platforms = world.platforms.size(), stride = platforms + 2;
  std::array<std::uint32_t, max_platforms> salt{};
  for (std::size_t k = 0; k < platforms; ++k) salt[k] = trait_salt(world.view.key, Trait::presence, world.view.platform_id[k]);
  for_blocks(suppliers.count, 4096, world.threads, [&](int, std::size_t first, std::size_t last) {
    for (std::size_t j = first; j < last; ++j) {
      float* words = &suppliers.words[j * stride];
      std::uint32_t present = 0;
      for (std::size_t k = 0; k < platforms; ++k) {
        const bool here = static_cast<double>(trait_word(salt[k], static_cast<std::uint32_t>(j))) < now[k].first * 4294967296.0;
        present |= here ? 1U << k : 0U;
        words[2 + k] = here ? static_cast<float>(now[k].second) * suppliers.relative_effort[j] : 0.0F;
      }
      words[0] = std::bit_cast<float>(present);
      words[1] = suppliers.quality[j];
    }
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
