// Scenarios on top of scenarios: `extends: base.yaml` and `--set path=value`. Maps are merged key by key, everything else is
// replaced, null removes. Every node keeps the place it came from.
#pragma once

#include <string>
#include <vector>

#include "input/yaml.hpp"

namespace spillway {

struct Tree {
  Node root;
  std::vector<std::string> files;  ///< all that were read, the given one first
  std::vector<Issue> issues;       ///< impossible removals
};

/// Reads the scenario text and what it extends. Throws InputError (syntax, cycle, missing base) and nothing else.
Tree load_tree(const SourcePtr& source);

/// Applies "platforms.weibo.ads.load=0.2"; problems are added to tree.issues.
void apply_set(Tree& tree, const std::string& assignment);
/// The same where the caller knows which keys the path consists of; keys may have dots of their own.
void apply_set(Tree& tree, const std::string& assignment, const std::vector<std::string>& parts);

}  // namespace spillway
