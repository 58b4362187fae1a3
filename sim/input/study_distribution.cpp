// How a factor varies: {uniform: [0, 0.3]} and its sisters.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "input/quantity.hpp"
#include "input/study_draft.hpp"
#include "input/study_tables.hpp"

namespace spillway {

namespace {
class DistributionReader {
 public:
  DistributionReader(const VaryingKey& key, FactorDraft& draft, Reading& reading) : key_(key), draft_(draft), reading_(reading) {}

  bool read(const Node& node) {
    if (node.kind == NodeKind::list && draft_.prior)
      return refuse(node.place, draft_.path, fmt::format("a list is no prior; give it {}", forms()));
    if (node.kind == NodeKind::list) return read_list(node, draft_.path);
    if (node.kind == NodeKind::null) return refuse(draft_.place, draft_.path, fmt::format("has no value; give it {}", forms()));
    if (node.kind == NodeKind::scalar)
      return refuse(
          node.place, draft_.path,
          fmt::format("one value does not vary; fix it in set: {{{}: {}}}, or give {}", draft_.factor.keys.front(), node.text, forms()));
    return read_map(node);
  }

 private:
  bool refuse(const Place& place, const std::string& path, std::string message) {
    reading_.problem(place, path, std::move(message));
    return false;
  }

  /// What the key could be given, as examples.
  std::string forms() const {
    if (draft_.prior) return "a prior: {uniform: [low, high]}, {loguniform: [low, high]} or {normal: [mean, deviation]}";
    switch (key_.kind) {
      case FactorKind::word: return fmt::format("a list of words, [{}]", fmt::join(key_.words, ", "));
      case FactorKind::date: return "a list of dates, or {dates: [2012-01-01, 2014-12-31]}";
      default: return "a list of values, or {uniform: [low, high]}";
    }
  }

  bool never(const Place& place, const std::string& path, std::string_view what) {
    return refuse(
        place, path,
        fmt::format("never is no {}; give a {}", what, draft_.prior ? "number" : "list of values that has it, such as [21 d, never]"));
  }

  std::vector<std::string> known_keys(const std::vector<std::string>& range) const {
    std::vector<std::string> known;
    for (const FormRow& row : factor_forms)
      if (!draft_.prior || row.prior) known.emplace_back(row.name);
    if (!draft_.prior) known.insert(known.end(), range.begin(), range.end());
    known.emplace_back("keys");
    return known;
  }

  bool read_map(const Node& node) {
    const std::vector<std::string> range = names_of(range_keys), known = known_keys(range), all = names_of(factor_forms);
    std::vector<const Entry*> given;
    bool good = true, ranged = false;
    for (const Entry& entry : node.entries) {
      const auto among = [&](const std::vector<std::string>& names) {
        return std::find(names.begin(), names.end(), entry.key) != names.end();
      };
      if (!among(known) && (among(all) || among(range))) {
        return refuse(entry.place, draft_.path + "." + entry.key, fmt::format("is no prior; give it {}", forms()));
      } else if (!among(known)) {
        unknown_key(entry, draft_.path + "." + entry.key, known, reading_);
        good = false;
      } else if (std::find(range.begin(), range.end(), entry.key) != range.end()) {
        if (!ranged) given.push_back(&entry);
        ranged = true;
      } else if (entry.key != "keys") {
        given.push_back(&entry);
      }
    }
    if (!good) return false;
    if (given.empty()) return refuse(draft_.place, draft_.path, fmt::format("does not say how it varies; give it {}", forms()));
    if (given.size() > 1)
      return refuse(given[1]->place, draft_.path, fmt::format("has both {} and {}; keep one of them", given[0]->key, given[1]->key));
    return ranged ? read_range(node, draft_.path, draft_.place) : read_form(*given[0]);
  }

