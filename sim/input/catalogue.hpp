// Every scenario key as data, walked out of the field tables once: what schema, manual, explain and describe print.
#pragma once

#include <string>
#include <vector>

#include "base/field.hpp"

namespace spillway {

enum class KeyKind { section, by_name, list, number, by_platform, whole, text, date, dates, word, platforms, series, changes };

struct Key {
  std::string name;
  KeyKind kind = KeyKind::section;
  Unit unit = Unit::text;
  Range range{};
  Range likely{};  ///< plausible values; unbounded where nothing is documented
  FieldFlag flags = FieldFlag::none;
  std::string meaning;
  std::string source;
  std::string fallback;            ///< the default as YAML text; empty: none
  std::vector<std::string> words;  ///< of KeyKind::word
  std::vector<Key> children;       ///< of a section; of one element of by_name and list
};

/// The root: its children are the keys of a scenario file, without `extends`.
const Key& catalogue();

/// A key with its dotted path; elements of by_name and by_platform stand as NAME, of a list as N: "platforms.NAME.ads.load".
struct FlatKey {
  std::string path;
  const Key* key;
};
const std::vector<FlatKey>& flat_catalogue();

/// The key that a path of a scenario names ("platforms.weibo.ads.load", "interventions.ban.set.platforms.weibo.ads.load", which is
/// the policy's own key); null if there is none.
const Key* key_named(const std::string& path);

/// Paths in `section` ("platforms.", or all if empty) whose last parts are the given key, "load", "ads.load" or joined
/// otherwise: celebrity_share is meant for suppliers.celebrity.share.
std::vector<std::string> paths_ending_in(const std::string& key, const std::string& section);

}  // namespace spillway
