#include "report/policy_charts.hpp"

#include <algorithm>
#include <cmath>

#include "model/ensemble_view.hpp"
#include "model/policy.hpp"
#include "report/charts.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
/// "ads_load" is how results name "ads.load".
const PolicyRow* row_of_policy(const std::string& variable) {
  for (const PolicyRow& row : policy_rows()) {
    std::string name = row.name;
    std::replace(name.begin(), name.end(), '.', '_');
    if (name == variable) return &row;
  }
  return nullptr;
}

class PolicyCharts {
 public:
  explicit PolicyCharts(const Recording& ensemble)
      : worlds_(world_names(ensemble)), platforms_(page_platforms(ensemble)), times_(length(ensemble.at("time").values)) {}

  void add(const Variable& policy, std::vector<Chart>& charts) const {
    const bool by_platform = policy.dims.size() == 3;
    const std::size_t count = by_platform ? platforms_.size() : 1;
    Chart chart = named(policy);
    for (std::size_t k = 0; k < count; ++k) {
      if (!differs(policy, k, count)) continue;
      for (std::size_t w = 0; w < worlds_.size(); ++w) {
        Line line{(by_platform ? platforms_[k].label + ", " : "") + worlds_[w],
                  w,
                  by_platform ? static_cast<int>(k) : no_index,
                  no_index,
                  {},
                  {},
                  {}};
        for (const std::size_t t : shown_rows(times_)) line.mid.push_back(value(policy, w, t, k, count));
        chart.lines.push_back(std::move(line));
      }
    }
    if (!chart.lines.empty()) charts.push_back(std::move(chart));
  }

 private:
  double value(const Variable& policy, std::size_t w, std::size_t t, std::size_t k, std::size_t count) const {
    return value_at(policy, (w * times_ + t) * count + k);
  }

  bool differs(const Variable& policy, std::size_t k, std::size_t count) const {
    for (std::size_t w = 1; w < worlds_.size(); ++w)
      for (std::size_t t = 0; t < times_; ++t) {
        const double a = value(policy, 0, t, k, count), b = value(policy, w, t, k, count);
        if (!std::isnan(a) && !std::isnan(b) && a != b) return true;
      }
    return false;
  }

  static Chart named(const Variable& policy) {
    const PolicyRow* row = row_of_policy(policy.name);
    Chart chart;
    chart.id = "policy_" + policy.name;
    std::string words = in_words(row == nullptr ? policy.name : row->name);
    std::replace(words.begin(), words.end(), '.', ' ');
    chart.title = "Policy: " + words;
    chart.note = capitalised(policy.long_name) + (row == nullptr ? "." : " (key " + policy_path(*row, "NAME") + ").");
    chart.percent = row != nullptr && row->unit == Unit::share;
    chart.unit = chart.percent ? "share" : policy.unit == "1" ? "" : policy.unit;
    return chart;
  }

  std::vector<std::string> worlds_;
  std::vector<PagePlatform> platforms_;
  std::size_t times_;
};
}  // namespace

Section policy_section(const Recording& ensemble) {
  Section section{"policies", "Policies that differ between the worlds", {}};
  if (labels(ensemble, "world").size() < 2) return section;
  const PolicyCharts maker(ensemble);
  for (const Variable& variable : ensemble.variables)
    if (variable.group == "policy") maker.add(variable, section.charts);
  return section;
}

}  // namespace spillway
