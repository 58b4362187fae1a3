// `spillway run`: one run from a scenario to a result file, with a summary.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "base/parallel.hpp"
#include "cli/command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/options.hpp"
#include "cli/print.hpp"
#include "cli/progress.hpp"
#include "report/summary.hpp"
#include "run/forecast.hpp"
#include "run/run.hpp"

namespace spillway {

namespace {

struct RunArguments {
  std::string scenario, users, seed, replicate, threads, save_every;
  std::vector<std::string> sets, save_states;
  RunOptions options;
  bool json = false, quiet = false, dry_run = false;
};

void print_json(const RunOutcome& outcome) {
  nlohmann::ordered_json json{
      {"schema", "spillway-run/1"}, {"file", outcome.path}, {"already_done", outcome.already_done}, {"digest", digest(outcome.recording)}};
  for (const auto& [name, value] : outcome.recording.attributes) json[name] = value;
  for (const auto& [name, value] : outcome.recording.timing) json["timing"][name] = value;
  print_json_document(json);
}

void print_forecast(const Forecast& forecast) {
  nlohmann::ordered_json json{{"schema", "spillway-forecast/1"},
                              {"memory_bytes", forecast.memory.bytes()},
                              {"machine_bytes", forecast.machine.bytes},
                              {"available_bytes", forecast.machine.available},
                              {"seconds", forecast.seconds()},
                              {"ns_per_user_tick", forecast.trial.tick_ns},
                              {"threads", forecast.threads},
                              {"users", forecast.users},
                              {"ticks", forecast.ticks},
                              {"result_bytes", forecast.result_bytes}};
  for (const MemoryPart& part : forecast.memory.parts) json["memory"].push_back({{"name", part.name}, {"bytes", part.bytes()}});
  print_json_document(json);
}

// Writes nothing: neither the folder nor the file.
int tell_only(const LoadedScenario& loaded, const RunArguments& arguments) {
  Forecast forecast = forecast_run(loaded, arguments.options.threads > 0 ? arguments.options.threads : available_threads());
  add_time(loaded, forecast);
  if (arguments.json)
    print_forecast(forecast);
  else
    fmt::print("{}", forecast_text(forecast));
  if (const std::string warning = memory_warning(forecast.memory, forecast.machine); !warning.empty()) fmt::print(stderr, "{}\n", warning);
  return 0;
}

int run(RunArguments arguments) {
  const auto set = [&](const std::string& text, const char* key) {
    if (!text.empty()) arguments.sets.push_back(std::string(key) + "=" + text);
  };
  set(arguments.users, "population.users");
  set(arguments.seed, "seed");
  set(arguments.replicate, "replicate");
  if (!arguments.threads.empty()) arguments.options.threads = static_cast<int>(whole_option("--threads", arguments.threads, 1, 1024));
  for (const std::string& text : arguments.save_states) arguments.options.save_states.push_back(date_option("--save-state", text));
  if (!arguments.save_every.empty())
    arguments.options.state_every_seconds = static_cast<double>(whole_option("--save-every", arguments.save_every, 0, 1'000'000));
  const LoadedScenario loaded = load_scenario(arguments.scenario, arguments.sets);
  if (arguments.dry_run) return tell_only(loaded, arguments);
  if (arguments.quiet) arguments.options.forecast_from = never;
  ProgressLine line(arguments.quiet);
  const RunOutcome outcome = run_scenario(
      loaded, arguments.options, [&](const Progress& p) { line.show(p); }, say);
  line.finish();
  if (arguments.json)
    print_json(outcome);
  else if (!arguments.quiet)
    fmt::print("{}", summary(outcome.recording));
  if (!arguments.json)
    fmt::print("{}{}\n", outcome.already_done ? "this run is done already (--force runs it again): " : "result: ", outcome.path);
  if (!arguments.json && !arguments.quiet) fmt::print("page: spillway report {}\n", shell_word(outcome.path));
  if (outcome.stopped_by == 0) return 0;
  return exit_code::of_stop(outcome.stopped_by);
}
}  // namespace

Action set_up_run(CLI::App& app) {
  auto arguments = std::make_shared<RunArguments>();
  app.add_option("scenario", arguments->scenario, "scenario file (YAML)")->required()->type_name("SCENARIO");
  app.add_option("-o,--output", arguments->options.output, "result file; default output/<scenario>-s<seed>-r<replicate>.h5")
      ->type_name("FILE");
  app.add_option("--users", arguments->users, "simulated users, instead of population.users")->type_name("N");
  app.add_option("--seed", arguments->seed, "seed, instead of the scenario's")->type_name("N");
  app.add_option("--replicate", arguments->replicate, "number of the replicate: other luck")->type_name("N");
  app.add_option("--threads", arguments->threads, "threads; default: all. Results do not depend on it")->type_name("N");
  app.add_option("--set", arguments->sets, "change one key: path=value; may be repeated")->type_name("PATH=VALUE")->allow_extra_args(false);
  app.add_flag("--force", arguments->options.force, "start over: replace a result of another scenario, run again what is done or stopped");
  app.add_flag("--dry-run", arguments->dry_run, "only tell what memory and time the run needs here; writes nothing");
  app.add_option("--save-state", arguments->save_states, "keep the state on this date as <output>-DATE.state; may be repeated")
      ->type_name("DATE")
      ->allow_extra_args(false);
  app.add_option("--from", arguments->options.from, "start from a kept state of the same scenario; time.end may differ")
      ->type_name("STATE");
  app.add_option("--save-every", arguments->save_every,
                 "seconds between states from which the same command goes on after a kill; default 600, 0: after every tick")
      ->type_name("SECONDS");
  app.add_flag("--json", arguments->json, "print the outcome as JSON");
  app.add_flag("-q,--quiet", arguments->quiet, "no progress and no summary");
  return [arguments] { return run(*arguments); };
}

}  // namespace spillway
