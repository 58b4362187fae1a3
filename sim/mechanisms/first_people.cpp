// At the start nearly everybody's counters are written, so everybody counts his own contacts (pull) instead of being told by
// each (push): who is online and who a member is a pure function of the id, so nothing is read and each column is written once.
#include "mechanisms/first_people.hpp"

#include <algorithm>
#include <atomic>
#include <vector>

#include "base/parallel.hpp"
#include "mechanisms/arrivals.hpp"
#include "model/contact_batch.hpp"
#include "model/contact_counters.hpp"
#include "model/initial_members.hpp"

namespace spillway {

namespace {
constexpr std::size_t users_per_task = 4096;  // a neighbourhood: whole cache lines of every column

/// A platform with members from the start.
struct Opening {
  std::size_t platform;
  InitialMembers members;
};

struct Counts {
  alignas(64) std::int32_t online[contact_lanes] = {};
  alignas(64) std::int32_t members[max_platforms][contact_lanes] = {};
};

std::vector<Opening> openings(const World& world) {
  std::vector<Opening> open;
  for (std::size_t k = 0; k < world.view.platforms; ++k) {
    const Platform& platform = world.scenario.platforms[k].second;
    const InitialMembers members = initial_members(world.view, k);
    if (members.any && platform.launch <= world.scenario.time.start) open.push_back({k, members});
  }
  return open;
}

// 1 for those among `who` whose rank of arrival is below `online`; `nobody` gets 0.
SPILLWAY_MULTIVERSION void are_online(const std::uint32_t* who, std::uint32_t count, const Permutation& order, std::uint32_t online,
                                      std::int32_t* answer) {
  alignas(64) std::uint32_t rank[contact_lanes];
  const std::uint32_t* __restrict user = who;
  std::int32_t* __restrict out = answer;
  const std::uint32_t n = order.on().n, rows = order.on().rows, low_bits = order.on().low_bits, key = order.key();
  std::uint32_t outside = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    rank[i] = feistel::forward(user[i] < n ? user[i] : 0U, rows, low_bits, key);
    outside |= rank[i] >= n ? 1U : 0U;
  }
  if (outside != 0)
    for (std::uint32_t i = 0; i < count; ++i)
      while (rank[i] >= n) rank[i] = feistel::forward(rank[i], rows, low_bits, key);
  for (std::uint32_t i = 0; i < count; ++i) out[i] = (rank[i] < online ? 1 : 0) & (user[i] < n ? 1 : 0);
}

SPILLWAY_MULTIVERSION void add_members(const std::uint32_t* who, const std::int32_t* online, std::uint32_t count, const Opening& opening,
                                       std::int32_t* sums) {
  const std::uint32_t* __restrict user = who;
  const std::int32_t* __restrict on = online;
  std::int32_t* __restrict sum = sums;
  const InitialMembers members = opening.members;
  for (std::uint32_t i = 0; i < count; ++i) sum[i] += on[i] & chosen(members, user[i]);
}

SPILLWAY_MULTIVERSION void add_lane(const std::int32_t* from, std::uint32_t count, std::int32_t* to) {
  const std::int32_t* __restrict in = from;
  std::int32_t* __restrict sum = to;
  for (std::uint32_t i = 0; i < count; ++i) sum[i] += in[i];
}

class FirstPeople {
 public:
  explicit FirstPeople(const World& world)
      : world_(world), online_(agents_online(world, world.view.now.start)), order_(arrival_order(world)), open_(openings(world)) {
    const double half_tick = 0.5 * world.view.now.dt;
    joined_ = static_cast<std::uint16_t>((join_time_offset - half_tick) / join_time_unit + 0.5);
  }

  std::uint32_t online() const { return online_; }

  /// Up to contact_lanes users from `first`. Adds their members to `members`, one sum per platform.
  void start(std::uint32_t first, std::uint32_t count, ContactBatch& contacts, std::atomic<std::int64_t>* members) const {
    alignas(64) std::uint32_t users[contact_lanes];
    for (std::uint32_t i = 0; i < contact_lanes; ++i) users[i] = first + i;
    Counts self;
    add(users, count, self);
    write_self(first, count, self, members);
    if (!world_.view.degree) return;
    Counts met;
    contacts.find(users, count);
    for (const ContactRow& row : contacts.rows()) add(row.of, count, met);
    if (world_.contacts.kind() == ContactsKind::file) add_graph(contacts, met);
    write_met(first, count, met);
  }

 private:
  void add(const std::uint32_t* who, std::uint32_t count, Counts& counts) const {
    alignas(64) std::int32_t online[contact_lanes];
    are_online(who, count, order_, online_, online);
    add_lane(online, count, counts.online);
    for (const Opening& opening : open_) add_members(who, online, count, opening, counts.members[opening.platform]);
  }

  void add_graph(const ContactBatch& contacts, Counts& counts) const {
    contacts.each([&](std::uint32_t i, std::uint32_t contact) {
      const int online = order_(contact) < online_ ? 1 : 0;
      counts.online[i] += online;
      for (const Opening& o : open_) counts.members[o.platform][i] += online & chosen(o.members, contact);
    });
  }

  void write_self(std::uint32_t first, std::uint32_t count, const Counts& self, std::atomic<std::int64_t>* members) const {
    const View& view = world_.view;
    for (std::uint32_t i = 0; i < count; ++i) view.membership.set(first + i, static_cast<std::uint32_t>(self.online[i]));
    for (const Opening& opening : open_) {
      const PlatformColumns& columns = view.columns[opening.platform];
      std::int64_t sum = 0;
      for (std::uint32_t i = 0; i < count; ++i) {
        const std::int32_t member = self.members[opening.platform][i];
        if (member != 0) view.membership.set_status(first + i, opening.platform, 1);
        columns.join_time[first + i] = static_cast<std::uint16_t>(member * joined_);
        sum += member;
      }
      members[opening.platform].fetch_add(sum, std::memory_order_relaxed);
    }
  }

  void write_met(std::uint32_t first, std::uint32_t count, const Counts& met) const {
    const View& view = world_.view;
    for (std::uint32_t i = 0; i < count; ++i) add_to(view.degree, first + i, static_cast<std::uint32_t>(met.online[i]));
    for (const Opening& opening : open_)
      for (std::uint32_t i = 0; i < count; ++i)
        tell(view.columns[opening.platform].contacts, first + i, ChangeKind::join, view.recency_impulse,
             static_cast<std::uint32_t>(met.members[opening.platform][i]));
  }

  const World& world_;
  std::uint32_t online_;
  Permutation order_;
  std::vector<Opening> open_;
  std::uint16_t joined_;
};
}  // namespace

void start_people(World& world) {
  const FirstPeople people(world);
  std::atomic<std::int64_t> members[max_platforms] = {};
  for_blocks(world.view.users, users_per_task, world.threads, [&](int, std::size_t first, std::size_t last) {
    ContactBatch contacts(world.contacts);
    for (std::size_t at = first; at < last; at += contact_lanes)
      people.start(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(std::min<std::size_t>(contact_lanes, last - at)), contacts,
                   members);
  });
  world.online = people.online();
  for (std::size_t k = 0; k < world.platforms.size(); ++k) {
    world.platforms[k].active = world.platforms[k].ever = members[k];
    world.platforms[k].recent = static_cast<double>(world.platforms[k].active) * recency_step(world);
  }
}

}  // namespace spillway
