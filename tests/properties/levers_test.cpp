// Each lever against what theory says of it, all else equal: two runs share people, luck and past; one policy differs from 2012-06-24
// on (or from the start), and what it should move is compared at once, or after some weeks where suppliers must decide first.
//
// At once there is no noise: an event happens where the same uniform lies below its chance, so a larger chance adds events and
// removes none, and money is a function of counts that are still the same. Later the same suppliers have the same luck, and the levers
// are pulled so far that what they do exceeds what else may differ by then.
#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "model/policy.hpp"
#include "support/busy_market.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
constexpr std::size_t stage = 0, chat = 1;

using Measure = std::function<double(const World&, const Tally&)>;

struct Lever {
  const char* policy;  ///< as in policy_rows()
  std::size_t platform;
  double low, high;
  int ticks;  ///< from the tick in which the lever moves
  int direction;
  const char* moves;
  Measure measure;
  std::function<void(Scenario&)> prepare = [](Scenario&) {};
  bool from_start = false;
};

Measure total(Count count, std::size_t k) {
  return [=](const World&, const Tally& tally) { return static_cast<double>(tally.total(count, k)); };
}
Measure joins(std::size_t k) {
  return [=](const World&, const Tally& t) {
    return static_cast<double>(t.total(Count::joins_spontaneous, k) + t.total(Count::joins_peer, k) + t.total(Count::joins_drag, k));
  };
}
Measure money(double SupplierMoney::*part, std::size_t k) {
  return [=](const World& world, const Tally&) { return world.suppliers.money[k].*part; };
}
Measure of_platform(double PlatformState::*part, std::size_t k) {
  return [=](const World& world, const Tally&) { return world.platforms[k].*part; };
}
Measure stock(UserField field, int k) {
  return [=](const World& world, const Tally&) {
    double sum = 0.0;
    for (const double x : values_of(world, field, k)) sum += x;
    return sum;
  };
}
double sum_of(const std::array<std::int64_t, supplier_kinds>& parts) {
  std::int64_t sum = 0;
  for (const std::int64_t part : parts) sum += part;
  return static_cast<double>(sum);
}
Measure accounts(std::size_t k) {
  return [=](const World& world, const Tally&) { return sum_of(world.suppliers.counts[k].present); };
}
Measure celebrities(std::size_t k) {
  return [=](const World& world, const Tally&) { return static_cast<double>(world.suppliers.counts[k].present[0]); };
}
Measure served(std::size_t k) {
  return [=](const World& world, const Tally&) { return sum_of(world.suppliers.counts[k].served); };
}
Measure effort(std::size_t k) {
  return [=](const World& world, const Tally&) { return sum_of(world.suppliers.counts[k].effort); };
}
// What cross-promotion from the stage to the chat brings.
double passed(const World& world, const Tally& tally) {
  const PlatformTick& here = world.view.platform[stage];
  return static_cast<double>(tally.exposure[stage][chat]) * static_cast<double>(here.drag_to[chat]);
}

void half_banned(Scenario& s) { s.platforms[stage].second.ban.strictness = 0.5; }
void many_celebrities(Scenario& s) { s.suppliers.celebrity.share = 0.5; }
void few_phones(Scenario& s) { s.population.phones.points = {{s.time.start, 0.5}}; }
void loud(Scenario& s) {
  s.voice.complaint_rate = 1.0;
  s.platforms[stage].second.ads.response = 0.0;  // else no ads are left to complain about
}

