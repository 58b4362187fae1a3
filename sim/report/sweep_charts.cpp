#include "report/sweep_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/influence.hpp"
#include "report/sweep_effects.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
constexpr std::size_t most_panels = 12;   // chosen: more small panels than that are not read, and the factors left out move least
constexpr std::size_t most_in_cells = 3;  // factors whose pairs are shown: three pairs; with four there would be six
constexpr std::size_t most_pairs = 15;    // chosen: interactions beyond the largest are noise around 0
constexpr std::size_t few_values = 40;    // chosen: with more values, as sampled factors have, means at each value are single points

/// Names of charts become names of files.
std::string safe_id(const std::string& name) {
  std::string id;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain)
      id += c;
    else if (!id.empty() && id.back() != '_')
      id += '_';
  }
  while (id.ends_with('_')) id.pop_back();
  return id.empty() ? "outcome" : id;
}

Estimate estimate(const SensitivityIndex& index) { return {index.value, index.low, index.high}; }
Role role_of(bool lever) { return lever ? Role::lever : Role::uncertainty; }

class OutcomeCharts {
 public:
  OutcomeCharts(const SweepTable& table, const OutcomeColumn& outcome, std::string id)
      : table_(table), outcome_(outcome), id_(std::move(id)) {}

  Section make(const Sensitivity* sensitivity, const OutcomeSensitivity* found) const {
    Section section{id_, capitalised(outcome_.label), {}, capitalised(outcome_.long_name)};
    if (!section.note.empty()) section.note += ".";
    if (found != nullptr) add_influences(section.charts, *sensitivity, *found);
    if (found == nullptr) add_effects(section.charts);
    return section;
  }

 private:
  Chart named(const std::string& id, ChartKind kind, std::string title, std::string note) const {
    Chart chart;
    chart.id = id_ + "_" + id, chart.kind = kind, chart.title = std::move(title), chart.note = std::move(note);
    chart.unit = outcome_.unit, chart.percent = outcome_.percent;
    return chart;
  }

  std::string label(const std::string& factor) const { return table_.factors[table_.factor_index(factor)].label; }

  /// "Mean 590 million, standard deviation between points 12 million; luck makes up 3 % of that variance."
  std::string spread_note(const OutcomeSensitivity& found) const {
    std::string text = fmt::format(" Over the {} points: mean {}, standard deviation {}", with_commas(std::to_string(found.rows)),
                                   value(found.mean), value(found.deviation));
    if (!std::isnan(found.noise))
      text += fmt::format("; luck makes up {} of that variance", percent_with_interval(found.noise, not_known, not_known));
    return text + ".";
  }
  std::string value(double x) const { return outcome_value_text(outcome_, x); }

  void add_influences(std::vector<Chart>& charts, const Sensitivity& sensitivity, const OutcomeSensitivity& found) const {
    const std::string brackets = fmt::format(" Lines and brackets: {:.3g} % intervals.", 100 * sensitivity.confidence);
    switch (sensitivity.method) {
      case SensitivityMethod::morris: add_morris(charts, found, brackets); break;
      case SensitivityMethod::sobol: add_sobol(charts, found, brackets); break;
      case SensitivityMethod::prcc: add_correlations(charts, found, brackets); break;
    }
  }

  template <class Values>
  Chart influences(const OutcomeSensitivity& found, SensitivityMethod method, Chart chart, Values values) const {
    for (const std::size_t f : by_influence(method, found)) {
      const FactorInfluence& factor = found.factors[f];
      chart.rows.push_back({label(factor.factor), role_of(factor.lever), values(factor)});
    }
    return chart;
  }

