// The phase table: what happens in a tick, in order. Adding a mechanism is adding rows here.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/columns.hpp"
#include "model/scratch.hpp"
#include "model/tally.hpp"
#include "model/view.hpp"
#include "model/world.hpp"

namespace spillway {

enum class Scope {
  before,     ///< once, before the users, on the state of the tick before
  everybody,  ///< on each block of users, all these and the next in one pass
  involved,   ///< on those of the block who must decide in full
  after,      ///< once, after the users
};

struct Phase {
  std::string_view name;
  std::string_view model;  ///< place in the model's equations
  Scope scope;
  void (*world)(World&);                                      ///< before and after
  void (*users)(const View&, Block, const Scratch&, Tally&);  ///< everybody and involved
  Columns reads, writes;
  bool (*needed)(const Scenario&);  ///< off: costs nothing
  std::string_view doc;
};

/// All phases in order.
std::span<const Phase> phase_table();

/// Those that the scenario switches on.
std::vector<Phase> schedule(const Scenario& scenario);

// Phases, one file each.
void set_policies(World& world);
void bring_online(World& world);
void decide_suppliers(World& world);
void push_across(World& world);
void post_supply(World& world);
void draw_luck(const View& view, Block block, const Scratch& scratch, Tally& tally);
void find_involved(const View& view, Block block, const Scratch& scratch, Tally& tally);
void draw_members_luck(const View& view, Block block, const Scratch& scratch, Tally& tally);
void draw_rounding(const View& view, Block block, const Scratch& scratch, Tally& tally);
void reach_contacts(const View& view, Block block, const Scratch& scratch, Tally& tally);
void recall_traits(const View& view, Block block, const Scratch& scratch, Tally& tally);
void meet_contacts(const View& view, Block block, const Scratch& scratch, Tally& tally);
void value_time(const View& view, Block block, const Scratch& scratch, Tally& tally);
void divide_attention(const View& view, Block block, const Scratch& scratch, Tally& tally);
void count_users(const View& view, Block block, const Scratch& scratch, Tally& tally);
void form_habit(const View& view, Block block, const Scratch& scratch, Tally& tally);
void follow_suppliers(const View& view, Block block, const Scratch& scratch, Tally& tally);
void grow_irritation(const View& view, Block block, const Scratch& scratch, Tally& tally);
void complain(const View& view, Block block, const Scratch& scratch, Tally& tally);
void earn_currency(const View& view, Block block, const Scratch& scratch, Tally& tally);
void consider_joining(const View& view, Block block, const Scratch& scratch, Tally& tally);
void consider_leaving(const View& view, Block block, const Scratch& scratch, Tally& tally);
void keep_one_home(const View& view, Block block, const Scratch& scratch, Tally& tally);
void change_status(const View& view, Block block, const Scratch& scratch, Tally& tally);
void settle_accounts(World& world);

}  // namespace spillway
