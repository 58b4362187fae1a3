// Everything that decides a run, as plain data. Defaults are the member initialisers here and nowhere else; what each member
// means, its unit, range and source stand in scenario_fields.hpp. A Scenario that leaves the input room is complete and valid.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"

namespace spillway {

inline constexpr double never = std::numeric_limits<double>::infinity();       // a duration that does not end
inline constexpr double inherited = std::numeric_limits<double>::quiet_NaN();  // a segment's value not given: the population's

/// A map that keeps the order of the file.
template <class T>
using Named = std::vector<std::pair<std::string, T>>;

/// Value over time: straight lines between dated points, constant after the last, the first line continued before the first.
struct DataSeries {
  std::string file;                             ///< CSV it was read from, as written; empty for a number or inline points
  std::vector<std::pair<Date, double>> points;  ///< ascending; a single point is a constant
};

struct Time {
  Date start{make_date(2009, 8, 14)};
  Date end{make_date(2016, 12, 31)};
  double step = 7.0;
};

struct Segment {
  std::string name = "everyone";
  double share = 1.0;
  double conversation_taste = inherited;
  double time_budget = inherited;
  double ad_sensitivity = inherited;
};

struct Population {
  std::uint32_t users = 1'000'000;
  DataSeries people{{}, {{make_date(2009, 8, 14), 731e6}}};
  DataSeries phones{{}, {{make_date(2009, 8, 14), 1.0}}};
  double conversation_taste = 0.5;
  double taste_spread = 0.5;
  double time_budget = 240.0;
  double time_budget_cv = 0.6;
  double ad_sensitivity = 1.0;
  double ad_sensitivity_cv = 0.5;
  double contact_list_share = 0.7;
  std::vector<Segment> segments;
};

enum class ContactsKind { implicit, file, mixing };

struct Contacts {
  ContactsKind kind = ContactsKind::implicit;
  double degree = 12.0;
  double random_share = 0.4;
  std::string path;
};

/// Suppliers of one kind; the shares of the kinds that have one are taken from all suppliers, small sellers are the rest.
struct SupplierClass {
  double share = 0.0;
  double quality = 1.0;
  double margin = 1.0;
  double prestige = 0.0;
};

struct SmallSellers {
  double quality = 1.0;
  double margin = 1.0;
};

enum class SupplierBehaviour { adaptive, fixed };
enum class SupplierHoming { multi, exclusive };

/// What suppliers decide by (behaviour: adaptive). A profit unit is the net profit a day of the median supplier on the first
/// platform in mid-2012.
struct SupplierDecisions {
  double interval = 7.0;
  double entry_rate = 0.01;
  double leave_rate = 0.02;
  double steepness = 2.0;
  double entry_profit = 0.3;
  double profit_memory = 30.0;
  double effort_steepness = 1.0;
  double effort_floor = 0.1;
  double cross_posting = 0.3;
  SupplierHoming homing = SupplierHoming::multi;
  double gross_profit = 1.2;
  double running_cost = 0.2;
  double reference_attention = 0.08;
  double service_rate = 0.002;
  double service_lift = 0.2;
  double cny_per_unit = 100.0;
};

struct Suppliers {
  double per_user = 0.01;
  std::uint32_t count = 0;
  std::uint32_t slots = 8;
  std::uint32_t slot_group = 16;
  double popularity_exponent = 1.0;
  double effort_audience_elasticity = 0.2;
  SupplierClass celebrity{0.02, 5.0, 1.0, 0.3};
  SupplierClass media;
  SupplierClass brand;
  SmallSellers small_seller;
  SupplierBehaviour behaviour = SupplierBehaviour::adaptive;
  SupplierDecisions decisions;
};

enum class Homing { multi, single };

struct Adoption {
  Homing homing = Homing::multi;
  double contagion_exponent = 1.0;
  double recency_weight = 0.3;
  double recency_memory = 7.0;
  double utility_gate = 1.0;
  double reference_utility = -2.5;
  double invite_boost = 0.5;
  double rediscovery_time = 60.0;
  double return_factor = 0.2;
  double global_reach = 0.0;
};

enum class FameOf { members, attention };

struct UtilityWeights {
  double conversation = 2.0;
  double friends_feed = 1.0;
  double supply = 0.8;
  double supply_scale = 0.176;
  double fame = 0.0;
  FameOf fame_of = FameOf::members;
  double service_accounts = 0.3;
  double sms_saving = 0.6;
  Date sms_saving_start{make_date(2011, 1, 21)};
  double sms_saving_memory = 3.0 * days_per_year;
};

enum class Competition { nested, independent };

struct Attention {
  Competition competition = Competition::nested;
  double nest_parameter = 0.8;
  double outside_utility = 0.0;
  double session_length = 4.2;
};

struct Habit {
  double strength = 2.0;
  double friends_feed_strength = 0.5;
  double memory = 21.0;
};

struct AdResponse {
  double flow_nuisance = 0.35;
  double stock_nuisance = 0.70;
  double irritation_memory = 150.0;
  double blindness = 0.5;
  double blindness_memory = 90.0;
};

struct Following {
  double organic_rate = 0.2;
  double unfollow_rate = 0.001;
  double supply_memory = 20.0;
};

/// How promotion of an account elsewhere reaches followers; weights of the channels, which sum to at most 1.
struct Channels {
  double link = 0.3;
  double text = 0.2;
  double online_qr = 0.4;
  double offline_qr = 0.1;
};

struct CrossPromotion {
  double drag_rate = 0.035;
  double install_friction = 0.5;
  double push_ceiling = 1.0;
  double push_steepness = 1.0;
  double deterrence = 0.5;
  Channels channels;
};

struct Voice {
  double complaint_rate = 0.01;
  double tolerance = 0.03;
  double loyalty = 1.0;
  double remedy = 0.5;
  double insult = 0.02;
  double ban_irritation = 0.05;
  double tolerated_complaints = 1e-4;
};

struct SocialCurrency {
  double sharing = 0.0;
  double appreciation = 1.0;
  double value = 0.2;
  double loyalty = 1.0;
  double memory = 90.0;
};

struct Exit {
  double baseline_churn = 0.03;
  double disuse_churn = 2.0;
  double disuse_share = 0.02;
  double threshold_delay = 60.0;
  double threshold_low = 0.3;
  double threshold_high = 0.7;
  std::uint32_t threshold_contacts = 3;
  double grace = 30.0;
};

struct PlatformAds {
  double load = 0.0;
  double per_minute = 4.0;
  double price = 4.0;
  double response = 0.0;
  double climb = 0.0;
};

struct PlatformSellers {
  double presence = 0.0;
  double effort = 1.0;
  double follower_value = 1.0;
  double fee = 0.0;
  double take = 0.0;
  double verified_incentive = 0.0;
  double service_accounts = 0.0;
  double exclusive_celebrities = 0.0;
};

/// What a platform forbids of cross-promotion. A ban's force in a channel is strictness times the channel's share times
/// enforcement; no ban reaches QR codes scanned off a shop's wall.
struct PlatformBan {
  double strictness = 0.0;
  double enforcement = 1.0;
  double link = 1.0;
  double text = 1.0;
  double online_qr = 1.0;
  std::vector<std::string> against;  ///< platforms whose promotion is banned; empty: all others
};

/// How the company counts: from people to the accounts that it reports. Acts on observables alone, never on anybody.
struct PlatformMeasurement {
  double accounts_per_person = 1.0;
  double counted_per_user = 1.0;
  double outside_accounts = 0.0;
  double outside_active = 0.0;
};

struct Platform {
  Date launch{make_date(2009, 8, 14)};
  double initial_share = 0.0;
  double intrinsic_utility = -3.2;
  double utility_shock = 0.0;
  double phone_utility = 0.0;
  double conversation_weight = 1.0;
  double friends_feed_weight = 0.0;
  double broadcast_weight = 0.0;
  double innovation_rate = 0.03;
  double imitation_rate = 1.5;
  double launch_pulse = 1e-4;
  double contact_import = 0.0;
  double mirroring = 0.0;
  double qr_codes = 1.0;
  double listening = 0.0;
  double reward = 0.0;
  double reward_rate = 0.0;
  double session_dispersion = 0.2;
  PlatformAds ads;
  PlatformSellers sellers;
  PlatformBan ban;
  PlatformMeasurement measurement;
};

/// Taobao and its affiliate market Alimama: what suppliers earn besides their own sales. The maps are by platform, 1 where a
/// platform is not named.
struct Marketplace {
  double commission = 0.5;
  double reference_commission = 0.5;
  Named<double> commission_multiplier;
  Named<double> link_openness;
};

/// How a survey counts; acts on observables alone.
struct Survey {
  double other_providers = 1.0;
};

/// One change of policies, `path` being "platforms.weibo.ads.load".
struct Change {
  std::string path;
  double value = 0.0;
};

/// From `on`: every `set` path takes its value (until `until`, where given, when what was scheduled comes back);
/// every `ramp` path moves in a straight line from its value at `on` to the given one at `until` and stays there.
struct Intervention {
  Date on{};
  bool has_until = false;
  Date until{};
  std::vector<Change> set;
  std::vector<Change> ramp;
};

struct RecordPanel {
  std::uint32_t users = 0;
  std::uint32_t suppliers = 0;
};

struct Record {
  double every = 0.0;  ///< 0: each step
  RecordPanel panel;
  std::vector<Date> snapshots;
};

enum class StockType { u16, f32 };

struct Numerics {
  StockType stocks = StockType::u16;
};

struct Scenario {
  std::string title;
  std::string description;
  std::string caveat;
  Time time;
  std::uint32_t seed = 1;
  std::uint32_t replicate = 0;
  Population population;
  Contacts contacts;
  Suppliers suppliers;
  Adoption adoption;
  UtilityWeights utility;
  Attention attention;
  Habit habit;
  AdResponse ad_response;
  Following following;
  CrossPromotion cross_promotion;
  Voice voice;
  SocialCurrency social_currency;
  Exit exit;
  Named<Platform> platforms;
  Marketplace marketplace;
  Named<Intervention> interventions;
  Survey survey;
  Record record;
  Numerics numerics;
};

inline constexpr std::size_t max_platforms = 8;
inline constexpr std::size_t max_slots = 8;

}  // namespace spillway
