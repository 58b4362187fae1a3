// Which scenario key a factor changes, and whether it can vary.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/suggest.hpp"
#include "input/catalogue.hpp"
#include "input/quantity.hpp"
#include "input/study_draft.hpp"

namespace spillway {

namespace {
/// "platforms.weibo.ads.load" for the pattern platforms.NAME.ads.load and the same key misspelt: names are taken from what is written.
std::string with_names(std::string_view pattern, std::string_view written) {
  std::string path;
  while (!pattern.empty()) {
    const std::string_view part = pattern.substr(0, pattern.find('.')), given = written.substr(0, written.find('.'));
    path += fmt::format("{}{}", path.empty() ? "" : ".", part == "NAME" && !given.empty() ? given : part);
    pattern.remove_prefix(std::min(pattern.size(), part.size() + 1));
    written.remove_prefix(std::min(written.size(), given.size() + 1));
  }
  return path;
}

std::string suggestion(const std::string& key) {
  for (const std::string_view change : {".set.", ".ramp."})
    if (const std::size_t at = key.find(change); key.starts_with("interventions.") && at != std::string::npos) {
      const std::string near = suggestion(key.substr(at + change.size()));
      return near.empty() ? near : key.substr(0, at + change.size()) + near;
    }
  if (const std::vector<std::string> endings = paths_ending_in(key, {}); !endings.empty()) return endings.front();
  std::vector<std::string> paths;
  for (const FlatKey& flat : flat_catalogue())
    if (flat.key->children.empty()) paths.push_back(with_names(flat.path, key));
  return nearest(key, paths);
}

std::string unknown(const std::string& key) {
  const std::string near = suggestion(key);
  const std::string meant = near.empty() ? "" : fmt::format("; did you mean '{}'?", near);
  if (key.find('.') == std::string::npos)
    return fmt::format("is no key of scenarios{} A name of your own needs keys: [..], the keys that take its value",
                       near.empty() ? "." : meant);
  return fmt::format("is no key of scenarios{}", near.empty() ? "; `spillway describe parameters` lists them" : meant);
}

/// "habit.strength" for the section habit; "interventions.NAME.on" for interventions.ban.
std::string example_in(const std::string& section) {
  for (const FlatKey& flat : flat_catalogue()) {
    std::string path = with_names(flat.path, section);
    const bool varies = flat.key->kind == KeyKind::number || flat.key->kind == KeyKind::date || flat.key->kind == KeyKind::whole;
    if (path.starts_with(section + ".") && varies) return path;
  }
  return {};
}

/// Why a key of this kind cannot vary, and what to do instead; empty if it can.
std::string fixed_reason(const Key& key, const std::string& path, bool prior) {
  switch (key.kind) {
    case KeyKind::number:
    case KeyKind::whole:
    case KeyKind::date:
    case KeyKind::word:
    case KeyKind::by_platform:  // its path ends in a platform
    case KeyKind::series: return {};
    case KeyKind::section:
    case KeyKind::by_name: return fmt::format("is a section, not one value; vary a key in it, such as {}", example_in(path));
    case KeyKind::list:
    case KeyKind::dates:
    case KeyKind::platforms:
      return fmt::format("is a list and cannot vary; write a scenario for each list, and a {} for each scenario",
                         prior ? "calibration" : "study");
    case KeyKind::changes:
      return fmt::format("is a section, not one value; vary a policy in it, such as {}.platforms.weibo.ads.load", path);
    case KeyKind::text: return "is text and cannot vary; it can be fixed in set";
  }
  return {};
}

bool is_element(const std::string& path) {
  const bool named = path.starts_with("platforms.") || path.starts_with("interventions.");
  return named && std::count(path.begin(), path.end(), '.') == 1 && !path.ends_with('.');
}

VaryingKey varying(const Key& key) {
  VaryingKey made;
  made.kind = key.kind == KeyKind::whole  ? FactorKind::whole
              : key.kind == KeyKind::date ? FactorKind::date
              : key.kind == KeyKind::word ? FactorKind::word
                                          : FactorKind::number;
  made.rule = {key.unit, key.range, key.flags, key.meaning, key.likely, key.source};
  made.words = key.words;
  made.meaning = std::string(short_meaning(key.meaning));
  return made;
}

/// Surfaces are fitted and a search steps between the ends of a prior: only numbers have something between them.
std::string no_prior_reason(FactorKind kind, const std::string& key) {
  const std::string way = fmt::format("; only numbers are fitted: fix it, such as set: {{{}: ..}}, or vary it in a study", key);
  switch (kind) {
    case FactorKind::number: return {};
    case FactorKind::whole: return "takes whole numbers" + way;
    case FactorKind::date: return "is a date" + way;
    case FactorKind::word: return "is a word" + way;
  }
  return {};
}
}  // namespace

std::optional<VaryingKey> find_varying_key(const FactorDraft& draft, std::size_t i, Reading& reading) {
  const std::string& key = draft.factor.keys[i];
  const auto refuse = [&](std::string message) {
    reading.problem(draft.key_places[i], key != draft.factor.name ? fmt::format("{}.keys: {}", draft.path, key) : draft.path,
                    std::move(message));
    return std::nullopt;
  };
  if (key == "replicate") return refuse(replicate_problem(draft.prior, false));
  if (is_element(key)) return refuse(fmt::format("is a section, not one value; vary a key in it, such as {}", example_in(key)));
  const Key* found = key_named(key);
  if (found == nullptr) return refuse(unknown(key));
  if (const std::string reason = fixed_reason(*found, key, draft.prior); !reason.empty()) return refuse(reason);
  VaryingKey made = varying(*found);
  if (const std::string reason = draft.prior ? no_prior_reason(made.kind, key) : ""; !reason.empty()) return refuse(reason);
  return made;
}

std::optional<VaryingKey> common_key(const std::vector<VaryingKey>& keys, const FactorDraft& draft, Reading& reading) {
  VaryingKey common = keys.front();
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const VaryingKey& key = keys[i];
    if (key.kind != common.kind || key.rule.unit != common.rule.unit || key.words != common.words) {
      reading.problem(draft.key_places[i], draft.path + ".keys",
                      fmt::format("{} and {} are measured differently and cannot take one value; make them two {}", draft.factor.keys[0],
                                  draft.factor.keys[i], draft.prior ? "parameters" : "factors"));
      return std::nullopt;
    }
    const bool tighter = key.rule.range.low > common.rule.range.low;
    const bool positive = has(tighter ? key.rule.flags : common.rule.flags, FieldFlag::positive) ||
                          (key.rule.range.low == common.rule.range.low && has(key.rule.flags, FieldFlag::positive));
    const bool endless = has(key.rule.flags, FieldFlag::never) && has(common.rule.flags, FieldFlag::never);
    common.rule.flags = (positive ? FieldFlag::positive : FieldFlag::none) | (endless ? FieldFlag::never : FieldFlag::none);
    common.rule.range = {std::max(common.rule.range.low, key.rule.range.low), std::min(common.rule.range.high, key.rule.range.high)};
  }
  return common;
}

}  // namespace spillway