  bool read_form(const Entry& entry) {
    const std::string at = draft_.path + "." + entry.key;
    if (entry.key == "values") {
      if (entry.value.kind == NodeKind::map) return read_range(entry.value, at, entry.place);
      return read_list(entry.value, at);
    }
    if (key_.kind == FactorKind::word)
      return refuse(entry.place, at, fmt::format("words have no {} between them; give {}", entry.key, forms()));
    if (entry.key == "dates" && key_.kind != FactorKind::date)
      return refuse(entry.place, at, fmt::format("{} is no date; give {}", draft_.factor.keys.front(), forms()));
    if ((entry.key == "loguniform" || entry.key == "normal") && key_.kind == FactorKind::date)
      return refuse(entry.place, at, fmt::format("a date has no {} distribution; give {}", entry.key, forms()));
    return entry.key == "normal" ? read_normal(entry.value, at) : read_ends(entry.value, at, entry.key == "loguniform");
  }

  bool is_pair(const Node& node, const std::string& at, std::string_view what) {
    if (node.kind == NodeKind::list && node.items.size() == 2) return true;
    return refuse(node.place, at,
                  node.kind == NodeKind::list ? fmt::format("expected two values {}, got {}", what, node.items.size())
                                              : fmt::format("expected two values {}, got {}", what, kind_name(node)));
  }

  bool read_ends(const Node& node, const std::string& at, bool logarithm) {
    if (!is_pair(node, at, key_.kind == FactorKind::date ? "[first day, last day]" : "[low, high]")) return false;
    const auto low = read_value(node.items[0], at + ".0", key_, reading_), high = read_value(node.items[1], at + ".1", key_, reading_);
    if (!low || !high) return false;
    for (const Node& item : node.items)
      if (item.text == "never") return never(item.place, at, "end of a range");
    if (*low == *high)
      return refuse(node.place, at, fmt::format("both ends are {}; give two values, or fix the key in set", node.items[0].text));
    if (*low > *high) return refuse(node.place, at, fmt::format("runs backwards; write [{}, {}]", node.items[1].text, node.items[0].text));
    if (logarithm && !(*low > 0))
      return refuse(node.items[0].place, at + ".0", fmt::format("{} has no logarithm; start above 0, or take uniform", node.items[0].text));
    Distribution& distribution = draft_.factor.distribution;
    distribution.kind = logarithm ? DistributionKind::loguniform : DistributionKind::uniform;
    distribution.low = *low;
    distribution.high = *high;
    draft_.trials = {{*low, node.items[0].place}, {*high, node.items[1].place}};
    return true;
  }

  bool read_normal(const Node& node, const std::string& at) {
    if (!is_pair(node, at, "[mean, deviation]")) return false;
    const auto mean = read_number(node.items[0], at + ".0", key_.rule, reading_);
    const NumberRule rule{key_.rule.unit, {}, FieldFlag::none, "standard deviation"};
    const auto deviation = read_number(node.items[1], at + ".1", rule, reading_);
    if (!mean || !deviation) return false;
    if (std::isinf(*mean)) return never(node.items[0].place, at, "mean");
    if (!(*deviation > 0))
      return refuse(node.items[1].place, at + ".1",
                    fmt::format("{} is no deviation; give one above 0, or fix the key in set", node.items[1].text));
    Distribution& distribution = draft_.factor.distribution;
    distribution.kind = DistributionKind::normal;
    distribution.mean = *mean;
    distribution.deviation = *deviation;
    distribution.low = key_.rule.range.low;
    distribution.high = key_.rule.range.high;
    for (const double far : {-3.0, 3.0}) {  // beyond three deviations lie three draws in a thousand
      const double value = std::clamp(*mean + far * *deviation, distribution.low, distribution.high);
      if (in_range(value, key_.rule.range, key_.rule.flags)) draft_.trials.push_back({value, node.items[1].place});
    }
    return true;
  }

