// The rows of every scenario struct: YAML key, member, unit, range, meaning, source of the default (model symbol first).
// Marks in `source`: "assumed" no direct evidence; "fit" own least squares; names in brackets are listed in sim/ODD.md.
// `.plausible(low, high)`: what the sources and the trial runs that fixed the default leave possible; `check` notes what lies outside.
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
    field("phones",             &Population::phones, Unit::share, {0, 1}, none, "share of the people online who are online by phone: a number, {series: file.csv} or {points: {date: value}}; acts through platforms.NAME.phone_utility", "1: everybody; CNNIC has the share for China"),
    field("conversation_taste", &Population::conversation_taste, Unit::share, {0, 1}, none, "mean taste for conversation (1) against broadcast content (0); individual spread: mean of three uniforms, sd 0.17", "omega; assumed"),
    field("taste_spread",       &Population::taste_spread, Unit::utils, {0, 10}, none, "standard deviation of a person's fixed taste for each platform (normal)", "sd(xi); assumed; of history calibrated").plausible(0, 10),
    field("time_budget",        &Population::time_budget, Unit::minutes_per_day, {0, 1440}, positive, "mean screen time a day (lognormal)", "Tbar; assumed").plausible(120, 400),
    field("time_budget_cv",     &Population::time_budget_cv, Unit::none, {0, 3}, none, "coefficient of variation of the time budget", "assumed"),
    field("ad_sensitivity",     &Population::ad_sensitivity, Unit::none, {0, 100}, none, "mean sensitivity to ads (lognormal)", "s; scale of beta_A"),
    field("ad_sensitivity_cv",  &Population::ad_sensitivity_cv, Unit::none, {0, 3}, none, "coefficient of variation of ad sensitivity", "assumed").plausible(0, 1),
    field("contact_list_share", &Population::contact_list_share, Unit::share, {0, 1}, none, "share of people with a contact list that a platform can import (QQ members)", "Q; assumed from the size of QQ").plausible(0.4, 0.95),
    field("segments",           &Population::segments, Unit::text, {}, none, "optional groups of people with tastes of their own; series are also recorded per segment"));
}

constexpr auto fields_of(const Contacts*) {
  using namespace rows;
  return std::make_tuple(
    field("kind",         &Contacts::kind, Unit::text, {}, none, "implicit: matchings within 64 people, within 4096 and among all, no memory; file: your own network; mixing: everybody meets everybody"),
    field("degree",       &Contacts::degree, Unit::count, {0, 120}, none, "mean number of close contacts (implicit; for more, give a file)", "d; reduced-degree argument of [Torok17]").plausible(5, 20),
    field("random_share", &Contacts::random_share, Unit::share, {0, 1}, none, "share of contacts drawn from the whole population (implicit)", "[Torok17]: 40 % random links").plausible(0.1, 1),
    field("path",         &Contacts::path, Unit::text, {}, none, "edge list (two user ids a line, from 0) or HDF5 file with datasets indptr and indices (kind: file)"));
}

constexpr auto fields_of(const Suppliers*) {
  using namespace rows;
  return std::make_tuple(
    field("per_user",            &Suppliers::per_user, Unit::none, {0, 1}, none, "suppliers (sellers, brands, media, celebrities) per user", "J/N; [Fu13]: about 2 % of accounts make most posts").plausible(0.002, 0.05),
    field("count",               &Suppliers::count, Unit::count, {0, 4294967295.0}, none, "number of suppliers; 0: per_user times users. Fix it when comparing population sizes", "J"),
    field("slots",               &Suppliers::slots, Unit::count, {1, 8}, none, "suppliers that a user can follow on each platform", "L; assumed: the effective few").plausible(4, 8),
    field("slot_group",          &Suppliers::slot_group, Unit::count, {1, 16}, none, "consecutive users who share candidate suppliers: 16, or 1 (slower, for checks)", "chosen: one look-up per vector of 16"),
    field("popularity_exponent", &Suppliers::popularity_exponent, Unit::none, {0, 3}, none, "exponent of the Zipf law of popularity", "assumed; power law of followers [Han14]").plausible(0.7, 1.3),
    field("effort_audience_elasticity", &Suppliers::effort_audience_elasticity, Unit::none, {0, 1}, none, "how a supplier's effort grows with its popularity", "eps_E; [Foerderer25]: a star's exit cut peers' output 17-20 %"),
    field("celebrity",    &Suppliers::celebrity, Unit::text, {}, none, "celebrities and other verified accounts: the most popular suppliers"),
    field("media",        &Suppliers::media, Unit::text, {}, none, "media, anywhere among the rest"),
    field("brand",        &Suppliers::brand, Unit::text, {}, none, "brands, anywhere among the rest"),
    field("small_seller", &Suppliers::small_seller, Unit::text, {}, none, "small sellers: all others"),
    field("behaviour",    &Suppliers::behaviour, Unit::text, {}, none, "adaptive: suppliers open and close accounts, divide their effort and push their followers where a follower earns more; fixed: presence and effort are the platforms' sellers.presence and sellers.effort, and all push at the ceiling", "S11, S8"),
    field("decisions",    &Suppliers::decisions, Unit::text, {}, none, "what adaptive suppliers decide by (S11)"));
}

