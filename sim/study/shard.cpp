#include "study/shard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "base/error.hpp"

namespace spillway {

namespace {
constexpr std::uint64_t most_shards = 1'000'000;  // chosen: more than any array or world of ranks

std::optional<std::uint64_t> whole(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc{} || end != text.data() + text.size()) return {};
  return number;
}

/// "4(x2),3": tasks on each node; nodes beyond the first may have fewer.
std::uint64_t first_number_in(const Environment& environment, const char* name) {
  const char* text = environment(name);
  if (text == nullptr) return 1;
  const std::string_view list(text);
  return std::max<std::uint64_t>(1, whole(list.substr(0, list.find_first_of("(,"))).value_or(1));
}

std::optional<std::uint64_t> number_in(const Environment& environment, const char* name) {
  const char* text = environment(name);
  if (text == nullptr || *text == '\0') return {};
  const std::optional<std::uint64_t> number = whole(text);
  if (!number) throw InputError(fmt::format("{}={} is no whole number; give --shard I/N", name, text));
  return number;
}

Shard from_option(const std::string& option) {
  const std::size_t slash = option.find('/');
  const auto index = whole(std::string_view(option).substr(0, slash));
  const auto count = slash == std::string::npos ? std::nullopt : whole(std::string_view(option).substr(slash + 1));
  if (!index || !count) throw InputError(fmt::format("--shard: '{}' is no part; write I/N, the first of eight is 0/8", option));
  if (*count == 0 || *count > most_shards) throw InputError(fmt::format("--shard: {} parts are outside [1, {}]", *count, most_shards));
  if (*index >= *count) throw InputError(fmt::format("--shard: parts are counted from 0: 0/{0} to {1}/{0}", *count, *count - 1));
  return {*index, *count, "--shard", 1};
}

/// The rank among processes that one launcher started together.
std::optional<Shard> rank(const Environment& environment) {
  struct Launcher {
    const char *rank, *size, *on_this_machine;
    bool one_ends_all;
  };
  // Of srun the step's own number of tasks: a batch script has SLURM_PROCID 0 too and is not a rank.
  for (const Launcher& l : {Launcher{"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_SIZE", true},
                            Launcher{"SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_STEP_TASKS_PER_NODE", false}}) {
    const auto index = number_in(environment, l.rank), count = number_in(environment, l.size);
    if (!index || !count || *count <= 1) continue;
    if (*index >= *count) throw InputError(fmt::format("{}={} of {}={}; give --shard I/N", l.rank, *index, l.size, *count));
    return Shard{*index, *count, fmt::format("{}={}", l.rank, *index), first_number_in(environment, l.on_this_machine), l.one_ends_all};
  }
  return {};
}

std::optional<Shard> array_task(const Environment& environment) {
  const auto id = number_in(environment, "SLURM_ARRAY_TASK_ID");
  if (!id) return {};
  const std::uint64_t first = number_in(environment, "SLURM_ARRAY_TASK_MIN").value_or(0);
  const std::uint64_t last = number_in(environment, "SLURM_ARRAY_TASK_MAX").value_or(*id);
  const std::uint64_t step = number_in(environment, "SLURM_ARRAY_TASK_STEP").value_or(1);
  const std::uint64_t count = number_in(environment, "SLURM_ARRAY_TASK_COUNT").value_or(last - first + 1);
  if (*id < first || *id > last || step == 0 || (last - first) / step + 1 != count || (*id - first) % step != 0)
    throw InputError(
        fmt::format("this array has gaps ({} tasks from {} to {}), so task {} cannot tell which part is its own; give --shard I/N", count,
                    first, last, *id));
  return Shard{(*id - first) / step, count, fmt::format("SLURM_ARRAY_TASK_ID={}", *id), 1};
}
}  // namespace

Shard shard_of(const std::string& option, const Environment& environment) {
  const std::optional<Shard> ranked = rank(environment);
  if (!option.empty()) {
    Shard shard = from_option(option);
    if (ranked) shard.beside = ranked->beside, shard.one_ends_all = ranked->one_ends_all;
    return shard;
  }
  const std::optional<Shard> task = array_task(environment);
  if (!task || !ranked) return task.value_or(ranked.value_or(Shard{}));
  return {task->index * ranked->count + ranked->index, task->count * ranked->count, task->from + ", " + ranked->from, ranked->beside,
          ranked->one_ends_all};
}

}  // namespace spillway
