#include "report/answer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "model/ensemble_view.hpp"
#include "report/charts.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
// The sentence rests on these alone: the largest of more than a hundred outcomes is often one that luck made large.
constexpr std::string_view users = "monthly_active_users", minutes = "minutes_total";
constexpr double hardly = 0.02;  // chosen: a change below it moves no decision, and levels of the market are known no better

/// "at the end of 2016", or the day of that row where no year ends with it.
std::string at_the_end(const std::vector<Date>& days, std::size_t row) {
  if (days.empty()) return "at the end";
  const std::int32_t step = days.size() > 1 ? days[days.size() - 1].days - days[days.size() - 2].days : 1;
  const int year = year_of(days[row]);
  const bool year_ends = days[row].days + step >= make_date(year + 1, 1, 1).days;
  return year_ends ? fmt::format("at the end of {}", year) : fmt::format("on {}", day_of(days[row]));
}

/// Why there is less than was asked for: each a sentence.
void add_stops(const Recording& ensemble, std::vector<std::string>& details) {
  const std::string status = ensemble.attribute("status"), reason = ensemble.attribute("stop_reason");
  const std::string rule = ensemble.attribute("stopping_rule");
  const bool rule_stopped = rule.find("NOT reached") != std::string::npos || rule.find("stopped") != std::string::npos;
  if (!reason.empty())
    details.push_back(fmt::format("Stopped early: {}.", reason));
  else if (!status.empty() && status != "complete" && !rule_stopped)
    details.push_back("Stopped early.");
  if (rule_stopped) details.push_back(capitalised(rule) + ".");
}

std::string sentence_start(const std::string& title) {
  return title.ends_with('?') || title.ends_with("？") ? title : fmt::format("“{}”:", title);
}

/// Median over replicates.
double median(const Series& series, std::size_t world, std::size_t time, std::size_t platform) {
  std::vector<double> values;
  for (std::size_t r = 0; r < series.replicates(); ++r) values.push_back(series.value(world, r, time, platform));
  return quantile(values, 0.5);
}

class Teller {
 public:
  Teller(const Recording& ensemble, const Comparison& comparison)
      : ensemble_(ensemble),
        comparison_(comparison),
        worlds_(labels(ensemble, "world")),
        titles_(labels(ensemble, "world_title")),
        platforms_(page_platforms(ensemble)),
        days_(dates(ensemble)) {}

  Answer tell() const {
    Answer answer;
    answer.question = question();
    if (std::all_of(worlds_.begin() + 1, worlds_.end(), [&](const std::string& world) { return is_identical(world); })) {
      answer.sentence = worlds_.size() == 2 ? "The two worlds are identical." : fmt::format("The {} worlds are identical.", worlds_.size());
      add_stops(ensemble_, answer.details);
      return answer;
    }
    const std::size_t first = most_moved();
    answer.sentence = of_world(first, worlds_.size() > 2);
    for (std::size_t w = 1; w < worlds_.size(); ++w)
      if (w != first) answer.details.push_back(of_world(w, true));
    for (std::size_t w = 1; w < worlds_.size(); ++w) add_newcomers(w, answer.details);
    for (const Parting& parting : comparison_.partings)
      if (const std::string text = of_parting(parting); !text.empty()) answer.details.push_back(text);
    add_stops(ensemble_, answer.details);
    if (comparison_.replicates > 0) answer.details.push_back(how_to_read());
    return answer;
  }

 private:
  /// The difference with the largest relative size among those that `wanted` takes; null if there is none.
  template <class Wanted>
  const Difference* largest(Wanted wanted) const {
    const Difference* found = nullptr;
    for (const Difference& d : comparison_.differences)
      if (wanted(d) && std::isfinite(d.relative) && (found == nullptr || std::abs(d.relative) > std::abs(found->relative))) found = &d;
    return found;
  }
  static bool is_users_at_end(const Difference& d) { return d.outcome == users && d.moment == "end"; }
  static bool is_minutes_at_end(const Difference& d) { return d.outcome == minutes && d.moment == "end"; }
  static bool is_sure(const Difference& d) { return d.verdict == Verdict::differs; }

  std::size_t index_of(const std::string& world) const {
    return static_cast<std::size_t>(std::find(worlds_.begin(), worlds_.end(), world) - worlds_.begin());
  }

  std::size_t most_moved() const {
    const Difference* found = largest([](const Difference& d) { return is_users_at_end(d) && is_sure(d); });
    if (found == nullptr) found = largest([](const Difference& d) { return is_users_at_end(d) && d.verdict == Verdict::unknown; });
    if (found == nullptr) found = largest([](const Difference& d) { return is_minutes_at_end(d) && is_sure(d); });
    return found == nullptr ? 1 : index_of(found->world);
  }

