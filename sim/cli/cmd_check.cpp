// `spillway check`: everything that can be known about a scenario, a study or a calibration without running it.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "cli/check_calibration.hpp"
#include "cli/check_study.hpp"
#include "cli/command.hpp"
#include "cli/print.hpp"
#include "input/calibration.hpp"
#include "input/load.hpp"
#include "input/quantity.hpp"
#include "input/resolved.hpp"
#include "input/study.hpp"
#include "model/validate.hpp"
#include "run/memory_forecast.hpp"

namespace spillway {

namespace {
struct CheckOptions {
  std::string file;
  std::vector<std::string> sets;
  bool json = false, resolved = false, strict = false;
};

void print_notes(const std::vector<Issue>& notes) {
  for (Issue note : notes) {
    note.path = "note: " + note.path;
    fmt::print(stderr, "{}\n", to_text(note));
  }
}

std::string count_text(std::size_t notes) { return counted(notes, "note", "notes"); }

void print_summary(const LoadedScenario& loaded, const CheckOptions& options) {
  const Scenario& s = loaded.scenario;
  const double tick = tick_days(s.time);
  // A contact file is not read here: `run --dry-run` does that.
  const bool known = s.contacts.kind != ContactsKind::file;
  const std::uint64_t memory = known ? forecast_memory(s, available_threads()).bytes() : 0;
  if (!options.json) {
    fmt::print("ok: {}: {} users, {} platforms, {} interventions, {} ticks of {} from {} to {}{}{}\n", s.title, s.population.users,
               s.platforms.size(), s.interventions.size(), tick_count(s.time), quantity_text(tick, Unit::days), to_text(s.time.start),
               to_text(s.time.end), known ? "; needs " + bytes_text(memory) + " of memory" : "",
               loaded.notes.empty() ? "" : "; " + count_text(loaded.notes.size()));
    return;
  }
  nlohmann::ordered_json json{{"schema", "spillway-check/1"},
                              {"ok", !options.strict || loaded.notes.empty()},
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
  json["notes"] = issues_json(loaded.notes);
  print_json_document(json);
}

void print_issues(const InputError& error) {
  const nlohmann::ordered_json json{{"schema", "spillway-check/1"}, {"ok", false}, {"issues", issues_json(error.issues())}};
  print_json_document(json);
}

template <class Loaded>
int tell(const Loaded& loaded, const std::string& resolved, const CheckOptions& options,
         void (*summary)(const Loaded&, const CheckOptions&)) {
  const bool refused = options.strict && !loaded.notes.empty();
  print_notes(loaded.notes);
  if (options.resolved)
    fmt::print("{}", resolved);
  else if (options.json || !refused)
    summary(loaded, options);
  if (refused) fmt::print(stderr, "{}; --strict takes notes for errors\n", count_text(loaded.notes.size()));
  return refused ? 2 : 0;
}

void print_study(const LoadedStudy& loaded, const CheckOptions& options) { print_study_summary(loaded, options.json, options.strict); }

void print_calibration(const LoadedCalibration& loaded, const CheckOptions& options) {
  print_calibration_summary(loaded, options.json, options.strict);
}

int check(const CheckOptions& options) {
  try {
    if (is_calibration_file(options.file)) {
      const LoadedCalibration loaded = load_calibration(options.file, options.sets);
      return tell(loaded, resolved_calibration(loaded.calibration), options, print_calibration);
    }
    if (is_study_file(options.file)) {
      const LoadedStudy loaded = load_study(options.file, options.sets);
      return tell(loaded, resolved_study(loaded.study), options, print_study);
    }
    const LoadedScenario loaded = load_scenario(options.file, options.sets);
    return tell(loaded, resolved_yaml(loaded.scenario), options, print_summary);
  } catch (const InputError& error) {
    if (options.json) print_issues(error);
    throw;
  }
}
}  // namespace

Action set_up_check(CLI::App& app) {
  auto options = std::make_shared<CheckOptions>();
  app.add_option("scenario", options->file, "scenario, study or calibration file (YAML)")->required()->type_name("SCENARIO");
  app.add_option("--set", options->sets, "change one key: path=value; may be repeated")->type_name("PATH=VALUE")->allow_extra_args(false);
  app.add_flag("--strict", options->strict, "end with 2 also where a value lies outside its plausible range");
  app.add_flag("--json", options->json, "print the result, or the problems, as JSON");
  app.add_flag("--resolved", options->resolved, "print the scenario, study or calibration with every default filled in");
  return [options] { return check(*options); };
}

}  // namespace spillway
