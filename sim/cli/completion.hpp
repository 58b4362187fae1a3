// What can be typed, as data for the shells: walked out of the command table and each command's own options, so that it cannot lag.
#pragma once

#include <string>
#include <vector>

namespace spillway {

/// What a shell offers where a value is typed.
enum class Offer { nothing, files, scenarios, results, folders, assignments, keys, words };

struct TypedValue {
  Offer offer = Offer::nothing;
  std::vector<std::string> words;  ///< of Offer::words
};

struct TypedOption {
  std::vector<std::string> names;  ///< "--output", "-o"
  std::string meaning;
  bool takes_value = false, repeats = false;
  TypedValue value;
};

struct TypedCommand {
  std::string name, summary;
  std::vector<TypedOption> options;
  std::vector<TypedOption> positionals;  ///< in order; one that repeats takes all that follow
};

/// Every command, in the order of the table.
std::vector<TypedCommand> typed_commands();

/// Every key of a scenario with the platforms of the shipped ones, "platforms.weibo.ads.load": what --set and explain take.
std::vector<std::string> typed_keys();

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace spillway
