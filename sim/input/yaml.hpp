// YAML text as a tree of our own, with a place for every node. Only plain data passes: no anchors, aliases, merge keys, tags,
// directives or second documents, because each of them hides where a value comes from; `extends` is the way to share.
#pragma once

#include <string>
#include <vector>

#include "input/source.hpp"

namespace spillway {

enum class NodeKind { null, scalar, list, map };

struct Entry;

struct Node {
  NodeKind kind = NodeKind::null;
  std::string text;     ///< of a scalar
  bool quoted = false;  ///< '..', "..", | or >: text even if it looks like a number
  Place place;
  std::vector<Node> items;     ///< of a list
  std::vector<Entry> entries;  ///< of a map, in the file's order

  const Entry* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Place place;  ///< of the key
  Node value;
};

inline constexpr std::size_t largest_yaml = std::size_t{1} << 20;

/// Throws InputError with every problem found. An empty text gives a null node.
Node parse_yaml(const SourcePtr& source);

/// "a list", "a map", "text": for messages.
std::string kind_name(const Node& node);

}  // namespace spillway
