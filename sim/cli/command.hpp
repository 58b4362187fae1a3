// The command table. A new command is one row in commands.cpp and one file cmd_x.cpp; help, suggestions and exit codes follow.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string_view>
#include <vector>

namespace spillway {

/// Does the command's work with the options parsed before; returns the exit code, throws the project's three errors.
using Action = std::function<int()>;

struct Command {
  std::string_view name;
  std::string_view summary;     ///< one line for the list of commands
  std::string_view example;     ///< one or more lines for its help
  Action (*set_up)(CLI::App&);  ///< declares options and arguments; numbers are taken as text (see options.hpp)
};

const std::vector<Command>& commands();

/// How the list of commands is shown: what a newcomer needs first. Names that are not in the table are left out.
struct CommandGroup {
  std::string_view title;
  std::vector<std::string_view> names;
};
const std::vector<CommandGroup>& command_groups();

Action set_up_calibrate(CLI::App& app);
Action set_up_check(CLI::App& app);
Action set_up_compare(CLI::App& app);
Action set_up_completion(CLI::App& app);
Action set_up_describe(CLI::App& app);
Action set_up_diff(CLI::App& app);
Action set_up_explain(CLI::App& app);
Action set_up_export(CLI::App& app);
Action set_up_forecast(CLI::App& app);
Action set_up_info(CLI::App& app);
Action set_up_new(CLI::App& app);
Action set_up_report(CLI::App& app);
Action set_up_run(CLI::App& app);
Action set_up_schema(CLI::App& app);
Action set_up_sensitivity(CLI::App& app);
Action set_up_sweep(CLI::App& app);

}  // namespace spillway
