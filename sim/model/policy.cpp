#include "model/policy.hpp"

#include <algorithm>

#include "base/suggest.hpp"
#include "model/scenario_fields.hpp"

namespace spillway {

namespace {
/// visit(name, row, pointer to the value); maps by platform give platform k's.
template <class T, class Visit>
void walk_policies(T& owner, const std::string& prefix, Visit&& visit) {
  for_each_field<T>([&](const auto& row) {
    auto& member = owner.*(row.member);
    using Member = std::remove_cvref_t<decltype(member)>;
    if constexpr (Described<Member>)
      walk_policies(member, prefix + std::string(row.name) + ".", visit);
    else if constexpr (std::is_same_v<Member, double> || std::is_same_v<Member, Named<double>>)
      if (has(row.flags, FieldFlag::policy)) visit(prefix + std::string(row.name), row, member);
  });
}

const std::string platforms_prefix = "platforms.", marketplace_prefix = "marketplace.";

/// The entry of platform k, which complete() has made.
double* value_of(double& value, std::size_t) { return &value; }
double* value_of(Named<double>& values, std::size_t k) { return k < values.size() ? &values[k].second : nullptr; }
}  // namespace

const std::vector<PolicyRow>& policy_rows() {
  static const std::vector<PolicyRow> rows = [] {
    std::vector<PolicyRow> found;
    Platform platform;
    Marketplace marketplace;
    walk_policies(platform, "", [&](const std::string& name, const auto& row, auto&) {
      found.push_back(
          {name, row.unit, row.range, row.likely, row.flags, std::string(row.meaning), std::string(row.source), PolicyScope::platform});
    });
    walk_policies(marketplace, marketplace_prefix, [&](const std::string& name, const auto& row, auto& value) {
      const bool by_platform = std::is_same_v<std::remove_cvref_t<decltype(value)>, Named<double>>;
      found.push_back({name, row.unit, row.range, row.likely, row.flags, std::string(row.meaning), std::string(row.source),
                       by_platform ? PolicyScope::marketplace_by_platform : PolicyScope::marketplace});
    });
    return found;
  }();
  return rows;
}

std::string policy_path(const PolicyRow& row, const std::string& platform) {
  switch (row.scope) {
    case PolicyScope::platform: return platforms_prefix + platform + "." + row.name;
    case PolicyScope::marketplace_by_platform: return row.name + "." + platform;
    case PolicyScope::marketplace: break;
  }
  return row.name;
}

std::vector<double*> policy_values(Platform& platform, Marketplace& marketplace, std::size_t k) {
  std::vector<double*> values;
  const auto take = [&](const std::string&, const auto&, auto& value) { values.push_back(value_of(value, k)); };
  walk_policies(platform, "", take);
  walk_policies(marketplace, marketplace_prefix, take);
  return values;
}

namespace {
std::string suggestion(const std::string& word, const std::vector<std::string>& all) {
  const std::string near = nearest(word, all);
  return near.empty() ? std::string() : "; did you mean '" + near + "'?";
}

std::vector<std::string> platform_names(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const auto& [name, platform] : scenario.platforms) names.push_back(name);
  return names;
}

std::string no_platform(const Scenario& scenario, const std::string& name) {
  return "no platform is called '" + name + "'" + suggestion(name, platform_names(scenario));
}

// marketplace.commission, marketplace.link_openness.wechat
PolicyLookup find_in_marketplace(const Scenario& scenario, const std::string& path) {
  std::vector<std::string> known;
  for (std::size_t p = 0; p < policy_rows().size(); ++p) {
    const PolicyRow& row = policy_rows()[p];
    if (row.scope == PolicyScope::platform) continue;
    known.push_back(row.name);
    if (path == row.name && row.scope == PolicyScope::marketplace) return {{0, p}, {}};
    if (path == row.name) return {{}, "needs a platform: write " + row.name + ".<platform>"};
    if (row.scope == PolicyScope::marketplace || !path.starts_with(row.name + ".")) continue;
    const std::string platform = path.substr(row.name.size() + 1);
    for (std::size_t k = 0; k < scenario.platforms.size(); ++k)
      if (scenario.platforms[k].first == platform) return {{k, p}, {}};
    return {{}, no_platform(scenario, platform)};
  }
  const std::size_t dot = path.find('.', marketplace_prefix.size());
  return {{}, "'" + path + "' is not a policy that can change during a run" + suggestion(path.substr(0, dot), known)};
}
}  // namespace

