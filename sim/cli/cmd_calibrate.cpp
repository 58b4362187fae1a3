// `spillway calibrate`: parameters that fit the record, how sure they are, and what they say about the time after.
// `spillway forecast`: the same for draws that a calibration left.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/options.hpp"
#include "cli/print.hpp"
#include "cli/progress.hpp"
#include "input/calibration.hpp"
#include "report/calibration_text.hpp"
#include "report/forecast_text.hpp"
#include "run/lock.hpp"
#include "run/provenance.hpp"
#include "run/signals.hpp"
#include "store/commit.hpp"
#include "store/trajectory.hpp"
#include "study/calibrate.hpp"
#include "study/calibration_files.hpp"
#include "study/design_file.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;

struct CalibrateArguments {
  std::string file, draws, folder, threads;
  std::vector<std::string> sets;
  bool plan = false, quiet = false;
};

std::string folder_of(const CalibrateArguments& a, const std::string& kind) {
  return a.folder.empty() ? fmt::format("output/{}/{}", kind, fs::path(a.file).stem().string()) : a.folder;
}

LoadedCalibration load(const CalibrateArguments& a) {
  LoadedCalibration loaded = load_calibration(a.file, a.sets);
  for (const Issue& issue : loaded.notes) say("note: " + to_text(issue));
  return loaded;
}

std::string command(const CalibrateArguments& a, const std::string& name) {
  std::string text = fmt::format("spillway {} {}", name, shell_word(a.file));
  if (!a.draws.empty()) text += " " + shell_word(a.draws);
  if (!a.folder.empty()) text += " -o " + shell_word(a.folder);
  for (const std::string& set : a.sets) text += " --set " + shell_word(set);
  return text;
}

int tell_stop(const CalibrateArguments& a, const std::string& name, const Stopped& stopped) {
  if (!stopped.waiting.empty()) {
    const std::string sweep = fmt::format("{} -o {}", shell_word(stopped.waiting), shell_word(stopped.folder));
    fmt::print("runs to be done: {}\nhere: spillway sweep run {}\non a cluster: spillway sweep slurm {} --submit\nthen again: {}\n",
               stopped.folder, sweep, sweep, command(a, name) + (a.plan ? " --plan" : ""));
    return 0;
  }
  fmt::print("stopped; the same command goes on: {}\n", command(a, name));
  return exit_code::of_stop(stopped.signal);
}

StageRunner runner_of(const CalibrateArguments& a, ProgressLine& line) {
  StageRunner runner;
  if (!a.threads.empty()) runner.options.threads = static_cast<int>(whole_option("--threads", a.threads, 1, 1024));
  runner.plan_only = a.plan;
  runner.notes = [&line](const std::string& text) {
    line.finish();
    say(text);
  };
  runner.progress = [&line, before = std::string()](const std::string& stage, const SweepProgress& p) mutable {
    if (stage != before) line.finish();
    before = stage;
    const std::uint64_t ended = p.done + p.failed;
    line.show(p.seconds, fmt::format("{}: {} of {} runs", stage, ended, p.wanted),
              p.wanted > 0 ? static_cast<double>(ended) / static_cast<double>(p.wanted) : 1, fmt::format("{} failed", p.failed),
              p.seconds_left);
  };
  return runner;
}

void add_provenance(Recording& recording, const LoadedCalibration& loaded) {
  recording.attributes.emplace_back("git_commit", git_commit());
  recording.texts.emplace_back("provenance/calibration_yaml", loaded.source_text);
  recording.texts.emplace_back("provenance/calibration_resolved", resolved_calibration(loaded.calibration));
  recording.texts.emplace_back("provenance/build", build_text());
}

/// What both commands share: the work under signals and a lock, and the result's file.
int work(const CalibrateArguments& a, const std::string& name, const std::string& folder, const LoadedCalibration& loaded,
         const std::function<CalibrationResult(const StageRunner&)>& compute) {
  const std::string result_file = folder + "/" + (name == "forecast" ? "forecast.h5" : "calibration.h5");
  make_folder_of(result_file);
  const RunLock lock(result_file + ".lock", result_file);
  const StopSignals signals;
  ProgressLine line(a.quiet);
  CalibrationResult result;
  try {
    result = compute(runner_of(a, line));
  } catch (const Stopped& stopped) {
    line.finish();
    return tell_stop(a, name, stopped);
  }
  line.finish();
  Recording recording = recording_of(result);
  add_provenance(recording, loaded);
  write_recording(recording, result_file);
  commit_text(folder + "/forecast.csv", forecast_csv(result));
  if (name == "calibrate") {
    commit_text(folder + "/parameters.yaml", calibrated_scenario(loaded.calibration, result, folder));
    commit_text(folder + "/posterior.csv", posterior_csv(loaded.calibration, result));
    fmt::print("{}", calibration_text(result));
  }
  fmt::print("{}", forecast_text(result));
  if (name == "calibrate") fmt::print("scenario: {0}/parameters.yaml\ndraws: {0}/posterior.csv\n", folder);
  fmt::print("result: {}\ntable: {}/forecast.csv\npage: spillway report {}\n", result_file, folder, shell_word(result_file));
  return 0;
}

int calibrate_file(const CalibrateArguments& a) {
  const LoadedCalibration loaded = load(a);
  const std::string folder = folder_of(a, "calibrations");
  return work(a, "calibrate", folder, loaded, [&](const StageRunner& runner) { return calibrate(loaded, folder, runner); });
}

int forecast_file(const CalibrateArguments& a) {
  const LoadedCalibration loaded = load(a);
  const Matrix draws = read_design(loaded.calibration.study, a.draws);
  const std::string folder = folder_of(a, "forecasts");
  return work(a, "forecast", folder, loaded, [&](const StageRunner& runner) { return forecast_draws(loaded, draws, folder, runner); });
}

void declare(CLI::App& app, CalibrateArguments& a, const std::string& folder) {
  app.add_option("-o,--output", a.folder, "where all runs and results stand; default " + folder)->type_name("DIR");
  app.add_option("--set", a.sets, "change one key of the calibration, or of its scenario: path=value; may be repeated")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  app.add_option("--threads", a.threads, "threads; default: all that the machine or the job gives. Results do not depend on it")
      ->type_name("N");
  app.add_flag("-q,--quiet", a.quiet, "no progress");
}
}  // namespace

Action set_up_calibrate(CLI::App& app) {
  auto a = std::make_shared<CalibrateArguments>();
  app.add_option("file", a->file, "calibration file (YAML)")->required()->type_name("SCENARIO");
  declare(app, *a, "output/calibrations/<file>");
  app.add_flag("--plan", a->plan, "do no wave's runs here: write the next sweep to be run, and stop");
  return [a] { return calibrate_file(*a); };
}

Action set_up_forecast(CLI::App& app) {
  auto a = std::make_shared<CalibrateArguments>();
  app.add_option("file", a->file, "calibration file (YAML)")->required()->type_name("SCENARIO");
  app.add_option("draws", a->draws, "posterior.csv that the calibration left")->required()->type_name("CSV");
  declare(app, *a, "output/forecasts/<file>");
  return [a] { return forecast_file(*a); };
}

}  // namespace spillway
