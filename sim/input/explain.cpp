// explain_key and the lists: for the terminal. The Markdown manual stands in manual.cpp.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "input/catalogue.hpp"
#include "input/manual.hpp"
#include "input/quantity.hpp"
#include "input/values.hpp"
#include "model/policy.hpp"

namespace spillway {

namespace {
std::vector<std::string> split(const std::string& path) {
  std::vector<std::string> parts{""};
  for (const char c : path)
    if (c == '.')
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

bool placeholder(const std::string& part) { return part == "NAME" || part == "N"; }

std::vector<std::string> without_placeholders(std::vector<std::string> parts) {
  std::erase_if(parts, placeholder);
  return parts;
}

bool same(const std::vector<std::string>& asked, const std::vector<std::string>& parts) {
  return std::equal(asked.begin(), asked.end(), parts.begin(), parts.end(),
                    [](const auto& a, const auto& p) { return a == p || placeholder(p); });
}

bool ends_with(const std::vector<std::string>& parts, const std::vector<std::string>& asked) {
  return asked.size() <= parts.size() && std::equal(asked.rbegin(), asked.rend(), parts.rbegin());
}

/// Exact path without names, path with names, then any path that ends so.
std::vector<FlatKey> find_keys(const std::string& path) {
  const std::vector<std::string> asked = split(path);
  std::vector<FlatKey> exact, named, endings;
  for (const FlatKey& flat : flat_catalogue()) {
    const std::vector<std::string> parts = split(flat.path), bare = without_placeholders(parts);
    if (asked == bare || asked == parts) exact.push_back(flat);
    if (same(asked, parts)) named.push_back(flat);
    if (ends_with(bare, asked)) endings.push_back(flat);
  }
  if (!exact.empty()) return exact;
  return named.empty() ? endings : named;
}

/// platforms.weibo alone is an element of platforms: show the whole section.
std::vector<FlatKey> find_element(const std::string& path) {
  const std::vector<std::string> asked = split(path);
  for (const FlatKey& flat : flat_catalogue())
    if (asked.size() == 2 && flat.path == asked[0] && flat.key->kind == KeyKind::by_name) return {flat};
  return {};
}

std::string unit_line(const Key& key) {
  if (key.kind == KeyKind::text || key.kind == KeyKind::date || key.kind == KeyKind::dates || key.kind == KeyKind::word ||
      key.kind == KeyKind::platforms || key.kind == KeyKind::changes)
    return {};
  if (key.unit == Unit::profit_units)
    return "plain number; 1 is the net profit a day of the median supplier on the first platform in mid-2012";
  std::string words = fmt::format("{}", fmt::join(unit_words_for(key.unit), ", "));
  const std::string unit(to_text(key.unit));
  if (words.empty()) return key.kind == KeyKind::whole ? "whole number" : "plain number";
  return unit == "1" ? "share of one, or with " + words : fmt::format("{} (may be written with {})", unit, words);
}

/// platforms: {weibo: {ads: {load: 0}}}
std::string example_line(const FlatKey& flat) {
  std::vector<std::string> parts = split(flat.path);
  for (std::string& part : parts)
    if (part == "NAME") part = flat.path.starts_with("interventions") ? "my_change" : "weibo";
  std::string value = flat.key->kind == KeyKind::platforms ? "[wechat]" : flat.key->fallback;
  if (value.empty()) {
    switch (flat.key->kind) {
      case KeyKind::date: value = "2011-01-21"; break;
      case KeyKind::changes: value = "{platforms.weibo.ads.load: 0.1}"; break;
      case KeyKind::number: value = "0.5"; break;
      default: value = "some text";
    }
  }
  std::string text = std::move(value), close;
  for (std::size_t i = parts.size(); i-- > 0;) {
    const std::string key = parts[i] == "N" ? "- " : parts[i] + ": ";
    const bool list = parts[i] == "N";
    text = list ? "[" + text + "]" : i == 0 ? key + text : "{" + key + text + "}";
  }
  return text;
}

std::string explain_leaf(const FlatKey& flat) {
  const Key& key = *flat.key;
  std::string text = fmt::format("{}\n  {}\n", flat.path, key.meaning);
  const auto line = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text += fmt::format("  {:<9} {}\n", name, value);
  };
  line("unit", unit_line(key));
  line("words", fmt::format("{}", fmt::join(key.words, ", ")));
  line("range", range_text(key.range, key.flags, key.unit));
  line("plausible", range_text(key.likely, FieldFlag::none, key.unit));
  line("default", has(key.flags, FieldFlag::required) ? "none: must be given" : key.fallback.empty() ? "none" : key.fallback);
  line("policy", has(key.flags, FieldFlag::policy) ? "yes: interventions can set and ramp it during a run" : "no: fixed during a run");
  line("source", key.source);
  line("example", example_line(flat));
  return text;
}

std::string explain_section(const FlatKey& flat) {
  std::string text = fmt::format("{}\n  {}\n\nkeys:\n", flat.path, flat.key->meaning);
  std::size_t width = 0;
  for (const Key& child : flat.key->children) width = std::max(width, child.name.size());
  for (const Key& child : flat.key->children)
    text += fmt::format("  {:<{}}  {}{}\n", child.name, width, short_meaning(child.meaning),
                        child.fallback.empty() ? "" : " (default " + child.fallback + ")");
  return text;
}

[[noreturn]] void refuse(const std::string& path) {
  std::vector<std::string> paths, names;
  for (const FlatKey& flat : flat_catalogue()) {
    paths.push_back(fmt::format("{}", fmt::join(without_placeholders(split(flat.path)), ".")));
    names.push_back(flat.key->name);
  }
  std::string near = nearest(path, paths);
  if (near.empty())
    for (const std::string& ending : paths_ending_in(path, {})) near = near.empty() ? ending : near;
  if (near.empty()) near = nearest(split(path).back(), names);
  throw InputError(fmt::format("there is no key '{}'; {}", path,
                               near.empty() ? "see `spillway describe parameters`" : fmt::format("did you mean '{}'?", near)));
}
}  // namespace

std::string explain_key(const std::string& path) {
  std::vector<FlatKey> found = find_keys(path);
  if (found.empty()) found = find_element(path);
  if (found.empty()) refuse(path);
  if (found.size() == 1) return found[0].key->children.empty() ? explain_leaf(found[0]) : explain_section(found[0]);
  std::string text = fmt::format("{} keys end in '{}':\n", found.size(), path);
  for (const FlatKey& flat : found) text += fmt::format("  {}  {}\n", flat.path, short_meaning(flat.key->meaning));
  return text;
}

std::string meaning_of(const std::string& path) {
  const Key* key = key_named(path);
  return key == nullptr ? std::string() : key->meaning;
}

std::string parameter_list() {
  std::string text;
  for (const FlatKey& flat : flat_catalogue())
    if (flat.key->children.empty())
      text += fmt::format("{:<46} {:<14} {}\n", flat.path, flat.key->fallback.empty() ? "-" : flat.key->fallback,
                          short_meaning(flat.key->meaning));
  return text;
}

std::string policy_list() {
  std::string text;
  for (const PolicyRow& row : policy_rows())
    text += fmt::format("{:<46} {:<12} {:<14} {}\n", policy_path(row, "NAME"), unit_name(row.unit),
                        range_text(row.range, FieldFlag::none, Unit::none), row.meaning);
  return text;
}

}  // namespace spillway
