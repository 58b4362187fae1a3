#include "cli/sweep_arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/error.hpp"
#include "base/suggest.hpp"

namespace spillway {

namespace {
struct Row {
  std::string_view option;   ///< long name
  std::string_view actions;  ///< that take it
};

// Options that every action takes are not here.
constexpr Row rows[] = {
    {"--force", "plan"},
    {"--no-trial", "plan"},
    {"--shard", "run retry"},
    {"--requeue", "run"},
    {"--shards", "slurm"},
    {"--at-once", "slurm"},
    {"--time", "slurm"},
    {"--memory", "slurm"},
    {"--cpus", "slurm"},
    {"--partition", "slurm"},
    {"--account", "slurm"},
    {"--submit", "slurm"},
    {"--json", "plan status gather"},
    {"--threads", "plan run retry"},
    {"--quiet", "run retry"},
};
const std::vector<std::string> actions{"plan", "run", "slurm", "status", "gather", "retry"};

bool takes(std::string_view list, std::string_view action) {
  for (std::size_t at = list.find(action); at != std::string_view::npos; at = list.find(action, at + 1)) {
    const std::size_t end = at + action.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}
}  // namespace

void declare_sweep(CLI::App& app, SweepArguments& a) {
  app.add_option(
         "action", a.action,
         "plan: compute the points and tell the price; run: do what is missing; slurm: write batch scripts; status: tell how far it "
         "is; gather: make one result of the runs; retry: do the failed runs again")
      ->required()
      ->type_name("plan|run|slurm|status|gather|retry");
  app.add_option("study", a.study, "study file (YAML)")->required()->type_name("SCENARIO");
  app.add_option("-o,--output", a.folder, "the sweep's folder; default output/sweeps/<study>")->type_name("DIR");
  app.add_option("--set", a.sets, "change one key of the study, or of its scenario: path=value; may be repeated")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  app.add_option("--threads", a.threads, "threads; default: all that the machine or the job gives. Results do not depend on it")
      ->type_name("N");
  app.add_option("--shard", a.shard, "run, retry: only part I of N, counted from 0; default: what Slurm or mpirun say, else all")
      ->type_name("I/N");
  app.add_flag("--no-trial", a.no_trial, "plan: do not try runs to learn how long they take");
  app.add_flag("--force", a.force, "plan: throw away the runs of another study that stand in the folder");
  app.add_flag("--requeue", a.requeue, "run: when SIGUSR1 says that time is up, ask Slurm for another turn");
  app.add_option("--shards", a.shards, "slurm: tasks of the array; default 16, at most 1000")->type_name("N");
  app.add_option("--at-once", a.at_once, "slurm: tasks running at the same time; default: all")->type_name("N");
  app.add_option("--time", a.time, "slurm: time limit of a task; default 04:00:00")->type_name("TIME");
  app.add_option("--memory", a.memory, "slurm: memory of a task, in MB; default: what its runs need")->type_name("MB");
  app.add_option("--cpus", a.cpus, "slurm: processors of a task, default 1")->type_name("N");
  app.add_option("--partition", a.partition, "slurm: the partition to ask for")->type_name("NAME");
  app.add_option("--account", a.account, "slurm: who pays")->type_name("NAME");
  app.add_flag("--submit", a.submit, "slurm: submit the scripts, too");
  app.add_flag("--json", a.json, "plan, status, gather: print the outcome as JSON");
  app.add_flag("-q,--quiet", a.quiet, "run, retry: no progress");
}

void check_sweep_options(const CLI::App& app, const std::string& action) {
  if (std::find(actions.begin(), actions.end(), action) == actions.end()) {
    const std::string near = nearest(action, actions);
    throw InputError(
        fmt::format("spillway sweep cannot '{}'; {}", action,
                    near.empty() ? "it can plan, run, slurm, status, gather, retry" : fmt::format("did you mean '{}'?", near)));
  }
  for (const Row& row : rows)
    if (app.get_option(std::string(row.option))->count() > 0 && !takes(row.actions, action)) {
      std::string owners(row.actions);
      std::replace(owners.begin(), owners.end(), ' ', '/');
      throw InputError(fmt::format("{} belongs to `spillway sweep {}`, not to `sweep {}`", row.option, owners, action));
    }
}

}  // namespace spillway
