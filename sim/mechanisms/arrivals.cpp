// People come online as the data series grows, in the order of a hashed rank; their contacts count them from then on.
#include <algorithm>
#include <atomic>
#include <cmath>

#include "base/parallel.hpp"
#include "mechanisms/phases.hpp"
#include "model/permutation.hpp"
#include "model/traits.hpp"

namespace spillway {

namespace {
void add_one(const CounterRef& counter, std::uint32_t user) {
  if (counter.u8 != nullptr)
    std::atomic_ref(counter.u8[user]).fetch_add(1, std::memory_order_relaxed);
  else
    std::atomic_ref(counter.u16[user]).fetch_add(1, std::memory_order_relaxed);
}
}  // namespace

// Agents online = people / people per agent at the tick's start, rounded; everybody at once where the series
// does not grow. Integer additions commute: order does not matter.
void bring_online(World& world) {
  View& view = world.view;
  const Scenario& s = world.scenario;
  const double people = people_at(s.population.people, s.time.start, view.now.start);
  const double agents = std::min(std::floor(people / world.people_per_agent + 0.5), static_cast<double>(view.users));
  const std::uint32_t before = world.online, after = std::max(before, static_cast<std::uint32_t>(agents));
  const Permutation order(view.users, trait_salt(view.key, Trait::arrival));
  for_blocks(after - before, 4096, world.threads, [&](int, std::size_t first, std::size_t last) {
    std::vector<std::uint32_t> contacts(world.contacts.max_degree());
    for (std::size_t rank = before + first; rank < before + last; ++rank) {
      const std::uint32_t user = order.inverse(static_cast<std::uint32_t>(rank));
      view.membership.set(user, view.membership.get(user) | MembershipRef::online);
      if (!view.degree) continue;
      const std::uint32_t n = world.contacts.contacts_of(user, contacts.data());
      for (std::uint32_t c = 0; c < n; ++c) add_one(view.degree, contacts[c]);
    }
  });
  world.online = after;
}

}  // namespace spillway
