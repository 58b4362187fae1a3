#include "run/output_manual.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "mechanisms/phases.hpp"
#include "model/version.hpp"
#include "observe/observables.hpp"

namespace spillway {

namespace {
std::string dims_text(Shape shape) {
  if (shape == Shape::scalar) return "time";
  if (shape == Shape::flow) return "time, from, to";
  const Axis axis = second_axis(shape);
  return axis.labels.empty() ? "time, platform" : fmt::format("time, platform, {}", axis.name);
}

std::string columns_text(Columns set) {
  std::string text;
  for (const ColumnRow& row : column_table)
    if (contains(set, row.column)) text += (text.empty() ? "" : " ") + std::string(row.name);
  return text.empty() ? "-" : text;
}

constexpr std::string_view introduction = R"(# The result file

Written from the program's own tables by `spillway describe --outputs`; do not edit.

`spillway run` writes one HDF5 file, by default `output/<scenario>-s<seed>-r<replicate>.h5`. xarray, h5py, R (rhdf5, ncdf4), h5dump
and jsfive read it without us; `scripts/read_run.py` and `scripts/read_run.R` show how, `scripts/plot_comparison.py` draws, and
`spillway export FILE --csv` writes tables. Numbers of users are numbers of *people*: agents times the attribute
`people_per_agent`. Missing values are NaN.

A row of `time` is the start of a recording interval. States (`time: point`) are read at that moment, with the day's attention;
flows (`time: sum`) are summed over the interval; policies (`time: mean`) are the average over the interval's first tick.
The file is replaced as a whole while the run goes on, so a reader always meets a complete file; the attribute `status` says
`running`, `complete` or `stopped`.

## Attributes of the file

| name | meaning |
| --- | --- |
| title, summary, caveat | from the scenario |
| Conventions | CF-1.10: time, units, cell_methods and flags follow it |
| source, program_version, git_commit | the program |
| model_version | rises when the same scenario and seed would give other numbers |
| schema_version | of this file format; a reader refuses a newer major version |
| id | hash of the resolved scenario |
| seed, replicate, agents, people_per_agent, bytes_per_user | as text |
| contacts_hash | of the user's own contact network, if one was given |
| status, stop_reason | how the run ended |

## Coordinates

| name | meaning |
| --- | --- |
| time | days since the scenario's start, 00:00, calendar standard |
| platform | names, in the scenario's order |
AXES| from, to | `outside` and the platforms |
| column | columns of the users' state, with the platform's name |
| segment | names of the population's segments, where there are any |
)";

constexpr std::string_view ending = R"(
## Groups

| group | holds |
| --- | --- |
| `/segments` | the series marked yes above, with dimension `segment` after `platform`; only with population.segments. Sums and shares there are the segment's part of the total |
| `/policy` | every policy as it acted (time, platform), the marketplace's commission (time), named as its key with `_` for `.` |
| `/events` | the scenario's interventions: `event` (name), `on` (first day), `label` |
| `/panel` | `record.panel.users` people one by one: status, attention_share, habit, irritation, reach, utility (time, user, platform), outside_share (time, user); the platforms' shares and outside_share sum to 1. `record.panel.suppliers` suppliers: supplier_kind (supplier), account, service_account, posting_effort, followers, profit (time, supplier, platform) |
| `/snapshots` | all users' columns on `record.snapshots` dates, as stored: (snapshot, platform, user); value = number times the attribute `stored_unit` where it is given |
| `/state_hash` | (time, column): hash of each column at the interval's start, chained over time; two runs are equal up to the first row that differs |
| `/provenance` | scenario_yaml as given; scenario_resolved with every default and data series filled in, which runs again by itself; build |
| `/timing` | attributes created, host, threads, scenario_file, seconds and speed; `user_ticks` simulated, `decided` of them by people online, `decided_in_full` by those who might act at all, `contact_updates`: contacts told of a status change, `bytes_moved_per_user`: columns read and written in a tick. The only part in which two runs of one scenario differ; `spillway info FILE --digest` covers all the rest |

## The file of a comparison

`spillway compare` writes the runs of all worlds into one file, by default `output/<first>-vs-<others>.h5`; the attribute `kind` is
`comparison`. The first world is the baseline. Where a world or a run lacks a platform, a series or a row, values are NaN.

| dataset or group | holds |
| --- | --- |
| `/world`, `/replicate` | names of the worlds, numbers of the replicates: the same number is the same luck in all worlds |
| `/world_title`, `/world_description`, `/world_file` | (world), from the scenarios |
| every series above | (world, replicate, time, ...): the runs as they are, in double precision |
| `/bands` | the same series over replicates: (world, quantile, time, ...), quantiles 0.05, 0.25, 0.5, 0.75, 0.95 |
| `/policy`, `/events` | policies (world, time, ...); interventions of all worlds, `event` is `<world>/<name>`, `of_world` its world |
| `/digest` | (world, replicate): digest of the run, the one that `spillway run` has for the same scenario and replicate without panel and snapshots |
| `/differences` | one `row` for each outcome, platform, world and moment: means over replicates of the first world (`baseline`) and of the other (`other`), mean `difference` with its paired Student interval `low` to `high` at the file's attribute `confidence`, the same relative to the baseline, `verdict` identical, within noise, differs; `variance_ratio`: how much larger the variance of the difference is with independent luck. `moment` end: last value, or the last year of what is counted in intervals; average: mean since the world parts, or yearly mean |
| `/parting` | (world): first `day` whose state or record differs from the first world's, the `policy` that made it, the `column` of the state and the phases that write it, the series (`observable`) that differ first |
| `/worlds/<name>` | scenario_yaml and scenario_resolved of each |

The attribute `stopping_rule` says why there are as many replicates.

## The file of a sweep

`spillway sweep gather` writes all runs of a study into `results.h5`; the attribute `kind` is `sweep`. Its bytes do not depend on who did
the runs, in which order, on how many threads. Runs that failed or are missing are NaN.

| dataset or group | holds |
| --- | --- |
| `/point`, `/replicate`, `/factor` | row of the design from 0, number of the replicate, names of the factors |
| one dataset for each factor | (point): its value, in the key's unit; dates as days since 1970-01-01, words as text; attributes `role` (lever, uncertainty), `keys`, `distribution`. They are coordinates of the outcomes |
| `/factor_values` | (point, factor): the same as one matrix of numbers, for SALib and others; words by their place in the attribute `words` |
| one dataset for each outcome | (point, replicate); attribute `outcome` is its text in the study |
| `/status`, `/message`, `/digest` | (point, replicate): done, failed or missing; why; the digest that `spillway run` has for the same keys without panel and snapshots |
| kept series | with `keep: all` (point, replicate, time, ...), with `keep: quantiles` (point, quantile, time, ...) |
| `/provenance` | the study as written and resolved, the base scenario resolved, SALib's problem as JSON |

Attributes: `design` with `design_samples`, `design_seed`, `design_levels`, `design_trajectories`, `design_second_order`, `points`,
`replicates`, `runs_done`, `runs_failed`, `runs_missing`, `common_random_numbers`. `summary.csv` beside it has a row for each point and
replicate in the design's order; with one replicate its columns are what SALib's `analyze` wants as Y.

## The folder of a sweep

| file | holds |
| --- | --- |
| `design.csv`, `design.json` | the points, computed once by `sweep plan`, with digits that read back to the same bits; SALib's problem |
| `plan.json`, `study.yaml`, `scenario.yaml` | identity of the sweep, resolved study and base scenario |
| `records/` | one small sealed file for each finished run |
| `failed/` | one JSON file for each failed run: message, seed, assignments, and the command that does it alone |
| `running/` | who is at work; nothing depends on it |
| `sweep.sbatch`, `gather.sbatch`, `log/` | what `sweep slurm` writes, and what its tasks say |

## The file of a calibration

`spillway calibrate` writes `calibration.h5`; the attribute `kind` is `calibration`. `spillway report` makes its page. Tables are groups with
one dataset for each column; what a calibration does not have is not there.

| dataset or group | holds |
| --- | --- |
| `/parameters` | (parameter): `keys`, `prior` in words, ends of its 90 % interval `prior_low` and `prior_high`, `best`, `posterior_low`, `posterior_median`, `posterior_high`, `identified`, `coverage` in synthetic worlds |
| `/targets` | (target): `title`, `unit`, `outcome`, `kind` of the tolerance (relative, absolute, days), `tolerance`, `or_days`, `weight` |
| `/data` | (datum): rows of the record with `target`, `date`, `record`, `source`, whether it was `fitted`; `model`, its 90 % interval `low` to `high`, `residual` in standard deviations, `days` that the model is late, `met`; a dataset for each baseline |
| `/trajectory` | (target, quantile, time): the model at the best parameters, over posterior and luck; NaN for targets without one |
| `/posterior` | (draw, parameter) |
| `/waves` | (wave): `runs`, share `kept`, `best_misfit`, `surface_error` |
| `/variants` | (variant): `title`, `parameters`, `misfit`, `bic`; `best` by (variant, parameter), NaN where it is not fitted; the columns of the fit by (variant, datum) |
| `/baselines` | (baseline): `title`, `error`: sum of absolute relative errors over the rows that were not fitted |
| `/quantities`, `/forecast` | what is forecast; (row): `quantity`, `date`, `median`, `low`, `lower_quartile`, `upper_quartile`, `high`, a dataset for each baseline, `record` |
| `/misfit`, `/bic`, `/recovery_coverage` | of the calibration itself |
| `/note` | what a reader must know |

Attributes: `scenario`, `fit_until`, `headline`, `seed`, `recovery_worlds`, and the method's numbers (`method_waves`, `method_points`, ...).

## Files beside a result

| file | holds |
| --- | --- |
| `x.state`, `x.state.previous` | the run's state, saved every ten minutes and when it is stopped: the same command goes on from there, on any number of threads, to the same digest; removed with the complete result |
| `x-DATE.state` | the state that `run --save-state DATE` keeps, for `run --from`; `spillway info` says what it belongs to |
| `x.html` | what `spillway report x.h5` makes of it: a page that opens by double click. Its document (`spillway-page/1`) is the JSON text in the script element with id `document` |
| `x.lock` | there while a process writes `x.h5`; left by a killed one it means nothing |
| `*.part` | a file being written; the next run removes it |
)";
}  // namespace