PolicyLookup find_policy(const Scenario& scenario, const std::string& path) {
  if (path.starts_with(marketplace_prefix)) return find_in_marketplace(scenario, path);
  if (!path.starts_with(platforms_prefix))
    return {{}, "interventions change policies only: write platforms.<name>.<policy> or marketplace.<policy>"};
  const std::size_t dot = path.find('.', platforms_prefix.size());
  const std::string name = path.substr(platforms_prefix.size(), dot == std::string::npos ? dot : dot - platforms_prefix.size());
  const std::vector<std::string> platforms = platform_names(scenario);
  const auto found = std::find(platforms.begin(), platforms.end(), name);
  if (found == platforms.end()) return {{}, no_platform(scenario, name)};
  const std::string policy = dot == std::string::npos ? "" : path.substr(dot + 1);
  std::vector<std::string> known;
  for (std::size_t p = 0; p < policy_rows().size(); ++p) {
    if (policy_rows()[p].scope != PolicyScope::platform) continue;
    if (policy_rows()[p].name == policy) return {{static_cast<std::size_t>(found - platforms.begin()), p}, {}};
    known.push_back(policy_rows()[p].name);
  }
  return {{}, "'" + policy + "' is not a policy that can change during a run" + suggestion(policy, known)};
}

void Timeline::set(double on, double until, double value) { changes_.push_back({on, until, value, value, false}); }
void Timeline::ramp(double on, double until, double value) { changes_.push_back({on, until, at(on), value, true}); }

// The latest change that has begun and is not over decides; a `set` that is over gives way to what was scheduled before it.
double Timeline::at(double t) const {
  for (auto change = changes_.rbegin(); change != changes_.rend(); ++change) {
    if (t < change->on) continue;
    if (change->is_ramp) {
      if (t >= change->until) return change->to;
      return change->from + (change->to - change->from) * (t - change->on) / (change->until - change->on);
    }
    if (t < change->until) return change->to;
  }
  return initial_;
}

double Timeline::largest() const {
  double most = initial_;
  for (const Change& change : changes_) most = std::max({most, change.from, change.to});
  return most;
}

double Timeline::mean(double t, double dt) const {
  std::vector<double> cuts{t, t + dt};
  for (const Change& change : changes_)
    for (const double cut : {change.on, change.until})
      if (cut > t && cut < t + dt) cuts.push_back(cut);
  if (cuts.size() == 2 && at(t) == at(t + dt)) return at(t + 0.5 * dt);
  std::sort(cuts.begin(), cuts.end());
  double sum = 0.0;  // linear between cuts, so the middle of each piece is its mean
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) sum += at(0.5 * (cuts[i] + cuts[i + 1])) * (cuts[i + 1] - cuts[i]);
  return sum / dt;
}

std::vector<std::vector<Timeline>> policy_timelines(const Scenario& scenario) {
  std::vector<std::vector<Timeline>> timelines;
  for (std::size_t k = 0; k < scenario.platforms.size(); ++k) {
    Platform platform = scenario.platforms[k].second;
    Marketplace marketplace = scenario.marketplace;
    std::vector<Timeline>& row = timelines.emplace_back();
    for (const double* value : policy_values(platform, marketplace, k)) row.emplace_back(value != nullptr ? *value : 1.0);
  }
  std::vector<const std::pair<std::string, Intervention>*> ordered;
  for (const auto& entry : scenario.interventions) ordered.push_back(&entry);
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) {
    return std::tie(a->second.on, a->first) < std::tie(b->second.on, b->first);  // by name on the same day
  });
  for (const auto* entry : ordered) {
    const Intervention& change = entry->second;
    const double on = change.on.days - scenario.time.start.days;
    const double until = change.has_until ? change.until.days - scenario.time.start.days : never;
    const auto apply = [&](const std::vector<Change>& changes, void (Timeline::*act)(double, double, double)) {
      for (const Change& c : changes) {
        const PolicyRef ref = find_policy(scenario, c.path).ref;
        const bool everywhere = policy_rows()[ref.policy].scope == PolicyScope::marketplace;
        for (std::size_t k = everywhere ? 0 : ref.platform; k < (everywhere ? timelines.size() : ref.platform + 1); ++k)
          (timelines[k][ref.policy].*act)(on, until, c.value);
      }
    };
    apply(change.set, &Timeline::set);
    apply(change.ramp, &Timeline::ramp);
  }
  return timelines;
}

bool ever_positive(const Scenario& scenario, std::string_view policy) {
  std::size_t row = 0;
  while (row < policy_rows().size() && policy_rows()[row].name != policy) ++row;
  for (const std::vector<Timeline>& timelines : policy_timelines(scenario))
    if (timelines.at(row).largest() > 0.0) return true;
  return false;
}

}  // namespace spillway
