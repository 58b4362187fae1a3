#include "input/reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/suggest.hpp"
#include "input/quantity.hpp"
#include "input/words.hpp"
#include "input/yaml_lines.hpp"
#include "model/policy.hpp"
#include "model/scenario_fields.hpp"

namespace spillway {

namespace {
/// "platforms.a.ads.load: 0.1" for {platforms: {a: {ads: {load: 0.1}}}}; the first of several.
std::string in_one_piece(const Entry& entry) {
  if (entry.value.kind == NodeKind::map && !entry.value.entries.empty())
    return fmt::format("{}.{}", entry.key, in_one_piece(entry.value.entries[0]));
  return fmt::format("{}: {}", entry.key, entry.value.kind == NodeKind::scalar ? entry.value.text : "0.1");
}

template <class Row>
NumberRule rule_of(const Row& row) {
  return {row.unit, row.range, row.flags, row.meaning, row.likely, row.source};
}

class Reader {
 public:
  explicit Reader(Reading& reading) : reading_(reading) {}

  /// Every row of T that the map names; `place` is where to complain about a missing one.
  template <Described T>
  void read_rows(const Node& node, const std::string& path, const Place& place, T& out) {
    std::vector<std::string> known;
    for_each_field<T>([&](const auto& row) { known.emplace_back(row.name); });
    for (const Entry& entry : node.entries)
      if (std::find(known.begin(), known.end(), entry.key) == known.end()) unknown_key(entry, join(path, entry.key), known, reading_);
    for_each_field<T>([&](const auto& row) {
      const std::string at = join(path, row.name);
      if (const Entry* entry = node.find(row.name))
        read(entry->value, at, entry->place, row, out.*(row.member));
      else if (has(row.flags, FieldFlag::required))
        reading_.problem(place, at, fmt::format("is missing ({})", short_meaning(row.meaning)));
    });
  }

 private:
  static std::string join(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
  }

  template <class Row>
  void read(const Node& node, const std::string& path, const Place&, const Row& row, double& out) {
    if (const auto value = read_number(node, path, rule_of(row), reading_)) out = *value;
  }
  template <class Row>
  void read(const Node& node, const std::string& path, const Place&, const Row& row, std::uint32_t& out) {
    if (const auto value = read_whole(node, path, rule_of(row), reading_)) out = static_cast<std::uint32_t>(*value);
  }
  template <class Row>
  void read(const Node& node, const std::string& path, const Place&, const Row& row, std::string& out) {
    if (auto value = read_text(node, path, has(row.flags, FieldFlag::required), reading_)) out = std::move(*value);
  }
  template <class Row>
  void read(const Node& node, const std::string& path, const Place&, const Row&, Date& out) {
    if (const auto value = read_date(node, path, reading_)) out = *value;
  }
  template <class Row>
  void read(const Node& node, const std::string& path, const Place&, const Row&, std::vector<Date>& out) {
    if (auto value = read_dates(node, path, reading_)) out = std::move(*value);
  }
  template <class Row>
  void read(const Node& node, const std::string& path, const Place&, const Row& row, DataSeries& out) {
    if (auto value = read_series(node, path, rule_of(row), reading_)) out = std::move(*value);
  }
  template <class Row, class Enum>
  requires std::is_enum_v<Enum>
  void read(const Node& node, const std::string& path, const Place&, const Row&, Enum& out) {
    const auto& words = EnumWords<Enum>::words;
    if (const auto index = read_word(node, path, {words.begin(), words.end()}, reading_)) out = static_cast<Enum>(*index);
  }
  template <class Row, Described T>
  void read(const Node& node, const std::string& path, const Place& place, const Row&, T& out) {
    if (expect_map(node, path, "a map of keys", reading_)) read_rows(node, path, place, out);
  }
  template <class Row>
  void read(const Node& node, const std::string& path, const Place&, const Row&, std::vector<Segment>& out) {
    if (node.kind != NodeKind::list)
      return reading_.problem(node.place, path,
                              fmt::format("expected a list of segments such as [{{name: city, share: 0.4}}, ..], got {}", kind_name(node)));
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const std::string at = join(path, std::to_string(i));
      if (expect_map(node.items[i], at, "a segment such as {name: city, share: 0.4}", reading_))
        read_rows(node.items[i], at, node.items[i].place, out.emplace_back());
    }
  }
  template <class Row>
  void read(const Node& node, const std::string& path, const Place&, const Row&, Named<Platform>& out) {
    if (!expect_map(node, path, "platforms by name", reading_)) return;
    for (const Entry& entry : node.entries) platforms_.platforms.emplace_back(entry.key, Platform{});
    for (const Entry& entry : node.entries) {
      auto& [name, platform] = out.emplace_back(entry.key, Platform{});
      const std::string at = join(path, name);
      if (expect_map(entry.value, at, "a map of keys", reading_)) read_rows(entry.value, at, entry.place, platform);
    }
  }
  template <class Row>
  void read(const Node& node, const std::string& path, const Place&, const Row& row, Named<double>& out) {
    if (!expect_map(node, path, "a map of platforms with numbers such as {wechat: 0.5}", reading_)) return;
    for (const Entry& entry : node.entries) {
      const std::string at = join(path, entry.key);
      if (!is_platform(entry.key, entry.place, at)) continue;
      if (const auto value = read_number(entry.value, at, rule_of(row), reading_)) out.emplace_back(entry.key, *value);
    }
  }
  template <class Row>
  void read(const Node& node, const std::string& path, const Place&, const Row&, std::vector<std::string>& out) {
    if (node.kind != NodeKind::list)
      return reading_.problem(node.place, path, fmt::format("expected a list of platforms such as [wechat], got {}", kind_name(node)));
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const std::string at = join(path, std::to_string(i));
      const auto name = read_text(node.items[i], at, true, reading_);
      if (!name || !is_platform(*name, node.items[i].place, at)) continue;
      if (std::find(out.begin(), out.end(), *name) != out.end())
        reading_.problem(node.items[i].place, at, fmt::format("'{}' is given twice; keep one of them", *name));
      out.push_back(*name);
    }
  }
  template <class Row>
  void read(const Node& node, const std::string& path, const Place&, const Row&, Named<Intervention>& out) {
    if (!expect_map(node, path, "interventions by name", reading_)) return;
    for (const Entry& entry : node.entries) {
      const std::string at = join(path, entry.key);
      if (!good_name(entry.key))
        reading_.problem(entry.place, at, "is no good name: use 1 to 40 characters without blanks, '.', '/' and '='");
      auto& intervention = out.emplace_back(entry.key, Intervention{}).second;
      if (expect_map(entry.value, at, "a map such as {on: DATE, set: {platforms.weibo.ads.load: 0.1}}", reading_))
        read_intervention(entry, at, intervention);
    }
  }

