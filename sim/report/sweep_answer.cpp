#include "report/sweep_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/influence.hpp"
#include "report/sweep_effects.hpp"
#include "report/sweep_words.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
constexpr double hardly_more = 0.02;  // chosen: a total index so little above the first is the same to a reader

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count_word(count), count == 1 ? one : many);
}

class Teller {
 public:
  Teller(const SweepTable& table, const Sensitivity* sensitivity) : table_(table), sensitivity_(sensitivity) {}

  SweepAnswer tell() const {
    SweepAnswer answer;
    for (const OutcomeColumn& outcome : table_.outcomes) {
      const OutcomeSensitivity* found = sensitivity_of_outcome(outcome.name);
      if (sensitivity_ != nullptr && found == nullptr) continue;
      const bool first = answer.sentence.empty();
      std::string sentence = found != nullptr ? by_indices(outcome, *found, first) : by_effects(outcome, first);
      if (first)
        answer.sentence = std::move(sentence);
      else
        answer.details.push_back(std::move(sentence));
      if (found == nullptr && table_.design != "one_at_a_time") answer.details.push_back(extremes(outcome));
    }
    std::erase(answer.details, std::string());
    if (answer.sentence.empty()) answer.sentence = "Nothing was recorded.";
    return answer;
  }

 private:
  const OutcomeSensitivity* sensitivity_of_outcome(const std::string& name) const {
    if (sensitivity_ == nullptr) return nullptr;
    for (const OutcomeSensitivity& each : sensitivity_->outcomes)
      if (each.outcome == name) return &each;
    return nullptr;
  }

  /// "Of eight levers and three uncertainties, ".
  std::string among() const {
    const auto levers = static_cast<std::size_t>(
        std::count_if(table_.factors.begin(), table_.factors.end(), [](const FactorColumn& f) { return f.role == Role::lever; }));
    const std::size_t uncertainties = table_.factors.size() - levers;
    if (levers + uncertainties < 2) return "";
    std::string text = "Of ";
    if (levers > 0) text += counted(levers, "lever", "levers");
    if (levers > 0 && uncertainties > 0) text += " and ";
    if (uncertainties > 0) text += counted(uncertainties, "uncertainty", "uncertainties");
    return text + ", ";
  }

  const FactorColumn& factor(const std::string& name) const { return table_.factors[table_.factor_index(name)]; }

  /// One alone, or the two that cannot be told apart.
  std::string by_indices(const OutcomeColumn& outcome, const OutcomeSensitivity& found, bool first) const {
    const SensitivityMethod method = sensitivity_->method;
    const std::vector<std::size_t> order = by_influence(method, found);
    if (order.empty() || influence_of(method, found.factors[order[0]]) <= 0)
      return fmt::format("{} moves {}.", first ? "None of the factors" : "No factor", outcome.label);
    const FactorInfluence& top = found.factors[order[0]];
    const bool close = order.size() > 1 && overlap(leading_index(method, top), leading_index(method, found.factors[order[1]]));
    std::string text = first ? among() : "";
    if (close) {
      const FactorInfluence& next = found.factors[order[1]];
      text += fmt::format("{} and {} move {} most, too close to tell which more: the first {}, the second {}{}", factor(top.factor).label,
                          factor(next.factor).label, outcome.label, says(outcome, top), says(outcome, next), over_range());
    } else {
      const bool by = method == SensitivityMethod::morris;
      text += fmt::format("{} moves {} most: {}{}{}", factor(top.factor).label, outcome.label, by ? "" : "it ", says(outcome, top),
                          over_range());
    }
    return capitalised(text) + best_lever(outcome, found, order, close ? 2 : 1) + ".";
  }

  /// Whether the intervals of the two largest leave open which is larger.
  static bool overlap(const SensitivityIndex& larger, const SensitivityIndex& smaller) {
    const double a_low = larger.low < 0 && larger.high > 0 ? 0 : std::min(std::abs(larger.low), std::abs(larger.high)),
                 b_high = std::max(std::abs(smaller.low), std::abs(smaller.high));
    return !std::isnan(a_low) && !std::isnan(b_high) && b_high >= a_low;
  }

  /// Where uncertainties come first: what those who decide can do.
  std::string best_lever(const OutcomeColumn& outcome, const OutcomeSensitivity& found, const std::vector<std::size_t>& order,
                         std::size_t told) const {
    for (std::size_t i = 0; i < order.size(); ++i) {
      const FactorInfluence& each = found.factors[order[i]];
      if (!each.lever) continue;
      if (i < told) return "";
      return fmt::format("; of the levers, {} {}", factor(each.factor).label, says(outcome, each));
    }
    return "";
  }

  /// What Morris's numbers mean, said once in a sentence.
  std::string_view over_range() const {
    return sensitivity_->method == SensitivityMethod::morris ? " on average, from one end of its range to the other" : "";
  }

