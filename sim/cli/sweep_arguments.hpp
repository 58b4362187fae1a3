// What may be typed after `spillway sweep ACTION`.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace spillway {

struct SweepArguments {
  std::string action, study, folder, threads, shard;
  std::string shards, at_once, time, memory, cpus, partition, account;
  std::vector<std::string> sets;
  bool force = false, no_trial = false, requeue = false, submit = false, json = false, quiet = false;
};

/// Declares them; `arguments` must outlive the parsing.
void declare_sweep(CLI::App& app, SweepArguments& arguments);

/// Throws InputError where an option was given that belongs to another action.
void check_sweep_options(const CLI::App& app, const std::string& action);

}  // namespace spillway
