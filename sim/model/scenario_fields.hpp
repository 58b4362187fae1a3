// The rows of every scenario struct: YAML key, member, unit, range, meaning, source of the default (model symbol first).
// Marks in `source`: "assumed" no direct evidence; "fit" own least squares; names in brackets are listed in sim/ODD.md.
#pragma once

#include "base/field.hpp"
#include "model/scenario.hpp"

namespace spillway {

// clang-format off
namespace rows {
inline constexpr double inf = std::numeric_limits<double>::infinity();
inline constexpr auto none = FieldFlag::none, policy = FieldFlag::policy, required = FieldFlag::required,
                      may_be_never = FieldFlag::never | FieldFlag::positive, positive = FieldFlag::positive;
}  // namespace rows

constexpr auto fields_of(const Time*) {
  using namespace rows;
  return std::make_tuple(
    field("start", &Time::start, Unit::text, {}, none, "first simulated day", "opening of Sina Weibo, 14 Aug 2009"),
    field("end",   &Time::end,   Unit::text, {}, none, "last simulated day (the last tick starts on or before it)", "chosen: three years after the calibration data end"),
    field("step",  &Time::step,  Unit::days, {1, 366}, none, "time step; up to 7 d it is the tick, a longer one is split into equal ticks of at most 7 d and only sets the recording interval", "weekly and daily agree within 5 % of monthly active users; see sim/DECISIONS.md"));
}

constexpr auto fields_of(const Segment*) {
  using namespace rows;
  return std::make_tuple(
    field("name",  &Segment::name,  Unit::text,  {}, required, "label in results"),
    field("share", &Segment::share, Unit::share, {0, 1}, required, "share of all users; shares sum to 1"),
    field("conversation_taste", &Segment::conversation_taste, Unit::share, {0, 1}, none, "mean taste for conversation against broadcast content; default: the population's"),
    field("time_budget",        &Segment::time_budget, Unit::minutes_per_day, {0, 1440}, positive, "mean screen time a day; default: the population's"),
    field("ad_sensitivity",     &Segment::ad_sensitivity, Unit::none, {0, 100}, none, "mean sensitivity to ads relative to 1; default: the population's"));
}

constexpr auto fields_of(const Population*) {
  using namespace rows;
  return std::make_tuple(
    field("users",              &Population::users, Unit::count, {1, 4294967295.0}, none, "simulated agents, each standing for the same number of people", "chosen: small sampling error in seconds"),
    field("people",             &Population::people, Unit::people, {0, 1e11}, positive, "people whom the agents stand for: a number, {series: file.csv} (columns date, value) or {points: {date: value}}; new people come online as the series grows, nobody leaves it", "CNNIC, end of 2016"),
    field("conversation_taste", &Population::conversation_taste, Unit::share, {0, 1}, none, "mean taste for conversation (1) against broadcast content (0); individual spread: mean of three uniforms, sd 0.17", "omega; assumed"),
    field("taste_spread",       &Population::taste_spread, Unit::utils, {0, 10}, none, "standard deviation of a person's fixed taste for each platform (normal)", "sd(xi); assumed"),
    field("time_budget",        &Population::time_budget, Unit::minutes_per_day, {0, 1440}, positive, "mean screen time a day (lognormal)", "Tbar; assumed"),
    field("time_budget_cv",     &Population::time_budget_cv, Unit::none, {0, 3}, none, "coefficient of variation of the time budget", "assumed"),
    field("ad_sensitivity",     &Population::ad_sensitivity, Unit::none, {0, 100}, none, "mean sensitivity to ads (lognormal)", "s; scale of beta_A"),
    field("ad_sensitivity_cv",  &Population::ad_sensitivity_cv, Unit::none, {0, 3}, none, "coefficient of variation of ad sensitivity", "assumed"),
    field("contact_list_share", &Population::contact_list_share, Unit::share, {0, 1}, none, "share of people with a contact list that a platform can import (QQ members)", "Q; assumed from the size of QQ"),
    field("segments",           &Population::segments, Unit::text, {}, none, "optional groups of people with tastes of their own; series are also recorded per segment"));
}

constexpr auto fields_of(const Contacts*) {
  using namespace rows;
  return std::make_tuple(
    field("kind",         &Contacts::kind, Unit::text, {}, none, "implicit: matchings within 64 people, within 4096 and among all, no memory; file: your own network; mixing: everybody meets everybody"),
    field("degree",       &Contacts::degree, Unit::count, {0, 120}, none, "mean number of close contacts (implicit; for more, give a file)", "d; reduced-degree argument of [Torok17]"),
    field("random_share", &Contacts::random_share, Unit::share, {0, 1}, none, "share of contacts drawn from the whole population (implicit)", "[Torok17]: 40 % random links"),
    field("path",         &Contacts::path, Unit::text, {}, none, "edge list (two user ids a line, from 0) or HDF5 file with datasets indptr and indices (kind: file)"));
}

constexpr auto fields_of(const Suppliers*) {
  using namespace rows;
  return std::make_tuple(
    field("per_user",            &Suppliers::per_user, Unit::none, {0, 1}, none, "suppliers (sellers, brands, media, celebrities) per user", "J/N; [Fu13]: about 2 % of accounts make most posts"),
    field("count",               &Suppliers::count, Unit::count, {0, 4294967295.0}, none, "number of suppliers; 0: per_user times users. Fix it when comparing population sizes", "J"),
    field("slots",               &Suppliers::slots, Unit::count, {1, 8}, none, "suppliers that a user can follow on each platform", "L; assumed: the effective few"),
    field("slot_group",          &Suppliers::slot_group, Unit::count, {1, 16}, none, "consecutive users who share candidate suppliers: 16, or 1 (slower, for checks)", "chosen: one look-up per vector of 16"),
    field("popularity_exponent", &Suppliers::popularity_exponent, Unit::none, {0, 3}, none, "exponent of the Zipf law of popularity", "assumed; power law of followers [Han14]"),
    field("celebrity_share",     &Suppliers::celebrity_share, Unit::share, {0, 1}, none, "share of suppliers, from the most popular down, who are celebrities", "f_V; assumed"),
    field("celebrity_quality",   &Suppliers::celebrity_quality, Unit::none, {0, 100}, none, "pull of a celebrity's content relative to others'", "qual; assumed"),
    field("effort_audience_elasticity", &Suppliers::effort_audience_elasticity, Unit::none, {0, 1}, none, "how a supplier's effort grows with its popularity", "eps_E; [Foerderer25]: a star's exit cut peers' output 17-20 %"));
}

constexpr auto fields_of(const Adoption*) {
  using namespace rows;
  return std::make_tuple(
    field("homing",             &Adoption::homing, Unit::text, {}, none, "whether people may be on several platforms at once (multi), or who is a member of one cannot join another (single)", "multi: platforms were used side by side"),
    field("contagion_exponent", &Adoption::contagion_exponent, Unit::none, {0, 10}, positive, "power of the active share of contacts in the joining hazard", "gamma; linear: [Karsai14], [Quelle25]"),
    field("recency_weight",     &Adoption::recency_weight, Unit::share, {0, 1}, none, "weight of contacts who joined lately against all who are active", "rho; [Quelle25]"),
    field("recency_memory",     &Adoption::recency_memory, Unit::days, {0, 3660}, positive, "memory of recent joins", "tau_r; [Quelle25]: influence fades within a week"),
    field("utility_gate",       &Adoption::utility_gate, Unit::none, {0, 10}, none, "steepness with which expected utility opens the door; 0: always open", "psi; assumed"),
    field("reference_utility",  &Adoption::reference_utility, Unit::utils, {-20, 20}, none, "utility at which the gate equals 1", "V_ref; assumed"),
    field("invite_boost",       &Adoption::invite_boost, Unit::none, {0, 10}, none, "extra imitation for owners of an importable contact list, times contact_import", "beta_Q; assumed"),
    field("rediscovery_time",   &Adoption::rediscovery_time, Unit::days, {0, 36600}, positive, "time to find one's contacts again on a platform by hand", "tau_c; assumed"),
    field("return_factor",      &Adoption::return_factor, Unit::none, {0, 1}, none, "joining hazard of someone who left, relative to a newcomer's", "r_re; assumed"),
    field("global_reach",       &Adoption::global_reach, Unit::share, {0, 1}, none, "weight of the platform's share of all people against one's own contacts", "w_G; [Huotari17] favours local"));
}

constexpr auto fields_of(const UtilityWeights*) {
  using namespace rows;
  return std::make_tuple(
    field("conversation",      &UtilityWeights::conversation, Unit::utils, {0, 50}, none, "value of conversation with all contacts present", "alpha_L; assumed"),
    field("friends_feed",      &UtilityWeights::friends_feed, Unit::utils, {0, 50}, none, "value of a friends-only feed with all contacts present", "alpha_F; [Dao21]: 72 % browse Moments daily"),
    field("supply",            &UtilityWeights::supply, Unit::utils, {0, 50}, none, "value of followed suppliers' content, per log unit", "alpha_S; [Chu16]: cross-side effects exceed same-side"),
    field("supply_scale",      &UtilityWeights::supply_scale, Unit::none, {0, 1000}, positive, "supply at which content is worth ln 2", "S0; 1/Z at 600 suppliers"),
    field("fame",              &UtilityWeights::fame, Unit::utils, {0, 50}, none, "value of the platform's fame, a share", "alpha_G; [Chu16]: about 0"),
    field("fame_of",           &UtilityWeights::fame_of, Unit::text, {}, none, "what a platform is famous for: its share of all people online (members), or their mean attention share in the tick before (attention)", "M_k; members"),
    field("sms_saving",        &UtilityWeights::sms_saving, Unit::utils, {0, 50}, none, "value of free messages while text messages cost 0.1 CNY; decays as bundles spread", "alpha_sms; assumed"),
    field("sms_saving_start",  &UtilityWeights::sms_saving_start, Unit::text, {}, none, "date from which the saving decays", "opening of Weixin, 21 Jan 2011"),
    field("sms_saving_memory", &UtilityWeights::sms_saving_memory, Unit::days, {0, 366000}, may_be_never, "decay time of the saving", "assumed: 3 years"));
}

constexpr auto fields_of(const Attention*) {
  using namespace rows;
  return std::make_tuple(
    field("nest_parameter",  &Attention::nest_parameter, Unit::none, {0.05, 1}, none, "dissimilarity of platforms in the nested logit; 1: plain logit", "lambda; diversion 0.32 at two 15 % shares, between [CGO21] and [Techi14]"),
    field("outside_utility", &Attention::outside_utility, Unit::utils, {-20, 20}, none, "utility of all other use of time", "V_0; normalisation"),
    field("session_length",  &Attention::session_length, Unit::minutes, {0, 1440}, positive, "mean length of a session", "tau_s; Weibo, TrustData 2015 [CIW15]"));
}

constexpr auto fields_of(const Habit*) {
  using namespace rows;
  return std::make_tuple(
    field("strength",              &Habit::strength, Unit::utils, {0, 20}, none, "utility of a habit of one unit of attention share; 0: off", "eta; own calibration on [Allcott22], [Allcott20]"),
    field("friends_feed_strength", &Habit::friends_feed_strength, Unit::utils, {0, 20}, none, "extra strength times friends_feed_weight", "eta_F; assumed, sign [Penguin16]"),
    field("memory",                &Habit::memory, Unit::days, {0, 3660}, positive, "memory of habit", "tau_h; own calibration"));
}

constexpr auto fields_of(const AdResponse*) {
  using namespace rows;
  return std::make_tuple(
    field("flow_nuisance",     &AdResponse::flow_nuisance, Unit::utils, {0, 100}, none, "utility lost at once per unit of ad load", "beta_A; own calibration on [Goli25]"),
    field("stock_nuisance",    &AdResponse::stock_nuisance, Unit::utils, {0, 100}, none, "utility lost in the long run, through irritation, per unit of ad load; 0: off", "kappa_z; long run about three times the first month [Goli25]"),
    field("irritation_memory", &AdResponse::irritation_memory, Unit::days, {0, 36600}, positive, "memory of irritation", "tau_z; [Goli25]: over a year to unfold"),
    field("blindness",         &AdResponse::blindness, Unit::none, {0, 10}, none, "learned ad blindness per unit of ad load; 0: off", "lambda_b; existence [Hohnhold15], size assumed"),
    field("blindness_memory",  &AdResponse::blindness_memory, Unit::days, {0, 36600}, positive, "memory of blindness", "tau_b; assumed"));
}

constexpr auto fields_of(const Following*) {
  using namespace rows;
  return std::make_tuple(
    field("organic_rate",  &Following::organic_rate, Unit::per_day, {0, 1e6}, none, "rate of following a supplier met on the platform, times attention share and quality", "mu_o; assumed"),
    field("unfollow_rate", &Following::unfollow_rate, Unit::per_day, {0, 1e6}, none, "rate of dropping a followed supplier", "mu_u; assumed"),
    field("supply_memory", &Following::supply_memory, Unit::days, {0, 3660}, positive, "memory of what followed suppliers post", "tau_S; assumed"));
}

constexpr auto fields_of(const CrossPromotion*) {
  using namespace rows;
  return std::make_tuple(
    field("drag_rate",        &CrossPromotion::drag_rate, Unit::per_day, {0, 1e4}, none, "rate at which a followed supplier brings a follower along, per unit of attention share; 0: off", "mu_d; 15 % of followers in 30 d [Kotaku19]"),
    field("install_friction", &CrossPromotion::install_friction, Unit::none, {0, 1}, none, "factor on being brought along when an account is still needed", "delta_inst; assumed"),
    field("push_ceiling",     &CrossPromotion::push_ceiling, Unit::share, {0, 1}, none, "share of a supplier's posts that promote its account elsewhere", "x_max; suppliers push at the ceiling"));
}

constexpr auto fields_of(const Exit*) {
  using namespace rows;
  return std::make_tuple(
    field("baseline_churn",     &Exit::baseline_churn, Unit::per_year, {0, 1e4}, none, "constant hazard of leaving", "chi_0; form [Karsai14], size assumed"),
    field("disuse_churn",       &Exit::disuse_churn, Unit::per_year, {0, 1e4}, none, "hazard of leaving a platform that is hardly used; 0: off", "chi_a; assumed"),
    field("disuse_share",       &Exit::disuse_share, Unit::share, {0, 1}, positive, "habit below which disuse bites", "a_min; assumed"),
    field("threshold_delay",    &Exit::threshold_delay, Unit::days, {0, 36600}, may_be_never, "mean time to leave once too few contacts are left; never: off", "tau_x; form [Torok17], size assumed"),
    field("threshold_low",      &Exit::threshold_low, Unit::share, {0, 1}, none, "lowest personal threshold: share of once-active contacts still active", "phi; [Torok17]: uniform 0.5 +- 0.2"),
    field("threshold_high",     &Exit::threshold_high, Unit::share, {0, 1}, none, "highest personal threshold", "phi; [Torok17]"),
    field("threshold_contacts", &Exit::threshold_contacts, Unit::count, {0, 1000}, none, "contacts ever active below which the threshold does not apply", "n_min; assumed"),
    field("grace",              &Exit::grace, Unit::days, {0, 3660}, none, "nobody leaves earlier after joining", "assumed"));
}

constexpr auto fields_of(const PlatformAds*) {
  using namespace rows;
  return std::make_tuple(
    field("load",       &PlatformAds::load, Unit::share, {0, 1}, policy, "share of impressions that are ads", "A_k; lever"),
    field("per_minute", &PlatformAds::per_minute, Unit::per_minute, {0, 1000}, policy, "impressions seen per minute of use", "imp; assumed 4"),
    field("price",      &PlatformAds::price, Unit::cny_per_thousand, {0, 1e6}, policy, "price of a thousand ad impressions, unsold slots included", "CPM; effective, against 40-140 CNY list price of Moments ads [Technode15]"));
}

constexpr auto fields_of(const PlatformSellers*) {
  using namespace rows;
  return std::make_tuple(
    field("presence", &PlatformSellers::presence, Unit::share, {0, 1}, policy, "share of suppliers with an account on the platform", "P_jk; lever until suppliers decide by themselves"),
    field("effort",   &PlatformSellers::effort, Unit::none, {0, 10}, policy, "posting effort of the suppliers present, 1: as much as the first platform's at its start", "eff_jk; lever until suppliers decide by themselves"));
}

constexpr auto fields_of(const Platform*) {
  using namespace rows;
  return std::make_tuple(
    field("launch",              &Platform::launch, Unit::text, {}, required, "opening date; before it nobody can join"),
    field("initial_share",       &Platform::initial_share, Unit::share, {0, 1}, none, "share of the people online who are members at the launch", "0: starts empty"),
    field("intrinsic_utility",   &Platform::intrinsic_utility, Unit::utils, {-50, 50}, policy, "utility of time on the platform by itself", "b_k; trial run, calibrate first"),
    field("utility_shock",       &Platform::utility_shock, Unit::utils, {-50, 50}, policy, "exogenous change of utility (regulation, support)", "u_k; 0 unless set"),
    field("conversation_weight", &Platform::conversation_weight, Unit::none, {0, 1}, policy, "how far the platform serves conversation", "wC_k; roles from the seed text"),
    field("friends_feed_weight", &Platform::friends_feed_weight, Unit::none, {0, 1}, policy, "how far it offers a friends-only feed (Moments)", "wF_k"),
    field("broadcast_weight",    &Platform::broadcast_weight, Unit::none, {0, 1}, policy, "how far it serves broadcast content of suppliers", "wB_k"),
    field("innovation_rate",     &Platform::innovation_rate, Unit::per_year, {0, 1e4}, policy, "hazard of joining by oneself", "p_k; [Sultan90] and own fits 0.025-0.034"),
    field("imitation_rate",      &Platform::imitation_rate, Unit::per_year, {0, 1e4}, policy, "hazard of joining with all contacts active", "q_k; own fits 1.2-2.7 on registrations"),
    field("launch_pulse",        &Platform::launch_pulse, Unit::per_day, {0, 10}, none, "extra joining hazard in the first 14 days", "pulse_k; a million downloads in 14 days"),
    field("contact_import",      &Platform::contact_import, Unit::share, {0, 1}, policy, "share of an importable contact list that is reachable at once", "iota_k; assumed"),
    field("mirroring",           &Platform::mirroring, Unit::share, {0, 1}, policy, "share of suppliers' content elsewhere that is copied here", "g_k; lever"),
    field("session_dispersion",  &Platform::session_dispersion, Unit::none, {0, 1e9}, may_be_never, "gamma shape of sessions a day across days: small values make daily use irregular; never: Poisson. Enters observables only", "kappa_s; 0.2 gives Weibo's DAU/MAU of about 0.5"),
    field("accounts_per_person", &Platform::accounts_per_person, Unit::none, {0, 100}, positive, "registered accounts per person who ever joined; scales accounts_ever only", "1"),
    field("ads",                 &Platform::ads, Unit::text, {}, none, "advertising"),
    field("sellers",             &Platform::sellers, Unit::text, {}, none, "suppliers on the platform"));
}

constexpr auto fields_of(const RecordPanel*) {
  using namespace rows;
  return std::make_tuple(
    field("users", &RecordPanel::users, Unit::count, {0, 1e7}, none, "users of a fixed random sample recorded one by one", "chosen"));
}

constexpr auto fields_of(const Record*) {
  using namespace rows;
  return std::make_tuple(
    field("every",     &Record::every, Unit::days, {0, 3660}, none, "recording interval, a multiple of the tick; 0 d: each time step. Flows are summed over it, stocks read at its start", "chosen"),
    field("panel",     &Record::panel, Unit::text, {}, none, "per-user trajectories"),
    field("snapshots", &Record::snapshots, Unit::text, {}, none, "dates on which all users' columns are stored"));
}

constexpr auto fields_of(const Numerics*) {
  using namespace rows;
  return std::make_tuple(
    field("stocks", &Numerics::stocks, Unit::text, {}, none, "storage of habit, irritation and supply: u16 with stochastic rounding, or f32 (twice the memory, for checks)", "aggregates agree within 0.001"));
}

constexpr auto fields_of(const Scenario*) {
  using namespace rows;
  return std::make_tuple(
    field("title",           &Scenario::title, Unit::text, {}, required, "one line for charts and lists"),
    field("description",     &Scenario::description, Unit::text, {}, none, "what the scenario asks and assumes"),
    field("caveat",          &Scenario::caveat, Unit::text, {}, none, "a warning printed with every summary"),
    field("time",            &Scenario::time, Unit::text, {}, none, "calendar"),
    field("seed",            &Scenario::seed, Unit::count, {0, 4294967295.0}, none, "seed of all draws", "chosen"),
    field("replicate",       &Scenario::replicate, Unit::count, {0, 4294967295.0}, none, "number of the replicate: other luck, same scenario", "chosen"),
    field("population",      &Scenario::population, Unit::text, {}, none, "the users"),
    field("contacts",        &Scenario::contacts, Unit::text, {}, none, "who knows whom"),
    field("suppliers",       &Scenario::suppliers, Unit::text, {}, none, "sellers, brands, media, celebrities"),
    field("adoption",        &Scenario::adoption, Unit::text, {}, none, "joining a platform (S1, S7)"),
    field("utility",         &Scenario::utility, Unit::text, {}, none, "what time on a platform is worth (S3)"),
    field("attention",       &Scenario::attention, Unit::text, {}, none, "how time is divided (S4)"),
    field("habit",           &Scenario::habit, Unit::text, {}, none, "habit (S5)"),
    field("ad_response",     &Scenario::ad_response, Unit::text, {}, none, "what ads do to users (S6)"),
    field("following",       &Scenario::following, Unit::text, {}, none, "following suppliers (S2)"),
    field("cross_promotion", &Scenario::cross_promotion, Unit::text, {}, none, "suppliers who bring followers along (S7, S8)"),
    field("exit",            &Scenario::exit, Unit::text, {}, none, "leaving a platform (S10)"),
    field("platforms",       &Scenario::platforms, Unit::text, {}, required, "one to eight platforms by name"),
    field("interventions",   &Scenario::interventions, Unit::text, {}, none, "dated changes of policies by name"),
    field("record",          &Scenario::record, Unit::text, {}, none, "what is written"),
    field("numerics",        &Scenario::numerics, Unit::text, {}, none, "number formats"));
}
// clang-format on

// A member without a row does not compile. (Segment, DataSeries, Intervention and Change have readers of their own shape.)
static_assert(row_count<Scenario> == member_count<Scenario>);
static_assert(row_count<Population> == member_count<Population>);
static_assert(row_count<Suppliers> == member_count<Suppliers>);
static_assert(row_count<Adoption> == member_count<Adoption>);
static_assert(row_count<UtilityWeights> == member_count<UtilityWeights>);
static_assert(row_count<Exit> == member_count<Exit>);
static_assert(row_count<Platform> == member_count<Platform>);

}  // namespace spillway
