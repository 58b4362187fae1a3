#include "engine/engine.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "base/math.hpp"
#include "base/parallel.hpp"
#include "engine/state_hash.hpp"
#include "engine/write_check.hpp"
#include "model/traits.hpp"

namespace spillway {

namespace {
constexpr std::size_t users_per_task = block_size * 16;

void take_panel(const View& view, Block block, const Scratch& scratch, const TickOptions& options) {
  const std::vector<std::uint32_t>& ids = options.panel->ids;
  const std::size_t platforms = view.platforms;
  for (auto id = std::lower_bound(ids.begin(), ids.end(), block.first); id != ids.end() && *id < block.first + block.size; ++id) {
    const std::size_t row = static_cast<std::size_t>(id - ids.begin()), i = *id - block.first;
    options.row->outside_share[row] = scratch.lane(Lane::outside_share)[i];
    for (std::size_t k = 0; k < platforms; ++k) {
      if (!view.platform[k].live) continue;
      const std::size_t cell = row * platforms + k;
      options.row->status[cell] = static_cast<std::uint8_t>(scratch.lane(PlatformIntLane::status, k)[i]);
      options.row->attention_share[cell] = scratch.lane(PlatformLane::attention, k)[i];
      options.row->habit[cell] = scratch.lane(PlatformLane::habit, k)[i];
      options.row->irritation[cell] = scratch.lane(PlatformLane::irritation, k)[i];
      options.row->reach[cell] = scratch.lane(PlatformLane::reach, k)[i];
      options.row->utility[cell] = scratch.lane(PlatformLane::utility, k)[i];
    }
  }
}

void add(const CounterRef& counter, std::uint32_t user, int step) {
  if (counter.u8 != nullptr)
    std::atomic_ref(counter.u8[user]).fetch_add(static_cast<std::uint8_t>(step), std::memory_order_relaxed);
  else if (counter.u16 != nullptr)
    std::atomic_ref(counter.u16[user]).fetch_add(static_cast<std::uint16_t>(step), std::memory_order_relaxed);
}

// A join adds (tau/dt)(1 - e^(-dt/tau)) to contacts' recency, so that the stock's integral over time is tau at any dt.
double recency_step(const World& world) {
  const double tau = world.scenario.adoption.recency_memory, dt = world.view.now.dt;
  return tau / dt * relaxation(dt, tau);
}
}  // namespace

struct Engine::Worker {
  explicit Worker(const World& world) : scratch(world.view.platforms), contacts(world.contacts.max_degree()) {}
  Scratch scratch;
  Tally tally;
  std::vector<std::uint32_t> contacts;
  std::uint64_t contact_updates = 0;
};

Engine::Engine(World& world, bool check_writes) : world_(world), check_writes_(check_writes), schedule_(schedule(world.scenario)) {
  for (int w = 0; w < std::max(1, world.threads); ++w) workers_.push_back(std::make_unique<Worker>(world));
  bring_online(world);
  start_members();
}

Engine::~Engine() = default;

std::uint64_t Engine::contact_updates() const {
  std::uint64_t sum = 0;
  for (const auto& worker : workers_) sum += worker->contact_updates;
  return sum;
}

void Engine::run_scope(Scope scope) {
  for (const Phase& phase : schedule_)
    if (phase.scope == scope) phase.world(world_);
}

// Platforms that are open at the start begin with their initial members, who joined "half a tick ago".
void Engine::start_members() {
  View& view = world_.view;
  const auto joined = static_cast<std::uint16_t>((join_time_offset - 0.5 * view.now.dt) / join_time_unit + 0.5);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    const Platform& platform = world_.scenario.platforms[k].second;
    if (platform.initial_share <= 0.0 || platform.launch > world_.scenario.time.start) continue;
    const std::uint32_t salt = trait_salt(view.key, Trait::initial_member, view.platform_id[k]);
    Tally& tally = workers_[0]->tally;
    for (std::uint32_t user = 0; user < view.users; ++user) {
      const bool online = view.online == nullptr || view.online[user] != 0;
      if (!online || !(trait_word(salt, user) < platform.initial_share * 4294967296.0)) continue;
      view.columns[k].status[user] = 1;
      view.columns[k].join_time[user] = joined;
      tally.changes.push_back({user, static_cast<std::uint8_t>(k), ChangeKind::join});
      ++world_.platforms[k].active;
      ++world_.platforms[k].ever;
    }
    world_.platforms[k].recent = static_cast<double>(world_.platforms[k].active) * recency_step(world_);
  }
  tell_contacts();
  for (const auto& worker : workers_) worker->contact_updates = 0;
}

