// `spillway check`: everything that can be known about a scenario without running it.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "cli/command.hpp"
#include "input/load.hpp"
#include "input/quantity.hpp"
#include "input/resolved.hpp"
#include "model/validate.hpp"
#include "run/memory_forecast.hpp"

namespace spillway {

namespace {
struct CheckOptions {
  std::string file;
  std::vector<std::string> sets;
  bool json = false;
  bool resolved = false;
};

void print_summary(const LoadedScenario& loaded, bool as_json) {
  const Scenario& s = loaded.scenario;
  const double tick = tick_days(s.time);
  // A contact file is not read here: `run --dry-run` does that.
  const bool known = s.contacts.kind != ContactsKind::file;
  const std::uint64_t memory = known ? forecast_memory(s, available_threads()).bytes() : 0;
  if (!as_json) {
    fmt::print("ok: {}: {} users, {} platforms, {} interventions, {} ticks of {} from {} to {}{}\n", s.title, s.population.users,
               s.platforms.size(), s.interventions.size(), tick_count(s.time), quantity_text(tick, Unit::days), to_text(s.time.start),
               to_text(s.time.end), known ? "; needs " + bytes_text(memory) + " of memory" : "");
    return;
  }
  nlohmann::ordered_json json{{"schema", "spillway-check/1"},
                              {"ok", true},
                              {"title", s.title},
                              {"users", s.population.users},
                              {"ticks", tick_count(s.time)},
                              {"tick_days", tick},
                              {"start", to_text(s.time.start)},
                              {"end", to_text(s.time.end)},
                              {"files", loaded.files}};
  if (known) json["memory_bytes"] = memory;
  json["platforms"] = nlohmann::ordered_json::array();
  for (const auto& [name, platform] : s.platforms) json["platforms"].push_back(name);
  fmt::print("{}\n", json.dump(2));
}

void print_issues(const InputError& error) {
  nlohmann::ordered_json json{{"schema", "spillway-check/1"}, {"ok", false}, {"issues", nlohmann::ordered_json::array()}};
  for (const Issue& issue : error.issues())
    json["issues"].push_back(
        {{"file", issue.file}, {"line", issue.line}, {"column", issue.column}, {"path", issue.path}, {"message", issue.message}});
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

int check(const CheckOptions& options) {
  try {
    const LoadedScenario loaded = load_scenario(options.file, options.sets);
    if (options.resolved)
      fmt::print("{}", resolved_yaml(loaded.scenario));
    else
      print_summary(loaded, options.json);
  } catch (const InputError& error) {
    if (options.json) print_issues(error);
    throw;
  }
  return 0;
}
}  // namespace

Action set_up_check(CLI::App& app) {
  auto options = std::make_shared<CheckOptions>();
  app.add_option("scenario", options->file, "scenario file (YAML)")->required();
  app.add_option("--set", options->sets, "change one key: path=value; may be repeated")->type_name("PATH=VALUE")->allow_extra_args(false);
  app.add_flag("--json", options->json, "print the result, or the problems, as JSON");
  app.add_flag("--resolved", options->resolved, "print the scenario with every default filled in");
  return [options] { return check(*options); };
}

}  // namespace spillway