  bool read_list(const Node& node, const std::string& at) {
    if (node.kind != NodeKind::list)
      return refuse(node.place, at,
                    fmt::format("expected a list of values such as [1, 2] or {{from: 0, to: 1, steps: 5}}, got {}", kind_name(node)));
    if (node.items.empty()) return refuse(node.place, at, fmt::format("is empty; give it {}", forms()));
    bool good = true;
    Distribution& distribution = draft_.factor.distribution;
    distribution.kind = DistributionKind::values;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const auto value = read_value(node.items[i], fmt::format("{}.{}", at, i), key_, reading_);
      good = good && value;
      if (!value) continue;
      distribution.values.push_back(*value);
      draft_.trials.push_back({*value, node.items[i].place});
    }
    return good;
  }

  bool read_range(const Node& node, const std::string& at, const Place& place) {
    if (key_.kind == FactorKind::word) return refuse(place, at, fmt::format("words have no range; give {}", forms()));
    bool good = true;
    for (const Entry& entry : node.entries)
      if (const auto known = names_of(range_keys); entry.key != "keys" && std::find(known.begin(), known.end(), entry.key) == known.end()) {
        unknown_key(entry, at + "." + entry.key, known, reading_);
        good = false;
      }
    std::array<const Entry*, 3> found{};
    for (std::size_t i = 0; i < range_keys.size(); ++i) {
      found[i] = node.find(range_keys[i].name);
      if (found[i] == nullptr)
        good = refuse(place, fmt::format("{}.{}", at, range_keys[i].name), fmt::format("is missing ({})", range_keys[i].meaning));
    }
    if (!good) return false;
    const auto from = read_value(found[0]->value, at + ".from", key_, reading_),
               to = read_value(found[1]->value, at + ".to", key_, reading_);
    const auto steps =
        read_whole(found[2]->value, at + ".steps", {Unit::none, {2, most_steps}, FieldFlag::none, range_keys[2].meaning}, reading_);
    if (!from || !to || !steps) return false;
    if (std::isinf(*from) || std::isinf(*to)) return refuse(place, at, "never is no end of a range; give a list of values that has it");
    if (*from == *to) return refuse(found[1]->value.place, at + ".to", "is the same as from; give two values, or fix the key in set");
    draft_.trials = {{*from, found[0]->value.place}, {*to, found[1]->value.place}};
    return fill_range(*from, *to, static_cast<std::size_t>(*steps), found[2]->value.place, at);
  }

  bool fill_range(double from, double to, std::size_t steps, const Place& place, const std::string& at) {
    Distribution& distribution = draft_.factor.distribution;
    distribution.kind = DistributionKind::values;
    for (std::size_t i = 0; i < steps; ++i) {
      double value = i == 0           ? from
                     : i + 1 == steps ? to
                                      : tidy(from + (to - from) * static_cast<double>(i) / static_cast<double>(steps - 1));
      if (key_.kind != FactorKind::number) value = std::round(value);
      if (i > 0 && value == distribution.values.back())
        return refuse(place, at + ".steps", fmt::format("there are not {} whole values between the ends; take fewer steps", steps));
      distribution.values.push_back(value);
    }
    return true;
  }

  const VaryingKey& key_;
  FactorDraft& draft_;
  Reading& reading_;
};
}  // namespace

double tidy(double value) {
  const std::string text = fmt::format("{:.12g}", value);
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<double> read_value(const Node& node, const std::string& path, const VaryingKey& key, Reading& reading) {
  switch (key.kind) {
    case FactorKind::number: return read_number(node, path, key.rule, reading);
    case FactorKind::whole: return read_whole(node, path, key.rule, reading);
    case FactorKind::date: {
      const auto date = read_date(node, path, reading);
      return date ? std::optional<double>(date->days) : std::nullopt;
    }
    case FactorKind::word: {
      const auto word = read_word(node, path, key.words, reading);
      return word ? std::optional<double>(static_cast<double>(*word)) : std::nullopt;
    }
  }
  return std::nullopt;
}

bool read_distribution(const Node& node, const VaryingKey& key, FactorDraft& draft, Reading& reading) {
  return DistributionReader(key, draft, reading).read(node);
}

}  // namespace spillway
