// The program: finds the command, lets it parse and run, and turns the three kinds of failure into messages and exit codes.
// No colour anywhere, so NO_COLOR is respected by construction.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "model/version.hpp"

namespace spillway {

namespace {
enum ExitCode { success = 0, bad_input = 2, bad_file = 3, our_bug = 4 };

std::string usage() {
  std::string text =
      "Spillway simulates rival platforms agent by agent.\n\nusage: spillway COMMAND [ARGUMENTS]\n\ngetting started:\n"
      "  spillway run scenarios/history.yaml   the market as it happened\n"
      "  spillway new                          a question of your own to edit; it tells what to do next\n";
  for (const CommandGroup& group : command_groups()) {
    text += fmt::format("\n{}:\n", group.title);
    for (const std::string_view name : group.names)
      for (const Command& command : commands())
        if (command.name == name) text += fmt::format("  {:<12} {}\n", command.name, command.summary);
  }
  text += fmt::format("\noptions:\n  {:<12} {}\n  {:<12} {}\n", "--help", "this text; `spillway COMMAND --help` for one command",
                      "--version", "versions of program, model and result files");
  return text;
}

std::string version() { return fmt::format("spillway {} (model {}, result files {})\n", program_version, model_version, schema_version); }

const Command& find_command(const std::string& name) {
  std::vector<std::string> names{"--help", "--version"};
  for (const Command& command : commands()) {
    if (command.name == name) return command;
    names.emplace_back(command.name);
  }
  const std::string near = nearest(name, names);
  const std::string kind = name.starts_with('-') ? "option" : "command";
  throw InputError(
      fmt::format("there is no {} '{}'{}", kind, name, near.empty() ? "; see spillway --help" : fmt::format("; did you mean '{}'?", near)));
}

int run(const std::vector<std::string>& words) {
  if (words.empty()) {
    fmt::print(stderr, "{}", usage());
    return bad_input;
  }
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    fmt::print("{}", usage());
    return success;
  }
  if (words[0] == "--version") {
    fmt::print("{}", version());
    return success;
  }
  const Command& command = find_command(words[0]);
  CLI::App app(std::string(command.summary), "spillway " + std::string(command.name));
  app.footer("Example:\n  " + std::string(command.example) + "\n");
  const Action action = command.set_up(app);
  return parse_arguments(app, {words.begin() + 1, words.end()}) ? action() : static_cast<int>(success);
}

// What was printed may have been lost on a full disk or a closed pipe; a script must learn of it.
int finish(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  fmt::print(stderr, "spillway: cannot write to standard output\n");
  return bad_file;
}

int guarded(const std::vector<std::string>& words) {
  try {
    return finish(run(words));
  } catch (const InputError& error) {
    for (const Issue& issue : error.issues()) fmt::print(stderr, "{}\n", to_text(issue));
    return bad_input;
  } catch (const FileError& error) {
    fmt::print(stderr, "spillway: {}\n", error.what());
    return bad_file;
  } catch (const std::filesystem::filesystem_error& error) {
    fmt::print(stderr, "spillway: {}: {}\n", error.path1().string(), error.code().message());
    return bad_file;
  } catch (const std::exception& error) {
    fmt::print(stderr, "spillway: internal error: {}\nThis is a mistake of the program, not of the input.\n", error.what());
    return our_bug;
  }
}
}  // namespace

}  // namespace spillway

int main(int argc, char** argv) { return spillway::guarded(std::vector<std::string>(argv + 1, argv + argc)); }