constexpr auto fields_of(const SupplierClass*) {
  using namespace rows;
  return std::make_tuple(
    field("share",    &SupplierClass::share, Unit::share, {0, 1}, none, "share of all suppliers", "f_V for celebrities; assumed").plausible(0, 0.1),
    field("quality",  &SupplierClass::quality, Unit::none, {0, 100}, none, "pull of their content relative to a small seller's", "qual; assumed").plausible(1, 20),
    field("margin",   &SupplierClass::margin, Unit::none, {0, 100}, none, "own sales per follower relative to a small seller's", "m; assumed"),
    field("prestige", &SupplierClass::prestige, Unit::none, {0, 100}, none, "value of fame: profit units a day per log unit of followers relative to the reference", "prestige; assumed"));
}

constexpr auto fields_of(const SmallSellers*) {
  using namespace rows;
  return std::make_tuple(
    field("quality", &SmallSellers::quality, Unit::none, {0, 100}, none, "pull of their content", "qual; the measure of others"),
    field("margin",  &SmallSellers::margin, Unit::none, {0, 100}, none, "own sales per follower", "m; the measure of others"));
}

constexpr auto fields_of(const SupplierDecisions*) {
  using namespace rows;
  return std::make_tuple(
    field("interval",            &SupplierDecisions::interval, Unit::days, {0, 366}, positive, "how often each supplier decides; different suppliers on different days", "tau_sup; chosen: weekly planning"),
    field("entry_rate",          &SupplierDecisions::entry_rate, Unit::per_day, {0, 10}, none, "rate of opening an account where it pays without doubt; 0: nobody opens one", "nu_in; assumed, check on [Technode13]: 30 % levy, 20 % fewer accounts").plausible(0.002, 0.05),
    field("leave_rate",          &SupplierDecisions::leave_rate, Unit::per_day, {0, 10}, none, "rate of closing an account that loses without doubt; 0: nobody closes one", "nu_out; assumed").plausible(0.004, 0.1),
    field("steepness",           &SupplierDecisions::steepness, Unit::none, {0, 100}, none, "how sharply entry and exit follow profit", "theta_p; assumed").plausible(0.4, 10),
    field("entry_profit",        &SupplierDecisions::entry_profit, Unit::profit_units, {-100, 100}, none, "expected profit at which half the entry rate acts", "pi_0; assumed").plausible(0.1, 0.9),
    field("profit_memory",       &SupplierDecisions::profit_memory, Unit::days, {0, 3660}, positive, "memory of profit", "tau_pi; chosen: a month's accounts"),
    field("effort_steepness",    &SupplierDecisions::effort_steepness, Unit::none, {0, 20}, none, "how effort follows profit between platforms: 0 equal, 1 in proportion, large: all on the best", "theta_e; assumed").plausible(0, 8),
    field("effort_floor",        &SupplierDecisions::effort_floor, Unit::profit_units, {0, 100}, positive, "profit that a platform without profit counts as when effort is divided", "pi_f; assumed").plausible(0.03, 0.3),
    field("cross_posting",       &SupplierDecisions::cross_posting, Unit::none, {0, 10}, none, "extra effort of a supplier with accounts on several platforms, as posts are copied cheaply", "varsigma; assumed").plausible(0, 1),
    field("homing",              &SupplierDecisions::homing, Unit::text, {}, none, "multi: effort on several platforms; exclusive: all effort on the platform that earns most", "[Foerderer25], [Kotaku19]"),
    field("gross_profit",        &SupplierDecisions::gross_profit, Unit::profit_units, {0, 1000}, none, "gross profit a day at the reference number of followers and the reference attention", "gross; scales the median supplier on Weibo in 2012 to 1"),
    field("running_cost",        &SupplierDecisions::running_cost, Unit::profit_units, {0, 1000}, none, "cost of an account a day", "cost; assumed").plausible(0.07, 0.6),
    field("reference_attention", &SupplierDecisions::reference_attention, Unit::share, {0, 1}, positive, "attention share of members at which gross profit is stated", "a_ref; own trial run"),
    field("service_rate",        &SupplierDecisions::service_rate, Unit::per_day, {0, 10}, none, "rate of starting a service account (customer care) where the platform offers them; 0: off", "nu_crm; assumed").plausible(0, 1),
    field("service_lift",        &SupplierDecisions::service_lift, Unit::none, {0, 10}, none, "extra profit from a service account; 0: off", "zeta_crm; sign [Belli22]").plausible(0, 1),
    field("cny_per_unit",        &SupplierDecisions::cny_per_unit, Unit::none, {0, 1e9}, positive, "yuan in a profit unit, for reports only", "assumed"));
}

