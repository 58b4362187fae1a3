#include "build/build.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/math.hpp"
#include "build/memory.hpp"
#include "build/suppliers.hpp"
#include "model/traits.hpp"
#include "model/validate.hpp"

namespace spillway {

namespace {
void allocate_columns(World& world) {
  const Scenario& s = world.scenario;
  for (const ColumnRow& row : column_table) {
    if (!row.needed(s)) continue;
    const Cell cell = cell_of(s, row, world.contacts.max_degree());
    if (!row.per_platform) world.columns.emplace_back(row.column, -1, cell, s.population.users, world.threads);
    for (std::size_t k = 0; row.per_platform && k < s.platforms.size(); ++k)
      world.columns.emplace_back(row.column, static_cast<int>(k), cell, s.population.users, world.threads);
  }
  world.hash_chain.assign(world.columns.size(), 0);
}

template <class T>
T* pointer(const World& world, Column column, int platform, Cell cell) {
  const ColumnData* data = world.find(column, platform);
  return data != nullptr && data->cell == cell ? data->data<T>() : nullptr;
}

StockRef stock(const World& world, Column column, UserField field, int platform) {
  return {pointer<std::uint16_t>(world, column, platform, Cell::u16), pointer<float>(world, column, platform, Cell::f32),
          static_cast<float>(row_of(field).scale)};
}

CounterRef counter(const World& world, Column column, int platform) {
  return {pointer<std::uint8_t>(world, column, platform, Cell::u8), pointer<std::uint16_t>(world, column, platform, Cell::u16)};
}

void point_at_columns(World& world) {
  View& view = world.view;
  view.membership = {pointer<std::uint8_t>(world, Column::membership, -1, Cell::u8),
                     pointer<std::uint32_t>(world, Column::membership, -1, Cell::u32)};
  view.degree = counter(world, Column::degree, -1);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    const int p = static_cast<int>(k);
    PlatformColumns& c = view.columns[k];
    c.join_time = pointer<std::uint16_t>(world, Column::join_time, p, Cell::u16);
    c.habit = stock(world, Column::habit, UserField::habit, p);
    c.irritation = stock(world, Column::irritation, UserField::irritation, p);
    c.supply = stock(world, Column::supply, UserField::supply, p);
    c.contacts = {pointer<std::uint16_t>(world, Column::contacts, p, Cell::u16),
                  pointer<std::uint32_t>(world, Column::contacts, p, Cell::u32),
                  pointer<std::uint64_t>(world, Column::contacts, p, Cell::u64)};
    c.follows = pointer<std::uint8_t>(world, Column::follows, p, Cell::u8);
    c.served = pointer<std::uint8_t>(world, Column::served, p, Cell::u8);
    c.currency = stock(world, Column::currency, UserField::currency, p);
  }
}

ContactNetwork make_contacts(const Scenario& s, Graph graph, DrawKey key) {
  switch (s.contacts.kind) {
    case ContactsKind::mixing: return {};
    case ContactsKind::implicit: return {s.contacts, s.population.users, key};
    case ContactsKind::file: break;
  }
  if (graph.first.size() != std::size_t{s.population.users} + 1)
    throw InputError("the contact network has " + std::to_string(graph.first.empty() ? 0 : graph.first.size() - 1) +
                     " users, the scenario " + std::to_string(s.population.users) + "; make population.users equal");
  ContactNetwork network(std::move(graph));
  if (network.max_degree() > 65535)
    throw InputError("a user has " + std::to_string(network.max_degree()) + " contacts; at most 65535 are supported");
  return network;
}

// All contacts may join in one tick on top of what was kept, and it still fits.
void set_recency(World& world) {
  View& view = world.view;
  const ContactsRef& contacts = view.columns[0].contacts;
  if (!has_recency(world.scenario) || !contacts || world.contacts.max_degree() == 0) return;
  const std::uint32_t room = contacts.u16 != nullptr   ? ContactsBits<std::uint16_t>::recency_kept
                             : contacts.u32 != nullptr ? ContactsBits<std::uint32_t>::recency_kept
                                                       : ContactsBits<std::uint64_t>::recency_kept;
  view.recency_impulse = room / world.contacts.max_degree();
  view.recency_unit = static_cast<float>(recency_step(world) / view.recency_impulse);
}

void set_view(World& world, const BuildOptions& options) {
  const Scenario& s = world.scenario;
  View& view = world.view;
  view.scenario = &s;
  view.users = s.population.users;
  view.platforms = s.platforms.size();
  view.time_budget = lognormal(s.population.time_budget, s.population.time_budget_cv);
  view.ad_sensitivity = lognormal(s.population.ad_sensitivity, s.population.ad_sensitivity_cv);
  view.now.dt = tick_days(s.time);
  for (std::size_t k = 0; k < view.platforms; ++k)
    view.platform_id[k] =
        options.platform_ids.empty() ? static_cast<std::uint32_t>(hash_text(s.platforms[k].first)) : options.platform_ids.at(k);
  point_at_columns(world);
  set_recency(world);
}
}  // namespace

std::unique_ptr<World> build_world(const Scenario& scenario, const BuildOptions& options, Graph graph) {
  auto world = std::make_unique<World>();
  world->scenario = scenario;
  const Scenario& s = world->scenario;
  world->threads = options.threads;
  world->view.key = {s.seed, s.replicate};
  world->contacts = make_contacts(s, std::move(graph), world->view.key);
  double most = 0.0;
  for (const auto& [date, people] : s.population.people.points) most = std::max(most, people);
  world->people_per_agent = most / s.population.users;
  world->timelines = policy_timelines(s);
  for (const auto& [name, platform] : s.platforms) world->platforms.emplace_back().live = platform;
  world->market = s.marketplace;
  allocate_columns(*world);
  set_view(*world, options);
  make_suppliers(*world);
  return world;
}

}  // namespace spillway