  void add_morris(std::vector<Chart>& charts, const OutcomeSensitivity& found, const std::string& brackets) const {
    Chart bars = named("influence", ChartKind::intervals, fmt::format("What moves {}", outcome_.label),
                       "Mean size of its effects, from one end of its range to the other (Morris’s mu*)." + brackets + spread_note(found));
    bars.stacks = {"mu*"};
    charts.push_back(influences(found, SensitivityMethod::morris, std::move(bars),
                                [](const FactorInfluence& f) { return std::vector<Estimate>{estimate(f.mu_star)}; }));
    Chart square =
        named("morris", ChartKind::scatter, fmt::format("How steadily: {}", outcome_.label),
              "Right: moves it far. High: how far, or which way, depends on the other factors or on where in its range it "
              "stands. Near the lowest line the effect is the same everywhere; above sigma = mu* it turns its direction or hangs on "
              "others.");
    square.x_title = "mu*, mean size of the effects", square.y_title = "sigma, their standard deviation";
    square.guides = {
        {1, "sigma = mu*"}, {0.5, "sigma = mu* / 2"}, {0.1, "sigma = mu* / 10"}};  // Garcia Sanchez et al. (2014): 0.1, 0.5 and 1
    for (const std::size_t f : by_influence(SensitivityMethod::morris, found)) {
      const FactorInfluence& factor = found.factors[f];
      square.points.push_back({label(factor.factor), role_of(factor.lever), estimate(factor.mu_star), estimate(factor.sigma)});
    }
    charts.push_back(std::move(square));
  }

  static Chart of_shares(Chart chart) {
    chart.unit = "share of variance", chart.percent = true;
    return chart;
  }

  void add_sobol(std::vector<Chart>& charts, const OutcomeSensitivity& found, const std::string& brackets) const {
    Chart bars = of_shares(named("influence", ChartKind::intervals, fmt::format("What explains the variance of {}", outcome_.label),
                                 "Alone (Sobol’s first index), and with everything that it does together with other factors (total)." +
                                     brackets + spread_note(found)));
    bars.stacks = {"alone", "together with others"};
    charts.push_back(influences(found, SensitivityMethod::sobol, std::move(bars), [](const FactorInfluence& f) {
      return std::vector<Estimate>{estimate(f.first), estimate(f.total)};
    }));
    if (found.interactions.empty()) return;
    Chart pairs = of_shares(named("pairs", ChartKind::intervals, fmt::format("What pairs of factors explain: {}", outcome_.label),
                                  "Share of the variance beyond what each does alone (Sobol’s second order)." + brackets));
    pairs.stacks = {"together"};
    for (const std::size_t i : by_size(found)) {
      if (pairs.rows.size() == most_pairs) break;
      const Interaction& pair = found.interactions[i];
      pairs.rows.push_back({label(pair.first) + " × " + label(pair.second), Role::neither, {estimate(pair.index)}});
    }
    if (found.interactions.size() > most_pairs) pairs.note += fmt::format(" The largest {} of {}.", most_pairs, found.interactions.size());
    charts.push_back(std::move(pairs));
  }

  void add_correlations(std::vector<Chart>& charts, const OutcomeSensitivity& found, const std::string& brackets) const {
    Chart bars = named("influence", ChartKind::intervals, fmt::format("What goes with {}", outcome_.label),
                       "Partial rank correlation: 1 means that it rises whenever the factor does, the other factors held still; -1 that it "
                       "falls." +
                           brackets + spread_note(found));
    bars.unit = "correlation", bars.percent = false, bars.stacks = {"correlation"};
    charts.push_back(influences(found, SensitivityMethod::prcc, std::move(bars),
                                [](const FactorInfluence& f) { return std::vector<Estimate>{estimate(f.correlation)}; }));
  }

  void add_effects(std::vector<Chart>& charts) const {
    constexpr std::string_view by_value[] = {"grid", "list", "one_at_a_time", "file"};
    if (std::find(std::begin(by_value), std::end(by_value), table_.design) == std::end(by_value)) return;
    std::vector<std::size_t> order = by_swing(table_, outcome_);
    std::erase_if(order, [&](std::size_t f) { return axis_of(table_.factors[f]).values.size() > few_values; });
    if (table_.design == "grid") add_cells(charts, order);
    if (table_.design == "one_at_a_time") add_tornado(charts);
    if (!order.empty()) charts.push_back(effects(order));
  }

