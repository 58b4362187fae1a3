#include "engine/engine.hpp"

#include <algorithm>

#include "base/parallel.hpp"
#include "engine/conservation.hpp"
#include "engine/state_hash.hpp"
#include "engine/write_check.hpp"
#include "mechanisms/first_people.hpp"
#include "mechanisms/followers.hpp"
#include "mechanisms/picking.hpp"

namespace spillway {

namespace {
constexpr std::size_t cache_line = 64;

// Ids of the panel in a block.
std::pair<std::size_t, std::size_t> panel_users(const TickOptions& options, Block block) {
  const std::vector<std::uint32_t>& ids = options.panel->ids;
  const auto first = std::lower_bound(ids.begin(), ids.end(), block.first);
  const auto last = std::lower_bound(first, ids.end(), block.first + block_size);
  return {static_cast<std::size_t>(first - ids.begin()), static_cast<std::size_t>(last - ids.begin())};
}

void take_panel(const View& view, Block block, const Scratch& scratch, const TickOptions& options) {
  const auto [first, last] = panel_users(options, block);
  const std::size_t platforms = view.platforms;
  PanelRows& rows = *options.rows;
  const std::size_t before = rows.outside_share.size() - options.panel->ids.size();  // of earlier ticks
  for (std::size_t u = first; u < last; ++u) {
    const std::uint32_t i = block.lane(options.panel->ids[u] - block.first);
    rows.outside_share[before + u] = scratch.lane(Lane::outside_share)[i];
    for (std::size_t k = 0; k < platforms; ++k) {
      if (!view.platform[k].live) continue;
      const std::size_t cell = (before + u) * platforms + k;
      rows.status[cell] = static_cast<std::uint8_t>(scratch.lane(PlatformIntLane::status, k)[i]);
      rows.attention_share[cell] = scratch.lane(PlatformLane::attention, k)[i];
      rows.habit[cell] = scratch.lane(PlatformLane::habit, k)[i];
      rows.irritation[cell] = scratch.lane(PlatformLane::irritation, k)[i];
      rows.reach[cell] = scratch.lane(PlatformLane::reach, k)[i];
      rows.utility[cell] = scratch.lane(PlatformLane::utility, k)[i];
    }
  }
}

// Asks for a block of a column while the block before is worked on: such short stretches the hardware does not foresee.
void prefetch_block(const ColumnData& column, std::uint32_t first) {
  const std::size_t bytes = block_size * cell_bytes(column.cell);
  const std::byte* begin = column.data<std::byte>() + first / block_size * bytes;
  for (std::size_t b = 0; b < bytes; b += cache_line) __builtin_prefetch(begin + b, 0, 2);
}

// The panel is always involved.
void involve_panel(Block block, const TickOptions& options, const Scratch& scratch) {
  const auto [first, last] = panel_users(options, block);
  for (std::size_t row = first; row < last; ++row) scratch.lane(IntLane::involved)[options.panel->ids[row] - block.first] = 1;
}

}  // namespace

struct Engine::Worker {
  explicit Worker(const World& world) : scratch(world.view.platforms) {}
  Scratch scratch;
  Tally tally;
  Picks picks;
};

Engine::Engine(World& world, TicksDone done)
    : world_(world), check_writes_(false), schedule_(schedule(world.scenario)), ticks_done_(done.count), telling_(world) {
  for (int w = 0; w < std::max(1, world.threads); ++w) workers_.push_back(std::make_unique<Worker>(world));
}

Engine::Engine(World& world, bool check_writes) : Engine(world, TicksDone{0}) {
  check_writes_ = check_writes;
  start_people(world);
}

Engine::~Engine() = default;

void Engine::run_scope(Scope scope) {
  for (const Phase& phase : schedule_)
    if (phase.scope == scope) phase.world(world_);
}

void Engine::run_phases(Scope scope, Block block, Worker& worker) {
  for (const Phase& phase : schedule_) {
    if (phase.scope != scope) continue;
    if (check_writes_)
      run_checked(world_, phase, block, worker.scratch, worker.tally);
    else
      phase.users(world_.view, block, worker.scratch, worker.tally);
  }
}

void Engine::block_pass(const TickOptions& options, Block whole, Worker& worker) {
  const bool has_next = whole.first + 2 * block_size <= world_.view.users;
  for (const ColumnData& column : world_.columns) {
    if (has_next) prefetch_block(column, whole.first + block_size);
    if (!options.hash_columns) continue;
    const std::size_t k = column.platform < 0 ? 0 : static_cast<std::size_t>(column.platform);
    worker.tally.hash[static_cast<std::size_t>(column.column)][k] += hash_block(column, whole.first, world_.view.users);
  }
  run_phases(Scope::everybody, whole, worker);
  if (options.rows != nullptr) involve_panel(whole, options, worker.scratch);
  const Block involved =
      options.involve_everybody ? pick_everybody(whole, worker.scratch) : pick_involved(world_.view, whole, worker.scratch, worker.picks);
  worker.tally.involved += involved.size;
  if (involved.size == 0) return;
  run_phases(Scope::involved, involved, worker);
  if (options.rows != nullptr) take_panel(world_.view, involved, worker.scratch, options);
}

void Engine::users_pass(const TickOptions& options) {
  for_blocks(world_.view.users, users_per_task, static_cast<int>(workers_.size()), [&](int w, std::size_t first, std::size_t last) {
    for (std::size_t at = first; at < last; at += block_size)
      block_pass(options, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(std::min(block_size, last - at))},
                 *workers_[static_cast<std::size_t>(w)]);
  });
}

