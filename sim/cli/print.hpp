// What the commands print for scripts and for shells.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace spillway {

/// One document, indented. Names of files need not be UTF-8, which JSON must be: what is not is replaced.
void print_json_document(const nlohmann::ordered_json& json);

/// A name as a shell takes it: as it is, or in quotation marks.
std::string shell_word(const std::string& text);

}  // namespace spillway