void Engine::users_pass(const TickOptions& options) {
  const View& view = world_.view;
  for_blocks(view.users, users_per_task, static_cast<int>(workers_.size()), [&](int w, std::size_t first, std::size_t last) {
    Worker& worker = *workers_[static_cast<std::size_t>(w)];
    for (std::size_t at = first; at < last; at += block_size) {
      const Block block{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(std::min(block_size, last - at))};
      if (options.hash_columns)
        for (const ColumnData& column : world_.columns)
          worker.tally.hash[static_cast<std::size_t>(column.column)][column.platform < 0 ? 0 : static_cast<std::size_t>(column.platform)] +=
              hash_block(column, block);
      for (const Phase& phase : schedule_) {
        if (phase.scope != Scope::users) continue;
        if (check_writes_)
          run_checked(world_, phase, block, worker.scratch, worker.tally);
        else
          phase.users(view, block, worker.scratch, worker.tally);
      }
      if (options.row != nullptr) take_panel(view, block, worker.scratch, options);
    }
  });
}

// Integer additions commute, so it does not matter who tells whom first.
void Engine::tell_contacts() {
  const View& view = world_.view;
  const auto recency = static_cast<std::uint16_t>(view.recency_unit > 0.0F ? recency_step(world_) / view.recency_unit + 0.5 : 0.0);
  if (world_.contacts.kind() == ContactsKind::mixing) return;
  for (const auto& source : workers_) {
    const std::vector<StatusChange>& changes = source->tally.changes;
    for_blocks(changes.size(), 256, static_cast<int>(workers_.size()), [&](int w, std::size_t first, std::size_t last) {
      std::vector<std::uint32_t>& contacts = workers_[static_cast<std::size_t>(w)]->contacts;
      for (std::size_t c = first; c < last; ++c) {
        const StatusChange& change = changes[c];
        const PlatformColumns& columns = view.columns[change.platform];
        const std::uint32_t n = world_.contacts.contacts_of(change.user, contacts.data());
        workers_[static_cast<std::size_t>(w)]->contact_updates += n;
        for (std::uint32_t i = 0; i < n; ++i) {
          add(columns.contacts_active, contacts[i], change.kind == ChangeKind::exit ? -1 : 1);
          if (change.kind == ChangeKind::join) add(columns.contacts_ever, contacts[i], 1);
          if (change.kind != ChangeKind::exit && columns.recency != nullptr)
            std::atomic_ref(columns.recency[contacts[i]]).fetch_add(recency, std::memory_order_relaxed);
        }
      }
    });
  }
  for (const auto& worker : workers_) worker->tally.changes.clear();
}

void Engine::settle_members() {
  for (std::size_t k = 0; k < world_.platforms.size(); ++k) {
    PlatformState& platform = world_.platforms[k];
    const auto total = [&](Count count) { return total_.total(count, k); };
    const std::int64_t joins = total(Count::joins_spontaneous) + total(Count::joins_peer) + total(Count::joins_drag);
    platform.active += joins - total(Count::exits_baseline) - total(Count::exits_disuse) - total(Count::exits_threshold);
    platform.ever += joins - total(Count::rejoins);
    platform.recent = platform.recent * world_.view.now.keep_recency + static_cast<double>(joins) * recency_step(world_);
  }
}

const Tally& Engine::tick(const TickOptions& options) {
  world_.view.now.index = ticks_done_;
  world_.view.now.start = now();
  run_scope(Scope::before);
  users_pass(options);
  total_.clear();
  for (const auto& worker : workers_) {
    total_.add(worker->tally);
    std::vector<StatusChange> changes = std::move(worker->tally.changes);  // kept: contacts are told next
    worker->tally.clear();
    worker->tally.changes = std::move(changes);
  }
  if (options.hash_columns) chain_hashes(world_, total_);
  tell_contacts();
  settle_members();
  run_scope(Scope::after);
  ++ticks_done_;
  return total_;
}

}  // namespace spillway
