#include "input/difference.hpp"

#include <algorithm>

#include "input/resolved.hpp"
#include "input/yaml.hpp"

namespace spillway {

namespace {
std::string join(const std::string& path, const std::string& key) { return path.empty() ? key : path + "." + key; }

// The canonical text, not the structs: it has each member once, and shows values as people write them.
Node tree_of(const Scenario& scenario) {
  return parse_yaml(make_source("the resolved scenario", {}, resolved_yaml(scenario), std::string::npos));
}

/// "{on: 2014-11-26, set: {platforms.weibo.ban.strictness: 0.8}}".
std::string flow(const Node& node) {
  std::string text;
  switch (node.kind) {
    case NodeKind::null: return "null";
    case NodeKind::scalar: return node.text;
    case NodeKind::list:
      for (const Node& item : node.items) text += (text.empty() ? "" : ", ") + flow(item);
      return "[" + text + "]";
    case NodeKind::map:
      for (const Entry& entry : node.entries) text += (text.empty() ? "" : ", ") + entry.key + ": " + flow(entry.value);
      return "{" + text + "}";
  }
  return text;
}

bool is_leaf(const Node& node) {
  if (node.kind == NodeKind::map) return node.entries.empty();
  const bool of_maps = !node.items.empty() && node.items[0].kind == NodeKind::map;
  return node.kind != NodeKind::list || !of_maps;
}

/// Children of a map, or of a list of maps by index.
std::vector<std::pair<std::string, const Node*>> children(const Node& node) {
  std::vector<std::pair<std::string, const Node*>> found;
  for (const Entry& entry : node.entries) found.emplace_back(entry.key, &entry.value);
  for (std::size_t i = 0; i < node.items.size(); ++i) found.emplace_back(std::to_string(i), &node.items[i]);
  return found;
}

const Node* child(const Node& node, const std::string& key) {
  for (const auto& [name, value] : children(node))
    if (name == key) return value;
  return nullptr;
}

/// `node` without the entries that `defaults` has too.
Node without_defaults(const Node& node, const Node& defaults) {
  Node kept = node;
  kept.entries.clear();
  for (const Entry& entry : node.entries) {
    const Entry* same = defaults.find(entry.key);
    if (same == nullptr || entry.value.kind != NodeKind::map) {
      if (same == nullptr || flow(same->value) != flow(entry.value)) kept.entries.push_back(entry);
    } else if (Node inner = without_defaults(entry.value, same->value); !inner.entries.empty()) {
      kept.entries.push_back({entry.key, entry.place, std::move(inner)});
    }
  }
  return kept;
}

class Comparison {
 public:
  Comparison(const Scenario& a, const Scenario& b) : left_(tree_of(a)), right_(tree_of(b)) { compare(left_, right_, {}); }
  std::vector<KeyDifference> found;

 private:
  void compare(const Node& left, const Node& right, const std::string& path) {
    if (is_leaf(left) != is_leaf(right) || is_leaf(left)) {
      if (flow(left) != flow(right)) take(path, &left, &right);
      return;
    }
    for (const auto& [key, value] : children(left)) {
      const Node* other = child(right, key);
      if (other != nullptr)
        compare(*value, *other, join(path, key));
      else
        take(join(path, key), value, nullptr);
    }
    for (const auto& [key, value] : children(right))
      if (child(left, key) == nullptr) take(join(path, key), nullptr, value);
  }

  void take(const std::string& path, const Node* left, const Node* right) {
    if (says_nothing(path, left, right)) return;
    found.push_back({path, text(path, left), text(path, right)});
  }

  // An empty map and one with entries: the entries are what differs, not the map. A marketplace's untouched value for a
  // platform that the other scenario has not says no more than that the platform is new.
  bool says_nothing(const std::string& path, const Node* left, const Node* right) {
    if (left != nullptr && right != nullptr && left->kind == NodeKind::map && right->kind == NodeKind::map) {
      for (const auto& [key, value] : children(*left)) take(join(path, key), value, nullptr);
      for (const auto& [key, value] : children(*right)) take(join(path, key), nullptr, value);
      return true;
    }
    const Node* only = left == nullptr ? right : right == nullptr ? left : nullptr;
    return only != nullptr && path.starts_with("marketplace.") && only->text == "1";
  }

  static std::string text(const std::string& path, const Node* node) {
    if (node == nullptr) return {};
    const bool platform = path.starts_with("platforms.") && path.find('.', 10) == std::string::npos;
    return flow(platform ? without_defaults(*node, default_platform()) : *node);
  }

  static const Node& default_platform() {
    static const Node defaults = [] {
      Scenario scenario;
      scenario.platforms.emplace_back("any", Platform{});
      Node platform = tree_of(scenario).find("platforms")->value.find("any")->value;
      std::erase_if(platform.entries, [](const Entry& entry) { return entry.key == "launch"; });  // has no default
      return platform;
    }();
    return defaults;
  }

  Node left_, right_;
};

void add_flat(const Node& node, const std::string& path, std::vector<std::pair<std::string, std::string>>& out) {
  if (is_leaf(node)) {
    out.emplace_back(path, flow(node));
    return;
  }
  for (const auto& [key, value] : children(node)) add_flat(*value, join(path, key), out);
}
}  // namespace

std::vector<KeyDifference> differences(const Scenario& a, const Scenario& b) { return Comparison(a, b).found; }

bool is_wording(const std::string& key) { return key == "title" || key == "description" || key == "caveat"; }

std::vector<std::pair<std::string, std::string>> flat(const Scenario& scenario) {
  std::vector<std::pair<std::string, std::string>> found;
  add_flat(tree_of(scenario), {}, found);
  return found;
}

}  // namespace spillway
