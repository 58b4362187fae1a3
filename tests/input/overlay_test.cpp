// extends, null and --set.
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "input/load.hpp"
#include "support/temporary_folder.hpp"

using namespace spillway;

namespace {
const std::string base_text = R"(title: Base
seed: 5
population: {people: {series: people.csv}}
record: {snapshots: [2010-01-01, 2011-01-01]}
platforms:
  weibo: {launch: 2009-08-14, ads: {load: 0.1, price: 3}}
  wechat: {launch: 2011-01-21}
interventions:
  ads: {on: 2012-01-01, set: {platforms.weibo.ads.load: 0.2, platforms.weibo.mirroring: 0.5}}
  ban: {on: 2013-01-01, set: {platforms.wechat.mirroring: 1}}
)";

struct Chain {
  test::TemporaryFolder folder;
  std::string base = folder.write("base/base.yaml", base_text);
  std::string people = folder.write("base/people.csv", "date,value\n2009-01-01,3e8\n2012-01-01,5e8\n");
  std::string middle =
      folder.write("middle.yaml", "extends: base/base.yaml\ntitle: Middle\nseed: 6\nplatforms: {weibo: {ads: {load: 0.3}}}\n");
  std::string top(const std::string& text) const { return folder.write("top.yaml", text); }
  std::string problems(const std::string& text, const std::vector<std::string>& sets = {}) const {
    try {
      load_scenario(top(text), sets);
    } catch (const InputError& error) {
      std::string all;
      for (Issue issue : error.issues()) {
        issue.source_line.clear();
        all += to_text(issue) + "\n";
      }
      for (std::size_t at; (at = all.find(folder.path() + "/")) != std::string::npos;) all.erase(at, folder.path().size() + 1);
      return all;
    }
    return "accepted";
  }
};

double weibo_load(const Scenario& s) { return s.platforms[0].second.ads.load; }
}  // namespace

TEST_CASE("a chain of files is merged key by key", "[input]") {
  const Chain chain;
  const LoadedScenario loaded = load_scenario(chain.top("extends: middle.yaml\ntitle: Top\nrecord: {snapshots: [2012-01-01]}\n"));
  const Scenario& s = loaded.scenario;
  CHECK(s.title == "Top");
  CHECK(s.seed == 6);
  CHECK(weibo_load(s) == 0.3);
  CHECK(s.platforms[0].second.ads.price == 3);
  CHECK(s.platforms[1].first == "wechat");
  CHECK(s.record.snapshots == std::vector<Date>{make_date(2012, 1, 1)});
  CHECK(s.population.people.points.size() == 2);
  CHECK(loaded.files == std::vector<std::string>{chain.folder.path() + "/top.yaml", chain.middle, chain.base, chain.people});
}

TEST_CASE("null removes, also one change of an intervention", "[input]") {
  const Chain chain;
  const Scenario s = load_scenario(chain.top("extends: base/base.yaml\ninterventions: {ban: null, ads: {set: {platforms.weibo.mirroring: "
                                             "null}}}\nplatforms: {wechat: ~}\n"))
                         .scenario;
  REQUIRE(s.interventions.size() == 1);
  CHECK(s.interventions[0].first == "ads");
  REQUIRE(s.interventions[0].second.set.size() == 1);
  CHECK(s.interventions[0].second.set[0].value == 0.2);
  CHECK(s.platforms.size() == 1);
}

TEST_CASE("removing what is not there names the likely entry", "[input]") {
  const Chain chain;
  CHECK(chain.problems("extends: base/base.yaml\ninterventions: {bann: null}\n") ==
        "top.yaml:2:17: interventions.bann: null removes an entry, but there is none of this name; did you mean 'ban'?\n");
}

