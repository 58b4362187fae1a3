// D37: complaints, and what hearing them does.
//
// The chain of D37 has people upset at random (rate delta) and appeased by themselves (rate r). Here displeasure is no event: it is a
// function of the ad load, the stock of irritation, the ban and the shock, so delta and r cannot be set. Two limits of the chain remain.
// Upset again at once (delta to infinity): complaints over a life, nu / E, do not depend on delta or r at all, so the table's values
// hold; a life is 1 / E. And upset once (delta = 0 after the start, r = 0): whoever is heard is content for good, E / R is the chance of
// leaving before. An ignored complaint leads to leaving through an insult so large that attention, and with it habit, falls to nothing,
// which meets a rate of disuse for a tick.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
constexpr double churn = 0.01, complain = 0.02;  // chi, nu: a day
constexpr double at_once = 1e-6;                 // days: a stock without memory
constexpr double grave = 50.0;                   // utils: an insult that ends all use

/// Daily ticks; members who leave do not return. Loyalty is off, so that a complaint's hazard is the rate times displeasure.
Scenario voices(std::uint32_t users, double listening) {
  Scenario s = still_market(users, {-1.0}, 1.0);
  s.habit.memory = at_once;
  s.voice = {.complaint_rate = complain, .tolerance = 0.0, .loyalty = 0.0, .remedy = 1.0, .insult = grave, .ban_irritation = 0.0};
  s.ad_response.flow_nuisance = s.ad_response.stock_nuisance = 0.0;
  s.exit.grace = 0.0;
  s.exit.baseline_churn = churn * days_per_year;
  s.exit.disuse_share = 1e-3;
  s.adoption.return_factor = 0.0;
  s.platforms[0].second.listening = listening;
  return s;
}

double heard(const Tally& t) { return static_cast<double>(t.total(Count::complaints_heard, 0)); }
double complaints(const Tally& t) { return heard(t) + static_cast<double>(t.total(Count::complaints_ignored, 0)); }
}  // namespace

// In daily ticks: an ignored complaint (chance a = c (1 - L)) leads to leaving in the next tick with chance i. So a member leaves with
// x + a (1 - x) i a tick, x by churn, but in the first tick with x alone. Each lives a geometric number of ticks and complains
// binomially in each: variance of complaints over a life, m (1 + m) at most.
TEST_CASE("D37: a listening platform hears more complaints") {
  constexpr std::uint32_t users = 40'000;
  constexpr double persuaded = 0.1;  // i
  const std::array<double, 3> listening{0.0, 0.5, 1.0}, per_life{1.667, 1.818, 2.0};
  std::array<double, 3> received{}, told_heard{};
  for (std::size_t at = 0; at < 3; ++at) {
    Scenario s = voices(users, listening[at]);
    s.ad_response.irritation_memory = at_once;
    s.exit.disuse_churn = -std::log(1.0 - persuaded) * days_per_year;
    s.platforms[0].second.utility_shock = -1.0;  // displeasure 1 of everybody, whatever is answered
    Run run(s);
    const double c = 1.0 - std::exp(-complain), x = 1.0 - std::exp(-churn);
    const double leave = x + c * (1.0 - listening[at]) * (1.0 - x) * persuaded;
    double all = 0.0, of_them_heard = 0.0;
    for (int tick = 1; tick <= 1500; ++tick) {  // e^-15 are left
      const Tally& tally = run.tick();
      all += complaints(tally);
      of_them_heard += heard(tally);
      if (tick != 50 && tick != 150) continue;
      const double left = (1.0 - x) * std::pow(1.0 - leave, tick - 1);
      INFO("listening " << listening[at] << ", tick " << tick);
      CHECK(std::abs(static_cast<double>(run.world->platforms[0].active) / users - left) < 4.0 * std::sqrt(left * (1.0 - left) / users));
    }
    const double expected = c * (1.0 + (1.0 - x) / leave);   // mean ticks of a life: the first, and those after it
    CHECK(expected == Approx(per_life[at]).epsilon(0.015));  // days are short: the closed form nu / E
    received[at] = all / users;
    told_heard[at] = of_them_heard;
    INFO("listening " << listening[at] << ": " << received[at] << " of " << expected);
    CHECK(std::abs(received[at] - expected) < 4.0 * std::sqrt(expected * (1.0 + expected) / users));
    CHECK(std::abs(of_them_heard - listening[at] * all) <= 4.0 * std::sqrt(listening[at] * (1.0 - listening[at]) * all));
  }
  CHECK((received[0] < received[1] && received[1] < received[2]));
  CHECK((told_heard[0] < told_heard[1] && told_heard[1] < told_heard[2]));
}

namespace {
/// Who left upset, of those upset at the start: everybody.
double left_upset(Scenario s) {
  s.ad_response.irritation_memory = never;
  s.exit.disuse_churn = 1e3 * days_per_year;  // whoever is ignored leaves in the next tick
  Run run(s);
  float* irritation = run.world->view.columns[0].irritation.f32;
  const std::uint32_t users = run.world->view.users;
  for (std::uint32_t user = 0; user < users; ++user) irritation[user] = 1.0F;
  std::vector<bool> content(users);
  double gone = 0.0;
  std::vector<bool> left(users);
  for (int tick = 0; tick < 1000; ++tick) {
    run.tick();
    for (std::uint32_t user = 0; user < users; ++user) {
      if (content[user] || left[user]) continue;
      left[user] = MembershipRef::status(run.world->view.membership.get(user), 0) != 1;
      content[user] = !left[user] && irritation[user] == 0.0F;
      gone += left[user] ? 1.0 : 0.0;
    }
  }
  return gone / users;
}
}  // namespace

