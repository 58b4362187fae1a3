#include "report/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "model/ensemble_view.hpp"
#include "report/chart_table.hpp"
#include "report/policy_charts.hpp"
#include "report/quantity.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
constexpr double band_low = 0.05, band_high = 0.95;

/// Value of one world, replicate, row and platform.
using Value = std::function<double(std::size_t world, std::size_t replicate, std::size_t time, std::size_t platform)>;

/// A stretch of rows that start in one calendar year.
struct Year {
  int year;
  std::size_t first, last;
};

class Maker {
 public:
  explicit Maker(const Recording& ensemble)
      : ensemble_(ensemble),
        worlds_(world_names(ensemble)),
        platforms_(page_platforms(ensemble)),
        dates_(dates(ensemble)),
        rows_(shown_rows(dates_.size())) {
    for (std::size_t t = 0; t < dates_.size(); ++t) {
      const int year = year_of(dates_[t]);
      if (years_.empty() || years_.back().year != year) years_.push_back({year, t, t});
      years_.back().last = t;
    }
  }

  void add(std::vector<Chart>& charts, const ChartRow& row) const {
    const Quantity quantity(ensemble_, row.observables);
    if (quantity.empty()) return;
    charts.push_back(row.kind == ChartKind::bars ? bars(row, quantity) : lines(row, quantity));
    if (worlds_.size() > 1 && row.kind != ChartKind::bars)
      add_if_any(charts, difference(row, quantity));
    else if (worlds_.size() > 1 && quantity.sums())
      add_if_any(charts, added_up(row, quantity));
  }

 private:
  Chart named(const ChartRow& row) const {
    Chart chart;
    chart.id = row.id, chart.title = row.title, chart.note = row.note, chart.unit = row.unit;
    chart.kind = row.kind, chart.percent = row.percent;
    return chart;
  }

  std::string label(const Quantity& quantity, std::size_t world, std::size_t platform, bool name_world) const {
    const std::string where = quantity.of_market() ? "" : (quantity.flow() ? "to " : "") + platforms_[platform].label;
    if (!name_world) return where.empty() ? worlds_[world] : where;
    return where.empty() ? worlds_[world] : where + ", " + worlds_[world];
  }

  Line line(const Quantity& quantity, const Value& value, std::size_t world, std::size_t platform, bool name_world) const {
    Line found{label(quantity, world, platform, name_world),
               world,
               quantity.of_market() ? no_index : static_cast<int>(platform),
               no_index,
               {},
               {},
               {}};
    const bool band = quantity.replicates() > 1;
    std::vector<double> sample(quantity.replicates());
    for (const std::size_t t : rows_) {
      for (std::size_t r = 0; r < sample.size(); ++r) sample[r] = value(world, r, t, platform);
      found.mid.push_back(quantile(sample, 0.5));
      if (!band) continue;
      found.low.push_back(quantile(sample, band_low));
      found.high.push_back(quantile(sample, band_high));
    }
    return found;
  }

  void add_lines(Chart& chart, const Quantity& quantity, const Value& value, std::size_t first_world, bool name_world) const {
    for (std::size_t w = first_world; w < worlds_.size(); ++w)
      for (std::size_t k = 0; k < quantity.platforms(); ++k) {
        Line added = line(quantity, value, w, k, name_world);
        if (!std::all_of(added.mid.begin(), added.mid.end(), [](double v) { return std::isnan(v); }))
          chart.lines.push_back(std::move(added));
      }
  }

  Chart lines(const ChartRow& row, const Quantity& quantity) const {
    Chart chart = named(row);
    const Value value = [&](std::size_t w, std::size_t r, std::size_t t, std::size_t k) { return quantity.total(w, r, t, k); };
    add_lines(chart, quantity, value, 0, worlds_.size() > 1);
    return chart;
  }

  std::size_t quantity_runs() const { return length(ensemble_.at("replicate").values); }

  // Replicate by replicate: equal numbers had equal luck, so most of the noise cancels.
  Chart difference(const ChartRow& row, const Quantity& quantity) const {
    Chart chart = difference_named(row, "");
    if (row.percent) chart.unit = "percentage points";
    const Value value = [&](std::size_t w, std::size_t r, std::size_t t, std::size_t k) {
      return quantity.total(w, r, t, k) - quantity.total(0, r, t, k);
    };
    add_lines(chart, quantity, value, 1, worlds_.size() > 2);
    return chart;
  }

  Chart added_up(const ChartRow& row, const Quantity& quantity) const {
    Chart chart = difference_named(row, ", added up");
    chart.unit = row.unit.substr(0, row.unit.find(" a year"));
    const std::size_t times = quantity.times(), platforms = quantity.platforms(), replicates = quantity.replicates();
    std::vector<double> sums(worlds_.size() * replicates * times * platforms);
    const auto at = [=](std::size_t w, std::size_t r, std::size_t t, std::size_t k) {
      return ((w * replicates + r) * times + t) * platforms + k;
    };
    for (std::size_t w = 0; w < worlds_.size(); ++w)
      for (std::size_t r = 0; r < replicates; ++r)
        for (std::size_t t = 0; t < times; ++t)
          for (std::size_t k = 0; k < platforms; ++k) {
            const double step = quantity.total(w, r, t, k) - quantity.total(0, r, t, k);
            sums[at(w, r, t, k)] = step + (t > 0 ? sums[at(w, r, t - 1, k)] : 0);
          }
    const Value value = [&](std::size_t w, std::size_t r, std::size_t t, std::size_t k) { return sums[at(w, r, t, k)]; };
    add_lines(chart, quantity, value, 1, worlds_.size() > 2);
    return chart;
  }