  std::string question() const {
    std::string text;
    for (std::size_t w = 1; w < titles_.size(); ++w) text += (text.empty() ? "" : titles_[w - 1].ends_with('?') ? " " : " | ") + titles_[w];
    return text;
  }

  bool is_paired(const std::string& world) const {
    return std::any_of(comparison_.differences.begin(), comparison_.differences.end(),
                       [&](const Difference& d) { return d.world == world && !std::isnan(d.difference); });
  }

  bool is_identical(const std::string& world) const {
    return is_paired(world) && std::all_of(comparison_.differences.begin(), comparison_.differences.end(),
                                           [&](const Difference& d) { return d.world != world || d.verdict == Verdict::identical; });
  }

  std::string of_world(std::size_t world, bool with_title) const {
    const std::string& name = worlds_[world];
    const std::string start = with_title ? sentence_start(titles_[world]) + " " : "";
    if (!is_paired(name))
      return fmt::format("{}These runs cannot tell: none of “{}” had the same luck (seed and replicate) as one of “{}”.", start,
                         in_words(name), in_words(comparison_.baseline));
    const auto of = [&](Verdict verdict) { return [&, verdict](const Difference& d) { return d.world == name && d.verdict == verdict; }; };
    const auto users_of = [&](Verdict verdict) {
      return largest([&](const Difference& d) { return is_users_at_end(d) && of(verdict)(d); });
    };
    if (const Difference* sure = users_of(Verdict::differs); sure != nullptr)
      return fmt::format("{}{} would have had {} monthly users {}.", start, platform(*sure), more(*sure, "more", "fewer"), end_of(world));
    // A single replicate has no interval; its difference is told with that said, rather than not at all.
    if (const Difference* one = users_of(Verdict::unknown); one != nullptr)
      return fmt::format("{}{} would have had {} monthly users {}; one run of each world cannot tell that from luck.", start,
                         platform(*one), more(*one, "more", "fewer"), end_of(world));
    if (is_identical(name)) return fmt::format("{}Nothing at all would have been different.", start);
    const Difference* time = largest([&](const Difference& d) { return is_minutes_at_end(d) && of(Verdict::differs)(d); });
    const std::string unmoved = start + of_noise(world);
    if (time == nullptr) return unmoved + ".";
    return fmt::format("{}; people would have spent {} time on {}.", unmoved, more(*time, "more", "less"), platform(*time));
  }

  /// Where no platform's users differ: whether they are known to be about the same, or just not known.
  std::string of_noise(std::size_t world) const {
    const auto farther_end = [](const Difference& d) { return std::max(std::abs(d.relative_low), std::abs(d.relative_high)); };
    const Difference* widest = nullptr;
    bool any = false;
    for (const Difference& d : comparison_.differences) {
      if (d.world != worlds_[world] || !is_users_at_end(d)) continue;
      any = true;
      if (d.verdict == Verdict::within_noise && std::isfinite(d.relative) && (widest == nullptr || farther_end(d) > farther_end(*widest)))
        widest = &d;
    }
    if (!any) return "Monthly users were not recorded";
    if (widest == nullptr) return "Monthly users would have been the same";
    const std::string shown = fmt::format("({}’s {}: {}, within noise)", platform(*widest), end_of(world), signed_percent(*widest));
    return farther_end(*widest) < hardly ? "Monthly users would hardly have changed " + shown
                                         : "Whether monthly users would have changed cannot be told from luck " + shown;
  }

  // A platform that the first world lacks has no difference, and may be what the question is about.
  void add_newcomers(std::size_t world, std::vector<std::string>& details) const {
    if (ensemble_.find(users) == nullptr) return;
    const Series series(ensemble_, users);
    const std::size_t last = last_row(world);
    for (std::size_t k = 0; k < platforms_.size(); ++k)
      if (const double there = median(series, world, last, k); !std::isnan(there) && !is_ever_in_first(series, k))
        details.push_back(fmt::format("In “{}” {} would have had {} monthly users {}.", in_words(worlds_[world]), platforms_[k].label,
                                      human_number(there), end_of(world)));
  }

  // The first world may only have ended earlier.
  static bool is_ever_in_first(const Series& series, std::size_t platform) {
    for (std::size_t r = 0; r < series.replicates(); ++r)
      for (std::size_t t = 0; t < series.times(); ++t)
        if (!std::isnan(series.value(0, r, t, platform))) return true;
    return false;
  }

  /// Up to which the world is compared; worlds that end earlier than others have no later rows.
  std::size_t last_row(std::size_t world) const {
    std::size_t row = days_.empty() ? 0 : days_.size() - 1;
    for (const Parting& parting : comparison_.partings)
      if (parting.world == worlds_[world] && parting.last_day > 0)
        while (row > 0 && value_at(ensemble_.at("time"), row) > parting.last_day) --row;
    return row;
  }
  std::string end_of(std::size_t world) const { return at_the_end(days_, last_row(world)); }

