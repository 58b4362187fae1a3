#include "observe/observables.hpp"

#include <algorithm>
#include <limits>

#include "model/policy.hpp"
#include "observe/measurement.hpp"

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

template <Count count>
double people_of(const Sample& s, std::size_t k, std::size_t) {
  return s.people(s.state_sum(count, k));
}
template <Count count>
double member_mean(const Sample& s, std::size_t k, std::size_t) {
  return per_member(s, count, k);
}

constexpr std::string_view point = "time: point", sum = "time: sum", mean = "time: point user: mean";

double complaints(const Sample& s, std::size_t k, std::size_t answer) {
  return s.people(s.flow_sum(answer == 0 ? Count::complaints_heard : Count::complaints_ignored, k));
}
double suppliers_present(const Sample& s, std::size_t k, std::size_t kind) {
  return s.people(static_cast<double>(s.world.suppliers.counts[k].present[kind]));
}
double service_accounts(const Sample& s, std::size_t k, std::size_t kind) {
  return s.people(static_cast<double>(s.world.suppliers.counts[k].served[kind]));
}
double followers(const Sample& s, std::size_t k, std::size_t kind) {
  const auto& of = s.world.suppliers.counts[k].followers[kind];
  return s.people(static_cast<double>(of[0] + of[1]));
}
double effort_of(const World& world, std::size_t k) {
  double sum = 0.0;
  for (const std::int64_t part : world.suppliers.counts[k].effort) sum += static_cast<double>(part) / effort_steps;
  return sum;
}
double posting_effort(const Sample& s, std::size_t k, std::size_t kind) {
  return s.people(static_cast<double>(s.world.suppliers.counts[k].effort[kind]) / effort_steps);
}
double effort_share(const Sample& s, std::size_t k, std::size_t) {
  double all = 0.0;
  for (std::size_t o = 0; o < s.world.platforms.size(); ++o) all += effort_of(s.world, o);
  return all > 0.0 ? effort_of(s.world, k) / all : nan;
}
double effort_herfindahl(const Sample& s, std::size_t k, std::size_t) {
  const double sum = effort_of(s.world, k);
  return sum > 0.0 ? static_cast<double>(s.world.suppliers.counts[k].effort_squared) / effort_steps / (sum * sum) : nan;
}
double seller_revenue_by_channel(const Sample& s, std::size_t k, std::size_t channel) {
  static constexpr Total channels[] = {Total::seller_sales, Total::seller_commission, Total::seller_incentives};
  return s.total(channels[channel], k);
}
double paid_by_sellers(const Sample& s, std::size_t k) { return s.total(Total::seller_fees, k) + s.total(Total::seller_take, k); }

// Between platforms; the outside takes no part.
template <class Value>
double between(const Sample& s, std::size_t from, std::size_t to, Value value) {
  if (from == 0 || to == 0 || from == to) return nan;
  return value(s.promotion[(from - 1) * s.world.platforms.size() + to - 1]);
}
template <Total total>
double sum_of(const Sample& s, std::size_t k, std::size_t) {
  return s.total(total, k);
}
bool several(const Scenario& s) { return s.platforms.size() > 1; }

