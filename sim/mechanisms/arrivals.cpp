// People come online as the data series grows, in the order of a hashed rank; their contacts count them from then on.
#include "mechanisms/arrivals.hpp"

#include <algorithm>
#include <cmath>

#include "base/parallel.hpp"
#include "mechanisms/phases.hpp"
#include "model/contact_batch.hpp"
#include "model/contact_counters.hpp"
#include "model/traits.hpp"

namespace spillway {

std::uint32_t agents_online(const World& world, double days) {
  const double people = value_at(world.scenario.population.people, world.scenario.time.start, days);
  return static_cast<std::uint32_t>(std::min(std::floor(people / world.people_per_agent + 0.5), static_cast<double>(world.view.users)));
}

Permutation arrival_order(const World& world) { return {world.view.users, trait_salt(world.view.key, Trait::arrival)}; }

// The cost is that of the newcomers: rank by rank they are looked up, nobody is searched for.
void bring_online(World& world) {
  const View& view = world.view;
  const std::uint32_t before = world.online, after = std::max(before, agents_online(world, view.now.start));
  const Permutation order = arrival_order(world);
  for_blocks(after - before, contact_lanes * 8, world.threads, [&](int, std::size_t first, std::size_t last) {
    ContactBatch contacts(world.contacts);
    for (std::size_t at = first; at < last; at += contact_lanes) {
      const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(contact_lanes, last - at));
      std::uint32_t users[contact_lanes];
      for (std::uint32_t i = 0; i < count; ++i) {
        users[i] = order.inverse(before + static_cast<std::uint32_t>(at) + i);
        prefetch(view.membership, users[i]);
      }
      contacts.find(users, count);
      contacts.each([&](std::uint32_t, std::uint32_t contact) { prefetch(view.degree, contact); });
      for (std::uint32_t i = 0; i < count; ++i) view.membership.set(users[i], view.membership.get(users[i]) | MembershipRef::online);
      contacts.each([&](std::uint32_t, std::uint32_t contact) { add_to(view.degree, contact, 1, world.threads > 1); });
    }
  });
  world.online = after;
}

}  // namespace spillway
