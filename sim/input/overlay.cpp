#include "input/overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/suggest.hpp"
#include "input/yaml_lines.hpp"

namespace spillway {

namespace {
std::string suggestion(std::string_view word, const Node& map) {
  std::vector<std::string> known;
  for (const Entry& entry : map.entries) known.push_back(entry.key);
  const std::string near = nearest(word, known);
  return near.empty() ? near : fmt::format("; did you mean '{}'?", near);
}

std::string join(const std::string& path, const std::string& key) { return path.empty() ? key : path + "." + key; }

void merge(Node& base, Node&& over, const std::string& path, std::vector<Issue>& issues) {
  if (base.kind != NodeKind::map || over.kind != NodeKind::map) {
    base = std::move(over);
    return;
  }
  for (Entry& entry : over.entries) {
    const std::string at = join(path, entry.key);
    const auto found = std::find_if(base.entries.begin(), base.entries.end(), [&](const Entry& e) { return e.key == entry.key; });
    if (entry.value.kind == NodeKind::null && found == base.entries.end() && !separator_problem(entry.key).empty())
      issues.push_back(issue_at(entry.place, at, separator_problem(entry.key)));
    else if (entry.value.kind == NodeKind::null && found == base.entries.end())
      issues.push_back(
          issue_at(entry.place, at, fmt::format("null removes an entry, but there is none of this name{}", suggestion(entry.key, base))));
    else if (entry.value.kind == NodeKind::null)
      base.entries.erase(found);
    else if (found == base.entries.end())
      base.entries.push_back(std::move(entry));
    else
      merge(found->value, std::move(entry.value), at, issues);
  }
}

std::string canonical(const SourcePtr& source) {
  std::error_code ignored;
  return std::filesystem::weakly_canonical(source->name, ignored).string();
}

std::vector<SourcePtr> chain_to(const std::vector<SourcePtr>& chain, const SourcePtr& next) {
  std::vector<SourcePtr> longer = chain;
  longer.push_back(next);
  return longer;
}

void check_cycle(const std::vector<SourcePtr>& chain, const SourcePtr& base, const Place& place) {
  for (const SourcePtr& seen : chain) {
    if (canonical(seen) != canonical(base)) continue;
    std::string text;
    for (const SourcePtr& source : chain) text += source->name + " -> ";
    throw InputError({issue_at(place, "extends", fmt::format("the files extend each other in a circle: {}{}", text, base->name))});
  }
}

SourcePtr open_base(const Node& extends) {
  if (extends.kind != NodeKind::scalar || extends.text.empty())
    throw InputError({issue_at(extends.place, "extends", fmt::format("expected a file name, got {}", kind_name(extends)))});
  const std::string path = resolve_path(extends.place.source->directory, extends.text);
  try {
    return make_source(path, std::filesystem::path(path).parent_path().string(), read_file(path, largest_yaml), largest_yaml);
  } catch (const FileError& error) {
    throw InputError({issue_at(extends.place, "extends", error.what())});
  }
}

Node load_chain(const std::vector<SourcePtr>& chain, Tree& tree) {
  Node node = parse_yaml(chain.back());
  tree.files.push_back(chain.back()->name);
  const auto extends = std::find_if(node.entries.begin(), node.entries.end(), [](const Entry& e) { return e.key == "extends"; });
  if (node.kind != NodeKind::map || extends == node.entries.end()) return node;
  const SourcePtr next = open_base(extends->value);
  check_cycle(chain, next, extends->value.place);
  node.entries.erase(extends);
  Node base = load_chain(chain_to(chain, next), tree);
  const Place place = node.place;
  merge(base, std::move(node), {}, tree.issues);
  base.place = place;  // what the whole lacks is missing in the file that the user named
  return base;
}

std::vector<std::string> split_path(const std::string& path) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  while (start <= path.size()) {
    const bool change = parts.size() == 3 && parts[0] == "interventions" && (parts[2] == "set" || parts[2] == "ramp");
    const std::size_t dot = change ? std::string::npos : path.find('.', start);  // the rest is one key with dots of its own
    parts.push_back(path.substr(start, dot == std::string::npos ? dot : dot - start));
    if (dot == std::string::npos) break;
    start = dot + 1;
  }
  return parts;
}

Node parse_value(const SourcePtr& whole, const std::string& text) {
  const Place place{whole, 0, 0};
  if (text.starts_with('[') || text.starts_with('{') || text.starts_with('"') || text.starts_with('\'')) {
    const SourcePtr source = make_source("--set", {}, text, largest_yaml);
    try {
      return parse_yaml(source);
    } catch (const InputError& error) {
      throw InputError({issue_at(place, whole->text.substr(0, whole->text.find('=')), error.issues().front().message)});
    }
  }
  Node node;
  node.kind = text == "null" || text == "~" ? NodeKind::null : NodeKind::scalar;
  node.text = text;
  node.place = place;
  return node;
}

void set_place(Node& node, const Place& place) {
  node.place = place;
  for (Node& item : node.items) set_place(item, place);
  for (Entry& entry : node.entries) {
    entry.place = place;
    set_place(entry.value, place);
  }
}

/// A scalar for a platform or a list element that does not exist would build half a thing; say so here, where the cause is known.
std::string blocked(const Node& root, const std::vector<std::string>& parts) {
  const Node* node = &root;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const Entry* entry = node->find(parts[i]);
    const bool named = i == 1 && (parts[0] == "platforms" || parts[0] == "interventions");
    if (!entry && named) return fmt::format("there is no '{}' in {}{}", parts[i], parts[0], suggestion(parts[i], *node));
    if (!entry) return {};
    node = &entry->value;
    if (node->kind == NodeKind::list) return "a list is replaced as a whole; give all of it in brackets: [..]";
  }
  return {};
}
}  // namespace

Tree load_tree(const SourcePtr& source) {
  Tree tree;
  tree.root = load_chain({source}, tree);
  return tree;
}

void apply_set(Tree& tree, const std::string& assignment) {
  apply_set(tree, assignment, split_path(assignment.substr(0, assignment.find('='))));
}

void apply_set(Tree& tree, const std::string& assignment, const std::vector<std::string>& parts) {
  const auto source = std::make_shared<Source>(Source{"--set", {}, assignment, {assignment}});
  const Place place{source, 0, 0};
  const std::size_t equals = assignment.find('=');
  const std::string path = assignment.substr(0, equals);
  const auto problem = [&](std::string message) { tree.issues.push_back(issue_at(place, path, std::move(message))); };
  if (equals == std::string::npos) return problem("expected path=value, such as platforms.weibo.ads.load=0.2");
  if (std::find(parts.begin(), parts.end(), "") != parts.end())
    return problem("expected a path such as platforms.weibo.ads.load before the '='");
  if (equals + 1 == assignment.size()) return problem("there is no value after the '='; to remove an entry write null");
  if (parts[0] == "extends") return problem("what a scenario extends cannot be set; name the other file instead");
  if (const std::string reason = blocked(tree.root, parts); !reason.empty()) return problem(reason);
  Node over;
  try {
    over = parse_value(source, assignment.substr(equals + 1));
  } catch (const InputError& error) {
    tree.issues.insert(tree.issues.end(), error.issues().begin(), error.issues().end());
    return;
  }
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    Node outer;
    outer.kind = NodeKind::map;
    outer.entries.push_back({*part, place, std::move(over)});
    over = std::move(outer);
  }
  set_place(over, place);
  if (tree.root.kind == NodeKind::map) merge(tree.root, std::move(over), {}, tree.issues);
}

}  // namespace spillway