constexpr auto fields_of(const Adoption*) {
  using namespace rows;
  return std::make_tuple(
    field("homing",             &Adoption::homing, Unit::text, {}, none, "whether people may be on several platforms at once (multi), or who is a member of one cannot join another (single)", "multi: platforms were used side by side"),
    field("contagion_exponent", &Adoption::contagion_exponent, Unit::none, {0, 10}, positive, "power of the active share of contacts in the joining hazard", "gamma; linear: [Karsai14], [Quelle25]").plausible(0.2, 3),
    field("recency_weight",     &Adoption::recency_weight, Unit::share, {0, 1}, none, "weight of contacts who joined lately against all who are active", "rho; [Quelle25]"),
    field("recency_memory",     &Adoption::recency_memory, Unit::days, {0, 3660}, positive, "memory of recent joins", "tau_r; [Quelle25]: influence fades within a week").plausible(3, 14),
    field("utility_gate",       &Adoption::utility_gate, Unit::none, {0, 10}, none, "steepness with which expected utility opens the door; 0: always open", "psi; assumed; of history calibrated").plausible(0, 6),
    field("reference_utility",  &Adoption::reference_utility, Unit::utils, {-20, 20}, none, "utility at which the gate equals 1", "V_ref; assumed"),
    field("invite_boost",       &Adoption::invite_boost, Unit::none, {0, 10}, none, "extra imitation for owners of an importable contact list, times contact_import", "beta_Q; assumed").plausible(0, 2),
    field("rediscovery_time",   &Adoption::rediscovery_time, Unit::days, {0, 36600}, positive, "time to find one's contacts again on a platform by hand", "tau_c; assumed").plausible(20, 200),
    field("return_factor",      &Adoption::return_factor, Unit::none, {0, 1}, none, "joining hazard of someone who left, relative to a newcomer's", "r_re; assumed").plausible(0.05, 1),
    field("global_reach",       &Adoption::global_reach, Unit::share, {0, 1}, none, "weight of the platform's share of all people against one's own contacts", "w_G; [Huotari17] favours local"));
}

constexpr auto fields_of(const UtilityWeights*) {
  using namespace rows;
  return std::make_tuple(
    field("conversation",      &UtilityWeights::conversation, Unit::utils, {0, 50}, none, "value of conversation with all contacts present", "alpha_L; assumed").plausible(0, 4),
    field("friends_feed",      &UtilityWeights::friends_feed, Unit::utils, {0, 50}, none, "value of a friends-only feed with all contacts present", "alpha_F; [Dao21]: 72 % browse Moments daily").plausible(0, 3),
    field("supply",            &UtilityWeights::supply, Unit::utils, {0, 50}, none, "value of followed suppliers' content, per log unit", "alpha_S; [Chu16]: cross-side effects exceed same-side; of history calibrated").plausible(0, 4),
    field("supply_scale",      &UtilityWeights::supply_scale, Unit::none, {0, 1000}, positive, "supply at which content is worth ln 2", "S0; 1/Z at 600 suppliers"),
    field("fame",              &UtilityWeights::fame, Unit::utils, {0, 50}, none, "value of the platform's fame, a share", "alpha_G; [Chu16]: about 0").plausible(0, 2),
    field("fame_of",           &UtilityWeights::fame_of, Unit::text, {}, none, "what a platform is famous for: its share of all people online (members), or their mean attention share in the tick before (attention)", "M_k; members"),
    field("service_accounts",  &UtilityWeights::service_accounts, Unit::utils, {0, 50}, none, "value of service accounts when all followed suppliers keep one; 0: off", "alpha_R; [Dao21]: a third of daily users read official accounts").plausible(0, 1),
    field("sms_saving",        &UtilityWeights::sms_saving, Unit::utils, {0, 50}, none, "value of free messages while text messages cost 0.1 CNY; decays as bundles spread", "alpha_sms; assumed").plausible(0, 1.5),
    field("sms_saving_start",  &UtilityWeights::sms_saving_start, Unit::text, {}, none, "date from which the saving decays", "opening of Weixin, 21 Jan 2011"),
    field("sms_saving_memory", &UtilityWeights::sms_saving_memory, Unit::days, {0, 366000}, may_be_never, "decay time of the saving", "assumed: 3 years"));
}

