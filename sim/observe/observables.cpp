#include "observe/observables.hpp"

#include <array>
#include <limits>

namespace spillway {

double Sample::sum(const Tally& tally, Count count, std::size_t platform) const {
  const std::int64_t raw = segment < 0 ? tally.total(count, platform) : tally.at(count, platform, static_cast<std::size_t>(segment));
  return static_cast<double>(raw) / quantum(count);
}

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
bool always(const Scenario&) { return true; }

double per_member(const Sample& s, Count count, std::size_t k) {
  const double members = s.state_sum(Count::active, k);
  return members > 0.0 ? s.state_sum(count, k) / members : nan;
}

double join_count(const Sample& s, std::size_t k, std::size_t cause) {
  static constexpr Count counts[] = {Count::joins_spontaneous, Count::joins_peer, Count::joins_drag};
  return s.people(s.flow_sum(counts[cause], k));
}
double exit_count(const Sample& s, std::size_t k, std::size_t cause) {
  static constexpr Count counts[] = {Count::exits_baseline, Count::exits_disuse, Count::exits_threshold};
  return s.people(s.flow_sum(counts[cause], k));
}
double account_flow(const Sample& s, std::size_t from, std::size_t to) {
  return s.people(static_cast<double>(s.flows.account_flow[from][to]));
}
double attention_flow(const Sample& s, std::size_t from, std::size_t to) {
  return s.people(static_cast<double>(s.flows.attention_flow[from][to]) / quantum(Count::habit));
}
double accounts_ever(const Sample& s, std::size_t k, std::size_t) {
  const double ever = s.state_sum(Count::active, k) + s.state_sum(Count::lapsed, k);
  return s.people(ever) * s.world.platforms[k].live.accounts_per_person;
}

template <Count count>
double people_of(const Sample& s, std::size_t k, std::size_t) {
  return s.people(s.state_sum(count, k));
}
template <Count count>
double member_mean(const Sample& s, std::size_t k, std::size_t) {
  return per_member(s, count, k);
}

constexpr std::string_view point = "time: point", sum = "time: sum", mean = "time: point user: mean";

const std::array<Observable, 22> table{{
    {"people_online", Shape::scalar, "1", "people online", point, false, always,
     [](const Sample& s, std::size_t, std::size_t) { return s.people(s.world.online); }},
    {"monthly_active_users", Shape::platform, "1", "people who used the platform within 30 days", point, true, always,
     people_of<Count::monthly_users>},
    {"daily_active_users", Shape::platform, "1", "people who use the platform on a day", point, true, always,
     people_of<Count::daily_users>},
    {"members", Shape::platform, "1", "people with an account in use", point, true, always, people_of<Count::active>},
    {"lapsed_members", Shape::platform, "1", "people who gave their account up", point, true, always, people_of<Count::lapsed>},
    {"accounts_ever", Shape::platform, "1", "accounts ever registered (people who ever joined times accounts per person)", point, true,
     always, accounts_ever},
    {"multi_homing_members", Shape::platform, "1", "members who are also members of another platform", point, true, always,
     people_of<Count::multi_homing>},
    {"minutes_per_member", Shape::platform, "min", "mean minutes a day of a member", mean, true, always, member_mean<Count::minutes>},
    {"minutes_total", Shape::platform, "min", "minutes a day of all members", point, true, always, people_of<Count::minutes>},
    {"attention_share", Shape::platform, "1", "mean share of the time budget over all people online", point, true, always,
     [](const Sample& s, std::size_t k, std::size_t) {
       return s.world.online > 0 ? s.state_sum(Count::attention, k) / s.world.online : nan;
     }},
    {"attention_share_of_members", Shape::platform, "1", "mean share of a member's time budget", mean, true, always,
     member_mean<Count::attention>},
    {"mean_habit", Shape::platform, "1", "mean habit of members", mean, true, has_habit, member_mean<Count::habit>},
    {"mean_irritation", Shape::platform, "1", "mean irritation of members, in utils", mean, true, has_irritation,
     member_mean<Count::irritation>},
    {"joins", Shape::join_cause, "1", "people who joined, by cause (spontaneous includes the launch pulse)", sum, true, always, join_count},
    {"rejoins", Shape::platform, "1", "people who came back; also counted in joins", sum, true, always,
     [](const Sample& s, std::size_t k, std::size_t) { return s.people(s.flow_sum(Count::rejoins, k)); }},
    {"exits", Shape::exit_cause, "1", "people who left, by cause", sum, true, always, exit_count},
    {"account_flow", Shape::flow, "1", "joins of `to` by people mainly on `from`, and exits from `from` by people who stay mainly on `to`",
     sum, false, always, account_flow},
    {"attention_flow", Shape::flow, "1", "habitual attention moved from `from` to `to`, in people's full time budgets", sum, false,
     has_habit, attention_flow},
    {"ad_load", Shape::platform, "1", "share of impressions that are ads", "time: mean", false, always,
     [](const Sample& s, std::size_t k, std::size_t) { return s.world.view.platform[k].live ? s.world.platforms[k].live.ads.load : 0.0; }},
    {"impressions", Shape::platform, "1", "impressions shown, ads and others", sum, false, always,
     [](const Sample& s, std::size_t k, std::size_t) { return s.impressions[k]; }},
    {"ad_revenue", Shape::platform, "CNY", "advertising revenue", sum, false, always,
     [](const Sample& s, std::size_t k, std::size_t) { return s.ad_revenue[k]; }},
    {"ad_blindness", Shape::platform, "1", "share of ad impressions that users have learned to overlook", point, false,
     [](const Scenario& s) { return s.ad_response.blindness > 0; },
     [](const Sample& s, std::size_t k, std::size_t) { return s.world.platforms[k].acting_blindness; }},
}};
}  // namespace

std::span<const Observable> observable_table() { return table; }

}  // namespace spillway
