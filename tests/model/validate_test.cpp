// Rules that tie several keys together: a sound scenario passes, each broken rule is named at its key.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <limits>

#include "support/busy_market.hpp"

namespace spillway::testing {

namespace {
struct Broken {
  const char* path;
  const char* says;
  std::function<void(Scenario&)> how;
};

Intervention change(const char* path, double value) { return {day("2012-02-01"), false, {}, {{path, value}}, {}}; }

void with_intervention(Scenario& s, const Intervention& i) { s.interventions = {{"x", i}}; }

// clang-format off
const std::vector<Broken> broken_rules{
    {"time.end", "before the start", [](Scenario& s) { s.time.end = day("2011-01-01"); }},
    {"record.every", "multiple", [](Scenario& s) { s.record.every = 10.0; }},
    {"record.snapshots.1", "outside", [](Scenario& s) { s.record.snapshots = {day("2012-05-01"), day("2030-01-01")}; }},
    {"population.people", "no points", [](Scenario& s) { s.population.people.points.clear(); }},
    {"population.people", "must rise", [](Scenario& s) { s.population.people.points[1].first = s.population.people.points[0].first; }},
    {"population.people", "must not fall", [](Scenario& s) { s.population.people.points[1].second = 1.0; }},
    {"population.people", "not above 0", [](Scenario& s) { s.population.people.points = {{day("2012-01-01"), 0.0}}; }},
    {"population.segments", "sum to", [](Scenario& s) { s.population.segments = {{"a", 0.5}, {"b", 0.4}}; }},
    {"population.segments", "two segments", [](Scenario& s) { s.population.segments = {{"a", 0.5}, {"a", 0.5}}; }},
    {"population.segments", "at most 16", [](Scenario& s) { for (int i = 0; i < 17; ++i) s.population.segments.push_back({"s" + std::to_string(i), 1.0 / 17}); }},
    {"contacts.path", "needed", [](Scenario& s) { s.contacts.kind = ContactsKind::file; }},
    {"contacts.path", "only works", [](Scenario& s) { s.contacts.path = "ties.csv"; }},
    {"suppliers.slot_group", "16 or 1", [](Scenario& s) { s.suppliers.slot_group = 4; }},
    {"exit.threshold_low", "above", [](Scenario& s) { s.exit.threshold_low = 0.95; }},
    {"platforms", "empty", [](Scenario& s) { s.platforms.clear(), s.interventions.clear(); }},
    {"platforms", "at most 8", [](Scenario& s) { for (int i = 0; i < 7; ++i) s.platforms.emplace_back("p" + std::to_string(i), busy_chat()); }},
    {"platforms.outside", "no good name", [](Scenario& s) { s.platforms.emplace_back("outside", busy_chat()); }},
    {"platforms.a.b", "no good name", [](Scenario& s) { s.platforms.emplace_back("a.b", busy_chat()); }},
    {"interventions.x", "changes nothing", [](Scenario& s) { with_intervention(s, {day("2012-02-01"), false, {}, {}, {}}); }},
    {"interventions.x.until", "after", [](Scenario& s) { Intervention i = change("platforms.stage.ads.load", 0.1); i.has_until = true; i.until = i.on; with_intervention(s, i); }},
    {"interventions.x.ramp", "until", [](Scenario& s) { Intervention i = change("platforms.stage.ads.load", 0.1); std::swap(i.set, i.ramp); with_intervention(s, i); }},
    {"interventions.x.set.platforms.stage.ads.load", "outside [0, 1]", [](Scenario& s) { with_intervention(s, change("platforms.stage.ads.load", 1.5)); }},
    {"interventions.x.set.platforms.stage.ads.load", "outside [0, 1]",
     [](Scenario& s) { with_intervention(s, change("platforms.stage.ads.load", std::numeric_limits<double>::quiet_NaN())); }},
    {"interventions.x.set.platforms.stag.ads.load", "did you mean", [](Scenario& s) { with_intervention(s, change("platforms.stag.ads.load", 0.1)); }},
    {"interventions.x.set.platforms.stage.ads.load", "twice",
     [](Scenario& s) { Intervention i = change("platforms.stage.ads.load", 0.1); i.set.push_back(i.set[0]); with_intervention(s, i); }},
};
// clang-format on
}  // namespace

TEST_CASE("sound scenarios have no problems") {
  CHECK(find_problems(small_history()).empty());
  CHECK(find_problems(busy_market(100)).empty());
  CHECK(find_problems(busy_market(100, true)).empty());
}

TEST_CASE("every broken rule is named at its key") {
  for (const Broken& rule : broken_rules) {
    Scenario s = busy_market(100);
    rule.how(s);
    const std::vector<Problem> problems = find_problems(s);
    std::string all;
    for (const Problem& p : problems) all += p.path + ": " + p.message + "\n";
    INFO(rule.path << ", " << rule.says << "; found:\n" << all);
    CHECK(problems.size() == 1);
    CHECK(std::any_of(problems.begin(), problems.end(),
                      [&](const Problem& p) { return p.path == rule.path && p.message.find(rule.says) != std::string::npos; }));
  }
}

TEST_CASE("completion fills in what depends on other keys") {
  Scenario s = busy_market(100);
  s.record.every = 0.0;
  s.population.segments = {{"a", 0.25, inherited, 100.0, inherited}, {"b", 0.75, 0.9, inherited, 2.0}};
  complete(s);
  CHECK(s.record.every == 7.0);
  CHECK(s.population.segments[0].conversation_taste == s.population.conversation_taste);
  CHECK(s.population.segments[0].time_budget == 100.0);
  CHECK(s.population.segments[0].ad_sensitivity == s.population.ad_sensitivity);
  CHECK(s.population.segments[1].conversation_taste == 0.9);
  CHECK(s.population.segments[1].time_budget == s.population.time_budget);
}

}  // namespace spillway::testing
