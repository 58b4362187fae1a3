// Schema, explain and manual: nothing may be missing from them.
#include "input/manual.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>

#include "base/error.hpp"
#include "input/catalogue.hpp"
#include "input/schema.hpp"
#include "model/policy.hpp"

using namespace spillway;
using nlohmann::json;

namespace {
/// The schema of a key in one of the two definitions; null if it is not there.
json schema_of(const json& definition, const std::string& path) {
  json at = definition;
  std::string rest = path + ".";
  while (!rest.empty()) {
    const std::string part = rest.substr(0, rest.find('.'));
    rest.erase(0, part.size() + 1);
    if (at.contains("anyOf") && !at.contains("properties") && !at.contains("additionalProperties") && !at.contains("items"))
      at = json(at["anyOf"][0]);
    if (part == "NAME") {
      at = json(at["additionalProperties"]);
    } else if (part == "N") {
      at = json(at["items"]);
    } else {
      if (!at.contains("properties") || !at["properties"].contains(part)) return nullptr;
      at = json(at["properties"][part]);
    }
  }
  return at;
}
}  // namespace

TEST_CASE("the JSON Schema covers every row, strictly", "[input]") {
  const json schema = json::parse(schema_json());
  CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
  for (const char* form : {"scenario", "overlay"})
    for (const FlatKey& flat : flat_catalogue()) {
      INFO(form << " " << flat.path);
      const json found = schema_of(schema["definitions"][form], flat.path);
      REQUIRE_FALSE(found.is_null());
      CHECK(found["description"].get<std::string>().find(flat.key->meaning) == 0);
    }
  const json& strict = schema["definitions"]["scenario"];
  CHECK(strict["required"] == json({"title", "platforms"}));
  CHECK(strict["additionalProperties"] == false);
  CHECK(strict["properties"]["habit"]["additionalProperties"] == false);
  CHECK_FALSE(schema["definitions"]["overlay"].contains("required"));
  CHECK(schema["definitions"]["overlay"]["properties"].contains("extends"));
  CHECK(strict["properties"]["contacts"]["properties"]["kind"]["enum"] == json({"implicit", "file", "mixing"}));
}

TEST_CASE("patterns of the schema accept what the reader accepts", "[input]") {
  const json schema = json::parse(schema_json());
  const auto matches = [&](const std::string& path, const std::string& text) {
    json at = schema_of(schema["definitions"]["scenario"], path);
    const json pattern = at.contains("anyOf") ? at["anyOf"][1] : at;
    return std::regex_match(text, std::regex(pattern["pattern"].get<std::string>(), std::regex::ECMAScript));
  };
  for (const char* good : {"7 d", "4 weeks", "0.5 y", "1_0 days"}) CHECK(matches("habit.memory", good));
  for (const char* bad : {"7", "07 d", "7 h", "never", "d"}) CHECK_FALSE(matches("habit.memory", bad));
  CHECK(matches("exit.threshold_delay", "never"));
  CHECK(matches("contacts.random_share", "30%"));
  CHECK(matches("exit.baseline_churn", "0.001 /d"));
  CHECK(matches("population.users", "1_000_000"));
  CHECK_FALSE(matches("population.users", "30%"));
  CHECK(matches("time.start", "2009-08-14"));
}

TEST_CASE("the schema knows every policy for interventions", "[input]") {
  const json schema = json::parse(schema_json());
  const json set = schema_of(schema["definitions"]["scenario"], "interventions.NAME.set");
  CHECK(set["patternProperties"].size() == policy_rows().size());
  for (const char* path : {"^platforms\\.[^.]+\\.ads\\.load$", "^platforms\\.[^.]+\\.ban\\.strictness$", "^marketplace\\.commission$",
                           "^marketplace\\.link_openness\\.[^.]+$"}) {
    INFO(path);
    REQUIRE(set["patternProperties"].contains(path));
  }
  for (const PolicyRow& row : policy_rows()) {
    INFO(row.name);
    int matches = 0;
    for (const auto& [pattern, value] : set["patternProperties"].items())
      if (std::regex_match(policy_path(row, "微博"), std::regex(pattern)))
        matches += value["description"].get<std::string>().find(row.meaning) == 0;
    CHECK(matches == 1);
  }
}

