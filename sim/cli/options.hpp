// Option values that need more care than the argument parser takes.
#pragma once

#include <cstdint>
#include <string>

#include "base/date.hpp"
#include "cli/command.hpp"

namespace spillway {

/// A whole number in [low, high] in the scenario's own grammar ("1_000_000", "1e6"). Throws InputError naming the option.
std::uint64_t whole_option(const std::string& option, const std::string& text, std::uint64_t low, std::uint64_t high);

/// A day, "2014-11-28". Throws InputError naming the option.
Date date_option(const std::string& option, const std::string& text);

/// Parses a command's arguments (without its name). Unknown options and missing arguments become an InputError with a suggestion.
/// False if help was asked for and printed.
bool parse_arguments(CLI::App& app, const std::vector<std::string>& arguments);

}  // namespace spillway
