#include "cli/completion.hpp"

#include <algorithm>

#include "cli/command.hpp"
#include "input/catalogue.hpp"

namespace spillway {

namespace {
/// By the name that a value has in the help: one vocabulary for readers and shells.
TypedValue value_of(const std::string& type, bool positional) {
  if (type == "SCENARIO") return {Offer::scenarios, {}};
  if (type == "RESULT") return {Offer::results, {}};
  if (type == "DIR") return {Offer::folders, {}};
  if (type == "PATH=VALUE") return {Offer::assignments, {}};
  if (type == "KEY") return {Offer::keys, {}};
  if (type.find("FILE") != std::string::npos || type == "STATE" || (positional && type == "TEXT")) return {Offer::files, {}};
  const bool words = !type.empty() && type.find_first_not_of("abcdefghijklmnopqrstuvwxyz_|") == std::string::npos;
  if (!words) return {};
  TypedValue value{Offer::words, {""}};
  for (const char c : type)
    if (c == '|')
      value.words.emplace_back();
    else
      value.words.back() += c;
  return value;
}

TypedCommand typed(const Command& command) {
  CLI::App app;
  command.set_up(app);
  TypedCommand made{std::string(command.name), std::string(command.summary), {}, {}};
  for (const CLI::Option* option : app.get_options()) {
    TypedOption typed;
    for (const std::string& name : option->get_lnames()) typed.names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) typed.names.push_back("-" + name);
    typed.meaning = option->get_description();
    typed.takes_value = option->get_items_expected_max() > 0;
    typed.repeats = option->get_items_expected_max() > 1;
    const bool positional = typed.names.empty();
    if (typed.takes_value) typed.value = value_of(option->get_type_name(), positional);
    if (positional) typed.names.push_back(option->get_name(true));
    (positional ? made.positionals : made.options).push_back(std::move(typed));
  }
  return made;
}
}  // namespace

std::vector<TypedCommand> typed_commands() {
  std::vector<TypedCommand> all;
  for (const Command& command : commands()) all.push_back(typed(command));
  return all;
}

std::vector<std::string> typed_keys() {
  std::vector<std::string> keys;
  for (const FlatKey& flat : flat_catalogue()) {
    const std::size_t name = flat.path.find("NAME");
    if (flat.path.find(".N.") != std::string::npos || flat.path.starts_with("interventions.")) continue;  // names are the user's own
    if (!flat.key->children.empty() && flat.key->kind != KeyKind::section) continue;
    for (const char* platform : {"weibo", "wechat"}) {
      std::string path = flat.path;
      if (name != std::string::npos) path.replace(name, 4, platform);
      keys.push_back(std::move(path));
      if (name == std::string::npos) break;
    }
  }
  return keys;
}

}  // namespace spillway
