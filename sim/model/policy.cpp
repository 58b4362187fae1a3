#include "model/policy.hpp"

#include <algorithm>

#include "base/suggest.hpp"
#include "model/scenario_fields.hpp"

namespace spillway {

namespace {
template <class T, class Visit>
void walk_policies(T& owner, const std::string& prefix, Visit&& visit) {
  for_each_field<T>([&](const auto& row) {
    auto& member = owner.*(row.member);
    using Member = std::remove_cvref_t<decltype(member)>;
    if constexpr (Described<Member>)
      walk_policies(member, prefix + std::string(row.name) + ".", visit);
    else if constexpr (std::is_same_v<Member, double>)
      if (has(row.flags, FieldFlag::policy)) visit(prefix + std::string(row.name), row, member);
  });
}
}  // namespace

const std::vector<PolicyRow>& policy_rows() {
  static const std::vector<PolicyRow> rows = [] {
    std::vector<PolicyRow> found;
    Platform any;
    walk_policies(any, "", [&](const std::string& name, const auto& row, double&) {
      found.push_back({name, row.unit, row.range, std::string(row.meaning)});
    });
    return found;
  }();
  return rows;
}

std::vector<double*> policy_values(Platform& platform) {
  std::vector<double*> values;
  walk_policies(platform, "", [&](const std::string&, const auto&, double& value) { values.push_back(&value); });
  return values;
}

PolicyLookup find_policy(const Scenario& scenario, const std::string& path) {
  const std::string prefix = "platforms.";
  std::vector<std::string> policies, platforms;
  for (const PolicyRow& row : policy_rows()) policies.push_back(row.name);
  for (const auto& [name, platform] : scenario.platforms) platforms.push_back(name);
  const auto suggestion = [](const std::string& word, const std::vector<std::string>& all) {
    const std::string near = nearest(word, all);
    return near.empty() ? std::string() : "; did you mean '" + near + "'?";
  };
  if (!path.starts_with(prefix)) return {{}, "interventions change platforms' policies only: write platforms.<name>.<policy>"};
  const std::size_t dot = path.find('.', prefix.size());
  const std::string name = path.substr(prefix.size(), dot == std::string::npos ? dot : dot - prefix.size());
  const auto found = std::find(platforms.begin(), platforms.end(), name);
  if (found == platforms.end()) return {{}, "no platform is called '" + name + "'" + suggestion(name, platforms)};
  const std::string policy = dot == std::string::npos ? "" : path.substr(dot + 1);
  const auto row = std::find(policies.begin(), policies.end(), policy);
  if (row == policies.end()) return {{}, "'" + policy + "' is not a policy that can change during a run" + suggestion(policy, policies)};
  return {{static_cast<std::size_t>(found - platforms.begin()), static_cast<std::size_t>(row - policies.begin())}, {}};
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
  for (const auto& [name, platform] : scenario.platforms) {
    Platform copy = platform;
    std::vector<Timeline>& row = timelines.emplace_back();
    for (const double* value : policy_values(copy)) row.emplace_back(*value);
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
    for (const Change& c : change.set) {
      const PolicyRef ref = find_policy(scenario, c.path).ref;
      timelines[ref.platform][ref.policy].set(on, until, c.value);
    }
    for (const Change& c : change.ramp) {
      const PolicyRef ref = find_policy(scenario, c.path).ref;
      timelines[ref.platform][ref.policy].ramp(on, until, c.value);
    }
  }
  return timelines;
}

}  // namespace spillway
