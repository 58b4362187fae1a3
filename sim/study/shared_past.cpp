#include "study/shared_past.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "build/memory.hpp"
#include "input/difference.hpp"
#include "model/policy.hpp"
#include "model/validate.hpp"
#include "observe/observables.hpp"

namespace spillway {

namespace {
constexpr std::uint32_t never_acts = std::numeric_limits<std::uint32_t>::max();

std::optional<std::size_t> find_platform(const Scenario& s, const std::string& name) {
  for (std::size_t k = 0; k < s.platforms.size(); ++k)
    if (s.platforms[k].first == name) return k;
  return {};
}

/// First tick in which a platform may be open in either world.
std::uint32_t launch_tick(const Scenario& a, const Scenario& b, const std::string& name) {
  double first = never;
  for (const Scenario* s : {&a, &b})
    if (const auto k = find_platform(*s, name)) first = std::min<double>(first, s->platforms[*k].second.launch.days - s->time.start.days);
  return static_cast<std::uint32_t>(std::max(0.0, std::floor(first / tick_days(a.time))));
}

bool is_policy(const Scenario& s, const std::string& key) { return find_policy(s, key).error.empty(); }

/// First tick in which a key on its own makes a difference. What policies do is seen in their values.
std::uint32_t acts_from(const std::string& key, const Scenario& a, const Scenario& b) {
  for (const char* words : {"title", "description", "caveat", "time.end"})
    if (key == words) return never_acts;
  if (key.starts_with("interventions") || is_policy(a, key) || is_policy(b, key)) return never_acts;
  const std::string prefix = "platforms.";
  if (!key.starts_with(prefix)) return 0;
  return launch_tick(a, b, key.substr(prefix.size(), key.find('.', prefix.size()) - prefix.size()));
}

double value_in(const Timeline& timeline, std::uint32_t tick, double dt) {
  return timeline.constant() ? timeline.at(0.0) : timeline.mean(tick * dt, dt);
}

/// First tick before `end` in which a policy of a platform that both have differs.
std::uint32_t policies_part(const Scenario& a, const Scenario& b, std::uint32_t end) {
  const auto of_a = policy_timelines(a), of_b = policy_timelines(b);
  const double dt = tick_days(a.time);
  for (std::size_t k = 0; k < a.platforms.size(); ++k) {
    const std::string& name = a.platforms[k].first;
    const auto other = find_platform(b, name);
    if (!other) continue;
    for (std::size_t p = 0; p < policy_rows().size(); ++p) {
      std::uint32_t tick = policy_rows()[p].scope == PolicyScope::marketplace ? 0 : launch_tick(a, b, name);
      while (tick < end && value_in(of_a[k][p], tick, dt) == value_in(of_b[*other][p], tick, dt)) ++tick;
      end = std::min(end, tick);
    }
  }
  return end;
}
}  // namespace

std::uint32_t shared_ticks(const Scenario& a, const Scenario& b) {
  std::uint32_t ticks = std::min(tick_count(a.time), tick_count(b.time));
  for (const KeyDifference& difference : differences(a, b)) ticks = std::min(ticks, acts_from(difference.key, a, b));
  return ticks == 0 ? 0 : policies_part(a, b, ticks);
}

bool covers(const Scenario& whole, const Scenario& part) {
  if (whole.platforms.size() < part.platforms.size()) return false;
  for (std::size_t k = 0; k < part.platforms.size(); ++k)
    if (whole.platforms[k].first != part.platforms[k].first) return false;
  for (const ColumnRow& row : column_table)
    if (row.needed(part) && (!row.needed(whole) || cell_of(whole, row, 0) != cell_of(part, row, 0))) return false;
  for (const Observable& row : observable_table())
    if (row.needed(part) && !row.needed(whole)) return false;
  return suppliers_decide(whole) == suppliers_decide(part);
}

}  // namespace spillway
