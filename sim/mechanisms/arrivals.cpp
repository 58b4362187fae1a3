// People come online as the data series grows, in the order of a hashed rank; their contacts count them from then on.
#include "mechanisms/arrivals.hpp"

#include <algorithm>
#include <cmath>

#include "base/parallel.hpp"
#include "mechanisms/phases.hpp"
#include "model/contact_batch.hpp"
#include "model/contact_counters.hpp"
#include "model/outbox.hpp"
#include "model/traits.hpp"

namespace spillway {

std::uint32_t agents_online(const World& world, double days) {
  const double people = value_at(world.scenario.population.people, world.scenario.time.start, days);
  return static_cast<std::uint32_t>(std::min(std::floor(people / world.people_per_agent + 0.5), static_cast<double>(world.view.users)));
}

Permutation arrival_order(const World& world) { return {world.view.users, trait_salt(world.view.key, Trait::arrival)}; }

namespace {
constexpr std::size_t newcomers_at_once = 4096;  // chosen: their mail stays in the level-2 caches

// Newcomers by rank, from `before` on: they are online, and their contacts have a letter each.
void arrive(const World& world, std::uint32_t before, std::size_t newcomers, Outboxes& mail) {
  const View& view = world.view;
  const Permutation order = arrival_order(world);
  for_blocks(newcomers, contact_lanes * 8, world.threads, [&](int w, std::size_t first, std::size_t last) {
    ContactBatch contacts(world.contacts);
    for (std::size_t at = first; at < last; at += contact_lanes) {
      const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(contact_lanes, last - at));
      std::uint32_t users[contact_lanes];
      for (std::uint32_t i = 0; i < count; ++i) {
        users[i] = order.inverse(before + static_cast<std::uint32_t>(at) + i);
        prefetch(view.membership, users[i]);
      }
      contacts.find(users, count);
      contacts.each([&](std::uint32_t, std::uint32_t contact) { mail.of(w).post({contact, 1}); });
      for (std::uint32_t i = 0; i < count; ++i) view.membership.set(users[i], view.membership.get(users[i]) | MembershipRef::online);
    }
  });
}
}  // namespace

// The cost is that of the newcomers: rank by rank they are looked up, nobody is searched for.
void bring_online(World& world) {
  const CounterRef& degree = world.view.degree;
  const std::uint32_t before = world.online, after = std::max(before, agents_online(world, world.view.now.start));
  Outboxes mail(world.view.users, world.threads);
  for (std::uint32_t at = before; at < after; at += newcomers_at_once) {
    arrive(world, at, std::min<std::size_t>(newcomers_at_once, after - at), mail);
    mail.deliver([&](Message m) { prefetch(degree, m.to); }, [&](Message m) { add_to(degree, m.to, m.text); });
  }
  world.online = after;
}

}  // namespace spillway