constexpr auto fields_of(const Attention*) {
  using namespace rows;
  return std::make_tuple(
    field("competition",     &Attention::competition, Unit::text, {}, none, "nested: platforms compete for time with each other and the outside; independent: each with the outside alone", "[CGO21] against [Allcott20]"),
    field("nest_parameter",  &Attention::nest_parameter, Unit::none, {0.05, 1}, none, "dissimilarity of platforms in the nested logit; 1: plain logit", "lambda; diversion 0.32 at two 15 % shares, between [CGO21] and [Techi14]").plausible(0.2, 1),
    field("outside_utility", &Attention::outside_utility, Unit::utils, {-20, 20}, none, "utility of all other use of time", "V_0; normalisation"),
    field("session_length",  &Attention::session_length, Unit::minutes, {0, 1440}, positive, "mean length of a session", "tau_s; Weibo, TrustData 2015 [CIW15]").plausible(2, 10));
}

constexpr auto fields_of(const Habit*) {
  using namespace rows;
  return std::make_tuple(
    field("strength",              &Habit::strength, Unit::utils, {0, 20}, none, "utility of a habit of one unit of attention share; 0: off", "eta; own calibration on [Allcott22], [Allcott20]").plausible(0, 3),
    field("friends_feed_strength", &Habit::friends_feed_strength, Unit::utils, {0, 20}, none, "extra strength times friends_feed_weight", "eta_F; assumed, sign [Penguin16]").plausible(0, 2),
    field("memory",                &Habit::memory, Unit::days, {0, 3660}, positive, "memory of habit", "tau_h; own calibration").plausible(7, 60));
}

constexpr auto fields_of(const AdResponse*) {
  using namespace rows;
  return std::make_tuple(
    field("flow_nuisance",     &AdResponse::flow_nuisance, Unit::utils, {0, 100}, none, "utility lost at once per unit of ad load", "beta_A; own calibration on [Goli25]").plausible(0, 2),
    field("stock_nuisance",    &AdResponse::stock_nuisance, Unit::utils, {0, 100}, none, "utility lost in the long run, through irritation, per unit of ad load; 0: off", "kappa_z; long run about three times the first month [Goli25]").plausible(0, 4),
    field("irritation_memory", &AdResponse::irritation_memory, Unit::days, {0, 36600}, positive, "memory of irritation", "tau_z; [Goli25]: over a year to unfold").plausible(60, 400),
    field("blindness",         &AdResponse::blindness, Unit::none, {0, 10}, none, "learned ad blindness per unit of ad load; 0: off", "lambda_b; existence [Hohnhold15], size assumed").plausible(0, 2),
    field("blindness_memory",  &AdResponse::blindness_memory, Unit::days, {0, 36600}, positive, "memory of blindness", "tau_b; assumed").plausible(30, 180));
}

constexpr auto fields_of(const Following*) {
  using namespace rows;
  return std::make_tuple(
    field("organic_rate",  &Following::organic_rate, Unit::per_day, {0, 1e6}, none, "rate of following a supplier met on the platform, times attention share and quality", "mu_o; assumed").plausible(0.07, 0.6),
    field("unfollow_rate", &Following::unfollow_rate, Unit::per_day, {0, 1e6}, none, "rate of dropping a followed supplier", "mu_u; assumed").plausible(0.0003, 0.003),
    field("supply_memory", &Following::supply_memory, Unit::days, {0, 3660}, positive, "memory of what followed suppliers post", "tau_S; assumed").plausible(5, 60));
}

constexpr auto fields_of(const CrossPromotion*) {
  using namespace rows;
  return std::make_tuple(
    field("drag_rate",        &CrossPromotion::drag_rate, Unit::per_day, {0, 1e4}, none, "rate at which a followed supplier brings a follower along, per unit of attention share; 0: off", "mu_d; 15 % of followers in 30 d [Kotaku19]; of history calibrated, far less").plausible(0.0003, 0.1),
    field("install_friction", &CrossPromotion::install_friction, Unit::none, {0, 1}, none, "factor on being brought along when an account is still needed", "delta_inst; assumed").plausible(0.1, 1),
    field("push_ceiling",     &CrossPromotion::push_ceiling, Unit::share, {0, 1}, none, "largest share of a supplier's posts that promote its account elsewhere; 0: no cross-promotion", "x_max; assumed"),
    field("push_steepness",   &CrossPromotion::push_steepness, Unit::none, {0, 20}, none, "how sharply adaptive suppliers push towards the platform where a follower is worth more; 0: half the ceiling each way", "theta_x; assumed").plausible(0, 4),
    field("deterrence",       &CrossPromotion::deterrence, Unit::share, {0, 1}, none, "share of cross-promotion that the threat of punishment stops where a ban is total; 0: off", "vtheta; sign [Leiphone14]"),
    field("channels",         &CrossPromotion::channels, Unit::text, {}, none, "how promotion reaches followers"));
}