  /// Silent if the platforms themselves could not be read, which is reported already.
  bool is_platform(const std::string& name, const Place& place, const std::string& path) {
    std::vector<std::string> known;
    for (const auto& entry : platforms_.platforms) known.push_back(entry.first);
    if (known.empty() || std::find(known.begin(), known.end(), name) != known.end()) return !known.empty();
    const std::string near = nearest(name, known), separator = separator_problem(name);
    if (!separator.empty())
      reading_.problem(place, path, separator);
    else
      reading_.problem(place, path,
                       near.empty() ? fmt::format("no platform is called '{}'; platforms here: {}", name, fmt::join(known, ", "))
                                    : fmt::format("no platform is called '{}'; did you mean '{}'?", name, near));
    return false;
  }

  void read_intervention(const Entry& entry, const std::string& path, Intervention& out) {
    const Node& node = entry.value;
    for (const Entry& key : node.entries)
      if (key.key != "on" && key.key != "until" && key.key != "set" && key.key != "ramp")
        unknown_key(key, join(path, key.key), {"on", "until", "set", "ramp"}, reading_);
    if (const Entry* on = node.find("on")) {
      if (const auto date = read_date(on->value, path + ".on", reading_)) out.on = *date;
    } else {
      reading_.problem(entry.place, path + ".on", "is missing (first day on which the change acts)");
    }
    if (const Entry* until = node.find("until")) {
      const auto date = read_date(until->value, path + ".until", reading_);
      out.has_until = date.has_value();
      if (date) out.until = *date;
    }
    if (const Entry* set = node.find("set")) read_changes(set->value, path + ".set", out.set);
    if (const Entry* ramp = node.find("ramp")) read_changes(ramp->value, path + ".ramp", out.ramp);
  }

  void read_changes(const Node& node, const std::string& path, std::vector<Change>& out) {
    if (!expect_map(node, path, "paths with values such as {platforms.weibo.ads.load: 0.1}", reading_)) return;
    for (const Entry& entry : node.entries) {
      const std::string at = path + "." + entry.key;
      if (platforms_.platforms.empty()) return;  // reported already
      const PolicyLookup found = find_policy(platforms_, entry.key);
      if (!found.error.empty()) {
        reading_.problem(entry.place, at,
                         entry.value.entries.empty() ? found.error : fmt::format("write the path in one piece: {}", in_one_piece(entry)));
        continue;
      }
      const PolicyRow& row = policy_rows()[found.ref.policy];
      if (const auto value = read_number(entry.value, at, {row.unit, row.range, row.flags, row.meaning, row.likely, row.source}, reading_))
        out.push_back({entry.key, *value});
    }
  }

  Reading& reading_;
  Scenario platforms_;  ///< the names read so far, for looking intervention paths up
};
}  // namespace

Scenario read_scenario(const Node& root, Reading& reading) {
  Scenario scenario;
  if (root.kind == NodeKind::null) {
    reading.problem({root.place.source, 0, 0}, {},
                    "the file is empty; start from scenarios/history.yaml or see `spillway describe --manual`");
  } else if (expect_map(root, {}, "a map of keys such as title, platforms", reading)) {
    const Place top{root.place.source, root.place.line > 0 ? 1 : 0, root.place.line > 0 ? 1 : 0};
    Reader(reading).read_rows(root, {}, top, scenario);
  }
  return scenario;
}

Place find_place(const Node& root, const std::string& path) {
  Place place{root.place.source, 1, 1};
  const Node* node = &root;
  std::string_view rest = path;
  while (!rest.empty()) {
    const Node* next = nullptr;
    std::size_t used = 0;
    for (const Entry& entry : node->entries) {  // keys may contain dots of their own
      if (!rest.starts_with(entry.key) || (rest.size() > entry.key.size() && rest[entry.key.size()] != '.')) continue;
      next = &entry.value;
      used = entry.key.size();
      place = next->kind == NodeKind::scalar ? next->place : entry.place;
    }
    for (std::size_t i = 0; i < node->items.size(); ++i) {
      const std::string index = std::to_string(i);
      if (!rest.starts_with(index) || (rest.size() > index.size() && rest[index.size()] != '.')) continue;
      next = &node->items[i];
      used = index.size();
      place = next->place;
    }
    if (!next) break;
    node = next;
    rest.remove_prefix(std::min(rest.size(), used + 1));
  }
  return place;
}

}  // namespace spillway