  Chart difference_named(const ChartRow& row, const std::string& how) const {
    Chart chart = named(row);
    chart.id += "_difference";
    chart.kind = ChartKind::lines;
    chart.zero = false;
    chart.title = fmt::format("{}: difference from “{}”{}", row.total.empty() ? row.title : row.total, worlds_[0], how);
    const std::string other = worlds_.size() == 2 ? "“" + worlds_[1] + "”" : "Each other world";
    chart.note = fmt::format("{} less “{}”{}.", other, worlds_[0], quantity_runs() > 1 ? ", in pairs of runs with the same luck" : "");
    return chart;
  }

  static void add_if_any(std::vector<Chart>& charts, Chart chart) {
    const auto something = [](double v) { return v != 0 && !std::isnan(v); };
    for (const Line& line : chart.lines)
      for (const auto* values : {&line.mid, &line.low, &line.high})
        if (std::any_of(values->begin(), values->end(), something)) {
          charts.push_back(std::move(chart));
          return;
        }
  }

  double year_value(const Quantity& q, std::size_t w, std::size_t k, std::size_t part, const Year& year) const {
    std::vector<double> of_runs;
    for (std::size_t r = 0; r < q.replicates(); ++r) {
      const double last = q.value(w, r, year.last, k, part);
      double sum = q.sums() ? 0 : last;
      for (std::size_t t = year.first; q.sums() && t <= year.last; ++t)
        if (const double v = q.value(w, r, t, k, part); !std::isnan(v)) sum += v;
      if (!std::isnan(last)) of_runs.push_back(sum);  // a world that ends within the year has no bar for it
    }
    return known_sum(of_runs) / static_cast<double>(of_runs.size());
  }

  Chart bars(const ChartRow& row, const Quantity& quantity) const {
    Chart chart = named(row);
    if (quantity.sums()) chart.note += incomplete_years();
    if (quantity.replicates() > 1) chart.note += " Mean of the runs.";
    for (const Year& year : years_) chart.categories.push_back(std::to_string(year.year));
    for (const std::string& part : quantity.parts()) chart.stacks.push_back(stack_label(row, quantity, part));
    for (std::size_t w = 0; w < worlds_.size(); ++w)
      for (std::size_t k = 0; k < quantity.platforms(); ++k) {
        Group group{label(quantity, w, k, worlds_.size() > 1), w, quantity.of_market() ? no_index : static_cast<int>(k), {}};
        bool any = false;
        for (const Year& year : years_) {
          auto& values = group.values.emplace_back();
          for (std::size_t part = 0; part < quantity.parts().size(); ++part) values.push_back(year_value(quantity, w, k, part, year));
          any = any || std::any_of(values.begin(), values.end(), [](double v) { return v != 0 && !std::isnan(v); });
        }
        if (any) chart.groups.push_back(std::move(group));
      }
    return chart;
  }

  std::string stack_label(const ChartRow& row, const Quantity& quantity, const std::string& part) const {
    if (part.empty()) return platform_word(row);
    for (const PagePlatform& platform : platforms_)
      if (platform.id == part && quantity.parts().size() == platforms_.size()) return "from " + platform.label;
    return plain_label(part);
  }
  static std::string platform_word(const ChartRow& row) { return std::string(row.unit.substr(0, row.unit.find(" a year"))); }

  // A row stands for the days until the next one, and counts for the year in which it starts.
  std::string incomplete_years() const {
    if (dates_.size() < 2) return "";
    const std::int32_t step = dates_[1].days - dates_[0].days;
    const auto new_year = [](int year) { return make_date(year, 1, 1); };
    const Date first = dates_.front(), end{dates_.back().days + step};
    std::string text;
    if (first.days >= new_year(years_.front().year).days + step)
      text += fmt::format(" {} starts on {}.", years_.front().year, day_in_year(first));
    if (end < new_year(years_.back().year + 1)) text += fmt::format(" {} ends on {}.", years_.back().year, day_in_year(Date{end.days - 1}));
    return text;
  }

  const Recording& ensemble_;
  std::vector<std::string> worlds_;
  std::vector<PagePlatform> platforms_;
  std::vector<Date> dates_;
  std::vector<std::size_t> rows_;
  std::vector<Year> years_;
};
}  // namespace

std::vector<std::size_t> shown_rows(std::size_t times) {
  const std::size_t stride = (times + most_points - 1) / most_points;
  std::vector<std::size_t> rows;
  for (std::size_t t = 0; t < times; ++t)
    if ((times - 1 - t) % stride == 0) rows.push_back(t);
  return rows;
}

std::vector<std::string> world_names(const Recording& ensemble) {
  std::vector<std::string> names;
  for (const std::string& name : labels(ensemble, "world")) names.push_back(in_words(name));
  return names;
}

std::vector<PagePlatform> page_platforms(const Recording& ensemble) {
  std::vector<std::string> texts = labels(ensemble, "world_title");
  for (const std::string& text : labels(ensemble, "world_description")) texts.push_back(text);
  for (const std::string& world : labels(ensemble, "world")) texts.push_back(ensemble.text("worlds/" + world + "/scenario_yaml"));
  std::vector<PagePlatform> found;
  for (const std::string& name : labels(ensemble, "platform")) found.push_back({name, spelled(name, texts)});
  return found;
}

std::vector<Section> charts(const Recording& ensemble) {
  const Maker maker(ensemble);
  std::vector<Section> found;
  for (const SectionRow& row : section_rows()) {
    Section section{std::string(row.id), std::string(row.title), {}};
    for (const ChartRow& chart : chart_rows())
      if (chart.section == row.id) maker.add(section.charts, chart);
    if (!section.charts.empty()) found.push_back(std::move(section));
  }
  if (Section policies = policy_section(ensemble); !policies.charts.empty()) found.push_back(std::move(policies));
  return found;
}

}  // namespace spillway
