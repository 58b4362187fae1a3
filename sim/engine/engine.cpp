#include "engine/engine.hpp"

#include <algorithm>

#include "base/parallel.hpp"
#include "engine/state_hash.hpp"
#include "engine/write_check.hpp"
#include "mechanisms/first_people.hpp"
#include "model/contact_batch.hpp"
#include "model/contact_counters.hpp"

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
}  // namespace

struct Engine::Worker {
  explicit Worker(const World& world) : scratch(world.view.platforms), contacts(world.contacts) {}
  Scratch scratch;
  Tally tally;
  ContactBatch contacts;
};

Engine::Engine(World& world, bool check_writes) : world_(world), check_writes_(check_writes), schedule_(schedule(world.scenario)) {
  for (int w = 0; w < std::max(1, world.threads); ++w) workers_.push_back(std::make_unique<Worker>(world));
  start_people(world);
}

Engine::~Engine() = default;

void Engine::run_scope(Scope scope) {
  for (const Phase& phase : schedule_)
    if (phase.scope == scope) phase.world(world_);
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

// Batch by batch: who are the contacts of those who changed, ask for their counters, then write. Integer additions commute, so
// it does not matter who tells whom first.
void Engine::tell_contacts() {
  if (world_.contacts.kind() == ContactsKind::mixing) {
    for (const auto& worker : workers_) worker->tally.changes.clear();
    return;
  }
  const View& view = world_.view;
  const int recency = recency_steps(world_), threads = static_cast<int>(workers_.size());
  for (const auto& source : workers_) {
    const std::vector<StatusChange>& changes = source->tally.changes;
    for_blocks(changes.size(), contact_lanes, threads, [&](int w, std::size_t first, std::size_t last) {
      ContactBatch& contacts = workers_[static_cast<std::size_t>(w)]->contacts;
      for (std::size_t at = first; at < last; at += contact_lanes) {
        const std::span some(changes.data() + at, std::min<std::size_t>(contact_lanes, last - at));
        std::uint32_t users[contact_lanes];
        for (std::size_t i = 0; i < some.size(); ++i) users[i] = some[i].user;
        contacts.find(users, static_cast<std::uint32_t>(some.size()));
        contacts.each([&](std::uint32_t i, std::uint32_t contact) { prefetch_counters(view.columns[some[i].platform], contact); });
        contacts.each([&](std::uint32_t i, std::uint32_t contact) {
          tell(view.columns[some[i].platform], contact, some[i].kind, recency, threads > 1);
        });
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
