// What the commands print for scripts and for shells.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/shell_word.hpp"

namespace spillway {

/// A line beside the results, for whoever watches.
void say(const std::string& text);

/// null where JSON has no number: NaN and infinities.
nlohmann::ordered_json json_number(double x);

/// One document, indented. Names of files need not be UTF-8, which JSON must be: what is not is replaced.
void print_json_document(const nlohmann::ordered_json& json);

/// A list of maps with file, line, column, path and message.
nlohmann::ordered_json issues_json(const std::vector<Issue>& issues);

/// "1 run", "7 runs".
std::string counted(std::uint64_t n, std::string_view one, std::string_view many);

}  // namespace spillway