TEST_CASE("a mistake in the base file names the base file", "[input]") {
  const Chain chain;
  chain.folder.write("base/base.yaml", base_text + "habit: {memory: 3}\n");
  CHECK(chain.problems("extends: middle.yaml\nseed: -1\n") ==
        "top.yaml:2:7: seed: -1 is outside [0, 4294967295] (seed of all draws)\n"
        "base/base.yaml:11:17: habit.memory: '3' has no unit; write a duration such as 7 d, 4 weeks or 2 y\n");
}

TEST_CASE("a rule between keys points at the file that broke it", "[input]") {
  const Chain chain;
  CHECK(chain.problems("extends: middle.yaml\ntime: {end: 2001-01-01}\nrecord: {snapshots: []}\n") ==
        "top.yaml:2:13: time.end: ends before the start, 2009-08-14\n");
  CHECK(chain.problems("extends: middle.yaml\nplatforms: {wechat: null}\n") ==
        "base/base.yaml:10:31: interventions.ban.set.platforms.wechat.mirroring: no platform is called 'wechat'\n");
}

TEST_CASE("circles are shown with their files", "[input]") {
  const Chain chain;
  chain.folder.write("a.yaml", "extends: b.yaml\n");
  chain.folder.write("b.yaml", "extends: ./sub/../a.yaml\n");
  chain.folder.write("sub/x", "");
  try {
    load_scenario(chain.folder.path() + "/a.yaml");
    FAIL("accepted");
  } catch (const InputError& error) {
    const std::string f = chain.folder.path() + "/";
    CHECK(error.issues()[0].message == "the files extend each other in a circle: " + f + "a.yaml -> " + f + "b.yaml -> " + f + "a.yaml");
    CHECK(error.issues()[0].file == f + "b.yaml");
  }
}

TEST_CASE("both forms of a series after merging", "[input]") {
  const Chain chain;
  CHECK(chain.problems("extends: base/base.yaml\npopulation: {people: {points: {2010-01-01: 4e8}}}\n") ==
        "top.yaml:2:23: population.people: has both series (base/base.yaml:3) and points; give one of them (in an overlay remove the other "
        "with null)\n");
  const Scenario s =
      load_scenario(
          chain.top("extends: base/base.yaml\npopulation: {people: {series: null, points: {2010-01-01: 4e8, 2009-01-01: 3e8}}}\n"))
          .scenario;
  REQUIRE(s.population.people.points.size() == 2);
  CHECK(s.population.people.points[0].first == make_date(2009, 1, 1));
  CHECK(load_scenario(chain.top("extends: base/base.yaml\npopulation: {people: 7e8}\n")).scenario.population.people.points[0].second ==
        7e8);
}

TEST_CASE("assignments with --set change, add and remove", "[input]") {
  const Chain chain;
  const std::string top = chain.top("extends: base/base.yaml\n");
  const auto with = [&](const std::vector<std::string>& sets) { return load_scenario(top, sets).scenario; };
  CHECK(weibo_load(with({"platforms.weibo.ads.load=20%"})) == 0.2);
  CHECK(weibo_load(with({"platforms.weibo.ads.load=20%", "platforms.weibo.ads.load=0.4"})) == 0.4);
  CHECK(with({"interventions.ads.set.platforms.weibo.ads.load=0.25"}).interventions[0].second.set[0].value == 0.25);
  CHECK(with({"interventions.ads=null"}).interventions.size() == 1);
  CHECK(with({"habit.memory=4 weeks"}).habit.memory == 28);
  CHECK(with({"record.snapshots=[2012-05-05]"}).record.snapshots == std::vector<Date>{make_date(2012, 5, 5)});
  CHECK(with({"platforms.line={launch: 2011-06-23, ads: {load: 0.5}}"}).platforms[2].second.ads.load == 0.5);
  CHECK(with({"title=What if: no ads"}).title == "What if: no ads");
  CHECK(with({"title=\"[quoted]\""}).title == "[quoted]");
  CHECK(with({"population.people.series=null", "population.people.points={2010-01-01: 1e6, 2011-01-01: 2e6}"})
            .population.people.points.size() == 2);
}

