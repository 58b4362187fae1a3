#include "report/comparison_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/date.hpp"
#include "model/ensemble_view.hpp"

namespace spillway {

namespace {
std::string words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string day(const Recording& ensemble, double since_start) {
  const Date start = start_of(ensemble.at("time")).value_or(Date{});
  return to_text(Date{start.days + static_cast<std::int32_t>(std::floor(since_start))});
}

/// Common unit of a difference and its interval, so that they can be read side by side: "+8.1 [5.2, 11.0] M".
struct Scale {
  double factor;
  const char* name;
};
Scale scale_of(double largest) {
  if (largest >= 1e9) return {1e9, " bn"};
  if (largest >= 1e6) return {1e6, " M"};
  if (largest >= 1e4) return {1e3, " k"};
  return {1, ""};
}

std::string digits(double x) {
  const double size = std::abs(x);
  if (x == 0) return "0";
  return fmt::format("{:.{}f}", x, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4);
}

std::string with_sign(double x) { return (x > 0 ? "+" : "") + digits(x); }

std::string difference_text(const Difference& d) {
  if (d.verdict == Verdict::identical) return "identical";
  const Scale scale = scale_of(std::max({std::abs(d.difference), std::abs(d.low), std::abs(d.high)}));
  if (d.verdict == Verdict::unknown) return with_sign(d.difference / scale.factor) + scale.name;
  return fmt::format("{} [{}, {}]{}", with_sign(d.difference / scale.factor), digits(d.low / scale.factor), digits(d.high / scale.factor),
                     scale.name);
}

std::string relative_text(const Difference& d) {
  if (d.verdict == Verdict::identical) return "";
  if (std::isnan(d.relative)) return d.verdict == Verdict::within_noise ? "within noise" : "";
  const auto percent = [](double share) {
    return fmt::format("{:.{}f}", 100 * share, std::abs(share) >= 0.1 ? 0 : std::abs(share) >= 0.01 ? 1 : 2);
  };
  std::string text = (d.relative > 0 ? "+" : "") + percent(d.relative) + " %";
  if (d.verdict != Verdict::unknown) text += fmt::format(" [{}, {}]", percent(d.relative_low), percent(d.relative_high));
  return d.verdict == Verdict::within_noise ? text + ", within noise" : text;
}

bool shown(const Difference& d, const std::vector<std::string>& outcomes) {
  return outcomes.empty() || std::find(outcomes.begin(), outcomes.end(), d.outcome) != outcomes.end();
}

std::string rows_of(const Comparison& c, const std::string& world, const std::string& moment, const std::vector<std::string>& outcomes) {
  std::string text;
  for (const Difference& d : c.differences) {
    if (d.world != world || d.moment != moment || !shown(d, outcomes)) continue;
    const std::string name = words(d.outcome) + (d.unit.ends_with("/yr") ? (d.unit.starts_with("CNY") ? ", yuan a year" : " a year") : "") +
                             (d.platform.empty() ? "" : ", " + d.platform);
    text += fmt::format("    {:<38}{:>10}{:>10}   {:<30} {}\n", name, short_number(d.baseline), short_number(d.other), difference_text(d),
                        relative_text(d));
  }
  return text;
}

std::string parting_text(const Comparison& c, const Recording& ensemble, const std::string& world) {
  for (const Parting& p : c.partings) {
    if (p.world != world) continue;
    if (std::isnan(p.day)) return fmt::format("  identical up to {}: not one bit of state or record differs\n", day(ensemble, p.last_day));
    std::string text = fmt::format("  part from {} on", day(ensemble, p.day));
    if (!p.policy.empty()) text += ": " + p.policy;
    text += "\n";
    if (!p.column.empty()) text += "    first in the users' state: " + p.column + "\n";
    if (!p.observable.empty()) text += "    first in the series: " + p.observable + "\n";
    return text;
  }
  return {};
}

/// The middle one over the outcomes shown at the end.
std::string pairing_text(const Comparison& c, const std::string& world, const std::vector<std::string>& outcomes) {
  std::vector<double> ratios;
  for (const Difference& d : c.differences)
    if (d.world == world && d.moment == "end" && !d.platform.empty() && shown(d, outcomes) && std::isfinite(d.variance_ratio))
      ratios.push_back(d.variance_ratio);
  if (ratios.empty() || !c.same_luck) return {};
  std::sort(ratios.begin(), ratios.end());
  return fmt::format(
      "  same luck in both worlds: variance of these differences {:.3g} times smaller than with independent runs ({:.3g} to {:.3g})\n",
      quantile(ratios, 0.5), ratios.front(), ratios.back());
}

bool all_identical(const Comparison& c, const std::string& world) {
  return std::all_of(c.differences.begin(), c.differences.end(),
                     [&](const Difference& d) { return d.world != world || d.verdict == Verdict::identical; });
}
}  // namespace

std::string short_number(double x) {
  if (std::isnan(x)) return "-";
  const Scale scale = scale_of(std::abs(x));
  return digits(x / scale.factor) + scale.name;
}

std::string comparison_text(const Comparison& c, const Recording& ensemble, const std::vector<std::string>& outcomes) {
  const std::vector<std::string> worlds = labels(ensemble, "world"), titles = labels(ensemble, "world_title");
  std::string text = fmt::format("baseline {}: {}\n", worlds.at(0), titles.at(0));
  for (std::size_t w = 1; w < worlds.size(); ++w) {
    text += fmt::format("\n{}: {}\n", worlds[w], titles[w]) + parting_text(c, ensemble, worlds[w]);
    if (all_identical(c, worlds[w])) continue;
    text += fmt::format("    {:<38}{:>10}{:>10}   {:<30} {}\n", "", "baseline", "this",
                        fmt::format("difference [{:.3g} % interval]", 100 * c.confidence), "relative");
    text += fmt::format("  at the end ({})\n", day(ensemble, c.partings.at(w - 1).last_day)) + rows_of(c, worlds[w], "end", outcomes);
    const double from = c.partings.at(w - 1).day;
    text +=
        fmt::format("  on average since {}\n", day(ensemble, std::isnan(from) ? 0.0 : from)) + rows_of(c, worlds[w], "average", outcomes);
    text += pairing_text(c, worlds[w], outcomes);
  }
  return text;
}

}  // namespace spillway