const Observable table[] = {
    {"people_online", Shape::scalar, "1", "people online", point, false, always,
     [](const Sample& s, std::size_t, std::size_t) { return s.people(s.world.online); }},
    {"monthly_active_users", Shape::platform, "1", "people who used the platform within 30 days", point, true, always,
     people_of<Count::monthly_users>},
    {"daily_active_users", Shape::platform, "1", "people who use the platform on a day", point, true, always,
     people_of<Count::daily_users>},
    {"members", Shape::platform, "1", "people with an account in use", point, true, always, people_of<Count::active>},
    {"lapsed_members", Shape::platform, "1", "people who gave their account up", point, true, always, people_of<Count::lapsed>},
    {"accounts_ever", Shape::platform, "1",
     "accounts ever registered: people who ever joined times accounts per person, and accounts outside the simulated population", point,
     true, always, accounts_ever},
    {"monthly_accounts", Shape::platform, "1",
     "accounts that the company counts as active within a month: people times accounts counted per user, and active ones outside", point,
     true, always, monthly_accounts},
    {"daily_accounts", Shape::platform, "1",
     "accounts that the company counts as active on a day; of those outside the same part as of the people inside", point, true, always,
     daily_accounts},
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
     [](const Sample& s, std::size_t k, std::size_t) { return s.world.view.platform[k].live ? s.world.platforms[k].ad_load : 0.0; }},
    {"impressions", Shape::platform, "1", "impressions shown, ads and others", sum, false, always, sum_of<Total::impressions>},
    {"ad_revenue", Shape::platform, "CNY", "advertising revenue", sum, false, always, sum_of<Total::ad_revenue>},
    {"ad_blindness", Shape::platform, "1", "share of ad impressions that users have learned to overlook", point, false,
     [](const Scenario& s) { return s.ad_response.blindness > 0; },
     [](const Sample& s, std::size_t k, std::size_t) { return s.world.platforms[k].acting_blindness; }},
    {"broadcast_users", Shape::scalar, "1",
     "members who used any broadcast platform within six months (broadcast_weight above conversation_weight)", point, false, always,
     broadcast_users},
    {"surveyed_broadcast_users", Shape::scalar, "1",
     "people whom a survey counts as users of any provider's broadcast platform within six months: broadcast_users times other_providers",
     point, false, always, surveyed_broadcast_users},
    {"pressure", Shape::platform, "1", "people who would rather be here than on the best of their platforms, and have no account", point,
     true, several, people_of<Count::pressure>},
    {"complaints", Shape::answer, "1", "complaints, heard and ignored", sum, true, has_voice, complaints},
    {"complaint_rate", Shape::platform, "1", "complaints per member and week, smoothed over a week", point, false, has_voice,
     [](const Sample& s, std::size_t k, std::size_t) { return s.world.platforms[k].complaint_rate; }},
    {"mean_currency", Shape::platform, "1", "mean social currency of members", mean, true, has_currency, member_mean<Count::currency>},
    {"suppliers", Shape::supplier_class, "1", "suppliers with an account", point, false, suppliers_decide, suppliers_present},
    {"supplier_entries", Shape::platform, "1", "suppliers who opened an account", sum, false, suppliers_decide,
     sum_of<Total::supplier_entries>},
    {"supplier_exits", Shape::platform, "1", "suppliers who closed their account", sum, false, suppliers_decide,
     sum_of<Total::supplier_exits>},
    {"service_accounts", Shape::supplier_class, "1", "suppliers with a service account", point, false, has_service, service_accounts},
    {"followers", Shape::supplier_class, "1", "follows of suppliers of that class: people times suppliers followed", point, false,
     suppliers_decide, followers},
    {"posting_effort", Shape::supplier_class, "1", "sum of suppliers' posting effort", point, false, suppliers_decide, posting_effort},
    {"effort_share", Shape::platform, "1", "share of all suppliers' posting effort", point, false, suppliers_decide, effort_share},
    {"effort_herfindahl", Shape::platform, "1", "concentration of posting effort: sum of squared shares of suppliers", point, false,
     suppliers_decide, effort_herfindahl},
    {"follower_worth", Shape::platform, "1",
     "what a follower earns a supplier in a day, relative to a follower with all his attention on the first platform", point, false,
     suppliers_decide, [](const Sample& s, std::size_t k, std::size_t) { return s.world.platforms[k].follower_worth; }},
    {"push", Shape::flow, "1", "share of suppliers' posts on `from` that promote their account on `to`", point, false, has_drag,
     [](const Sample& s, std::size_t from, std::size_t to) {
       return from == 0 || to == 0 || from == to ? nan : s.world.platforms[from - 1].push[to - 1];
     }},
    {"cross_promotion_attempts", Shape::flow, "1",
     "pulls: how often suppliers' promotion on `from` would move a follower to follow them on `to`, were every channel open; "
     "who follows there already counts too, and friction of opening an account is left out",
     sum, false, has_drag,
     [](const Sample& s, std::size_t from, std::size_t to) {
       return between(s, from, to, [](const Promotion& p) { return p.attempted; });
     }},
    {"cross_promotion_passed", Shape::flow, "1", "of these, expected to get through the channels that are open", sum, false, has_drag,
     [](const Sample& s, std::size_t from, std::size_t to) { return between(s, from, to, [](const Promotion& p) { return p.passed; }); }},
    {"cross_promotion_blocked", Shape::flow, "1", "of these, stopped by a ban", sum, false, has_drag,
     [](const Sample& s, std::size_t from, std::size_t to) {
       return between(s, from, to, [](const Promotion& p) { return p.attempted - p.passed; });
     }},
    {"seller_revenue", Shape::revenue_channel, "CNY",
     "what suppliers earn on the platform before its fees and take: own sales, affiliate commission, worth of verification", sum, false,
     suppliers_decide, seller_revenue_by_channel},
    {"seller_profit", Shape::platform, "CNY", "sales and commission less what the platform keeps", sum, false, suppliers_decide,
     [](const Sample& s, std::size_t k, std::size_t) {
       return s.total(Total::seller_sales, k) + s.total(Total::seller_commission, k) - paid_by_sellers(s, k);
     }},
    {"commission_paid", Shape::platform, "CNY", "affiliate commission that the marketplace pays for traffic from the platform", sum, false,
     suppliers_decide, sum_of<Total::seller_commission>},
    {"seller_payments", Shape::platform, "CNY", "fees and take that suppliers pay the platform", sum, false, suppliers_decide,
     [](const Sample& s, std::size_t k, std::size_t) { return paid_by_sellers(s, k); }},
    {"platform_revenue", Shape::platform, "CNY", "advertising, and what suppliers pay", sum, false, always,
     [](const Sample& s, std::size_t k, std::size_t) { return s.total(Total::ad_revenue, k) + paid_by_sellers(s, k); }},
    {"load_moved", Shape::platform, "1", "ad load that the platform added by feeling its way, less what complaints made it take back",
     point, false, [](const Scenario& s) { return ever_positive(s, "ads.climb") || ever_positive(s, "ads.response"); },
     [](const Sample& s, std::size_t k, std::size_t) { return s.world.platforms[k].load_climbed - s.world.platforms[k].load_cut; }},
};
}  // namespace

Axis second_axis(Shape shape) {
  switch (shape) {
    case Shape::join_cause: return {"join_cause", "why people joined", join_causes};
    case Shape::exit_cause: return {"exit_cause", "why people left", exit_causes};
    case Shape::answer: return {"answer", "what became of complaints", answers};
    case Shape::supplier_class: return {"supplier_class", "kind of supplier", supplier_classes};
    case Shape::revenue_channel: return {"revenue_channel", "where suppliers' earnings come from", revenue_channels};
    default: return {};
  }
}

std::size_t outer_size(Shape shape, std::size_t platforms) {
  return shape == Shape::scalar ? 1 : (shape == Shape::flow ? platforms + 1 : platforms);
}

std::size_t inner_size(Shape shape, std::size_t platforms) {
  return shape == Shape::flow ? platforms + 1 : std::max<std::size_t>(1, second_axis(shape).labels.size());
}

std::span<const Observable> observable_table() { return table; }

}  // namespace spillway