constexpr auto fields_of(const Channels*) {
  using namespace rows;
  return std::make_tuple(
    field("link",       &Channels::link, Unit::share, {0, 1}, none, "weight of links", "wgt; assumed"),
    field("text",       &Channels::text, Unit::share, {0, 1}, none, "weight of account names in posts", "wgt; assumed"),
    field("online_qr",  &Channels::online_qr, Unit::share, {0, 1}, none, "weight of QR codes in posts and pictures", "wgt; the main channel [Leiphone14]"),
    field("offline_qr", &Channels::offline_qr, Unit::share, {0, 1}, none, "weight of QR codes in shops and on packages, which no ban reaches", "wgt; assumed"));
}

constexpr auto fields_of(const Voice*) {
  using namespace rows;
  return std::make_tuple(
    field("complaint_rate",   &Voice::complaint_rate, Unit::per_day, {0, 10}, none, "rate of complaining per util of displeasure above the tolerance; 0: off", "nu_V; assumed").plausible(0, 0.05),
    field("tolerance",        &Voice::tolerance, Unit::utils, {0, 50}, none, "displeasure that nobody complains about", "Dis0; assumed"),
    field("loyalty",          &Voice::loyalty, Unit::none, {0, 100}, none, "how much more the habitual complain, per unit of habit", "ell_V; sign [Hirschman70]").plausible(0, 3),
    field("remedy",           &Voice::remedy, Unit::share, {0, 1}, none, "share of irritation that goes when a complaint is heard", "rho_z; assumed"),
    field("insult",           &Voice::insult, Unit::utils, {0, 4}, none, "irritation added when a complaint is ignored", "zeta; assumed").plausible(0, 0.1),
    field("ban_irritation",   &Voice::ban_irritation, Unit::utils, {0, 50}, none, "displeasure at a total ban of all cross-promotion; 0: off", "w_ban; assumed").plausible(0, 0.5),
    field("tolerated_complaints", &Voice::tolerated_complaints, Unit::none, {0, 1}, none, "complaints per member and week that a platform shrugs off before it answers with fewer ads", "C_tol; assumed"));
}

constexpr auto fields_of(const SocialCurrency*) {
  using namespace rows;
  return std::make_tuple(
    field("sharing",      &SocialCurrency::sharing, Unit::per_day, {0, 100}, none, "social currency earned per day of full attention; 0: off", "sig; 0.05 where used, assumed").plausible(0, 0.5),
    field("appreciation", &SocialCurrency::appreciation, Unit::none, {0, 100}, none, "extra earning when all contacts are there to like it", "like; assumed").plausible(0, 3),
    field("value",        &SocialCurrency::value, Unit::utils, {0, 50}, none, "utility per unit of social currency", "alpha_Y; assumed").plausible(0, 1),
    field("loyalty",      &SocialCurrency::loyalty, Unit::none, {0, 100}, none, "how much social currency holds people back from leaving", "ell_X; sign [Hirschman70]").plausible(0, 3),
    field("memory",       &SocialCurrency::memory, Unit::days, {0, 36600}, positive, "decay time of social currency", "tau_y; assumed"));
}

constexpr auto fields_of(const Exit*) {
  using namespace rows;
  return std::make_tuple(
    field("baseline_churn",     &Exit::baseline_churn, Unit::per_year, {0, 1e4}, none, "constant hazard of leaving", "chi_0; form [Karsai14], size assumed").plausible(0, 0.3),
    field("disuse_churn",       &Exit::disuse_churn, Unit::per_year, {0, 1e4}, none, "hazard of leaving a platform that is hardly used; 0: off", "chi_a; assumed; of history calibrated").plausible(0.02, 6),
    field("disuse_share",       &Exit::disuse_share, Unit::share, {0, 1}, positive, "habit below which disuse bites", "a_min; assumed"),
    field("threshold_delay",    &Exit::threshold_delay, Unit::days, {0, 36600}, may_be_never, "mean time to leave once too few contacts are left; never: off", "tau_x; form [Torok17], size assumed").plausible(20, 200),
    field("threshold_low",      &Exit::threshold_low, Unit::share, {0, 1}, none, "lowest personal threshold: share of once-active contacts still active", "phi; [Torok17]: uniform 0.5 +- 0.2"),
    field("threshold_high",     &Exit::threshold_high, Unit::share, {0, 1}, none, "highest personal threshold", "phi; [Torok17]"),
    field("threshold_contacts", &Exit::threshold_contacts, Unit::count, {0, 1000}, none, "contacts ever active below which the threshold does not apply", "n_min; assumed").plausible(1, 10),
    field("grace",              &Exit::grace, Unit::days, {0, 3660}, none, "nobody leaves earlier after joining", "assumed").plausible(0, 60));
}