std::string output_manual() {
  std::string text(introduction), axes;
  for (const Shape shape : shapes_with_axis) {
    const Axis axis = second_axis(shape);
    axes += fmt::format("| {} | {}: {} |\n", axis.name, axis.meaning, fmt::join(axis.labels, ", "));
  }
  text.replace(text.find("AXES"), 4, axes);
  text += fmt::format(
      "\nFormat version {}, model version {}.\n\n## Series\n\n| dataset | dimensions | unit | meaning | kind | per segment |\n| --- | --- "
      "| --- | --- | --- | --- |\n",
      schema_version, model_version);
  for (const Observable& row : observable_table())
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", row.name, dims_text(row.shape), row.unit, row.long_name, row.cell_methods,
                        row.per_segment ? "yes" : "-");
  text +=
      "\nA series of a mechanism that the scenario switches off is not written.\n\n## Columns of a user\n\n| column | per platform | one "
      "stored step | meaning |\n| --- | --- | --- | --- |\n";
  for (const UserFieldRow& row : user_field_table)
    text += fmt::format("| {} | {} | {} | {} |\n", row.name, row.per_platform ? "yes" : "-",
                        row.scale > 0.0 ? fmt::format("{:.6g}", row.scale) : "by the run's degree", row.meaning);
  return text + std::string(ending);
}

std::string phases_text() {
  static constexpr std::string_view scopes[] = {"before", "users", "users", "after"};
  std::string text;
  for (const Phase& phase : phase_table())
    text += fmt::format("{:<18} {:<7} {:<7} {}\n{:<34} reads {}; writes {}\n", phase.name, phase.model,
                        scopes[static_cast<int>(phase.scope)], phase.doc, "", columns_text(phase.reads), columns_text(phase.writes));
  return text;
}

std::string observables_text() {
  std::string text;
  for (const Observable& row : observable_table())
    text += fmt::format("{:<28} ({}) [{}] {}\n", row.name, dims_text(row.shape), row.unit, row.long_name);
  return text;
}

}  // namespace spillway