const std::vector<Lever>& levers() {
  static const std::vector<Lever> table{
      {"intrinsic_utility", stage, -2.5, -2.0, 1, 1, "attention", total(Count::attention, stage)},
      {"utility_shock", stage, -0.5, 0.0, 1, 1, "attention", total(Count::attention, stage)},
      {"phone_utility", stage, 0.0, 1.0, 1, -1, "attention", total(Count::attention, stage), few_phones},
      {"reward", stage, 0.0, 0.5, 1, 1, "attention", total(Count::attention, stage)},
      {"conversation_weight", stage, 0.0, 1.0, 1, 1, "attention", total(Count::attention, stage)},
      {"friends_feed_weight", stage, 0.0, 1.0, 1, 1, "attention", total(Count::attention, stage)},
      {"broadcast_weight", stage, 0.0, 1.0, 1, 1, "attention", total(Count::attention, stage)},
      {"contact_import", stage, 0.0, 1.0, 1, 1, "attention", total(Count::attention, stage)},
      {"contact_import", chat, 0.0, 1.0, 1, 1, "joins", joins(chat)},
      {"innovation_rate", chat, 0.1, 1.0, 1, 1, "joins", joins(chat)},
      {"imitation_rate", chat, 1.0, 10.0, 1, 1, "joins", joins(chat)},
      {"mirroring", chat, 0.0, 1.0, 1, 1, "supply", stock(UserField::supply, chat)},
      {"qr_codes", chat, 0.0, 1.0, 1, 1, "followers brought along", passed},
      {"listening", stage, 0.1, 0.9, 1, 1, "complaints heard", total(Count::complaints_heard, stage), loud},
      {"reward_rate", chat, 0.0, 0.5, 1, 1, "social currency", stock(UserField::currency, chat)},
      {"ads.load", stage, 0.05, 0.40, 1, -1, "attention", total(Count::attention, stage)},
      {"ads.load", stage, 0.05, 0.40, 1, 1, "irritation", stock(UserField::irritation, stage)},
      {"ads.load", stage, 0.05, 0.40, 1, 1, "complaints",
       [](const World& w, const Tally&) { return static_cast<double>(w.platforms[stage].complaints); }, loud},
      {"ads.per_minute", stage, 2.0, 8.0, 1, 1, "impressions", of_platform(&PlatformState::impressions, stage)},
      {"ads.price", stage, 2.0, 8.0, 1, 1, "advertising revenue", of_platform(&PlatformState::ad_revenue, stage)},
      {"ads.response", stage, 0.0, 0.1, 3, -1, "ad load", of_platform(&PlatformState::ad_load, stage), loud},
      {"ads.climb", chat, 0.0, 0.02, 28, 1, "ad load", of_platform(&PlatformState::ad_load, chat), [](Scenario&) {}, true},
      {"sellers.presence", chat, 0.1, 0.9, 11, 1, "suppliers at the launch", accounts(chat), [](Scenario&) {}, true},
      {"sellers.effort", stage, 0.5, 1.0, 1, 1, "posts", effort(stage)},
      {"sellers.follower_value", chat, 1.0, 3.0, 1, 1, "sales", money(&SupplierMoney::own_sales, chat)},
      {"sellers.follower_value", chat, 0.5, 5.0, 1, 1, "followers brought along", passed},
      {"sellers.fee", stage, 0.0, 0.5, 1, 1, "fees", money(&SupplierMoney::fees, stage)},
      {"sellers.fee", stage, 0.0, 3.0, 12, -1, "suppliers", accounts(stage)},
      {"sellers.take", stage, 0.0, 0.3, 1, 1, "the platform's take", money(&SupplierMoney::take, stage)},
      {"sellers.take", stage, 0.0, 1.0, 12, -1, "suppliers", accounts(stage)},
      {"sellers.verified_incentive", stage, 0.0, 3.0, 12, 1, "celebrities", celebrities(stage), many_celebrities},
      {"sellers.service_accounts", chat, 0.0, 1.0, 6, 1, "service accounts", served(chat)},
      {"sellers.exclusive_celebrities", chat, 0.0, 1.0, 1, -1, "celebrities elsewhere", celebrities(stage), many_celebrities},
      {"ban.strictness", stage, 0.2, 0.9, 1, -1, "followers brought along", passed},
      {"ban.strictness", stage, 0.0, 1.0, 1, 1, "complaints",
       [](const World& w, const Tally&) { return static_cast<double>(w.platforms[stage].complaints); },
       [](Scenario& s) { loud(s), s.voice.ban_irritation = 5.0; }},
      {"ban.enforcement", stage, 0.2, 0.9, 1, -1, "followers brought along", passed, half_banned},
      {"ban.link", stage, 0.0, 1.0, 1, -1, "followers brought along", passed, half_banned},
      {"ban.text", stage, 0.0, 1.0, 1, -1, "followers brought along", passed, half_banned},
      {"ban.online_qr", stage, 0.0, 1.0, 1, -1, "followers brought along", passed, half_banned},
      {"marketplace.commission", stage, 0.0, 0.5, 1, 1, "commission", money(&SupplierMoney::commission, stage)},
      {"marketplace.commission_multiplier", chat, 0.0, 1.0, 1, 1, "commission", money(&SupplierMoney::commission, chat)},
      {"marketplace.commission_multiplier", chat, 0.0, 1.0, 1, 1, "followers brought along", passed},
      {"marketplace.link_openness", chat, 0.0, 1.0, 1, 1, "commission", money(&SupplierMoney::commission, chat)},
  };
  return table;
}

const PolicyRow& row_named(const std::string& name) {
  for (const PolicyRow& row : policy_rows())
    if (row.name == name) return row;
  throw std::runtime_error("no policy '" + name + "'");
}

double measured(const Lever& lever, double value) {
  Scenario s = whole_market(3000);
  std::erase_if(s.interventions, [](const auto& i) { return i.first == "dead_links" || i.first == "less_commission"; });
  lever.prepare(s);
  const std::string path = policy_path(row_named(lever.policy), s.platforms[lever.platform].first);
  s.interventions.push_back({"zz_lever", {day(lever.from_start ? "2012-01-01" : "2012-06-24"), false, {}, {{path, value}}, {}}});
  complete(s);
  Run run(s);
  if (!lever.from_start) run.ticks(25);
  const Tally& tally = run.ticks(static_cast<std::uint32_t>(lever.ticks));
  return lever.measure(*run.world, tally);
}
}  // namespace

