#include "study/scenario_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "input/catalogue.hpp"
#include "input/difference.hpp"
#include "input/load.hpp"
#include "model/ensemble_view.hpp"

namespace spillway {

namespace {
constexpr std::size_t longest_value = 200;  // chosen: a data series of thousands of points says no more in a table than its start

std::string shortened(std::string text) {
  if (text.size() <= longest_value) return text;
  std::size_t end = longest_value;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not inside a character
  return text.substr(0, end) + " ...";
}

std::vector<std::string> split(const std::string& path) {
  std::vector<std::string> parts{""};
  for (const char c : path) {
    if (c == '.')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

/// Names of platforms, interventions and list elements stand as NAME and N in the catalogue.
bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return false;
  for (std::size_t i = 0; i < path.size(); ++i)
    if (pattern[i] != path[i] && pattern[i] != "NAME" && pattern[i] != "N") return false;
  return true;
}

/// "interventions.x.set.platforms.weibo.ads.load" means what the key that it sets means.
std::string key_that_acts(const std::string& key) {
  for (const char* how : {".set.", ".ramp."})
    if (const std::size_t at = key.find(how); key.starts_with("interventions.") && at != std::string::npos)
      return key.substr(at + std::string(how).size());
  return key;
}

class Facts {
 public:
  explicit Facts(const Recording& ensemble) : worlds_(labels(ensemble, "world")) {
    for (const FlatKey& key : flat_catalogue()) patterns_.emplace_back(split(key.path), key.key);
    for (const std::string& world : worlds_) {
      scenarios_.push_back(load_scenario_text(ensemble.text("worlds/" + world + "/scenario_resolved"), world).scenario);
      keys_.push_back(flat(scenarios_.back()));
    }
  }

  ScenarioFacts make() const {
    ScenarioFacts facts;
    for (std::size_t w = 0; w < worlds_.size(); ++w) {
      facts.changes.push_back(changes(w));
      add_event_texts(w, facts.event_texts);
    }
    facts.assumptions = assumptions();
    return facts;
  }

 private:
  static bool is_luck(const std::string& key) { return key == "seed" || key == "replicate"; }

  std::vector<KeyChange> changes(std::size_t world) const {
    std::vector<KeyChange> found;
    if (world == 0) return found;
    for (const KeyDifference& d : differences(scenarios_[0], scenarios_[world]))
      if (!is_wording(d.key) && !is_luck(d.key))
        found.push_back({d.key, d.left.empty() ? "absent" : shortened(d.left), d.right.empty() ? "removed" : shortened(d.right)});
    return found;
  }

  void add_event_texts(std::size_t world, std::vector<std::pair<std::string, std::string>>& texts) const {
    std::map<std::string, std::string> by_name;
    for (const auto& [key, value] : keys_[world]) {
      const std::string target = key_that_acts(key);
      if (target == key) continue;
      const std::vector<std::string> parts = split(key);
      std::string& text = by_name[parts[1]];
      text += fmt::format("{}{} {} {}", text.empty() ? "" : "; ", target, parts[2] == "ramp" ? "to" : "=", value);
    }
    for (const auto& [name, text] : by_name) texts.emplace_back(fmt::format("{}/{}", worlds_[world], name), text);
  }

  std::vector<Assumption> assumptions() const {
    std::vector<Assumption> found;
    std::map<std::string, std::size_t> place;
    for (std::size_t w = 0; w < worlds_.size(); ++w)
      for (const auto& [key, value] : keys_[w]) {
        if (is_wording(key) || key == "replicate") continue;
        const auto [at, fresh] = place.emplace(key, found.size());
        if (fresh) {
          const Key* known = look_up(key);
          found.push_back({key, std::vector<std::string>(worlds_.size()), known == nullptr ? "" : std::string(to_text(known->unit)),
                           known == nullptr ? "" : known->meaning, false});
          if (found.back().unit == "1") found.back().unit = "";
        }
        found[at->second].values[w] = shortened(value);
      }
    for (Assumption& a : found)
      a.changed = std::any_of(a.values.begin(), a.values.end(), [&](const std::string& value) { return value != a.values[0]; });
    std::stable_partition(found.begin(), found.end(), [](const Assumption& a) { return a.changed; });
    return found;
  }

  const Key* look_up(const std::string& key) const {
    const std::vector<std::string> parts = split(key_that_acts(key));
    for (const auto& [pattern, found] : patterns_)
      if (matches(pattern, parts)) return found;
    return nullptr;
  }

  std::vector<std::string> worlds_;
  std::vector<Scenario> scenarios_;
  std::vector<std::vector<std::pair<std::string, std::string>>> keys_;  ///< by world
  std::vector<std::pair<std::vector<std::string>, const Key*>> patterns_;
};
}  // namespace

ScenarioFacts scenario_facts(const Recording& ensemble) {
  try {
    return Facts(ensemble).make();
  } catch (const InputError&) {
    return {};
  }
}

}  // namespace spillway
