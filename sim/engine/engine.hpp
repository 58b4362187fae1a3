// One tick: world phases, then one fused pass of all users phases over blocks, then status changes are told to contacts.
// The engine knows no mechanism: it walks the phase table. No I/O, clock or logging.
#pragma once

#include <memory>
#include <vector>

#include "engine/telling.hpp"
#include "mechanisms/phases.hpp"
#include "model/panel.hpp"
#include "model/world.hpp"

namespace spillway {

/// What a thread takes at a time.
inline constexpr std::uint32_t users_per_task = block_size * 16;

struct TickOptions {
  bool hash_columns = false;          ///< chain the state hash at this tick's start
  const PanelUsers* panel = nullptr;  ///< with `rows`: watch these users
  PanelRows* rows = nullptr;          ///< whose last row is filled
  bool involve_everybody = false;     ///< decide in full for all (slow; for tests: changes nothing)
};

struct TicksDone {
  std::uint32_t count;
};

class Engine {
 public:
  /// Brings the world to its first moment: people online, members from the start. `check_writes`: compare all columns around
  /// every users phase, and running counts against the columns (see conservation.hpp); Bug where they differ (slow; for tests).
  explicit Engine(World& world, bool check_writes = false);
  /// Goes on with a world whose state was loaded as it was after so many ticks.
  Engine(World& world, TicksDone done);
  ~Engine();

  /// Simulates one tick and returns what it counted; valid until the next call.
  const Tally& tick(const TickOptions& options = {});

  std::uint32_t ticks_done() const { return ticks_done_; }
  /// Days since the scenario's start at which the next tick begins.
  double now() const { return ticks_done_ * world_.view.now.dt; }
  /// Contacts told of status changes so far, each of whom has its counters changed; the members from the start not counted.
  std::uint64_t contact_updates() const { return contact_updates_; }

 private:
  struct Worker;
  void run_scope(Scope scope);
  void users_pass(const TickOptions& options);
  void block_pass(const TickOptions& options, Block whole, Worker& worker);
  void run_phases(Scope scope, Block block, Worker& worker);
  void tell_contacts();
  void settle_members();
  void settle_followers();

  World& world_;
  bool check_writes_;
  std::vector<Phase> schedule_;
  std::vector<std::unique_ptr<Worker>> workers_;
  Tally total_;
  std::uint32_t ticks_done_ = 0;
  Telling telling_;
  std::uint64_t contact_updates_ = 0;
};

}  // namespace spillway
