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
constexpr std::string_view users = "monthly_active_users";

/// "at the end of 2016", or the last day where that is not a year's end.
std::string at_the_end(const Recording& ensemble) {
  const std::vector<Date> days = dates(ensemble);
  if (days.empty()) return "at the end";
  const std::int32_t step = days.size() > 1 ? days[days.size() - 1].days - days[days.size() - 2].days : 1;
  const int year = year_of(days.back());
  const bool year_ends = days.back().days + step >= make_date(year + 1, 1, 1).days;
  return year_ends ? fmt::format("at the end of {}", year) : fmt::format("on {}", day_of(days.back()));
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
        end_(at_the_end(ensemble)) {}

  Answer tell() const {
    Answer answer;
    answer.question = question();
    if (std::all_of(worlds_.begin() + 1, worlds_.end(), [&](const std::string& world) { return is_identical(world); })) {
      answer.sentence = worlds_.size() == 2 ? "The two worlds are identical." : fmt::format("The {} worlds are identical.", worlds_.size());
      return answer;
    }
    const std::size_t first = most_moved();
    answer.sentence = of_world(first, worlds_.size() > 2);
    for (std::size_t w = 1; w < worlds_.size(); ++w)
      if (w != first) answer.details.push_back(of_world(w, true));
    for (std::size_t w = 1; w < worlds_.size(); ++w) add_newcomers(w, answer.details);
    for (const Parting& parting : comparison_.partings)
      if (const std::string text = of_parting(parting); !text.empty()) answer.details.push_back(text);
    if (comparison_.replicates > 0) answer.details.push_back(how_to_read());
    return answer;
  }

 private:
  /// The difference with the largest relative size among those that `wanted` takes; null if there is none.
  template <class Wanted>
  const Difference* largest(Wanted wanted) const {
    const Difference* found = nullptr;
    for (const Difference& d : comparison_.differences)
      if (wanted(d) && !std::isnan(d.relative) && (found == nullptr || std::abs(d.relative) > std::abs(found->relative))) found = &d;
    return found;
  }
  static bool is_users_at_end(const Difference& d) { return d.outcome == users && d.moment == "end"; }
  // A single replicate has no interval; its difference is told with that said, rather than not at all.
  static bool is_sure(const Difference& d) { return d.verdict == Verdict::differs; }

  std::size_t index_of(const std::string& world) const {
    return static_cast<std::size_t>(std::find(worlds_.begin(), worlds_.end(), world) - worlds_.begin());
  }

  std::size_t most_moved() const {
    const Difference* found = largest([](const Difference& d) { return is_users_at_end(d) && is_sure(d); });
    if (found == nullptr) found = largest([](const Difference& d) { return is_users_at_end(d) && d.verdict == Verdict::unknown; });
    if (found == nullptr) found = largest(is_sure);
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
    const auto here = [&](const Difference& d) { return d.world == name && is_users_at_end(d); };
    if (const Difference* sure = largest([&](const Difference& d) { return here(d) && is_sure(d); }); sure != nullptr)
      return fmt::format("{}{} would have had {} {} {}.", start, platform(*sure), more(*sure, "more", "fewer"), "monthly users", end_);
    if (const Difference* one = largest([&](const Difference& d) { return here(d) && d.verdict == Verdict::unknown; }); one != nullptr)
      return fmt::format("{}{} would have had {} monthly users {}; one run of each world cannot tell that from luck.", start,
                         platform(*one), more(*one, "more", "fewer"), end_);
    const Difference* noise = largest([&](const Difference& d) { return here(d) && d.verdict == Verdict::within_noise; });
    if (is_identical(name)) return fmt::format("{}Nothing at all would have been different.", start);
    const Difference* else_sure = largest([&](const Difference& d) { return d.world == name && is_sure(d); });
    return of_noise(start, noise, else_sure);
  }

  std::string of_noise(const std::string& start, const Difference* noise, const Difference* else_sure) const {
    const std::string within =
        noise == nullptr ? "" : fmt::format("{}’s monthly users {}: {}, within noise", platform(*noise), end_, signed_percent(*noise));
    if (else_sure == nullptr)
      return fmt::format("{}Nothing measurable would have changed{}.", start, within.empty() ? "" : " (" + within + ")");
    return fmt::format("{}Monthly users would hardly have changed{}; what would have changed most is {}{}: {} {}.", start,
                       within.empty() ? "" : " (" + within + ")", else_sure->platform.empty() ? "" : platform(*else_sure) + "’s ",
                       in_words(else_sure->outcome), more(*else_sure, "higher", "lower"), moment(*else_sure));
  }

  // A platform that the first world lacks has no difference, and may be what the question is about.
  void add_newcomers(std::size_t world, std::vector<std::string>& details) const {
    if (ensemble_.find(users) == nullptr) return;
    const Series series(ensemble_, users);
    const std::size_t last = series.times() - 1;
    for (std::size_t k = 0; k < platforms_.size(); ++k)
      if (const double there = median(series, world, last, k); !std::isnan(there) && std::isnan(median(series, 0, last, k)))
        details.push_back(fmt::format("In “{}” {} would have had {} monthly users {}.", in_words(worlds_[world]), platforms_[k].label,
                                      human_number(there), end_));
  }

  std::string platform(const Difference& d) const {
    for (const PagePlatform& p : platforms_)
      if (p.id == d.platform) return p.label;
    return d.platform;
  }
  std::string moment(const Difference& d) const { return d.moment == "end" ? end_ : "on average"; }

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
    const std::vector<Date> days = dates(ensemble_);
    const std::int32_t step = days.size() > 1 ? days[1].days - days[0].days : 1;
    const std::string when = step == 1 ? "on " : step == 7 ? "in the week from " : fmt::format("in the {} days from ", step);
    std::string text = fmt::format("“{}” and “{}” part {}{}", in_words(comparison_.baseline), in_words(parting.world), when, day_of(day));
    if (!parting.policy.empty()) text += fmt::format(": {}", parting.policy);
    if (!parting.observable.empty()) text += fmt::format(". First to move: {}", in_words(parting.observable));
    return text + ".";
  }

  std::string how_to_read() const {
    if (comparison_.replicates < 2) return "Each world was run once: with more replicates the page would show how much is luck.";
    return fmt::format(
        "Each world was run {} times with other luck, the same luck in all worlds. In brackets: {:.0f} % confidence interval. Curves show "
        "the median of the runs, their bands where nine of ten runs lie.",
        comparison_.replicates, 100 * comparison_.confidence);
  }

  const Recording& ensemble_;
  const Comparison& comparison_;
  std::vector<std::string> worlds_, titles_;
  std::vector<PagePlatform> platforms_;
  std::string end_;
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
  answer.sentence = capitalised(at_the_end(ensemble)) + " " + list;
  if (order.size() > 1) answer.sentence += passing(series, days, platforms, order[0], order[1]);
  answer.sentence += ".";
  if (series.replicates() > 1)
    answer.details.push_back(fmt::format(
        "The world was run {} times with other luck. Curves show the median of the runs, their bands where nine of ten runs lie.",
        series.replicates()));
  return answer;
}

}  // namespace spillway
