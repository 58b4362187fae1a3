// What differs between two scenarios, and how it is told.
#include "input/difference.hpp"

#include <catch2/catch.hpp>

#include "input/catalogue.hpp"
#include "input/load.hpp"

using namespace spillway;

namespace {
const std::string market = R"(title: Market
platforms:
  weibo: {launch: 2009-08-14, ads: {load: 0.1}}
  wechat: {launch: 2011-01-21}
interventions:
  ban: {on: 2014-11-26, set: {platforms.weibo.ban.strictness: 0.8}}
)";

Scenario load(const std::string& text, const std::vector<std::string>& sets = {}) {
  return load_scenario_text(text, "x.yaml", {}, sets).scenario;
}

std::string told(const Scenario& a, const Scenario& b) {
  std::string text;
  for (const KeyDifference& d : differences(a, b)) text += d.key + ": '" + d.left + "' '" + d.right + "'\n";
  return text;
}
std::string changed(const std::vector<std::string>& sets) { return told(load(market), load(market, sets)); }
}  // namespace

TEST_CASE("equal scenarios do not differ, however they are written", "[input]") {
  CHECK(changed({}).empty());
  CHECK(changed({"platforms.weibo.ads.load=10%", "habit.memory=3 weeks"}).empty());
  CHECK(told(load(market), load("platforms: {wechat: {launch: 2011-01-21}, weibo: {ads: {load: 0.1}, launch: 2009-08-14}}\n"
                                "interventions: {ban: {set: {platforms.weibo.ban.strictness: 80%}, on: 2014-11-26}}\ntitle: Market\n"))
            .empty());
}

TEST_CASE("changed values are told by key, in the order of the scenario", "[input]") {
  CHECK(changed({"platforms.weibo.ads.load=0.2", "habit.memory=4 weeks", "title=Other"}) ==
        "title: 'Market' 'Other'\nhabit.memory: '21 d' '28 d'\nplatforms.weibo.ads.load: '0.1' '0.2'\n");
  CHECK(is_wording("title"));
  CHECK_FALSE(is_wording("seed"));
  CHECK(changed({"marketplace.link_openness.wechat=0"}) == "marketplace.link_openness.wechat: '1' '0'\n");
  CHECK(changed({"platforms.weibo.ban.against=[wechat]"}) == "platforms.weibo.ban.against: '[]' '[wechat]'\n");
}

TEST_CASE("interventions: a missing one as a whole, a changed one by its keys", "[input]") {
  const std::string ban = "{on: 2014-11-26, set: {platforms.weibo.ban.strictness: 0.8}}";
  CHECK(changed({"interventions.ban=null"}) == "interventions.ban: '" + ban + "' ''\n");
  CHECK(told(load(market, {"interventions.ban=null"}), load(market)) == "interventions.ban: '' '" + ban + "'\n");
  CHECK(changed({"interventions.ban.on=2012-01-01", "interventions.ban.set.platforms.weibo.ban.strictness=1"}) ==
        "interventions.ban.on: '2014-11-26' '2012-01-01'\ninterventions.ban.set.platforms.weibo.ban.strictness: '0.8' '1'\n");
  CHECK(changed({"interventions.ban.until=2015-01-01"}) == "interventions.ban.until: '' '2015-01-01'\n");
}

TEST_CASE("a new platform is one difference, with what is special about it", "[input]") {
  CHECK(changed({"platforms.line={launch: 2012-05-04, ads: {load: 0.2}}"}) ==
        "platforms.line: '' '{launch: 2012-05-04, ads: {load: 0.2}}'\n");
  CHECK(changed({"platforms.line={launch: 2012-05-04}", "marketplace.link_openness.line=0"}) ==
        "platforms.line: '' '{launch: 2012-05-04}'\nmarketplace.link_openness.line: '' '0'\n");
}

TEST_CASE("segments and series are told by element", "[input]") {
  CHECK(changed({"population.segments=[{name: a, share: 1}]"}).find("population.segments: '[]' '[{name: a, share: 1, ") == 0);
  const std::vector<std::string> one{"population.segments=[{name: a, share: 1}]"}, other{"population.segments=[{name: b, share: 1}]"};
  CHECK(told(load(market, one), load(market, other)) == "population.segments.0.name: 'a' 'b'\n");
  const std::string points = "population.people={points: {2010-01-01: 4e8, 2011-01-01: ";
  CHECK(told(load(market, {points + "5e8}}"}), load(market, {points + "6e8}}"})) ==
        "population.people.points.2011-01-01: '500000000' '600000000'\n");
}

TEST_CASE("flat has every key that the catalogue has", "[input]") {
  const auto pairs = flat(load(market, {"population.segments=[{name: a, share: 1}]"}));
  const auto has = [&](const std::string& key) {
    return std::any_of(pairs.begin(), pairs.end(), [&](const auto& p) { return p.first == key; });
  };
  for (const FlatKey& key : flat_catalogue()) {
    if (!key.key->children.empty() || key.path.starts_with("interventions.")) continue;
    std::string path = key.path;
    if (const std::size_t name = path.find("NAME"); name != std::string::npos) path.replace(name, 4, "weibo");
    if (const std::size_t index = path.find(".N."); index != std::string::npos) path.replace(index, 3, ".0.");
    INFO(path);
    CHECK(has(path));
  }
  CHECK(has("interventions.ban.set.platforms.weibo.ban.strictness"));
}
