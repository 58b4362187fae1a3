// The three scripts. Each is whole by itself: completing must not start the program at every key.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/completion.hpp"

namespace spillway {

namespace {
std::string joined(const std::vector<std::string>& words, const char* between = " ") {
  return fmt::format("{}", fmt::join(words, between));
}

std::string names_of(const std::vector<TypedCommand>& commands) {
  std::string text;
  for (const TypedCommand& command : commands) text += command.name + " ";
  return text + "--help --version";
}

/// For the case statement: one word for each offer, the words themselves for Offer::words.
std::string offer_word(const TypedValue& value) {
  switch (value.offer) {
    case Offer::nothing: return "nothing";
    case Offer::files: return "files";
    case Offer::scenarios: return "scenarios";
    case Offer::results: return "results";
    case Offer::folders: return "folders";
    case Offer::assignments: return "assignments";
    case Offer::keys: return "keys";
    case Offer::words: return "words " + joined(value.words);
  }
  return {};
}

/// A single-quoted word of any of the three shells; an apostrophe becomes a typographic one, which needs no escape.
std::string quoted(std::string text) {
  for (std::size_t at = text.find('\''); at != std::string::npos; at = text.find('\'', at)) text.replace(at, 1, "’");
  return "'" + text + "'";
}

// '=' ends a word for bash, so that --set key=value arrives as three.
constexpr std::string_view bash_body = R"script(
_spillway() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} offer
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "$_spillway_commands" -- "$current")
    return
  fi
  [[ $current == = ]] && current= && before==
  if [[ $before == = ]]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
    [[ ${COMP_WORDS[COMP_CWORD]} == = ]] && before=${COMP_WORDS[COMP_CWORD - 1]}
    [[ $before == --* ]] || return
  elif [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_spillway_options "$command")" -- "$current")
    return
  fi
  offer=$(_spillway_offer "$command" "$before")
  case $offer in
    files) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
    folders) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
    scenarios) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$current"; compgen -f -X '!*.yaml' -- "$current") ;;
    results) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$current"; compgen -f -X '!*.h5' -- "$current") ;;
    assignments) compopt -o nospace 2>/dev/null; mapfile -t COMPREPLY < <(compgen -W "$_spillway_keys" -S = -- "$current") ;;
    keys) mapfile -t COMPREPLY < <(compgen -W "$_spillway_keys" -- "$current") ;;
    words*) mapfile -t COMPREPLY < <(compgen -W "${offer#words}" -- "$current") ;;
  esac
}
complete -F _spillway spillway
)script";

std::string zsh_action(const TypedValue& value) {
  switch (value.offer) {
    case Offer::nothing: return " ";
    case Offer::files: return "_files";
    case Offer::scenarios: return "_files -g \"*.yaml\"";
    case Offer::results: return "_files -g \"*.h5\"";
    case Offer::folders: return "_files -/";
    case Offer::assignments: return "_spillway_assignment";
    case Offer::keys: return "_spillway_key";
    case Offer::words: return "(" + joined(value.words) + ")";
  }
  return {};
}

/// Brackets and colons end parts of an _arguments specification.
std::string zsh_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == ':' || c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_option(const TypedOption& option) {
  std::string text;
  for (const std::string& name : option.names) {
    const std::string exclusive = option.repeats ? "*" : "(" + joined(option.names) + ")";
    const std::string value = option.takes_value ? ":value:" + zsh_action(option.value) : "";
    text += " \\\n        " + quoted(exclusive + name + "[" + zsh_escaped(option.meaning) + "]" + value);
  }
  return text;
}

std::string fish_offer(const TypedValue& value) {
  switch (value.offer) {
    case Offer::nothing: return "";
    case Offer::files: return " -F";
    case Offer::scenarios: return " -a '(__fish_complete_suffix .yaml)'";
    case Offer::results: return " -a '(__fish_complete_suffix .h5)'";
    case Offer::folders: return " -a '(__fish_complete_directories)'";
    case Offer::assignments: return " -a '(__spillway_keys)='";
    case Offer::keys: return " -a '(__spillway_keys)'";
    case Offer::words: return " -a " + quoted(joined(value.words));
  }
  return {};
}
}  // namespace