TEST_CASE("the schema knows maps by platform and lists of platforms", "[input]") {
  const json schema = json::parse(schema_json());
  for (const char* form : {"scenario", "overlay"}) {
    const json value = schema_of(schema["definitions"][form], "marketplace.link_openness.NAME");
    CHECK(value["anyOf"][0] == json::parse(R"({"type": "number", "minimum": 0.0, "maximum": 1.0})"));
    CHECK(value["anyOf"].size() == (std::string(form) == "overlay" ? 3 : 2));  // null removes
  }
  const json against = schema_of(schema["definitions"]["scenario"], "platforms.NAME.ban.against");
  CHECK(against["type"] == "array");
  CHECK(against["items"] == json::parse(R"({"type": "string"})"));
  CHECK(schema_of(schema["definitions"]["scenario"], "suppliers.decisions.homing")["enum"] == json({"multi", "exclusive"}));
}

TEST_CASE("every key is explained", "[input]") {
  for (const FlatKey& flat : flat_catalogue()) {
    INFO(flat.path);
    const std::string text = explain_key(flat.path);
    CHECK(text.find(flat.path + "\n  " + flat.key->meaning) == 0);
  }
}

TEST_CASE("explain takes names, endings and slips", "[input]") {
  const std::string load =
      "platforms.NAME.ads.load\n"
      "  share of impressions that are ads\n"
      "  unit      share of one, or with %\n"
      "  range     [0, 1]\n"
      "  plausible [0, 0.3]\n"
      "  default   0\n"
      "  policy    yes: interventions can set and ramp it during a run\n"
      "  source    A_k; lever\n"
      "  example   platforms: {weibo: {ads: {load: 0}}}\n";
  CHECK(explain_key("platforms.weibo.ads.load") == load);
  CHECK(explain_key("platforms.ads.load") == load);
  CHECK(explain_key("ads.load") == load);
  CHECK(explain_key("load") == load);
  CHECK(explain_key("platforms.weibo") == explain_key("platforms"));
  CHECK(explain_key("users").find("2 keys end in 'users':\n  population.users") == 0);
  CHECK_THROWS_WITH(explain_key("habit.memry"), "there is no key 'habit.memry'; did you mean 'habit.memory'?");
  CHECK_THROWS_WITH(explain_key("xyzzy.qqqqqq"), "there is no key 'xyzzy.qqqqqq'; see `spillway describe parameters`");
}

TEST_CASE("explain knows maps by platform, lists of platforms and profit", "[input]") {
  const std::string openness =
      "marketplace.link_openness.NAME\n"
      "  how far the marketplace's links open inside a platform; 0: dead links\n"
      "  unit      share of one, or with %\n"
      "  range     [0, 1]\n"
      "  default   1\n"
      "  policy    yes: interventions can set and ramp it during a run\n"
      "  source    ell_k; 1\n"
      "  example   marketplace: {link_openness: {weibo: 1}}\n";
  for (const char* path : {"marketplace.link_openness", "marketplace.link_openness.wechat", "link_openness"})
    CHECK(explain_key(path) == openness);
  CHECK(explain_key("ban.against").ends_with("\n  example   platforms: {weibo: {ban: {against: [wechat]}}}\n"));
  CHECK(explain_key("sellers.fee").find("\n  unit      plain number; 1 is the net profit a day of the median supplier") !=
        std::string::npos);
  CHECK(explain_key("sellers.fee").find("\n  range     [0, 1000]\n") != std::string::npos);
}

