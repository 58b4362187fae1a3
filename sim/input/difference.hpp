// What differs between two scenarios, key by key: the question "what did I change?".
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/scenario.hpp"

namespace spillway {

struct KeyDifference {
  std::string key;          ///< dotted, as --set takes it
  std::string left, right;  ///< value as YAML text; empty where the key does not exist
};

/// Keys with other values, in the order of the resolved scenario. What one of them lacks as a whole (a platform, an intervention)
/// is one difference with the text of what the other has, of platforms only what is not the default. Titles and descriptions count;
/// the order in which platforms and interventions are written does not.
std::vector<KeyDifference> differences(const Scenario& a, const Scenario& b);

/// True for `title`, `description` and `caveat`, which no run depends on.
bool is_wording(const std::string& key);

/// Every key of the resolved scenario with its value, in its order: {"habit.memory", "21 d"}.
std::vector<std::pair<std::string, std::string>> flat(const Scenario& scenario);

}  // namespace spillway