TEST_CASE("each lever moves what theory says it moves, in that direction") {
  for (const Lever& lever : levers()) {
    INFO(lever.policy << " from " << lever.low << " to " << lever.high << ": " << lever.moves);
    const double low = measured(lever, lever.low), high = measured(lever, lever.high);
    INFO("from " << low << " to " << high);
    if (lever.direction > 0)
      CHECK(high > low);
    else
      CHECK(high < low);
  }
}

TEST_CASE("no policy is without such a test") {
  std::set<std::string> tested;
  for (const Lever& lever : levers()) tested.insert(lever.policy);
  for (const PolicyRow& row : policy_rows()) {
    INFO(row.name);
    if (row.name.starts_with("measurement.")) continue;  // definitions move nothing but what is counted: observe/measurement_test.cpp
    CHECK(tested.count(row.name) == 1);
  }
}

namespace {
/// What cross-promotion from stage to chat brings in the tick from 2012-08-05 on, with the ban of whole_market.
double passed_with(const std::function<void(Scenario&)>& change) {
  Scenario s = whole_market(3000);
  change(s);
  Run run(s);
  const Tally& tally = run.ticks(32);
  return passed(*run.world, tally);
}
}  // namespace

TEST_CASE("cross-promotion: ceiling, deterrence, channels, whom a ban is against") {
  const double base = passed_with([](Scenario&) {});
  // The first eleven weeks have no chat; then pushes differ, so followers do: but by far less than the lever.
  CHECK(passed_with([](Scenario& s) { s.cross_promotion.push_ceiling = 0.2; }) < 0.5 * base);
  CHECK(passed_with([](Scenario& s) { s.cross_promotion.deterrence = 1.0; }) < base);
  CHECK(passed_with([](Scenario& s) { s.cross_promotion.channels.offline_qr = 0.0; }) < base);
  CHECK(passed_with([](Scenario& s) { s.cross_promotion.push_steepness = 4.0; }) != base);
  const auto against = [](std::vector<std::string> rivals) {
    return [rivals](Scenario& s) { s.platforms[stage].second.ban.against = rivals; };
  };
  CHECK(passed_with(against({"chat"})) == base);  // the only other platform
  Scenario three = whole_market(3000, true);
  three.platforms[stage].second.ban.against = {"video"};
  Run run(three);
  run.ticks(32);
  const PlatformTick& here = run.world->view.platform[stage];
  CHECK(here.pass_to[1] == here.open_to[1]);
  CHECK(here.pass_to[2] < here.open_to[2]);
}

// S8: no ban reaches codes on shop walls.
TEST_CASE("a total ban leaks by the weight of offline codes") {
  Scenario s = whole_market(1000);
  s.platforms[stage].second.ban.strictness = 1.0;
  std::erase_if(s.interventions, [](const auto& i) { return i.first == "ban"; });
  Run run(s);
  run.ticks(32);
  CHECK(run.world->view.platform[stage].pass_to[chat] == Approx(s.cross_promotion.channels.offline_qr).epsilon(1e-6));
}

TEST_CASE("time competition: apart, a rival takes nothing") {
  const auto attention = [](Competition competition, double rival) {
    Scenario s = busy_market(2000);
    s.attention.competition = competition;
    s.platforms[stage].second.intrinsic_utility = -4.0;  // nobody's day is full
    s.interventions.push_back({"zz_rival", {day("2012-06-24"), false, {}, {{"platforms.chat.intrinsic_utility", rival}}, {}}});
    Run run(s);
    return run.ticks(26).total(Count::attention, stage);
  };
  CHECK(attention(Competition::independent, -4.0) == attention(Competition::independent, -5.0));
  CHECK(attention(Competition::nested, -4.0) < attention(Competition::nested, -5.0));
}

TEST_CASE("exclusive homing: all of a supplier's effort is on one platform") {
  Scenario s = whole_market(2000);
  s.suppliers.decisions.homing = SupplierHoming::exclusive;
  std::erase_if(s.interventions, [](const auto& i) { return i.first == "contracts"; });
  Run run(s);
  run.ticks(40);
  const SupplierState& suppliers = run.world->suppliers;
  std::size_t both = 0, posting = 0, accounts_on_both = 0;
  for (std::uint32_t j = 0; j < suppliers.count; ++j) {
    const bool one = suppliers.effort[j] > 0.0F, other = suppliers.effort[suppliers.count + j] > 0.0F;
    both += one && other && suppliers.profit[j] != suppliers.profit[suppliers.count + j] ? 1U : 0U;
    posting += one || other ? 1U : 0U;
    accounts_on_both += suppliers.present[j] == 3 ? 1U : 0U;
  }
  CHECK(posting > 50);
  CHECK(accounts_on_both > 20);
  // Equal profits share; those without profit on either count the same floor.
  for (std::uint32_t j = 0; j < suppliers.count; ++j) {
    const float a = suppliers.profit[j], b = suppliers.profit[suppliers.count + j];
    if (suppliers.present[j] != 3 || std::max(a, b) <= 0.0F || a == b) continue;
    INFO("supplier " << j);
    CHECK((suppliers.effort[j] == 0.0F) != (suppliers.effort[suppliers.count + j] == 0.0F));
  }
}

}  // namespace spillway::testing