// Upset: leaving chi, complaining nu, heard with chance L, else leaving. In a tick, of what ends being upset (x + (1 - x) c), leaving is
// all but being heard and not leaving.
TEST_CASE("D37: leaving before being heard") {
  constexpr std::uint32_t users = 20'000;
  for (const double listening : {0.0, 0.5, 1.0}) {
    const double c = 1.0 - std::exp(-complain), x = 1.0 - std::exp(-churn);
    const double expected = 1.0 - (1.0 - x) * c * listening / (x + (1.0 - x) * c);
    const double closed = (churn + complain * (1.0 - listening)) / (churn + complain);  // E / R
    INFO("listening " << listening);
    CHECK(expected == Approx(closed).margin(0.01));  // days are short
    const double error = std::sqrt(expected * (1.0 - expected) / users), is = left_upset(voices(users, listening));
    INFO(is << " of " << expected);
    CHECK(std::abs(is - expected) <= 4.0 * error);
  }
}

// S9: nu max(0, Dis - Dis0) (1 + ell h), Dis = s (beta A + z) + shock. Complaints of one tick, people independent.
TEST_CASE("complaints in proportion to displeasure above what is tolerated, and to loyalty") {
  constexpr std::uint32_t users = 50'000;
  Scenario s = voices(users, 0.5);
  s.exit.baseline_churn = 0.0;
  s.voice.insult = 1e-6;
  s.platforms[0].second.ads.load = 0.4;
  s.ad_response.flow_nuisance = 0.5;
  s.ad_response.irritation_memory = at_once;
  double displeasure = 0.4 * 0.5, loyalty = 0.0, tolerance = 0.0, rate = 0.5;
  SECTION("of ads") {}
  SECTION("twice the rate") { rate = 1.0; }
  SECTION("of the stock of irritation, which takes its target at once") {
    s.ad_response.stock_nuisance = 1.0;
    displeasure += 0.4;
  }
  SECTION("of a shock") {
    s.platforms[0].second.utility_shock = -0.3;
    displeasure += 0.3;
  }
  SECTION("above what is tolerated") { tolerance = 0.15; }
  SECTION("more so the loyal") { loyalty = 3.0; }
  SECTION("not at all below what is tolerated") { tolerance = 0.21; }
  s.voice.complaint_rate = rate;
  s.voice.tolerance = tolerance;
  s.voice.loyalty = loyalty;
  Run run(s);
  const double all = complaints(run.tick());
  const double habit = run.world->platforms[0].attention;  // without memory, and the same for all
  const double hazard = rate * std::max(0.0, displeasure - tolerance) * (1.0 + loyalty * habit), p = 1.0 - std::exp(-hazard);
  INFO(all / users << " of " << p);
  CHECK(std::abs(all / users - p) <= 4.0 * std::sqrt(p * (1.0 - p) / users));
}

// S8, S9: people resent that promotion is banned, by how much of it there would be.
TEST_CASE("complaints about a ban") {
  constexpr std::uint32_t users = 50'000;
  Scenario s = still_market(users, {-1.0, -1.0}, 1.0);
  s.suppliers.count = 10;
  s.suppliers.behaviour = SupplierBehaviour::fixed;  // they push at the ceiling
  s.voice = {.complaint_rate = 0.5, .tolerance = 0.0, .loyalty = 0.0, .remedy = 0.5, .insult = 1e-6, .ban_irritation = 0.4};
  s.cross_promotion.push_ceiling = 0.5;
  s.cross_promotion.deterrence = 0.5;
  s.platforms[0].second.ban.strictness = 0.8;
  Run run(s);
  const Tally& tally = run.tick();
  const double stopped = 0.8 * 0.9, pushed = 0.5 * (1.0 - 0.5 * stopped), p = 1.0 - std::exp(-0.5 * 0.4 * stopped * pushed);
  INFO(complaints(tally) / users << " of " << p);
  CHECK(std::abs(complaints(tally) / users - p) < 4.0 * std::sqrt(p * (1.0 - p) / users));
  CHECK(tally.total(Count::complaints_heard, 1) + tally.total(Count::complaints_ignored, 1) == 0);
}

// A platform's answer (amendments item 8): what exceeds the tolerated rate takes ad load back, in proportion to response and listening.
TEST_CASE("S9: the ad load cut in answer to complaints") {
  Scenario s = voices(20'000, 0.5);
  s.time.step = 7.0;
  complete(s);
  s.exit.baseline_churn = 0.0;
  s.voice.insult = 1e-6;
  s.voice.tolerated_complaints = 0.01;
  s.platforms[0].second.ads.load = 0.4;
  s.platforms[0].second.ads.response = 0.2;
  s.platforms[0].second.utility_shock = -1.0;
  Run run(s);
  double smoothed = 0.0, cut = 0.0;
  for (int tick = 0; tick < 8; ++tick) {
    const double weekly = complaints(run.tick()) / 20'000.0;
    smoothed += (1.0 - std::exp(-1.0)) * (weekly - smoothed);
    cut += 0.2 * 0.5 * std::max(0.0, smoothed - 0.01);
    CHECK(run.world->platforms[0].load_cut == Approx(cut).epsilon(1e-9));
  }
  run.tick();
  CHECK(cut > 0.01);
  CHECK(run.world->platforms[0].ad_load == Approx(0.4 - cut).epsilon(1e-9));
}

}  // namespace spillway::testing
