// Correct scenarios: what is written arrives, what is not written keeps its default, and odd but legal YAML is not refused.
#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.hpp"
#include "input/catalogue.hpp"
#include "input/load.hpp"
#include "support/temporary_folder.hpp"

using namespace spillway;

namespace {
const std::string tail = "\nplatforms: {a: {launch: 2010-01-01}}\n";
Scenario read(const std::string& text) { return load_scenario_text(text, "x.yaml").scenario; }
}  // namespace

TEST_CASE("a minimal scenario is all defaults", "[input]") {
  const Scenario s = read("title: T" + tail), d;
  CHECK(s.title == "T");
  CHECK(s.habit.strength == d.habit.strength);
  CHECK(s.population.users == d.population.users);
  CHECK(s.record.every == d.time.step);
  REQUIRE(s.platforms.size() == 1);
  CHECK(s.platforms[0].second.launch == make_date(2010, 1, 1));
}

TEST_CASE("values arrive in the unit of their row", "[input]") {
  const Scenario s = read(R"(
title: Units
time: {start: 2009-08-14, end: 2012-12-31, step: 1 week}
seed: 4_294_967_295
population: {users: 1e6, time_budget: 4 h/d, conversation_taste: 30%, people: 1_000_000}
habit: {strength: 2.5e0, memory: 2 weeks}
ad_response: {irritation_memory: 2 y, blindness_memory: "90 d"}
attention: {outside_utility: -1.5, session_length: 4.2 min}
following: {unfollow_rate: 0.36525 /yr, organic_rate: 0.2 /day}
exit: {baseline_churn: 0.001 /d, disuse_churn: 2, threshold_delay: never, grace: 0 d}
contacts: {kind: mixing}
numerics: {stocks: f32}
record: {every: 14 d, snapshots: [2010-01-01, "2011-01-01"], panel: {users: 100}}
platforms:
  微博:
    launch: 2009-08-14
    session_dispersion: never
    ads: {price: 4 CNY/1000, per_minute: 4 /min}
)");
  CHECK(s.time.step == 7);
  CHECK(s.seed == 4294967295U);
  CHECK(s.population.users == 1000000U);
  CHECK(s.population.time_budget == 240);
  CHECK(s.population.conversation_taste == 0.3);
  REQUIRE(s.population.people.points.size() == 1);
  CHECK(s.population.people.points[0].second == 1e6);
  CHECK(s.habit.strength == 2.5);
  CHECK(s.habit.memory == 14);
  CHECK(s.ad_response.irritation_memory == 730.5);
  CHECK(s.ad_response.blindness_memory == 90);
  CHECK(s.attention.outside_utility == -1.5);
  CHECK(s.following.unfollow_rate == Approx(0.001).epsilon(1e-14));
  CHECK(s.exit.baseline_churn == Approx(0.36525).epsilon(1e-14));
  CHECK(std::isinf(s.exit.threshold_delay));
  CHECK(s.exit.grace == 0);
  CHECK(s.contacts.kind == ContactsKind::mixing);
  CHECK(s.numerics.stocks == StockType::f32);
  CHECK(s.record.every == 14);
  CHECK(s.record.panel.users == 100);
  CHECK(s.record.snapshots == std::vector<Date>{make_date(2010, 1, 1), make_date(2011, 1, 1)});
  REQUIRE(s.platforms.size() == 1);
  CHECK(s.platforms[0].first == "微博");
  CHECK(std::isinf(s.platforms[0].second.session_dispersion));
}

