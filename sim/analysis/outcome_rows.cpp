#include "analysis/outcome_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "model/ensemble_view.hpp"

namespace spillway {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool is_series(const Variable& v) {
  return v.group.empty() && v.name != "time" && !v.dims.empty() && v.dims[0] == "time" &&
         !std::holds_alternative<std::vector<std::string>>(v.values);
}

std::string cell_methods(const Variable& variable) {
  for (const auto& [name, value] : variable.attributes)
    if (name == "cell_methods") return value;
  return {};
}

/// Whether adding values of two platforms makes sense.
bool is_average(const Variable& variable) { return cell_methods(variable).find("mean") != std::string::npos; }

[[noreturn]] void refuse(const Outcome& outcome, const std::string& what) {
  throw InputError(fmt::format("outcome '{}': {}", outcome.text, what));
}
}  // namespace

OutcomeRows::OutcomeRows(const Recording& run, const Outcome& outcome) : share_(outcome.share) {
  find_variable(run, outcome);
  const Variable& time = run.at("time");
  const std::optional<Date> start = start_of(time);
  require(start.has_value(), "the time axis does not say since when it counts");
  start_ = *start;
  days_.resize(length(time.values));
  for (std::size_t row = 0; row < days_.size(); ++row) days_[row] = value_at(time, row);
  counted_ = cell_methods(*variable_) == "time: sum";
  choose_labels(run, outcome);
  check(outcome);
  part_ = sums(false);
  if (share_) whole_ = sums(true);
}

void OutcomeRows::find_variable(const Recording& run, const Outcome& outcome) {
  std::vector<std::string> names;
  for (const Variable& variable : run.variables) {
    if (!is_series(variable)) continue;
    if (variable.name == outcome.observable) variable_ = &variable;
    names.push_back(variable.name);
  }
  if (variable_ != nullptr) return;
  const std::string meant = nearest(outcome.observable, names);
  refuse(outcome, fmt::format("the run records no series '{}'{}; it has {}", outcome.observable,
                              meant.empty() ? "" : fmt::format(", did you mean '{}'?", meant), fmt::join(names, ", ")));
}

std::string OutcomeRows::described() const {
  std::string text;
  for (const Axis& axis : axes_) text += fmt::format("{}{} ({})", text.empty() ? "" : ", then ", axis.name, fmt::join(axis.labels, ", "));
  return text;
}

// Each label belongs to the first dimension, after that of the label before, that has it: "joins.wechat.peer", "joins.wechat".
void OutcomeRows::choose_labels(const Recording& run, const Outcome& outcome) {
  for (std::size_t d = 1; d < variable_->dims.size(); ++d) {
    const std::string& dim = variable_->dims[d];
    axes_.push_back({dim, labels(run, dim), {}});
    require(!axes_.back().labels.empty(), "a dimension of a series must have labels");
  }
  std::size_t next = 0;
  for (const std::string& label : outcome.labels) {
    std::size_t axis = next;
    const auto place = [&] { return std::find(axes_[axis].labels.begin(), axes_[axis].labels.end(), label) - axes_[axis].labels.begin(); };
    while (axis < axes_.size() && place() == static_cast<std::ptrdiff_t>(axes_[axis].labels.size())) ++axis;
    if (axis == axes_.size()) {
      if (axes_.empty()) refuse(outcome, fmt::format("'{}' is of the whole market and takes no label '{}'", variable_->name, label));
      std::vector<std::string> all;
      for (const Axis& a : axes_) all.insert(all.end(), a.labels.begin(), a.labels.end());
      const std::string meant = nearest(label, all);
      refuse(outcome,
             fmt::format("'{}' cannot stand there{}; after '{}' may come {}", label,
                         meant.empty() || meant == label ? "" : fmt::format(", did you mean '{}'?", meant), variable_->name, described()));
    }
    axes_[axis].chosen = static_cast<std::size_t>(place());
    next = axis + 1;
  }
}

void OutcomeRows::check(const Outcome& outcome) const {
  const Axis* platform = nullptr;
  for (const Axis& axis : axes_)
    if (axis.name == "platform") platform = &axis;
  if (share_ && platform == nullptr)
    refuse(outcome, fmt::format("a share is of the sum over platforms, and '{}' has none", variable_->name));
  // One person may be on several platforms, so a silent sum over them would mislead.
  if (platform != nullptr && !platform->chosen && (share_ || platform->labels.size() > 1))
    refuse(outcome, fmt::format("name the platform, as in '{}.{}': it has {}", variable_->name, platform->labels[0],
                                fmt::join(platform->labels, ", ")));
  if (share_ && is_average(*variable_))
    refuse(outcome, fmt::format("'{}' is an average and does not add up over platforms, so it has no share", variable_->name));
  if (outcome.statistic == Statistic::sum && (share_ || !counted_))
    refuse(outcome, fmt::format("{} does not add up over time; take .mean, .max or @end",
                                share_ ? "a share" : fmt::format("'{}' stands at a moment and", variable_->name)));
}

std::vector<double> OutcomeRows::sums(bool all_platforms) const {
  std::size_t cells = 1;
  for (const Axis& axis : axes_) cells *= axis.labels.size();
  require(length(variable_->values) == cells * days_.size(), "a series must fill its dimensions");
  std::vector<std::size_t> wanted;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    bool in = true;
    std::size_t rest = cell;
    for (std::size_t a = axes_.size(); a-- > 0;) {
      const std::size_t at = rest % axes_[a].labels.size();
      rest /= axes_[a].labels.size();
      in = in && (!axes_[a].chosen || *axes_[a].chosen == at || (all_platforms && axes_[a].name == "platform"));
    }
    if (in) wanted.push_back(cell);
  }
  std::vector<double> values(days_.size(), nan);
  for (std::size_t row = 0; row < days_.size(); ++row)
    for (const std::size_t cell : wanted)
      if (const double x = value_at(*variable_, row * cells + cell); !std::isnan(x))
        values[row] = std::isnan(values[row]) ? x : values[row] + x;
  return values;
}

double OutcomeRows::every() const { return days_.size() > 1 ? days_[1] - days_[0] : days_per_year; }

double OutcomeRows::per_year() const { return counted_ && !share_ ? days_per_year / every() : 1.0; }

double OutcomeRows::value(std::size_t row) const {
  if (!share_) return part_[row] * per_year();
  return whole_[row] == 0 ? nan : part_[row] / whole_[row];
}

}  // namespace spillway