TEST_CASE("explain finds keys that were renamed", "[input]") {
  CHECK_THROWS_WITH(explain_key("suppliers.celebrity_share"),
                    "there is no key 'suppliers.celebrity_share'; did you mean 'suppliers.celebrity.share'?");
  CHECK_THROWS_WITH(explain_key("celebrity_quality"), "there is no key 'celebrity_quality'; did you mean 'suppliers.celebrity.quality'?");
}

TEST_CASE("paths are found by their last parts, however joined", "[input]") {
  using Paths = std::vector<std::string>;
  CHECK(paths_ending_in("load", "platforms.") == Paths{"platforms.NAME.ads.load"});
  CHECK(paths_ending_in("ads_load", "") == Paths{"platforms.NAME.ads.load"});
  CHECK(paths_ending_in("load", "suppliers.").empty());
  CHECK(paths_ending_in("openness", "").empty());  // no whole part
  CHECK(paths_ending_in("link_openness", "") == Paths{"marketplace.link_openness.NAME"});
  CHECK(paths_ending_in("share", "suppliers.") == Paths{"suppliers.celebrity.share", "suppliers.media.share", "suppliers.brand.share"});
}

TEST_CASE("the manual has a row for every key", "[input]") {
  const std::string manual = scenario_manual();
  for (const FlatKey& flat : flat_catalogue()) {
    const bool heads_a_chapter = flat.path.find('.') == std::string::npos && !flat.key->children.empty();
    if (heads_a_chapter) continue;
    std::string row = flat.path.substr(0, flat.path.find('.'));
    row = flat.path.size() == row.size() ? row : flat.path.substr(row.size() + 1);
    if (row.starts_with("NAME.")) row.erase(0, 5);
    if (const std::size_t list = row.find(".N."); list != std::string::npos) row.replace(list, 3, "[].");
    INFO(flat.path);
    CHECK(manual.find("\n| `" + row + "`") != std::string::npos);
  }
  for (const PolicyRow& row : policy_rows()) {
    const std::string path = policy_path(row, "NAME"), section = row.scope == PolicyScope::platform ? "platforms.NAME." : "marketplace.";
    INFO(path);
    CHECK(manual.find("\n| `" + path.substr(section.size()) + "` **P** |") != std::string::npos);
  }
}

TEST_CASE("plausible ranges are told wherever a key is", "[input]") {
  const json schema = json::parse(schema_json());
  const std::string load = schema_of(schema["definitions"]["scenario"], "platforms.NAME.ads.load")["description"];
  CHECK(load.find(". Range: [0, 1]. Plausible: [0, 0.3]. ") != std::string::npos);
  const json set = schema_of(schema["definitions"]["scenario"], "interventions.NAME.set");
  const std::string ramped = set["patternProperties"]["^platforms\\.[^.]+\\.ads\\.load$"]["description"];
  CHECK(ramped.find("Plausible: [0, 0.3]") != std::string::npos);
  const std::string manual = scenario_manual();
  CHECK(manual.find("| `ads.load` **P** | `0` |  | [0, 1], plausible [0, 0.3] |") != std::string::npos);
  CHECK(explain_key("habit.memory").find("\n  plausible [7, 60] d\n") != std::string::npos);
  CHECK(explain_key("time.step").find("plausible") == std::string::npos);  // nothing is documented
}

TEST_CASE("lists for the terminal are complete", "[input]") {
  const std::string parameters = parameter_list(), policies = policy_list();
  for (const FlatKey& flat : flat_catalogue())
    if (flat.key->children.empty()) CHECK(parameters.find(flat.path + " ") != std::string::npos);
  for (const PolicyRow& row : policy_rows()) {
    const std::size_t line = policies.find(policy_path(row, "NAME") + " ");
    REQUIRE(line != std::string::npos);
    CHECK(policies.substr(line, policies.find('\n', line) - line).ends_with(" " + row.meaning));
  }
}
