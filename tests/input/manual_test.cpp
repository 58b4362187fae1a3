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
  CHECK(set["patternProperties"].contains("^platforms\\.[^.]+\\.ads\\.load$"));
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

TEST_CASE("the manual has a row for every key", "[input]") {
  const std::string manual = scenario_manual();
  for (const FlatKey& flat : flat_catalogue()) {
    if (flat.key->kind == KeyKind::section || flat.key->kind == KeyKind::by_name) continue;
    std::string row = flat.path.substr(0, flat.path.find('.'));
    row = flat.path.size() == row.size() ? row : flat.path.substr(row.size() + 1);
    if (row.starts_with("NAME.")) row.erase(0, 5);
    if (const std::size_t list = row.find(".N."); list != std::string::npos) row.replace(list, 3, "[].");
    INFO(flat.path);
    CHECK(manual.find("\n| `" + row + "`") != std::string::npos);
  }
  for (const PolicyRow& row : policy_rows()) CHECK(manual.find("| `" + row.name + "` **P** |") != std::string::npos);
}

TEST_CASE("lists for the terminal are complete", "[input]") {
  const std::string parameters = parameter_list(), policies = policy_list();
  for (const FlatKey& flat : flat_catalogue())
    if (flat.key->children.empty()) CHECK(parameters.find(flat.path + " ") != std::string::npos);
  for (const PolicyRow& row : policy_rows()) CHECK(policies.find(row.meaning) != std::string::npos);
}
