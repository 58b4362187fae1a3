#include "study/calibration_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

#include "base/error.hpp"
#include "store/commit.hpp"
#include "study/design_file.hpp"
#include "study/run_record.hpp"
#include "study/sweep_plan.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Study study_of(const Calibration& calibration, const Stage& stage) {
  Study study = calibration.study;
  study.title = stage.title;
  study.sets.insert(study.sets.end(), stage.sets.begin(), stage.sets.end());
  study.design = {};
  study.design.kind = DesignKind::file;
  study.design.path = fs::path(stage.name).filename().string() + ".csv";
  study.replicates = stage.replicates;
  study.common_random_numbers = stage.common_random_numbers;
  study.outcomes = stage.outcomes;
  study.keep = stage.series.empty() ? Keep::none : Keep::all;
  study.series = stage.series;
  return study;
}

/// A later set of the same key wins, and a study must not have two.
void drop_earlier(std::vector<std::string>& sets) {
  for (std::size_t i = 0; i < sets.size();) {
    const std::string key = sets[i].substr(0, sets[i].find('=') + 1);
    const bool again = std::any_of(sets.begin() + static_cast<std::ptrdiff_t>(i) + 1, sets.end(),
                                   [&](const std::string& later) { return later.starts_with(key); });
    if (again)
      sets.erase(sets.begin() + static_cast<std::ptrdiff_t>(i));
    else
      ++i;
  }
}

/// The stage as a study file that stands by itself.
LoadedStudy write_study(const Calibration& calibration, const Stage& stage, const Matrix& points, const std::string& folder) {
  Study study = study_of(calibration, stage);
  drop_earlier(study.sets);
  const std::string path = folder + "/" + stage.name + ".yaml";
  make_folder_of(path);
  const fs::path scenario = fs::absolute(study.scenario).lexically_normal();
  const fs::path there = scenario.lexically_relative(fs::absolute(path).lexically_normal().parent_path());
  commit_text(folder + "/" + stage.name + ".csv", design_csv(study, points));
  commit_text(path, resolved_study(study, (there.empty() ? scenario : there).generic_string()));
  return load_study(path);
}

void do_runs(const Sweep& sweep, const std::string& name, const StageRunner& runner) {
  const SweepOutcome outcome = run_sweep(
      sweep, runner.options, [&](const SweepProgress& p) { runner.progress(name, p); }, [](const std::string&) {});
  const std::string failures = fmt::format("{} runs failed, see {}", outcome.failed + outcome.failed_before, sweep.folder.file("failed"));
  if (outcome.stopped_on_failure) throw InputError(name + ": stopped, as limits.on_failure says: " + failures);
  if (outcome.stopped_by != 0 || outcome.left > 0) throw Stopped{outcome.stopped_by, {}, {}};
  if (outcome.failed > 0) runner.notes(name + ": " + failures);
}

bool all_there(const Sweep& sweep) {
  for (std::uint64_t index = 0; index < sweep.runs(); ++index) {
    const SweepRun run = sweep.run_at(index);
    if (!sweep.folder.has_failure(run) && !read_record(sweep.folder.record(run), sweep.id)) return false;
  }
  return true;
}

void add_run(const Sweep& sweep, SweepRun run, Matrix& outcomes) {
  const auto record = read_record(sweep.folder.record(run), sweep.id);
  if (record)
    outcomes.values.insert(outcomes.values.end(), record->outcomes.begin(), record->outcomes.end());
  else
    outcomes.values.insert(outcomes.values.end(), sweep.study().outcomes.size(), nan);
}
}  // namespace

StageRuns run_stage(const Calibration& calibration, const Stage& stage, const Matrix& points, const std::string& folder,
                    const StageRunner& runner) {
  const std::string study = folder + "/" + stage.name + ".yaml";
  StageRuns runs{plan_sweep(write_study(calibration, stage, points, folder), folder + "/" + stage.name, false),
                 {stage.outcomes.size(), {}}};
  const Sweep& sweep = runs.sweep;
  if (!all_there(sweep)) {
    if (runner.plan_only) throw Stopped{0, study, sweep.folder.path()};
    do_runs(sweep, stage.name, runner);
  }
  for (std::uint64_t point = 0; point < sweep.points.rows(); ++point)
    for (std::uint32_t r = 0; r < stage.replicates; ++r) add_run(sweep, {point, r}, runs.outcomes);
  return runs;
}

std::vector<double> mean_row(const Matrix& rows) {
  std::vector<double> means(rows.columns, 0.0);
  for (std::size_t c = 0; c < rows.columns; ++c) {
    double known = 0;
    for (std::size_t r = 0; r < rows.rows(); ++r) {
      const double x = rows.row(r)[c];
      if (std::isnan(x)) continue;
      means[c] += x;
      ++known;
    }
    means[c] = known > 0 ? means[c] / known : nan;
  }
  return means;
}

}  // namespace spillway
