#include "cli/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "input/quantity.hpp"

namespace spillway {

namespace {
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

bool takes_value(const CLI::App& app, const std::string& name) {
  const CLI::Option* option = app.get_option_no_throw(name);
  return option != nullptr && option->get_items_expected_max() > 0;
}

// Before the parser sees it: it would blame the word after an unknown option instead of the option.
void refuse_unknown_options(const CLI::App& app, const std::vector<std::string>& arguments) {
  const std::vector<std::string> names = option_names(app);
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    const std::string& word = arguments[i];
    if (word.size() < 2 || word[0] != '-') continue;
    const std::string name = word[1] == '-' ? word.substr(0, word.find('=')) : word.substr(0, 2);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      const std::string near = nearest(name, names);
      throw InputError(
          fmt::format("{} has no option {}{}", app.get_name(), name,
                      near.empty() ? fmt::format("; see {} --help", app.get_name()) : fmt::format("; did you mean {}?", near)));
    }
    if (takes_value(app, name) && word.find('=') == std::string::npos && word.size() == name.size()) ++i;  // its value may start with '-'
  }
}
}  // namespace

std::uint64_t whole_option(const std::string& option, const std::string& text, std::uint64_t low, std::uint64_t high) {
  const Quantity quantity = parse_quantity(text, Unit::count);
  if (!quantity.error.empty()) throw InputError(fmt::format("{}: {}", option, quantity.error));
  if (quantity.value != std::floor(quantity.value)) throw InputError(fmt::format("{}: {} is not a whole number", option, text));
  if (quantity.value < static_cast<double>(low) || quantity.value > static_cast<double>(high))
    throw InputError(fmt::format("{}: {} is outside [{}, {}]", option, text, low, high));
  return static_cast<std::uint64_t>(quantity.value);
}

Date date_option(const std::string& option, const std::string& text) {
  const std::optional<Date> date = parse_date(text);
  if (!date) throw InputError(fmt::format("{}: '{}' is no date; write it as 2014-11-28", option, text));
  return *date;
}

bool parse_arguments(CLI::App& app, const std::vector<std::string>& arguments) {
  refuse_unknown_options(app, arguments);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // the order that the parser asks for
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", app.help());
    return false;
  } catch (const CLI::ParseError& error) {
    throw InputError(fmt::format("{}; see {} --help", error.what(), app.get_name()));
  }
  return true;
}

}  // namespace spillway