  std::string platform(const Difference& d) const {
    for (const PagePlatform& p : platforms_)
      if (p.id == d.platform) return p.label;
    return d.platform;
  }

  static std::string more(const Difference& d, std::string_view up, std::string_view down) {
    const bool rises = d.relative >= 0;
    return rises ? fmt::format("{} {}", percent_with_interval(d.relative, d.relative_low, d.relative_high), up)
                 : fmt::format("{} {}", percent_with_interval(-d.relative, -d.relative_high, -d.relative_low), down);
  }
  static std::string signed_percent(const Difference& d) {
    return (d.relative > 0 ? "+" : "") + percent_with_interval(d.relative, d.relative_low, d.relative_high);
  }

  std::string of_parting(const Parting& parting) const {
    const bool known = !parting.policy.empty() || !parting.column.empty() || !parting.observable.empty() || std::isnan(parting.day);
    if (!known) return {};
    if (std::isnan(parting.day))
      return fmt::format("“{}” never leaves the path of “{}”.", in_words(parting.world), in_words(comparison_.baseline));
    const std::optional<Date> start = start_of(ensemble_.at("time"));
    const Date day{start.value_or(Date{}).days + static_cast<std::int32_t>(parting.day)};
    const std::int32_t step = days_.size() > 1 ? days_[1].days - days_[0].days : 1;
    const std::string when = step == 1 ? "on " : step == 7 ? "in the week from " : fmt::format("in the {} days from ", step);
    std::string text = fmt::format("“{}” and “{}” part {}{}", in_words(comparison_.baseline), in_words(parting.world), when, day_of(day));
    if (!parting.policy.empty()) text += fmt::format(": {}", parting.policy);
    if (!parting.observable.empty()) text += fmt::format(". First to move: {}", in_words(parting.observable));
    return text + ".";
  }

  std::string how_to_read() const {
    const std::string no_pairs =
        comparison_.same_luck ? "" : " The worlds have different seeds or numbers of users, so runs are not pairs.";
    if (comparison_.replicates < 2) return "Each world was run once: with more replicates the page would show how much is luck." + no_pairs;
    return fmt::format(
        "Each world was run {} times with other luck{}.{} In brackets: {:.0f} % confidence interval. Curves show the median of the runs, "
        "their bands where nine of ten runs lie.",
        comparison_.replicates, comparison_.same_luck ? ", the same luck in all worlds" : "", no_pairs, 100 * comparison_.confidence);
  }

  const Recording& ensemble_;
  const Comparison& comparison_;
  std::vector<std::string> worlds_, titles_;
  std::vector<PagePlatform> platforms_;
  std::vector<Date> days_;
};

/// "; WeChat passed Weibo in October 2012", of the last time if it happened more than once.
std::string passing(const Series& series, const std::vector<Date>& days, const std::vector<PagePlatform>& platforms, std::size_t winner,
                    std::size_t second) {
  const auto known = [&](std::size_t t, std::size_t k) {  // a platform that is not open yet has nobody
    const double users_there = median(series, 0, t, k);
    return std::isnan(users_there) ? 0.0 : users_there;
  };
  const auto ahead = [&](std::size_t t) { return known(t, winner) >= known(t, second); };
  std::size_t since = days.size() - 1;
  while (since > 0 && ahead(since - 1)) --since;
  return since == 0 ? "" : fmt::format("; {} passed {} in {}", platforms[winner].label, platforms[second].label, month_of(days[since]));
}
}  // namespace

Answer answer_of(const Recording& ensemble, const Comparison& comparison) { return Teller(ensemble, comparison).tell(); }

Answer answer_of(const Recording& ensemble) {
  Answer answer;
  const std::vector<Date> days = dates(ensemble);
  const std::vector<PagePlatform> platforms = page_platforms(ensemble);
  if (days.empty() || platforms.empty() || ensemble.find(users) == nullptr) return {"", "Nothing was recorded.", {}};
  const Series series(ensemble, users);
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < platforms.size(); ++k) order.push_back(k);
  const auto end = [&](std::size_t k) { return std::max(0.0, median(series, 0, days.size() - 1, k)); };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return end(a) > end(b); });
  std::string list;
  for (const std::size_t k : order)
    list += list.empty() ? fmt::format("{} has {} monthly users", platforms[k].label, human_number(end(k)))
                         : fmt::format(", {} {}", platforms[k].label, human_number(end(k)));
  answer.sentence = capitalised(at_the_end(days, days.size() - 1)) + " " + list;
  if (order.size() > 1) answer.sentence += passing(series, days, platforms, order[0], order[1]);
  answer.sentence += ".";
  add_stops(ensemble, answer.details);
  if (series.replicates() > 1)
    answer.details.push_back(fmt::format(
        "The world was run {} times with other luck. Curves show the median of the runs, their bands where nine of ten runs lie.",
        series.replicates()));
  return answer;
}

}  // namespace spillway
