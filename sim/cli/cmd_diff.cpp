// `spillway diff`: what did I change? Two resolved scenarios, key by key.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/print.hpp"
#include "cli/scenario_source.hpp"
#include "input/catalogue.hpp"
#include "input/difference.hpp"
#include "input/manual.hpp"
#include "store/trajectory.hpp"

namespace spillway {

namespace {
struct DiffOptions {
  std::string first, second;
  std::vector<std::string> sets;
  bool json = false, exit_code = false, verbose = false;
};

struct Side {
  std::string name;
  Scenario scenario;
};

struct Sides {
  Side left, right;
};

Side load_side(const std::string& path, const std::vector<std::string>& sets = {}) {
  return {path + (sets.empty() ? "" : " with --set"), load_scenario_or_result(path, sets).scenario};
}

// One file alone has an obvious partner: itself without the assignments, or what it extends.
Sides load_sides(const DiffOptions& options) {
  const std::string& file = options.first;
  if (!options.second.empty()) return {load_side(file), load_side(options.second, options.sets)};
  if (!options.sets.empty()) return {load_side(file), load_side(file, options.sets)};
  Side only = load_side(file);  // what is wrong with the file itself comes before what it lacks
  const std::string base = is_result_file(file) ? "" : extended_file(file);
  if (base.empty()) throw InputError(fmt::format("{} extends no other scenario: name a second file, or changes with --set", file));
  return {load_side(base), std::move(only)};
}

std::size_t count_changes(const std::vector<KeyDifference>& found) {
  return static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [](const KeyDifference& d) { return !is_wording(d.key); }));
}

std::string verdict(const std::vector<KeyDifference>& found) {
  if (found.empty()) return "the scenarios are the same\n";
  std::vector<std::string> wording;
  for (const KeyDifference& d : found)
    if (is_wording(d.key)) wording.push_back(d.key);
  const std::size_t changes = count_changes(found);
  const std::string others = fmt::format("{}", fmt::join(wording, " and "));
  if (changes == 0) return fmt::format("only the {} differ{}: both give the same curves\n", others, wording.size() == 1 ? "s" : "");
  return fmt::format("{} {}{}\n", changes, changes == 1 ? "key differs" : "keys differ", wording.empty() ? "" : ", and the " + others);
}

void print_table(const Sides& sides, const std::vector<KeyDifference>& found, bool verbose) {
  if (found.empty()) return fmt::print("{}", verdict(found));
  const auto& [left, right] = sides;
  const std::size_t names = std::max(left.name.size(), right.name.size());
  fmt::print("A  {:<{}}  {}\nB  {:<{}}  {}\n\n", left.name, names, left.scenario.title, right.name, names, right.scenario.title);
  constexpr std::size_t widest = 60;  // chosen: a longer value pushes its neighbour alone
  std::size_t keys = 3, lefts = 1;
  for (const KeyDifference& d : found) {
    if (is_wording(d.key)) continue;
    keys = std::max(keys, d.key.size());
    if (d.left.size() <= widest) lefts = std::max(lefts, d.left.size());
  }
  const auto shown = [](const std::string& text) { return text.empty() ? std::string("-") : text; };
  if (count_changes(found) > 0) fmt::print("{:<{}}  {:<{}}  {}\n", "key", keys, "A", lefts, "B");
  for (const KeyDifference& d : found) {
    if (is_wording(d.key)) continue;
    fmt::print("{:<{}}  {:<{}}  {}\n", d.key, keys, shown(d.left), lefts, shown(d.right));
    if (const std::string meaning = verbose ? meaning_of(d.key) : ""; !meaning.empty()) fmt::print("    {}\n", meaning);
  }
  fmt::print("{}{}", count_changes(found) > 0 ? "\n" : "", verdict(found));
}

void print_json(const Sides& sides, const std::vector<KeyDifference>& found) {
  using Json = nlohmann::ordered_json;
  const auto side = [](const Side& s) { return Json{{"name", s.name}, {"title", s.scenario.title}}; };
  const auto value = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  Json json{{"schema", "spillway-diff/1"},
            {"same", found.empty()},
            {"left", side(sides.left)},
            {"right", side(sides.right)},
            {"differences", Json::array()}};
  for (const KeyDifference& d : found)
    json["differences"].push_back({{"key", d.key},
                                   {"left", value(d.left)},
                                   {"right", value(d.right)},
                                   {"wording", is_wording(d.key)},
                                   {"meaning", meaning_of(d.key)}});
  print_json_document(json);
}

int diff(const DiffOptions& options) {
  const Sides sides = load_sides(options);
  const std::vector<KeyDifference> found = differences(sides.left.scenario, sides.right.scenario);
  if (options.json)
    print_json(sides, found);
  else
    print_table(sides, found, options.verbose);
  return options.exit_code && !found.empty() ? 1 : 0;
}
}  // namespace

Action set_up_diff(CLI::App& app) {
  auto options = std::make_shared<DiffOptions>();
  app.add_option("first", options->first, "scenario or result file; alone it is compared with what it extends, or with its own --set")
      ->required()
      ->type_name("FILE");
  app.add_option("second", options->second, "scenario or result file that it is compared with")->type_name("FILE");
  app.add_option("--set", options->sets, "change one key of the second: path=value; may be repeated")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  app.add_flag("-v,--verbose", options->verbose, "say under each key what it means");
  app.add_flag("--exit-code", options->exit_code, "end with 1 if there is a difference, for scripts");
  app.add_flag("--json", options->json, "print as JSON");
  return [options] { return diff(*options); };
}

}  // namespace spillway
