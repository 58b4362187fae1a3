#include "study/slurm_script.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "base/error.hpp"
#include "study/tool.hpp"

namespace spillway {

namespace {
/// Lines that the scripts share.
std::string head(const SlurmOptions& options, const std::string& name) {
  std::string text = fmt::format("#!/bin/bash\n#SBATCH --job-name={}\n#SBATCH --time={}\n", name, options.time);
  if (!options.partition.empty()) text += "#SBATCH --partition=" + options.partition + "\n";
  if (!options.account.empty()) text += "#SBATCH --account=" + options.account + "\n";
  return text;
}

std::string first_word(const std::string& text) { return text.substr(0, text.find_first_of(";\n")); }

std::string sbatch(const std::vector<std::string>& words) {
  std::vector<std::string> all{"sbatch", "--parsable"};
  all.insert(all.end(), words.begin(), words.end());
  const ToolOutput output = ask_tool(all);
  if (output.code == no_such_tool)
    throw FileError("sbatch is not found: Slurm's commands are on a cluster's login node; the scripts are written, submit them there");
  if (output.code != 0) throw FileError("sbatch refuses " + words.back() + ": " + output.text);
  return first_word(output.text);
}
}  // namespace

std::string array_script(const SlurmCall& call, const SlurmOptions& o) {
  const std::string limit = fmt::format("%{}", o.at_once == 0 ? o.shards : o.at_once);
  std::string text = head(o, o.job);
  text += fmt::format("#SBATCH --array=0-{}{}       # one task for each shard, at most so many at a time\n", o.shards - 1, limit);
  text += fmt::format("#SBATCH --cpus-per-task={}\n#SBATCH --mem={}M\n", o.cpus, o.memory_mb);
  text += "#SBATCH --signal=B:USR1@120     # two minutes before the end, or earlier: stop and ask for another turn\n";
  text += "#SBATCH --requeue               # also after a node fails or somebody more important came\n";
  text += "#SBATCH --open-mode=append\n";
  text += fmt::format("#SBATCH --output={}/log/shard-%a.txt\n\n", call.folder);
  text +=
      "# `exec`: the program takes the shell's place, so that Slurm's signals reach it. Runs that are done are not done again: submit\n";
  text += "# this as often as you like.\n";
  text += fmt::format("exec {} sweep run {} -o {} --shard \"$SLURM_ARRAY_TASK_ID/{}\" --requeue --quiet{}\n", call.program, call.study,
                      call.folder, o.shards, call.options);
  return text;
}

std::string gather_script(const SlurmCall& call, const SlurmOptions& o) {
  std::string text = head(o, o.job + "-gather");  // the time of a task: a partition that gives no more would let it wait for ever
  text += fmt::format("#SBATCH --cpus-per-task=1\n#SBATCH --mem={}M\n", o.memory_mb);
  text += fmt::format("#SBATCH --open-mode=append\n#SBATCH --output={}/log/gather.txt\n\n", call.folder);
  text += "# To be submitted with --dependency=afterany:ARRAY, which waits for all tasks, failed ones too; afterok would wait for ever.\n";
  text += fmt::format("exec {} sweep gather {} -o {}{}\n", call.program, call.study, call.folder, call.options);
  return text;
}

SlurmJobs submit(const std::string& array_file, const std::string& gather_file) {
  SlurmJobs jobs;
  jobs.array = sbatch({array_file});
  jobs.gather = sbatch({"--dependency=afterany:" + jobs.array, gather_file});
  return jobs;
}

bool requeue_this_task() {
  const char* array = std::getenv("SLURM_ARRAY_JOB_ID");
  const char* task = std::getenv("SLURM_ARRAY_TASK_ID");
  const char* job = std::getenv("SLURM_JOB_ID");
  if (job == nullptr) return false;
  const std::string name = array != nullptr && task != nullptr ? fmt::format("{}_{}", array, task) : std::string(job);
  return run_tool({"scontrol", "requeue", name}) == 0;
}

}  // namespace spillway
