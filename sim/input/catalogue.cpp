#include "input/catalogue.hpp"

#include <algorithm>
#include <cmath>

#include "input/quantity.hpp"
#include "input/words.hpp"
#include "model/scenario_fields.hpp"

namespace spillway {

namespace {
template <Described T>
std::vector<Key> keys_of(const T& defaults);

// Interventions have no rows of their own (their paths are open), so their four keys stand here.
std::vector<Key> intervention_keys() {
  const auto key = [](std::string name, KeyKind kind, FieldFlag flags, std::string meaning) {
    Key made;
    made.name = std::move(name);
    made.kind = kind;
    made.flags = flags;
    made.meaning = std::move(meaning);
    return made;
  };
  return {key("on", KeyKind::date, FieldFlag::required, "first day on which the change acts"),
          key("until", KeyKind::date, FieldFlag::none,
              "with set: day on which what was before comes back; with ramp: day on which the value is reached"),
          key("set", KeyKind::changes, FieldFlag::none, "policies that take a value at once, path: value"),
          key("ramp", KeyKind::changes, FieldFlag::none, "policies that move in a straight line to a value and stay there, path: value")};
}

template <class Row>
void describe(Key& key, const Row& row, double value) {
  key.kind = KeyKind::number;
  if (!std::isnan(value)) key.fallback = quantity_text(value, row.unit);
}
template <class Row>
void describe(Key& key, const Row& row, const Named<double>&) {
  key.kind = KeyKind::by_platform;
  key.fallback = quantity_text(1.0, row.unit);  // complete() gives it to platforms that are not named
}
template <class Row>
void describe(Key& key, const Row&, std::uint32_t value) {
  key.kind = KeyKind::whole;
  key.fallback = std::to_string(value);
}
template <class Row>
void describe(Key& key, const Row&, const std::string& value) {
  key.kind = KeyKind::text;
  key.fallback = value;
}
template <class Row>
void describe(Key& key, const Row&, Date value) {
  key.kind = KeyKind::date;
  key.fallback = to_text(value);
}
template <class Row>
void describe(Key& key, const Row&, const std::vector<Date>&) {
  key.kind = KeyKind::dates;
  key.fallback = "[]";
}
template <class Row>
void describe(Key& key, const Row&, const std::vector<std::string>&) {
  key.kind = KeyKind::platforms;
  key.fallback = "[]";
}
template <class Row>
void describe(Key& key, const Row& row, const DataSeries& value) {
  key.kind = KeyKind::series;
  key.fallback = quantity_text(value.points.front().second, row.unit);
}
template <class Row, class Enum>
requires std::is_enum_v<Enum>
void describe(Key& key, const Row&, Enum value) {
  key.kind = KeyKind::word;
  key.words.assign(EnumWords<Enum>::words.begin(), EnumWords<Enum>::words.end());
  key.fallback = std::string(word_of(value));
}
template <class Row, Described T>
void describe(Key& key, const Row&, const T& value) {
  key.children = keys_of(value);
}
template <class Row>
void describe(Key& key, const Row&, const std::vector<Segment>&) {
  key.kind = KeyKind::list;
  key.children = keys_of(Segment{});
}
template <class Row>
void describe(Key& key, const Row&, const Named<Platform>&) {
  key.kind = KeyKind::by_name;
  key.children = keys_of(Platform{});
}
template <class Row>
void describe(Key& key, const Row&, const Named<Intervention>&) {
  key.kind = KeyKind::by_name;
  key.children = intervention_keys();
}

template <Described T>
std::vector<Key> keys_of(const T& defaults) {
  std::vector<Key> keys;
  for_each_field<T>([&](const auto& row) {
    Key key;
    key.name = row.name;
    key.unit = row.unit;
    key.range = row.range;
    key.likely = row.likely;
    key.flags = row.flags;
    key.meaning = row.meaning;
    key.source = row.source;
    describe(key, row, defaults.*(row.member));
    if (has(row.flags, FieldFlag::required)) key.fallback.clear();
    keys.push_back(std::move(key));
  });
  return keys;
}

void flatten(const Key& key, const std::string& path, std::vector<FlatKey>& out) {
  for (const Key& child : key.children) {
    const std::string at = path.empty() ? child.name : path + "." + child.name;
    out.push_back({child.kind == KeyKind::by_platform ? at + ".NAME" : at, &child});
    flatten(child, child.kind == KeyKind::by_name ? at + ".NAME" : child.kind == KeyKind::list ? at + ".N" : at, out);
  }
}
}  // namespace

const Key& catalogue() {
  static const Key root = [] {
    Key made;
    made.children = keys_of(Scenario{});
    return made;
  }();
  return root;
}

const std::vector<FlatKey>& flat_catalogue() {
  static const std::vector<FlatKey> keys = [] {
    std::vector<FlatKey> made;
    flatten(catalogue(), {}, made);
    return made;
  }();
  return keys;
}

namespace {
bool is_named_by(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && !path.empty()) {
    const std::string_view part = pattern.substr(0, pattern.find('.')), given = path.substr(0, path.find('.'));
    if (part != given && part != "NAME" && part != "N") return false;
    pattern.remove_prefix(std::min(pattern.size(), part.size() + 1));
    path.remove_prefix(std::min(path.size(), given.size() + 1));
  }
  return pattern.empty() && path.empty();
}
}  // namespace

const Key* key_named(const std::string& path) {
  for (const std::string_view change : {".set.", ".ramp."})
    if (const std::size_t at = path.find(change); path.starts_with("interventions.") && at != std::string::npos)
      return key_named(path.substr(at + change.size()));
  for (const FlatKey& flat : flat_catalogue())
    if (is_named_by(flat.path, path)) return flat.key;
  return nullptr;
}

std::vector<std::string> paths_ending_in(const std::string& key, const std::string& section) {
  const auto joined = [](std::string text) {
    std::replace(text.begin(), text.end(), '.', '_');
    return text;
  };
  std::vector<std::string> found;
  for (const FlatKey& flat : flat_catalogue()) {
    const std::size_t tail = flat.path.size() - (flat.key->kind == KeyKind::by_platform ? std::string_view(".NAME").size() : 0);
    if (!flat.path.starts_with(section) || tail < key.size()) continue;
    const std::size_t start = tail - key.size();
    const bool whole_parts = start == 0 || flat.path[start - 1] == '.';
    if (whole_parts && joined(flat.path.substr(start, key.size())) == joined(key)) found.push_back(flat.path);
  }
  return found;
}

}  // namespace spillway