constexpr auto fields_of(const PlatformAds*) {
  using namespace rows;
  return std::make_tuple(
    field("load",       &PlatformAds::load, Unit::share, {0, 1}, policy, "share of impressions that are ads", "A_k; lever").plausible(0, 0.3),
    field("per_minute", &PlatformAds::per_minute, Unit::per_minute, {0, 1000}, policy, "impressions seen per minute of use", "imp; assumed 4").plausible(2, 30),
    field("price",      &PlatformAds::price, Unit::cny_per_thousand, {0, 1e6}, policy, "price of a thousand ad impressions, unsold slots included", "CPM; effective, against 40-140 CNY list price of Moments ads [Technode15]").plausible(0.02, 140),
    field("response",   &PlatformAds::response, Unit::none, {0, 1000}, policy, "ad load taken back per week and unit of complaints per member and week that are heard; 0: complaints change no policy", "psi_L; 0.5 in the listening what-if, assumed").plausible(0, 2),
    field("climb",      &PlatformAds::climb, Unit::share, {0, 0.5}, policy, "step of a platform that feels its way: each quarter the load rises by it while revenue rose, and turns when revenue fell; 0: off", "S13; 0.01 where used"));
}

constexpr auto fields_of(const PlatformSellers*) {
  using namespace rows;
  return std::make_tuple(
    field("presence", &PlatformSellers::presence, Unit::share, {0, 1}, policy, "share of suppliers with an account: at the launch where they are adaptive, at any time where they are fixed", "P_jk; 0.3 on the first platform, assumed"),
    field("effort",   &PlatformSellers::effort, Unit::none, {0, 10}, policy, "factor on the posting effort of suppliers there (rules of the house: folders, censorship)", "1: as they like"),
    field("follower_value", &PlatformSellers::follower_value, Unit::none, {0, 1000}, policy, "what a follower earns a supplier per minute, relative to the first platform", "conv_k; calibrate, prior 1-6 for a messenger").plausible(0.33, 6),
    field("fee",      &PlatformSellers::fee, Unit::profit_units, {0, 1000}, policy, "what a supplier pays the platform for its account a day", "fee_k; lever"),
    field("take",     &PlatformSellers::take, Unit::share, {0, 1}, policy, "share of suppliers' earnings that the platform keeps", "take_k; 0.3 levy on marketers 2012-13 [Technode13]").plausible(0, 0.5),
    field("verified_incentive", &PlatformSellers::verified_incentive, Unit::profit_units, {0, 1000}, policy, "what a celebrity's account is worth to it a day besides earnings: verification, promotion, payments", "Vinc_k; 0.5 on Weibo, assumed").plausible(0, 2),
    field("service_accounts",   &PlatformSellers::service_accounts, Unit::share, {0, 1}, policy, "how far the platform offers service accounts (customer care); 0: not, 1: to every supplier", "feature; WeChat 5.0, Aug 2013"),
    field("exclusive_celebrities", &PlatformSellers::exclusive_celebrities, Unit::share, {0, 1}, policy, "share of celebrities, from the most popular down, bound to this platform alone by contract", "0; lever [Kotaku19]"));
}

constexpr auto fields_of(const PlatformBan*) {
  using namespace rows;
  return std::make_tuple(
    field("strictness",  &PlatformBan::strictness, Unit::share, {0, 1}, policy, "share of cross-promotion to other platforms that is stopped in the channels below; 1: a dam without leaks, 0.25 in links: throttling them [Markup23]", "B_k; 0.8 on Weibo from Nov 2014, assumed"),
    field("enforcement", &PlatformBan::enforcement, Unit::share, {0, 1}, policy, "share of the ban that is enforced", "enf_k; assumed"),
    field("link",        &PlatformBan::link, Unit::share, {0, 1}, policy, "how far the ban covers links", "B_k,c"),
    field("text",        &PlatformBan::text, Unit::share, {0, 1}, policy, "how far it covers account names in posts", "B_k,c"),
    field("online_qr",   &PlatformBan::online_qr, Unit::share, {0, 1}, policy, "how far it covers QR codes in posts and pictures", "B_k,c"),
    field("against",     &PlatformBan::against, Unit::text, {}, none, "platforms whose promotion is banned; empty: all others"));
}

