// `spillway compare`: worlds with the same luck, and what distinguishes them.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/differences.hpp"
#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/options.hpp"
#include "cli/print.hpp"
#include "cli/progress.hpp"
#include "input/quantity.hpp"
#include "model/ensemble_view.hpp"
#include "report/answer.hpp"
#include "report/comparison_text.hpp"
#include "run/lock.hpp"
#include "run/signals.hpp"
#include "store/commit.hpp"
#include "store/trajectory.hpp"
#include "study/compare.hpp"
#include "study/page_file.hpp"
#include "study/report_files.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;

struct CompareArguments {
  std::vector<std::string> files, sets;
  std::string replicates, users, seed, threads, half_width, most, confidence, output;
  bool all = false, json = false, quiet = false, exit_code = false, force = false, open = false;
};

/// A share strictly between two bounds, "95%" or "0.95".
double share_option(const std::string& option, const std::string& text, double low, double high) {
  const Quantity quantity = parse_quantity(text, Unit::share);
  if (!quantity.error.empty()) throw InputError(fmt::format("{}: {}", option, quantity.error));
  if (!(quantity.value > low && quantity.value < high))
    throw InputError(fmt::format("{}: {} is not between {} and {}", option, text, low, high));
  return quantity.value;
}

CompareOptions options_of(const CompareArguments& a) {
  CompareOptions options;
  if (!a.replicates.empty()) options.replicates = whole_option("--replicates", a.replicates, 1, 10'000);
  if (!a.threads.empty()) options.threads = static_cast<int>(whole_option("--threads", a.threads, 1, 1024));
  if (!a.confidence.empty()) options.confidence = share_option("--confidence", a.confidence, 0.5, 1.0);
  if (!a.half_width.empty()) options.half_width = share_option("--until-half-width", a.half_width, 0.0, 1.0);
  if (!a.most.empty()) options.most_replicates = whole_option("--most-replicates", a.most, 2, 10'000);
  if (options.half_width > 0 && options.replicates < 2) throw InputError("--until-half-width needs at least 2 --replicates to begin with");
  return options;
}

std::string default_output(const std::vector<WorldInput>& worlds) {
  constexpr std::size_t longest = 120;  // chosen: file systems end at 255 bytes, and a page and a part file have longer names
  std::string name = worlds[0].name;
  for (std::size_t w = 1; w < worlds.size(); ++w) name += (w == 1 ? "-vs-" : "-") + worlds[w].name;
  if (name.size() > longest) name = fmt::format("comparison-{}", comparison_id(worlds));
  return "output/" + name + ".h5";
}

/// Replicates of the comparison of the same worlds that stands there; 0: nothing stands there. Throws InputError for anything else.
std::size_t earlier_replicates(const std::string& path, const std::vector<WorldInput>& worlds) {
  std::error_code unknown;
  if (!fs::exists(path, unknown)) return 0;
  try {
    const Recording old = read_outline(path);
    if (is_ensemble(old) && old.attribute("id") == comparison_id(worlds)) return std::stoul(old.attribute("replicates"));
  } catch (const FileError&) {  // something else stands there
  }
  throw InputError(path + " is something else than a comparison of these very scenarios; give another -o FILE, or --force to replace it");
}

/// Before hours of work: whether the result may be written there, and can be.
std::size_t check_output(const std::string& path, const CompareArguments& arguments, const CompareOptions& options,
                         const std::vector<WorldInput>& worlds) {
  for (const std::string& file : arguments.files) {
    std::error_code unknown;
    if (fs::equivalent(file, path, unknown)) throw InputError(path + " is one of the files to compare; give another -o FILE");
  }
  const std::size_t earlier = arguments.force ? 0 : earlier_replicates(path, worlds);
  if (earlier > options.replicates)
    throw InputError(
        fmt::format("{} holds this comparison with {} replicates; ask for as many --replicates, give another -o FILE, or "
                    "--force to replace it",
                    path, earlier));
  check_writable(path);
  return earlier;
}

void print_json(const CompareOutcome& outcome, const std::string& path) {
  const Comparison& c = outcome.comparison;
  nlohmann::ordered_json json{{"schema", "spillway-compare/1"},
                              {"file", path},
                              {"baseline", c.baseline},
                              {"confidence", c.confidence},
                              {"replicates", c.replicates},
                              {"stopping_rule", outcome.stopping},
                              {"ticks", outcome.ticks},
                              {"ticks_separate", outcome.ticks_separate},
                              {"runs_reused", outcome.reused},
                              {"same_luck", c.same_luck},
                              {"stopped", outcome.stopped_by != 0}};
  for (const Parting& p : c.partings)
    json["partings"].push_back({{"world", p.world},
                                {"day", json_number(p.day)},
                                {"last_day", json_number(p.last_day)},
                                {"policy", p.policy},
                                {"column", p.column},
                                {"observable", p.observable}});
  for (const Difference& d : c.differences)
    json["differences"].push_back({{"outcome", d.outcome},
                                   {"unit", d.unit},
                                   {"platform", d.platform},
                                   {"world", d.world},
                                   {"moment", d.moment},
                                   {"baseline", json_number(d.baseline)},
                                   {"other", json_number(d.other)},
                                   {"difference", json_number(d.difference)},
                                   {"low", json_number(d.low)},
                                   {"high", json_number(d.high)},
                                   {"relative", json_number(d.relative)},
                                   {"relative_low", json_number(d.relative_low)},
                                   {"relative_high", json_number(d.relative_high)},
                                   {"variance_ratio", json_number(d.variance_ratio)},
                                   {"verdict", to_text(d.verdict)}});
  print_json_document(json);
}

/// By the main outcomes: among a hundred series a few differ by chance.
bool any_differs(const Comparison& comparison) {
  const auto& main = main_outcomes();
  for (const Difference& d : comparison.differences)
    if (std::find(main.begin(), main.end(), d.outcome) != main.end() && d.verdict != Verdict::identical &&
        d.verdict != Verdict::within_noise)
      return true;
  return false;
}

int finish(const CompareArguments& arguments, const CompareOutcome& outcome, const std::string& path) {
  static const std::vector<std::string> shown{"monthly_active_users", "daily_active_users", "minutes_total", "ad_revenue", "seller_profit"};
  if (arguments.json) {
    print_json(outcome, path);
  } else {
    const Answer answer = answer_of(outcome.ensemble, outcome.comparison);
    const bool one_question = labels(outcome.ensemble, "world").size() == 2;  // of several, the sentence says which it answers
    if (!arguments.quiet)
      fmt::print("{}{}\n\n{}\n{}\n", one_question ? answer.question + "\n" : "", answer.sentence,
                 comparison_text(outcome.comparison, outcome.ensemble, arguments.all ? std::vector<std::string>{} : shown),
                 outcome.stopping);
    fmt::print("result: {}\n", path);
  }
  if (arguments.open) {
    const std::string page = page_path(path);
    write_page(document_of({outcome.ensemble, outcome.comparison}), page);
    open_page(page, [](const std::string& text) { fmt::print(stderr, "{}\n", text); });
    if (!arguments.json) fmt::print("page: {}\n", page);
  } else if (!arguments.json) {
    fmt::print("page: spillway report {}\n", shell_word(path));
  }
  if (outcome.stopped_by != 0) return exit_code::of_stop(outcome.stopped_by);
  return arguments.exit_code && any_differs(outcome.comparison) ? exit_code::something_found : 0;
}

int compare(CompareArguments arguments) {
  if (!arguments.users.empty()) arguments.sets.push_back("population.users=" + arguments.users);
  if (!arguments.seed.empty()) arguments.sets.push_back("seed=" + arguments.seed);
  const CompareOptions options = options_of(arguments);
  std::vector<WorldInput> worlds = read_worlds(arguments.files, arguments.sets);
  const std::string path = arguments.output.empty() ? default_output(worlds) : arguments.output;
  const std::size_t earlier = check_output(path, arguments, options, worlds);
  if (arguments.open && !arguments.force) refuse_foreign_page(page_path(path));
  const RunLock lock(path + ".lock", path);
  const StopSignals signals;  // until the file is written: what is finished by then is kept
  ProgressLine line(arguments.quiet);
  const CompareOutcome outcome = compare_scenarios(
      std::move(worlds), options,
      [&](const CompareProgress& p) {
        line.show(p.seconds, fmt::format("{} of {} replicates", p.replicates, p.planned), p.done, fmt::format("{:.0f} s", p.seconds),
                  p.seconds_left);
      },
      [&](const std::string& note) {
        if (!arguments.quiet) fmt::print(stderr, "{}\n", note);
      });
  line.finish();
  if (outcome.ensemble.variables.empty()) {
    fmt::print(stderr, "stopped before the first replicate was complete: nothing is written\n");
    return exit_code::of_stop(outcome.stopped_by);
  }
  const bool fewer = outcome.comparison.replicates < earlier;  // stopped early: what stood there has more
  const std::string written = fewer ? path.substr(0, path.rfind(".h5")) + "-stopped.h5" : path;
  write_recording(outcome.ensemble, written);
  return finish(arguments, outcome, written);
}
}  // namespace

Action set_up_compare(CLI::App& app) {
  auto a = std::make_shared<CompareArguments>();
  app.add_option("worlds", a->files, "scenario files or results; the first one is the baseline")
      ->required()
      ->expected(2, 8)
      ->type_name("FILE");
  app.add_option("--replicates", a->replicates, "runs of each world, with other luck each; default 8")->type_name("N");
  app.add_option("--until-half-width", a->half_width,
                 "add replicates until the main outcomes' intervals are this narrow, as a share of the baseline: 1%")
      ->type_name("SHARE");
  app.add_option("--most-replicates", a->most, "where --until-half-width gives up; default 64")->type_name("N");
  app.add_option("--confidence", a->confidence, "of the intervals; default 95%")->type_name("SHARE");
  app.add_option("-o,--output", a->output, "result file; default output/<first>-vs-<others>.h5")->type_name("FILE");
  app.add_option("--users", a->users, "number of simulated users, in all worlds")->type_name("N");
  app.add_option("--seed", a->seed, "seed, in all worlds")->type_name("N");
  app.add_option("--threads", a->threads, "threads; default: all. Results do not depend on it")->type_name("N");
  app.add_option("--set", a->sets, "change one key in all worlds: path=value; may be repeated")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  app.add_flag("--open", a->open, "write the page beside the result and open it in the browser");
  app.add_flag("--all", a->all, "show every outcome, not only the main ones");
  app.add_flag("--exit-code", a->exit_code, "exit with 1 if monthly users or minutes differ by more than noise");
  app.add_flag("--force", a->force, "replace whatever stands where the result goes");
  app.add_flag("--json", a->json, "print the comparison as JSON");
  app.add_flag("-q,--quiet", a->quiet, "no progress and no table");
  return [a] { return compare(*a); };
}

}  // namespace spillway
