#include "input/resolved.hpp"

#include <catch2/catch.hpp>

#include "input/catalogue.hpp"
#include "input/load.hpp"
#include "model/policy.hpp"
#include "support/temporary_folder.hpp"

using namespace spillway;

namespace {
std::string again(const std::string& text) { return resolved_yaml(load_scenario_text(text, "resolved.yaml").scenario); }
}  // namespace

TEST_CASE("the resolved scenario loads to itself", "[input]") {
  const test::TemporaryFolder folder;
  folder.write("p.csv", "date,value\n2009-06-30,338e6\n2011-12-31,513.5e6\n");
  const std::string file = folder.write("x.yaml", R"(
title: "Everything: \"odd\" names & 微博"
description: |
  two
  lines	with a tab
time: {start: 2009-08-14, end: 2012-12-31, step: 3 d}
population:
  people: {series: p.csv}
  segments: [{name: "a: b", share: 33%, time_budget: 100}, {name: c, share: 0.67}]
exit: {threshold_delay: never, baseline_churn: 0.0001 /d}
utility: {sms_saving_memory: never}
platforms:
  "微博#1": {launch: 2009-08-14, session_dispersion: never, intrinsic_utility: -1e-7}
  "null": {launch: 2011-01-21}
interventions:
  "#x": {on: 2012-04-01, until: 2012-10-01, set: {platforms.微博#1.imitation_rate: 0.01 /d}, ramp: {platforms.null.ads.load: 33.3%}}
record: {snapshots: [2012-12-31, 2010-01-01]}
)");
  const Scenario s = load_scenario(file).scenario;
  const std::string text = resolved_yaml(s);
  CHECK(again(text) == text);
  const Scenario back = load_scenario_text(text, "resolved.yaml").scenario;
  CHECK(back.title == s.title);
  CHECK(back.description == s.description);
  CHECK(back.population.people.points == s.population.people.points);
  CHECK(back.exit.baseline_churn == s.exit.baseline_churn);
  CHECK(back.platforms[0].first == "微博#1");
  CHECK(back.platforms[0].second.intrinsic_utility == -1e-7);
  CHECK(back.interventions[0].second.set[0].value == s.interventions[0].second.set[0].value);
  CHECK(back.interventions[0].second.ramp[0].path == "platforms.null.ads.load");
  CHECK(back.record.snapshots == s.record.snapshots);
}

TEST_CASE("maps by platform are echoed whole, in the order of the platforms", "[input]") {
  const Scenario s = load_scenario_text(R"(title: T
marketplace: {link_openness: {wechat: 0}, commission_multiplier: {微信: 30%, weibo: 0.1}}
platforms:
  weibo: {launch: 2009-08-14, ban: {strictness: 80%, against: [微信, wechat]}}
  wechat: {launch: 2011-01-21}
  微信: {launch: 2012-01-01}
interventions: {x: {on: 2012-01-01, set: {marketplace.link_openness.微信: 0.7}}}
)",
                                        "x.yaml", {}, {"interventions.x.set.marketplace.link_openness.微信=0.1"})
                         .scenario;
  const std::string text = resolved_yaml(s);
  CHECK(text.find("\n  commission_multiplier:\n    weibo: 0.1\n    wechat: 1\n    \"微信\": 0.3\n"
                  "  link_openness:\n    weibo: 1\n    wechat: 0\n    \"微信\": 1\n") != std::string::npos);
  CHECK(text.find("      against: [\"微信\", \"wechat\"]\n") != std::string::npos);
  CHECK(text.find("      against: []\n") != std::string::npos);
  CHECK(text.find("      \"marketplace.link_openness.微信\": 0.1\n") != std::string::npos);
  CHECK(again(text) == text);
}

TEST_CASE("a scenario that was never completed is echoed without platforms in its maps", "[input]") {
  Scenario s;
  CHECK(resolved_yaml(s).find("  link_openness: {}\n") != std::string::npos);
}

TEST_CASE("every key of the tables stands in the resolved scenario", "[input]") {
  const std::string text = resolved_yaml(load_scenario_text("title: T\nplatforms: {a: {launch: 2010-01-01}}\n", "x.yaml").scenario);
  for (const FlatKey& flat : flat_catalogue())
    if (flat.path.find(".N.") == std::string::npos && !flat.path.starts_with("interventions.")) {
      INFO(flat.path);
      CHECK(text.find(flat.key->name + ":") != std::string::npos);
    }
  CHECK(text.find("people: 731000000\n") != std::string::npos);
  CHECK(text.find("sms_saving_memory: 1095.75 d\n") != std::string::npos);
  CHECK(again(text) == text);
}

TEST_CASE("any policy value survives the echo to the last bit", "[input]") {
  for (const PolicyRow& row : policy_rows()) {
    const double value = row.range.low + (row.range.high - row.range.low) / 3.0;
    INFO(row.name);
    Scenario s = load_scenario_text("title: T\nplatforms: {a: {launch: 2010-01-01}}\n", "x.yaml").scenario;
    s.interventions.push_back({"x", {make_date(2012, 1, 1), false, {}, {{policy_path(row, "a"), value}}, {}}});
    CHECK(load_scenario_text(resolved_yaml(s), "r.yaml").scenario.interventions[0].second.set[0].value == value);
  }
}