constexpr auto fields_of(const PlatformMeasurement*) {
  using namespace rows;
  return std::make_tuple(
    field("accounts_per_person", &PlatformMeasurement::accounts_per_person, Unit::none, {0, 100}, policy | positive, "registered accounts per person who ever joined, those included that nobody uses", "acc_k; 1: one each; of Weibo's accounts 57 % were empty [Fu13]").plausible(1, 5),
    field("counted_per_user",    &PlatformMeasurement::counted_per_user, Unit::none, {0, 100}, policy | positive, "accounts that the company counts as active in a month (on a day) per person who used the platform in it: above 1 several accounts of one person, below 1 a stricter definition", "def_k; 1: one account each, any use; range assumed").plausible(0.7, 1.5),
    field("outside_accounts",    &PlatformMeasurement::outside_accounts, Unit::accounts, {0, 1e11}, policy, "registered accounts of people outside the simulated population, such as overseas", "out_k; 0: none"),
    field("outside_active",      &PlatformMeasurement::outside_active, Unit::share, {0, 1}, policy, "share of outside_accounts that the company counts as active in a month", "act_k; 0: registered only"));
}

constexpr auto fields_of(const Survey*) {
  using namespace rows;
  return std::make_tuple(
    field("other_providers", &Survey::other_providers, Unit::none, {0, 1000}, positive, "people whom a survey counts as users of any provider's broadcast platform within half a year, per person who used one of the simulated ones", "oth; 1: there are no others; range assumed").plausible(1, 5));
}

constexpr auto fields_of(const Marketplace*) {
  using namespace rows;
  return std::make_tuple(
    field("commission",            &Marketplace::commission, Unit::none, {0, 100}, policy, "affiliate commission per follower, relative to a small seller's own sales; 0: none paid", "c_0; ratio assumed").plausible(0, 1),
    field("reference_commission",  &Marketplace::reference_commission, Unit::none, {0, 100}, none, "commission at which gross profit is stated", "c_0 in the scale of profit"),
    field("commission_multiplier", &Marketplace::commission_multiplier, Unit::share, {0, 1}, policy, "share of the commission that is paid for traffic from a platform; 0: nothing", "kappa_k; 1"),
    field("link_openness",         &Marketplace::link_openness, Unit::share, {0, 1}, policy, "how far the marketplace's links open inside a platform; 0: dead links", "ell_k; 1"));
}

constexpr auto fields_of(const Platform*) {
  using namespace rows;
  return std::make_tuple(
    field("launch",              &Platform::launch, Unit::text, {}, required, "opening date; before it nobody can join"),
    field("initial_share",       &Platform::initial_share, Unit::share, {0, 1}, none, "share of the people online who are members at the launch", "0: starts empty"),
    field("intrinsic_utility",   &Platform::intrinsic_utility, Unit::utils, {-50, 50}, policy, "utility of time on the platform by itself", "b_k; trial run; of history calibrated").plausible(-10, 4),
    field("utility_shock",       &Platform::utility_shock, Unit::utils, {-50, 50}, policy, "exogenous change of utility (regulation, support)", "u_k; 0 unless set"),
    field("phone_utility",       &Platform::phone_utility, Unit::utils, {-50, 50}, policy, "utility gained by those who have the platform at hand on a phone: it is lacked by the share of people who are online without one", "v_k; 0: no matter, or all its users have phones. Calibrate").plausible(0, 25),
    field("conversation_weight", &Platform::conversation_weight, Unit::none, {0, 1}, policy, "how far the platform serves conversation", "wC_k; roles from the seed text"),
    field("friends_feed_weight", &Platform::friends_feed_weight, Unit::none, {0, 1}, policy, "how far it offers a friends-only feed (Moments)", "wF_k"),
    field("broadcast_weight",    &Platform::broadcast_weight, Unit::none, {0, 1}, policy, "how far it serves broadcast content of suppliers", "wB_k"),
    field("innovation_rate",     &Platform::innovation_rate, Unit::per_year, {0, 1e4}, policy, "hazard of joining by oneself", "p_k; [Sultan90] and own fits 0.025-0.034").plausible(0.001, 0.06),
    field("imitation_rate",      &Platform::imitation_rate, Unit::per_year, {0, 1e4}, policy, "hazard of joining with all contacts active", "q_k; own fits 1.2-2.7 on registrations, before the utility gate and recency thin it; of history calibrated").plausible(0.15, 100),
    field("launch_pulse",        &Platform::launch_pulse, Unit::per_day, {0, 10}, none, "extra joining hazard in the first 14 days", "pulse_k; a million downloads in 14 days").plausible(0, 1e-3),
    field("contact_import",      &Platform::contact_import, Unit::share, {0, 1}, policy, "share of an importable contact list that is reachable at once", "iota_k; assumed"),
    field("mirroring",           &Platform::mirroring, Unit::share, {0, 1}, policy, "share of suppliers' content elsewhere that is copied here", "g_k; lever"),
    field("qr_codes",            &Platform::qr_codes, Unit::share, {0, 1}, policy, "how far accounts here can be reached by scanning a QR code; 0: not yet", "1; Weixin 3.5, Dec 2011"),
    field("listening",           &Platform::listening, Unit::share, {0, 1}, policy, "share of complaints that are heard", "Lis_k; Weibo 0.1, WeChat 0.7, assumed"),
    field("reward",              &Platform::reward, Unit::utils, {-50, 50}, policy, "utility of rewards for using the platform (points, red packets)", "R_k; 0").plausible(0, 1),
    field("reward_rate",         &Platform::reward_rate, Unit::per_day, {0, 100}, policy, "social currency that the platform grants per day of full attention", "Ry_k; 0").plausible(0, 1),
    field("session_dispersion",  &Platform::session_dispersion, Unit::none, {0, 1e9}, may_be_never, "gamma shape of sessions a day across days: small values make daily use irregular; never: Poisson. Enters observables only", "kappa_s; 0.2 gives Weibo's DAU/MAU of about 0.5"),
    field("ads",                 &Platform::ads, Unit::text, {}, none, "advertising"),
    field("sellers",             &Platform::sellers, Unit::text, {}, none, "suppliers on the platform"),
    field("ban",                 &Platform::ban, Unit::text, {}, none, "what it forbids of promoting other platforms (S8)"),
    field("measurement",         &Platform::measurement, Unit::text, {}, none, "how the company counts accounts; enters observables only"));
}

