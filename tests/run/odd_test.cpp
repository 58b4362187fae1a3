// sim/ODD.md against the program's own tables: what the document names exists, and nothing of the program is missing from it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "input/catalogue.hpp"
#include "mechanisms/phases.hpp"
#include "model/columns.hpp"
#include "model/policy.hpp"
#include "observe/observables.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;
using Words = std::vector<std::string>;

const fs::path root = SPILLWAY_SOURCE_DIR;

std::string text_of(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

const Words& odd_lines() {
  static const Words lines = [] {
    Words read;
    std::istringstream in(text_of(root / "sim/ODD.md"));
    for (std::string line; std::getline(in, line);) read.push_back(line);
    return read;
  }();
  return lines;
}

/// Everything but equations, in one line.
const std::string& prose() {
  static const std::string text = [] {
    std::string all;
    bool equations = false;
    for (const std::string& line : odd_lines()) {
      if (line.starts_with("```"))
        equations = !equations;
      else if (!equations)
        all += line + " ";
    }
    return all;
  }();
  return text;
}

Words matches(const std::string& text, const char* pattern) {
  const std::regex form(pattern);
  Words found;
  for (std::sregex_iterator at(text.begin(), text.end(), form), end; at != end; ++at) found.push_back((*at)[1]);
  return found;
}

/// What stands in backticks.
Words code_in(const std::string& text) { return matches(text, "`([^`]+)`"); }

bool contains(const Words& words, const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); }

/// Cells of the rows below the table head that starts so.
std::vector<Words> table_under(const std::string& head) {
  const Words& lines = odd_lines();
  auto line = std::find_if(lines.begin(), lines.end(), [&](const std::string& l) { return l.starts_with(head); });
  REQUIRE(line != lines.end());
  std::vector<Words> rows;
  for (line += 2; line != lines.end() && line->starts_with("|"); ++line) rows.push_back(matches(*line, "\\| ([^|]*[^| ]) (?=\\|)"));
  return rows;
}

/// A file named from sim/, tests/ or the root; empty if there is none.
fs::path find_file(const std::string& name) {
  for (const char* folder : {"sim", "tests", "."})
    if (fs::is_regular_file(root / folder / name)) return root / folder / name;
  return {};
}

bool stands_in(const std::string& word, const Words& files) {
  return std::any_of(files.begin(), files.end(), [&](const std::string& file) {
    return std::regex_search(text_of(find_file(file)), std::regex("\\b" + word + "\\b"));
  });
}

/// "load" of platforms.NAME.ads.load, "link_openness" of marketplace.link_openness.NAME.
std::string last_part(std::string path) {
  if (path.ends_with(".NAME")) path.resize(path.size() - 5);
  return path.substr(path.rfind('.') + 1);
}

const Key* find_key(const std::string& path) {
  for (const FlatKey& flat : flat_catalogue())
    if (flat.path == path) return flat.key;
  return nullptr;
}

bool is_observable(const std::string& name) {
  const auto table = observable_table();
  return std::any_of(table.begin(), table.end(), [&](const Observable& row) { return row.name == name; });
}

/// "reach" for every tests/*/reach_test.cpp.
const std::set<std::string>& test_names() {
  static const std::set<std::string> names = [] {
    std::set<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(root / "tests")) {
      const std::string file = entry.path().filename().string();
      if (file.ends_with("_test.cpp")) found.insert(file.substr(0, file.size() - std::string("_test.cpp").size()));
    }
    return found;
  }();
  return names;
}
}  // namespace

TEST_CASE("ODD: all phases in order, each with the file that has it") {
  static constexpr const char* scopes[] = {"before", "everybody", "involved", "after"};
  const auto rows = table_under("| when | phase |");
  REQUIRE(rows.size() == phase_table().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Phase& phase = phase_table()[i];
    INFO(phase.name);
    REQUIRE(rows[i].size() == 5);
    CHECK(rows[i][0] == scopes[static_cast<int>(phase.scope)]);
    CHECK(code_in(rows[i][1]) == Words{std::string(phase.name)});
    CHECK(rows[i][2] == phase.model);
    const fs::path file = find_file(code_in(rows[i][3]).at(0));
    CHECK(text_of(file).find("void " + std::string(phase.name) + "(") != std::string::npos);
  }
}

TEST_CASE("ODD: all state variables and columns in order") {
  const auto rows = table_under("| state | column |");
  REQUIRE(rows.size() == user_field_table.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    INFO(user_field_table[i].name);
    CHECK(code_in(rows[i][0]) == Words{std::string(user_field_table[i].name)});
    CHECK(code_in(rows[i][1]) == Words{std::string(row_of(user_field_table[i].column).name)});
  }
  Words columns;
  for (const ColumnRow& row : column_table) columns.emplace_back(row.name);
  const std::size_t at = prose().find("Columns, in order:");
  REQUIRE(at != std::string::npos);
  CHECK(code_in(prose().substr(at, prose().find('.', at) - at)) == columns);
}

