// The tables for people: one key explained, lists for the terminal, the whole manual as Markdown.
#pragma once

#include <string>

namespace spillway {

/// Meaning, unit, range, default, source and an example of a key; of a section the list of its keys. Paths may name a platform
/// ("platforms.weibo.ads.load") or not ("ads.load"). Throws InputError with a suggestion for what does not exist.
std::string explain_key(const std::string& path);

/// What a key of a scenario means, in the words of its row; of an element of platforms or interventions nothing.
std::string meaning_of(const std::string& path);

/// Every key, one a line, with its default.
std::string parameter_list();

/// Every policy, one a line, with unit and range.
std::string policy_list();

/// Text of scenarios/README.md.
std::string scenario_manual();

}  // namespace spillway