constexpr auto fields_of(const RecordPanel*) {
  using namespace rows;
  return std::make_tuple(
    field("users", &RecordPanel::users, Unit::count, {0, 1e7}, none, "users of a fixed random sample recorded one by one", "chosen"),
    field("suppliers", &RecordPanel::suppliers, Unit::count, {0, 1e7}, none, "suppliers recorded one by one: the most popular tenth of them, the rest a fixed random sample", "chosen"));
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
    field("voice",           &Scenario::voice, Unit::text, {}, none, "complaining, being heard or ignored (S9)"),
    field("social_currency", &Scenario::social_currency, Unit::text, {}, none, "points and prestige from sharing (S12)"),
    field("exit",            &Scenario::exit, Unit::text, {}, none, "leaving a platform (S10)"),
    field("platforms",       &Scenario::platforms, Unit::text, {}, required, "one to eight platforms by name"),
    field("marketplace",     &Scenario::marketplace, Unit::text, {}, none, "Taobao and Alimama: what suppliers earn besides their own sales"),
    field("interventions",   &Scenario::interventions, Unit::text, {}, none, "dated changes of policies by name"),
    field("survey",          &Scenario::survey, Unit::text, {}, none, "how a survey counts persons; enters observables only"),
    field("record",          &Scenario::record, Unit::text, {}, none, "what is written"),
    field("numerics",        &Scenario::numerics, Unit::text, {}, none, "number formats"));
}
// clang-format on

// A member without a row does not compile. (Segment, DataSeries, Intervention and Change have readers of their own shape.)
static_assert(row_count<Scenario> == member_count<Scenario>);
static_assert(row_count<Population> == member_count<Population>);
static_assert(row_count<Suppliers> == member_count<Suppliers>);
static_assert(row_count<SupplierClass> == member_count<SupplierClass>);
static_assert(row_count<SmallSellers> == member_count<SmallSellers>);
static_assert(row_count<SupplierDecisions> == member_count<SupplierDecisions>);
static_assert(row_count<CrossPromotion> == member_count<CrossPromotion>);
static_assert(row_count<Channels> == member_count<Channels>);
static_assert(row_count<Voice> == member_count<Voice>);
static_assert(row_count<SocialCurrency> == member_count<SocialCurrency>);
static_assert(row_count<PlatformAds> == member_count<PlatformAds>);
static_assert(row_count<PlatformSellers> == member_count<PlatformSellers>);
static_assert(row_count<PlatformBan> == member_count<PlatformBan>);
static_assert(row_count<PlatformMeasurement> == member_count<PlatformMeasurement>);
static_assert(row_count<Survey> == member_count<Survey>);
static_assert(row_count<Marketplace> == member_count<Marketplace>);
static_assert(row_count<Attention> == member_count<Attention>);
static_assert(row_count<Adoption> == member_count<Adoption>);
static_assert(row_count<UtilityWeights> == member_count<UtilityWeights>);
static_assert(row_count<Exit> == member_count<Exit>);
static_assert(row_count<Platform> == member_count<Platform>);

}  // namespace spillway