TEST_CASE("suppliers, bans, voice and the marketplace arrive", "[input]") {
  const Scenario s = read(R"(
title: Suppliers
suppliers:
  celebrity: {share: 3%, prestige: 0.4}
  media: {share: 0.05, quality: 2}
  small_seller: {margin: 0.9}
  behaviour: fixed
  decisions: {interval: 2 weeks, homing: exclusive, entry_rate: 7.305 /yr, gross_profit: 1.5}
attention: {competition: independent}
cross_promotion: {deterrence: 0, channels: {link: 10%}}
voice: {complaint_rate: 0.02 /d}
social_currency: {memory: 8 weeks}
marketplace: {commission: 0.6, link_openness: {b: 0}, commission_multiplier: {b: 30%, a: 0.9}}
platforms:
  a: {launch: 2009-08-14, listening: 10%, ban: {strictness: 80%, online_qr: 0, against: [b]}}
  b: {launch: 2011-01-21, qr_codes: 0, sellers: {fee: 0.5, follower_value: 4}, ads: {climb: 1%}}
interventions:
  cut: {on: 2013-11-22, set: {marketplace.link_openness.b: 0, platforms.a.ban.strictness: 100%}}
  tax: {on: 2013-01-01, until: 2013-06-01, ramp: {platforms.a.sellers.fee: 2, marketplace.commission: 0}}
record: {panel: {suppliers: 100}}
)");
  CHECK(s.suppliers.celebrity.share == 0.03);
  CHECK(s.suppliers.celebrity.quality == Suppliers{}.celebrity.quality);  // a member of its own default, not of the class's
  CHECK(s.suppliers.celebrity.prestige == 0.4);
  CHECK(s.suppliers.media.quality == 2);
  CHECK(s.suppliers.small_seller.margin == 0.9);
  CHECK(s.suppliers.behaviour == SupplierBehaviour::fixed);
  CHECK(s.suppliers.decisions.interval == 14);
  CHECK(s.suppliers.decisions.homing == SupplierHoming::exclusive);
  CHECK(s.suppliers.decisions.entry_rate == Approx(0.02).epsilon(1e-14));
  CHECK(s.suppliers.decisions.gross_profit == 1.5);
  CHECK(s.attention.competition == Competition::independent);
  CHECK(s.cross_promotion.channels.link == 0.1);
  CHECK(s.voice.complaint_rate == 0.02);
  CHECK(s.social_currency.memory == 56);
  CHECK(s.marketplace.commission == 0.6);
  CHECK(s.marketplace.link_openness == Named<double>{{"a", 1.0}, {"b", 0.0}});
  CHECK(s.marketplace.commission_multiplier == Named<double>{{"a", 0.9}, {"b", 0.3}});
  const Platform &a = s.platforms[0].second, &b = s.platforms[1].second;
  CHECK(a.listening == 0.1);
  CHECK(a.ban.strictness == 0.8);
  CHECK(a.ban.link == 1);
  CHECK(a.ban.online_qr == 0);
  CHECK(a.ban.against == std::vector<std::string>{"b"});
  CHECK(b.ban.against.empty());
  CHECK(b.qr_codes == 0);
  CHECK(b.sellers.follower_value == 4);
  CHECK(b.ads.climb == 0.01);
  CHECK(s.interventions[0].second.set[0].path == "marketplace.link_openness.b");
  CHECK(s.interventions[0].second.set[1].value == 1);
  CHECK(s.interventions[1].second.ramp[0].value == 2);
  CHECK(s.record.panel.suppliers == 100);
}

TEST_CASE("platforms that the marketplace does not name have the default of the manual", "[input]") {
  const Scenario s = read("title: T" + tail);
  int maps = 0;
  for (const FlatKey& flat : flat_catalogue()) maps += flat.key->kind == KeyKind::by_platform && flat.key->fallback == "1";
  CHECK(maps == 2);
  CHECK(s.marketplace.link_openness == Named<double>{{"a", 1.0}});
  CHECK(s.marketplace.commission_multiplier == Named<double>{{"a", 1.0}});
}

TEST_CASE("segments inherit what they do not say", "[input]") {
  const Scenario s = read(
      "title: T\npopulation:\n  time_budget: 200\n  segments:\n    - {name: city, share: 0.25, time_budget: 300}\n    - name: land\n      "
      "share: 75%" +
      tail);
  REQUIRE(s.population.segments.size() == 2);
  CHECK(s.population.segments[0].time_budget == 300);
  CHECK(s.population.segments[1].time_budget == 200);
  CHECK(s.population.segments[1].share == 0.75);
}

TEST_CASE("interventions take values in the policy's own unit", "[input]") {
  const Scenario s = read(
      "title: T\ninterventions:\n  x: {on: 2012-01-01, until: 2013-01-01, set: {platforms.a.imitation_rate: 0.01 /d}, ramp: "
      "{platforms.a.ads.load: 10%}}" +
      tail);
  REQUIRE(s.interventions.size() == 1);
  const Intervention& x = s.interventions[0].second;
  CHECK(x.on == make_date(2012, 1, 1));
  CHECK(x.has_until);
  CHECK(x.until == make_date(2013, 1, 1));
  REQUIRE(x.set.size() == 1);
  CHECK(x.set[0].path == "platforms.a.imitation_rate");
  CHECK(x.set[0].value == Approx(3.6525).epsilon(1e-14));
  REQUIRE(x.ramp.size() == 1);
  CHECK(x.ramp[0].value == 0.1);
}