std::string bash_completion() {
  const std::vector<TypedCommand> commands = typed_commands();
  std::string text =
      "# bash completion of spillway. Now: source <(spillway completion bash); for good: write it to\n"
      "# ~/.local/share/bash-completion/completions/spillway\n";
  text += fmt::format("_spillway_commands='{}'\n_spillway_keys='{}'\n", names_of(commands), joined(typed_keys()));
  std::string options, offers;
  for (const TypedCommand& command : commands) {
    std::string names;
    for (const TypedOption& option : command.options) {
      names += (names.empty() ? "" : " ") + joined(option.names);
      if (!option.takes_value) continue;
      std::vector<std::string> patterns;
      for (const std::string& name : option.names) patterns.push_back(quoted(command.name + " " + name));
      offers += fmt::format("    {}) echo {} ;;\n", joined(patterns, " | "), quoted(offer_word(option.value)));
    }
    options += fmt::format("    {}) echo {} ;;\n", command.name, quoted(names));
    if (!command.positionals.empty())
      offers += fmt::format("    {}) echo {} ;;\n", "'" + command.name + " '*", quoted(offer_word(command.positionals[0].value)));
  }
  text += "\n_spillway_options() {\n  case $1 in\n" + options + "  esac\n}\n";
  text += "\n_spillway_offer() {\n  case \"$1 $2\" in\n" + offers + "  esac\n}\n";
  return text + std::string(bash_body);
}

std::string zsh_completion() {
  std::string text =
      "#compdef spillway\n# zsh completion of spillway. Now: source <(spillway completion zsh); for good: write it to a file\n"
      "# _spillway in a folder of $fpath.\n";
  text += fmt::format("typeset -ga _spillway_keys\n_spillway_keys=({})\n", joined(typed_keys()));
  text += "\n_spillway_assignment() { compadd -S '=' -q -- $_spillway_keys; }\n_spillway_key() { compadd -- $_spillway_keys; }\n";
  std::string described, cases;
  for (const TypedCommand& command : typed_commands()) {
    described += "    " + quoted(zsh_escaped(command.name) + ":" + command.summary) + "\n";
    cases += fmt::format("    {})\n      _arguments", command.name);
    for (const TypedOption& option : command.options) cases += zsh_option(option);
    for (const TypedOption& positional : command.positionals)
      cases += " \\\n        " +
               quoted(fmt::format("{}:{}:{}", positional.repeats ? "*" : "", positional.names[0], zsh_action(positional.value)));
    cases += " ;;\n";
  }
  text += "\n_spillway() {\n  local -a commands\n  commands=(\n" + described + "  )\n";
  text += "  if ((CURRENT == 2)); then\n    _describe command commands\n    return\n  fi\n";
  text += "  shift words\n  ((CURRENT--))\n  case $words[1] in\n" + cases + "  esac\n}\n\n";
  return text + "if [[ ${funcstack[1]-} == _spillway ]]; then _spillway \"$@\"; else compdef _spillway spillway; fi\n";
}

std::string fish_completion() {
  std::string text =
      "# fish completion of spillway. Now: spillway completion fish | source; for good: write it to\n"
      "# ~/.config/fish/completions/spillway.fish\n";
  text += fmt::format("function __spillway_keys\n  string join \\n -- {}\nend\n\ncomplete -c spillway -f\n", joined(typed_keys()));
  for (const TypedCommand& command : typed_commands()) {
    text += fmt::format("complete -c spillway -n __fish_use_subcommand -a {} -d {}\n", command.name, quoted(command.summary));
    const std::string here = fmt::format("complete -c spillway -n '__fish_seen_subcommand_from {}'", command.name);
    for (const TypedOption& option : command.options) {
      std::string names;
      for (const std::string& name : option.names) names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      text += here + names + (option.takes_value ? " -r" + fish_offer(option.value) : "") + " -d " + quoted(option.meaning) + "\n";
    }
    for (const TypedOption& positional : command.positionals)
      if (const std::string offer = fish_offer(positional.value); !offer.empty()) text += here + offer + "\n";
  }
  return text;
}

}  // namespace spillway