void Engine::tell_contacts() {
  for (const auto& worker : workers_) {
    contact_updates_ += telling_.tell(worker->tally.changes);
    worker->tally.changes.clear();
  }
}

// Follows of the most popular suppliers were counted by worker.
void Engine::settle_followers() {
  const SupplierTable& table = world_.view.suppliers;
  std::vector<Outbox*> tails;
  for (const auto& worker : workers_)
    if (worker->tally.tail_follows.made()) tails.push_back(&worker->tally.tail_follows);
  FollowerCounts::settle(table, tails);
  for (std::size_t k = 0; k < world_.view.platforms && !total_.head_follows.empty(); ++k)
    for (std::uint32_t j = 0; j < table.head; ++j) table.followers[k * table.count + j] += total_.head_follows[k * table.head + j];
}

void Engine::settle_members() {
  for (std::size_t k = 0; k < world_.platforms.size(); ++k) {
    PlatformState& platform = world_.platforms[k];
    const auto total = [&](Count count) { return total_.total(count, k); };
    const std::int64_t joins = total(Count::joins_spontaneous) + total(Count::joins_peer) + total(Count::joins_drag);
    const auto members = static_cast<double>(total(Count::active));
    platform.attention = members > 0.0 ? static_cast<double>(total(Count::attention)) / quantum(Count::attention) / members : 0.0;
    platform.minutes = static_cast<double>(total(Count::minutes)) / quantum(Count::minutes);
    platform.complaints = total(Count::complaints_heard) + total(Count::complaints_ignored);
    platform.active += joins - total(Count::exits_baseline) - total(Count::exits_disuse) - total(Count::exits_threshold);
    platform.ever += joins - total(Count::rejoins);
    platform.attention_of_all = static_cast<double>(total(Count::attention)) / quantum(Count::attention) / std::max(1U, world_.online);
    platform.recent = platform.recent * world_.view.now.keep_recency + static_cast<double>(joins) * recency_step(world_);
  }
}

const Tally& Engine::tick(const TickOptions& options) {
  world_.view.now.index = ticks_done_;
  world_.view.now.start = now();
  run_scope(Scope::before);
  if (check_writes_ || checked_build) check_money(world_);
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
  settle_followers();
  if (check_writes_ || checked_build) check_counts(world_, total_);
  run_scope(Scope::after);
  ++ticks_done_;
  return total_;
}

}  // namespace spillway