TEST_CASE("marks inside text are text", "[input]") {
  CHECK(read("title: Q&A *with* 30% of all!#1 # comment" + tail).title == "Q&A *with* 30% of all!#1");
  CHECK(read("title: '&a *b !c %d'" + tail).title == "&a *b !c %d");
  CHECK(read("title: 微博：历史" + tail).title == "微博：历史");
  CHECK(read("title: no" + tail).title == "no");
  CHECK(read("title: 2012" + tail).title == "2012");
  CHECK(read("title: don't # a comment with \"quotes" + tail).title == "don't");
  CHECK(read("title: \"What if: x\"" + tail).title == "What if: x");
  const Scenario block = read("title: T\ndescription: |\n  &a: *b\n  %c\n  \ttab\n  note：x\n  <<: !d 'e" + tail);
  CHECK(block.description == "&a: *b\n%c\n\ttab\nnote：x\n<<: !d 'e\n");
  CHECK(read("title: T\ndescription: >\n  one\n  two\n" + tail).description == "one two\n");
  CHECK(read("title: T\ndescription: \"one\n\ttwo\"" + tail).description == "one two");
}

TEST_CASE("byte-order mark, CRLF and document marks are harmless", "[input]") {
  CHECK(read("\xef\xbb\xbftitle: T" + tail).title == "T");
  CHECK(read("title: T\r\nseed: 7\r\nplatforms: {a: {launch: 2010-01-01}}\r\n").seed == 7);
  CHECK(read("---\ntitle: T" + tail).title == "T");
  CHECK(read("# %not a directive\ntitle: T" + tail + "...\n").title == "T");
  CHECK(read(R"({"title": "JSON", "time": {"step": "7 d"}, "platforms": {"a": {"launch": "2010-01-01"}}})").title == "JSON");
}

TEST_CASE("a loaded file says what was read and where its contacts lie", "[input]") {
  const test::TemporaryFolder folder;
  folder.write("data/people.csv", "date,value\n2009-06-30,338e6\n2011-12-31,513e6\n");
  const std::string text = "title: T\npopulation: {people: {series: data/people.csv}}\ncontacts: {kind: file, path: data/ties.txt}" + tail;
  const std::string file = folder.write("x.yaml", text);
  const LoadedScenario loaded = load_scenario(file);
  CHECK(loaded.source_text == text);
  CHECK(loaded.directory == folder.path());
  CHECK(loaded.files == std::vector<std::string>{file, folder.path() + "/data/people.csv"});
  CHECK(loaded.contacts_path == folder.path() + "/data/ties.txt");
  CHECK(loaded.scenario.contacts.path == "data/ties.txt");
  CHECK(loaded.scenario.population.people.file == "data/people.csv");
  REQUIRE(loaded.scenario.population.people.points.size() == 2);
  CHECK(loaded.scenario.population.people.points[1] == std::pair(make_date(2011, 12, 31), 513e6));
}

TEST_CASE("a missing file is the file system's fault, with a suggestion", "[input]") {
  const test::TemporaryFolder folder;
  folder.write("history.yaml", "title: T");
  CHECK_THROWS_WITH(
      load_scenario(folder.path() + "/histroy.yaml"),
      "cannot open '" + folder.path() + "/histroy.yaml' (No such file or directory); did you mean '" + folder.path() + "/history.yaml'?");
  CHECK_THROWS_AS(load_scenario(folder.path() + "/histroy.yaml"), FileError);
  CHECK_THROWS_WITH(load_scenario(folder.path()), "'" + folder.path() + "' is a folder, not a file");
}

TEST_CASE("china_full has one agent for every person", "[input]") {
  const Scenario s = load_scenario(SPILLWAY_SOURCE_DIR "/scenarios/china_full.yaml").scenario;
  CHECK(s.population.users == s.population.people.points.back().second);
}