TEST_CASE("ODD: all policies in order, each with a file that uses it") {
  const auto rows = table_under("| policy | symbol |");
  REQUIRE(rows.size() == policy_rows().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string path = policy_path(policy_rows()[i], "NAME");
    INFO(path);
    REQUIRE(rows[i].size() == 3);
    CHECK(code_in(rows[i][0]) == Words{path});
    for (const std::string& file : code_in(rows[i][2])) CHECK(stands_in(last_part(path), {file}));
  }
}

TEST_CASE("ODD: every key, and no other") {
  const Words named = code_in(prose());
  for (const FlatKey& flat : flat_catalogue()) {
    INFO(flat.path);
    if (flat.key->children.empty()) CHECK(contains(named, flat.path));
  }
  const std::regex inside("([a-z_]+)\\..*");
  for (const std::string& word : named) {
    std::smatch top;
    if (find_file(word).empty() && std::regex_match(word, top, inside) && find_key(top[1]) != nullptr) {
      INFO(word);
      CHECK(find_key(word) != nullptr);
    }
  }
}

TEST_CASE("ODD: every observable") {
  const Words named = code_in(prose());
  for (const Observable& row : observable_table()) {
    INFO(row.name);
    CHECK(contains(named, std::string(row.name)));
  }
}

namespace {
// Of the list of tests that hold a submodel: "reach (D36), off_values".
void check_tests(const std::string& list) {
  const std::string bare = std::regex_replace(list, std::regex("\\([^)]*\\)"), "");
  for (const std::string& name : matches(bare, "([a-z0-9_]+)")) {
    INFO("Held by " << list);
    CHECK(test_names().count(name) == 1);
  }
}
}  // namespace

TEST_CASE("ODD: every file and test that it names") {
  const Words links = matches(prose(), "\\]\\(([^)]+)\\)"), held = matches(prose(), "Held by ((?:[^.(]|\\([^)]*\\))+)\\.");
  REQUIRE(links.size() >= 3);
  for (const std::string& link : links) {
    INFO(link);
    CHECK(fs::exists(root / "sim" / link));
  }
  for (const std::string& word : code_in(prose())) {
    INFO(word);
    if (word.find('/') != std::string::npos && !word.ends_with("/")) CHECK_FALSE(find_file(word).empty());
  }
  REQUIRE(held.size() >= 20);
  for (const std::string& list : held) check_tests(list);
}

TEST_CASE("ODD: from mechanism to key, file, observable and test") {
  constexpr std::size_t asked_for = 33;  // mechanisms that the market's descriptions name
  const auto rows = table_under("| mechanism | keys |");
  std::set<std::string> mechanisms;
  for (const Words& row : rows) {
    INFO(row[0]);
    REQUIRE(row.size() == 5);
    mechanisms.insert(row[0]);
    const Words keys = code_in(row[1]), files = code_in(row[2]), observables = code_in(row[3]), tests = code_in(row[4]);
    CHECK((!keys.empty() && !files.empty() && !observables.empty() && !tests.empty()));
    for (const std::string& key : keys) {
      INFO(key);
      CHECK(find_key(key) != nullptr);
      CHECK(stands_in(last_part(key), files));
    }
    for (const std::string& name : observables) CHECK((is_observable(name) ? "" : name) == "");
    for (const std::string& test : tests) CHECK((fs::exists(root / "tests" / test) ? "" : test) == "");
    CHECK(std::any_of(keys.begin(), keys.end(), [&](const std::string& key) { return stands_in(last_part(key), tests); }));
  }
  CHECK(mechanisms.size() == asked_for);
}

TEST_CASE("ODD: alternatives are keys with these values") {
  const auto rows = table_under("| question | key |");
  REQUIRE(rows.size() >= 7);
  for (const Words& row : rows) {
    INFO(row[0]);
    REQUIRE(row.size() == 5);
    Words values = code_in(row[2] + row[3]), words;
    for (const std::string& path : code_in(row[1])) {
      const Key* key = find_key(path);
      REQUIRE(key != nullptr);
      words.insert(words.end(), key->words.begin(), key->words.end());
      if (!key->words.empty()) CHECK(code_in(row[2]) == Words{key->fallback});
    }
    std::sort(values.begin(), values.end());
    std::sort(words.begin(), words.end());
    CHECK(values == words);
  }
}

TEST_CASE("ODD: every source is listed, and every listed one is used") {
  const char* tag = "\\[([A-Za-z]+[0-9]{2}(?:-[0-9]{2})?|Dunbar)\\]";
  const std::size_t at = prose().find("## References");
  REQUIRE(at != std::string::npos);
  Words used = matches(prose().substr(0, at), tag);
  for (const FlatKey& flat : flat_catalogue())
    for (const std::string& source : matches(flat.key->source + flat.key->meaning, tag)) used.push_back(source);
  Words listed = matches(prose().substr(at), tag);
  std::sort(listed.begin(), listed.end());
  CHECK(std::adjacent_find(listed.begin(), listed.end()) == listed.end());
  const std::set<std::string> all(used.begin(), used.end());
  CHECK(Words(all.begin(), all.end()) == listed);
}

}  // namespace spillway