  std::string says(const OutcomeColumn& outcome, const FactorInfluence& f) const {
    switch (sensitivity_->method) {
      case SensitivityMethod::sobol: {
        const std::string alone = percent_with_interval(f.first.value, f.first.low, f.first.high);
        if (!(f.total.value > f.first.value + hardly_more)) return fmt::format("explains {} of the variance", alone);
        return fmt::format("explains {} of the variance alone, {} together with others", alone,
                           percent_with_interval(f.total.value, f.total.low, f.total.high));
      }
      case SensitivityMethod::morris: return fmt::format("by {}", with_interval(outcome, f.mu_star));
      case SensitivityMethod::prcc: break;
    }
    return fmt::format("{} it (partial rank correlation {:.2f}{})", f.correlation.value >= 0 ? "raises" : "lowers", f.correlation.value,
                       std::isnan(f.correlation.low) ? "" : fmt::format(" [{:.2f}, {:.2f}]", f.correlation.low, f.correlation.high));
  }

  static std::string with_interval(const OutcomeColumn& outcome, const SensitivityIndex& index) {
    if (outcome.percent) {
      std::string text = percent_with_interval(index.value, index.low, index.high);
      return text.replace(text.find(" %"), 2, " points");
    }
    const Scale scale = scale_for(std::abs(index.value));
    const auto number = [&](double x) {
      return std::abs(index.value) >= 1e4 ? fmt::format("{:.3g}", x / scale.factor) : fmt::format("{:.3g}", x);
    };
    std::string text = number(index.value);
    if (!std::isnan(index.low) && !std::isnan(index.high)) text += fmt::format(" [{}, {}]", number(index.low), number(index.high));
    if (!scale.word.empty()) text += fmt::format(" {}", scale.word);
    return outcome.unit.empty() ? text : text + " " + outcome.unit;
  }

  // Designs that no index is made for: means along each factor.
  std::string by_effects(const OutcomeColumn& outcome, bool first) const {
    const std::vector<std::size_t> order = by_swing(table_, outcome);
    if (order.empty()) return first ? fmt::format("{} points were run; no factor took more than one value.", table_.points) : "";
    const EffectPanel panel = effect_of(table_, outcome, order[0]);
    if (!(swing(panel) > 0)) return fmt::format("{} moves {}.", first ? "None of the factors" : "No factor", outcome.label);
    if (panel.axis.values.size() * 2 > table_.points && table_.design != "list" && table_.design != "one_at_a_time") return range(outcome);
    const auto [least, most] = extreme_places(panel);
    const std::string how = table_.design == "one_at_a_time"                       ? ", all else as in the first point"
                            : table_.design == "list" || table_.factors.size() < 2 ? ""
                                                                                   : ", on average over the others";
    return capitalised(fmt::format("{}{} moves {} most: from {} ({}) to {} ({}){}.", first ? among() : "", panel.axis.title, outcome.label,
                                   outcome_value_text(outcome, panel.values[least].value), at_value(panel.axis, least),
                                   outcome_value_text(outcome, panel.values[most].value), at_value(panel.axis, most), how));
  }

  static std::string at_value(const FactorAxis& axis, std::size_t place) {
    return (axis.kind == AxisKind::number ? "at " : "") + axis.labels[place] + (axis.unit.empty() ? "" : " " + axis.unit);
  }

  static std::pair<std::size_t, std::size_t> extreme_places(const EffectPanel& panel) {
    std::size_t least = panel.values.size(), most = least;
    for (std::size_t i = 0; i < panel.values.size(); ++i) {
      const double value = panel.values[i].value;
      if (std::isnan(value)) continue;
      if (least == panel.values.size() || value < panel.values[least].value) least = i;
      if (most == panel.values.size() || value > panel.values[most].value) most = i;
    }
    return {least, most};
  }

  std::string range(const OutcomeColumn& outcome) const {
    double low = not_known, high = not_known;
    for (const double v : outcome.means) low = std::fmin(low, v), high = std::fmax(high, v);
    return capitalised(fmt::format("{} lies between {} and {} over the {} points.", outcome.label, outcome_value_text(outcome, low),
                                   outcome_value_text(outcome, high), table_.points));
  }

  std::string at(std::size_t point) const {
    std::string text;
    for (const FactorColumn& f : table_.factors)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", f.label, factor_value_text(f.factor, f.values[point]));
    return text;
  }

  std::string extremes(const OutcomeColumn& outcome) const {
    constexpr std::size_t most_named = 4;  // chosen: a longer list of settings is not read; the tables have them
    if (table_.factors.size() > most_named) return "";
    std::size_t least = table_.points, most = table_.points;
    for (std::size_t p = 0; p < table_.points; ++p) {
      if (std::isnan(outcome.means[p])) continue;
      if (least == table_.points || outcome.means[p] < outcome.means[least]) least = p;
      if (most == table_.points || outcome.means[p] > outcome.means[most]) most = p;
    }
    if (most == table_.points || outcome.means[most] == outcome.means[least]) return "";
    return capitalised(fmt::format("{}: highest, {}, with {}; lowest, {}, with {}.", outcome.label,
                                   outcome_value_text(outcome, outcome.means[most]), at(most),
                                   outcome_value_text(outcome, outcome.means[least]), at(least)));
  }

  const SweepTable& table_;
  const Sensitivity* sensitivity_;
};
}  // namespace

SweepAnswer sweep_answer(const SweepTable& table, const Sensitivity* sensitivity) { return Teller(table, sensitivity).tell(); }

}  // namespace spillway