namespace {
const std::string market_text = R"(title: Market
marketplace: {commission: 0.4, link_openness: {weibo: 0.5, wechat: 0}}
platforms:
  weibo: {launch: 2009-08-14, ban: {strictness: 0.5, against: [wechat]}}
  wechat: {launch: 2011-01-21}
  line: {launch: 2011-06-23}
interventions:
  cut: {on: 2013-11-22, set: {marketplace.link_openness.wechat: 0, marketplace.commission: 0.2}}
)";
}

TEST_CASE("maps by platform are merged entry by entry, lists of platforms replaced", "[input]") {
  const Chain chain;
  chain.folder.write("market.yaml", market_text);
  const Scenario s = load_scenario(chain.top("extends: market.yaml\nmarketplace: {link_openness: {wechat: null, line: 20%}}\n"
                                             "platforms: {weibo: {ban: {against: [line]}}}\n"))
                         .scenario;
  CHECK(s.marketplace.commission == 0.4);
  CHECK(s.marketplace.link_openness == Named<double>{{"weibo", 0.5}, {"wechat", 1.0}, {"line", 0.2}});
  CHECK(s.platforms[0].second.ban.strictness == 0.5);
  CHECK(s.platforms[0].second.ban.against == std::vector<std::string>{"line"});
}

TEST_CASE("a platform that is removed must leave the marketplace too", "[input]") {
  const Chain chain;
  chain.folder.write("market.yaml", market_text);
  CHECK(chain.problems("extends: market.yaml\nplatforms: {wechat: null}\n") ==
        "market.yaml:2:60: marketplace.link_openness.wechat: no platform is called 'wechat'; platforms here: weibo, line\n"
        "market.yaml:4:64: platforms.weibo.ban.against.0: no platform is called 'wechat'; platforms here: weibo, line\n"
        "market.yaml:8:31: interventions.cut.set.marketplace.link_openness.wechat: no platform is called 'wechat'\n");
  CHECK(load_scenario(chain.top("extends: market.yaml\nplatforms: {wechat: null, weibo: {ban: {against: []}}}\n"
                                "marketplace: {link_openness: {wechat: null}}\n"
                                "interventions: {cut: {set: {marketplace.link_openness.wechat: null}}}\n"))
            .scenario.platforms.size() == 2);
}

TEST_CASE("assignments with --set reach the marketplace and lists of platforms", "[input]") {
  const Chain chain;
  chain.folder.write("market.yaml", market_text);
  const std::string top = chain.top("extends: market.yaml\n");
  const auto with = [&](const std::string& set) { return load_scenario(top, {set}).scenario; };
  CHECK(with("marketplace.link_openness.weibo=0").marketplace.link_openness[0].second == 0.0);
  CHECK(with("marketplace.link_openness.wechat=null").marketplace.link_openness[1].second == 1.0);
  CHECK(with("marketplace.link_openness={line: 0.25}").marketplace.link_openness ==
        Named<double>{{"weibo", 0.5}, {"wechat", 0.0}, {"line", 0.25}});
  CHECK(with("platforms.weibo.ban.against=[]").platforms[0].second.ban.against.empty());
  CHECK(with("platforms.wechat.ban.against=[weibo, line]").platforms[1].second.ban.against == std::vector<std::string>{"weibo", "line"});
  const Intervention cut = with("interventions.cut.set.marketplace.link_openness.wechat=0.3").interventions[0].second;
  CHECK(cut.set[0].path == "marketplace.link_openness.wechat");
  CHECK(cut.set[0].value == 0.3);
}

TEST_CASE("a series given by --set lies relative to the working directory", "[input]") {
  const Chain chain;
  CHECK(
      load_scenario(chain.top("extends: base/base.yaml\n"), {"population.people.series=" + chain.people}).scenario.population.people.file ==
      chain.people);
  CHECK(chain.problems("extends: base/base.yaml\n", {"population.people.series=people.csv"}) ==
        "--set: population.people.series: cannot open 'people.csv' (No such file or directory)\n");
}