  Chart effects(const std::vector<std::size_t>& order) const {
    std::string note = table_.design == "one_at_a_time" ? "Each factor alone, all others as in the first point."
                       : table_.design == "list"        ? "All factors change together from point to point of the list."
                                                        : "Mean over all runs with that value.";
    if (table_.replicates > 1 || table_.design == "grid") note += " Bands: where nine of ten of these runs lie.";
    if (order.size() > most_panels) note += fmt::format(" The {} factors along which it moves most, of {}.", most_panels, order.size());
    Chart chart = named("effects", ChartKind::effects, capitalised(outcome_.label) + " along each factor", note);
    for (const std::size_t f : order)
      if (chart.panels.size() < most_panels) chart.panels.push_back(effect_of(table_, outcome_, f));
    return chart;
  }

  void add_cells(std::vector<Chart>& charts, std::vector<std::size_t> order) const {
    if (order.size() > most_in_cells) order.resize(most_in_cells);
    for (std::size_t a = 0; a < order.size(); ++a)
      for (std::size_t b = a + 1; b < order.size(); ++b) {
        // The one with more values lies across, where there is more room.
        const bool wider = axis_of(table_.factors[order[b]]).values.size() > axis_of(table_.factors[order[a]]).values.size();
        const std::size_t across = wider ? order[b] : order[a], upwards = wider ? order[a] : order[b];
        const bool others = table_.factors.size() > 2;
        const std::string what = others ? "Mean over the other factors" : "Mean";
        Chart chart =
            named(fmt::format("cells_{}{}", a + 1, b + 1), ChartKind::heat,
                  fmt::format("{} by {} and {}", capitalised(outcome_.label), table_.factors[across].label, table_.factors[upwards].label),
                  what + (table_.replicates > 1 ? fmt::format("{} the {} replicates.", others ? " and" : " over", table_.replicates)
                          : others              ? "."
                                                : " of one run each."));
        chart.axes = {axis_of(table_.factors[across]), axis_of(table_.factors[upwards])};
        chart.cells = cells_of(table_, outcome_, across, upwards);
        charts.push_back(std::move(chart));
      }
  }

  void add_tornado(std::vector<Chart>& charts) const {
    Chart chart =
        named("influence", ChartKind::intervals, fmt::format("What each factor alone does to {}", outcome_.label),
              "Difference from the first point, with the factor at the lowest and at the highest of its values." +
                  std::string(table_.replicates > 1 ? " Lines: where nine of ten replicates lie, in pairs with the same number." : ""));
    if (chart.percent) chart.unit = "percentage points";
    chart.stacks = {"at its lowest", "at its highest"};
    chart.rows = tornado(table_, outcome_);
    if (!chart.rows.empty()) charts.push_back(std::move(chart));
  }

  const SweepTable& table_;
  const OutcomeColumn& outcome_;
  std::string id_;
};
}  // namespace

std::vector<Section> sweep_charts(const SweepTable& table, const Sensitivity* sensitivity) {
  std::vector<Section> sections;
  for (const OutcomeColumn& outcome : table.outcomes) {
    if (std::all_of(outcome.means.begin(), outcome.means.end(), [](double v) { return std::isnan(v); })) continue;
    const OutcomeSensitivity* found = nullptr;
    if (sensitivity != nullptr)
      for (const OutcomeSensitivity& each : sensitivity->outcomes)
        if (each.outcome == outcome.name) found = &each;
    if (sensitivity != nullptr && found == nullptr) continue;  // --outcome asks for others
    std::string id = safe_id(outcome.name);
    const auto taken = [&](const Section& section) { return section.id == id; };
    while (std::any_of(sections.begin(), sections.end(), taken)) id += "_";
    Section section = OutcomeCharts(table, outcome, id).make(sensitivity, found);
    if (!section.charts.empty()) sections.push_back(std::move(section));
  }
  return sections;
}

}  // namespace spillway
