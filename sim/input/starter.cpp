#include "input/starter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "input/difference.hpp"
#include "input/manual.hpp"
#include "input/quantity.hpp"
#include "input/values.hpp"

namespace spillway {

namespace {
constexpr std::size_t remark_column = 66;

/// Two columns: what is written, and why.
std::string line(const std::string& text, const std::string& remark) { return fmt::format("{:<{}}  # {}\n", text, remark_column, remark); }

/// A path or title as one YAML word.
std::string quoted_if_needed(const std::string& text) {
  constexpr std::string_view marks = "!&*-?|>@`%'\"{}[],#: ";
  const bool plain = !text.empty() && marks.find(text.front()) == std::string_view::npos && text.find(": ") == std::string::npos &&
                     text.find(" #") == std::string::npos && text.find('\n') == std::string::npos && text.back() != ':' &&
                     text.back() != ' ';
  return plain ? text : nlohmann::json(text).dump();
}

std::string spoken(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

/// What can be changed, each with its meaning and its value: "share of impressions that are ads; now 0.1".
class Ideas {
 public:
  explicit Ideas(const Scenario& base) : base_(base), values_(flat(base)) {}

  std::string about(const std::string& key) const {
    const auto found = std::find_if(values_.begin(), values_.end(), [&](const auto& v) { return v.first == key; });
    return fmt::format("{}; now {}", short_meaning(meaning_of(key)), found == values_.end() ? "not set" : found->second);
  }

  /// The same for a change on a day, by which earlier ones, the moved one among them, have acted.
  std::string about(const std::string& key, Date day) const {
    const auto* moved = to_move();
    std::string value;
    Date since{};
    for (const auto& entry : base_.interventions) {
      const Intervention& change = entry.second;
      const Date on = &entry == moved ? year_later(change.on) : change.on;
      if (on > day || (!value.empty() && on < since)) continue;
      const bool over = change.has_until && change.until <= day;
      for (const Change& set : change.set)
        if (set.path == key && !over) value = fmt::format("{}", set.value), since = on;
      for (const Change& ramp : change.ramp)
        if (ramp.path == key) value = fmt::format("{}{}", over ? "" : "on its way to ", ramp.value), since = on;
    }
    return value.empty() ? about(key) : fmt::format("{}; {} on that day", short_meaning(meaning_of(key)), value);
  }

  std::string interventions() const {
    const Named<Intervention>& all = base_.interventions;
    const auto* moved = to_move();
    std::string text =
        "# Dated changes by name. Those of the scenario above can be moved, changed, or removed with null.\ninterventions:\n";
    if (moved != nullptr)
      text += line(fmt::format("  {}: {{on: {}}}", moved->first, to_text(year_later(moved->second.on))),
                   "moved; it was on " + to_text(moved->second.on));
    const auto ban = std::find_if(all.rbegin(), all.rend(), [&](const auto& entry) { return &entry != moved; });
    if (ban != all.rend()) text += line(fmt::format("  # {}: null", ban->first), "removed: it never happens");
    const std::string first = base_.platforms.front().first, listening = "platforms." + first + ".listening",
                      load = "platforms." + first + ".ads.load";
    const Date start = middle(), end{start.days + 365};
    const std::string added =
        fmt::format("  {}my_change: {{on: {}, set: {{{}: 0.9}}}}", moved != nullptr ? "# " : "", to_text(start), listening);
    text += line(added, about(listening, start));
    text += line(fmt::format("  # my_ramp: {{on: {}, until: {}, ramp: {{{}: 0.2}}}}", to_text(start), to_text(end), load),
                 "slowly: " + about(load, start));
    return text;
  }

  std::string first_day() const {
    const std::string last = base_.platforms.back().first, at = "platforms." + last + ".";
    std::string text = "\n# What holds from the first day.\n";
    text += fmt::format("# platforms:\n#   {}:\n", last);
    text += line("#     contact_import: 0.2", about(at + "contact_import"));
    text += line("#     sellers: {fee: 0.5}", about(at + "sellers.fee"));
    text += "\n# How people are, and how many are simulated.\n";
    text += line("# habit: {memory: 40 d}", about("habit.memory"));
    text += line("# ad_response: {stock_nuisance: 1.4}", about("ad_response.stock_nuisance"));
    text += line("# population: {users: 100_000}", about("population.users"));
    return text;
  }

  /// The event that is moved: feed ads where there are some, as everybody has an opinion on ads; it must not end before it begins.
  const std::pair<std::string, Intervention>* to_move() const {
    const std::pair<std::string, Intervention>* found = nullptr;
    for (const auto& entry : base_.interventions) {
      if (entry.second.has_until || base_.time.end < year_later(entry.second.on)) continue;
      if (found == nullptr || entry.first.find("feed_ads") != std::string::npos) found = &entry;
    }
    return found;
  }

 private:
  static Date year_later(Date date) { return {date.days + 365}; }
  Date middle() const { return {(base_.time.start.days + base_.time.end.days) / 2}; }

  const Scenario& base_;
  std::vector<std::pair<std::string, std::string>> values_;
};
}  // namespace

std::string starter_question(const std::string& extends, const Scenario& base) {
  const Ideas ideas(base);
  const auto* moved = ideas.to_move();
  const std::string title = moved != nullptr ? fmt::format("What if {} had come a year later?", spoken(moved->first))
                                             : fmt::format("What if {} had listened?", base.platforms.front().first);
  std::string text = "# A question to the market. What follows a # is a remark; take the # away to use an idea.\n";
  text += "# `spillway explain KEY` says what a key means, `spillway check` finds what is wrong in this file.\n";
  text += line("extends: " + quoted_if_needed(extends), "what is not said here is as there");
  text += "title: " + quoted_if_needed(title) + "\n";
  text += "description: >\n  Write here what would have to be true for this to happen, and what you expect to see.\n\n";
  return text + ideas.interventions() + ideas.first_day();
}

std::string starter_market() {
  return R"(# A market of your own. What follows a # is a remark; take the # away to use an idea.
# `spillway explain KEY` says what a key means, `spillway check` finds what is wrong in this file; every key that is not here has a
# default, and `spillway check FILE --resolved` shows them all.
title: A square and a messenger
description: >
  An open square, where sellers post to everybody, and a messenger for friends that opens two years later.

time: {start: 2010-01-01, end: 2015-12-31}
population:
  users: 100_000                 # simulated people
  people: 100e6                  # whom they stand for
# contacts: {degree: 8}          # close contacts of a person; default 12

platforms:
  square:
    launch: 2010-01-01
    broadcast_weight: 1          # posts reach everybody
    conversation_weight: 0.15    # some talk between friends
    listening: 0.1               # one complaint in ten is heard
    sellers: {presence: 0.3}     # share of sellers there from the first day
  messenger:
    launch: 2012-01-01
    intrinsic_utility: -3.2      # what time there is worth by itself; less is worse
    conversation_weight: 1       # made for friends
    contact_import: 0.8          # finds friends in the phone's contact list
    # ads: {load: 0.02}          # share of impressions that are ads

# Dated changes by name: `set` at once, `ramp` in a straight line until a day.
interventions:
  feed_ads: {on: 2013-01-01, set: {platforms.square.ads.load: 0.1}}
  # friends_feed: {on: 2013-06-01, set: {platforms.messenger.friends_feed_weight: 1}}
  # dam: {on: 2014-01-01, set: {platforms.square.ban.strictness: 0.8}}
  # more_ads: {on: 2014-01-01, until: 2015-01-01, ramp: {platforms.square.ads.load: 0.25}}
)";
}

}  // namespace spillway
