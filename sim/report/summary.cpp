#include "report/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/date.hpp"

namespace spillway {

namespace {
struct Run {
  const Recording& recording;
  Date start;
  std::vector<double> time;
  std::vector<std::string> platforms;

  double value(const char* name, std::size_t row, std::size_t k) const { return value_at(recording.at(name), row * platforms.size() + k); }
  Date date(std::size_t row) const { return Date{start.days + static_cast<std::int32_t>(std::floor(time[row]))}; }
  int year(std::size_t row) const { return std::atoi(to_text(date(row)).substr(0, 4).c_str()); }
};

Run read(const Recording& recording) {
  const Variable& time = recording.at("time");
  const std::string prefix = "days since ";
  return {recording, parse_date(time.unit.substr(prefix.size(), 10)).value_or(Date{}), std::get<std::vector<double>>(time.values),
          std::get<std::vector<std::string>>(recording.at("platform").values)};
}

std::string people(double n) {
  if (n >= 9.5e6) return fmt::format("{:.0f} million", n / 1e6);
  if (n >= 1e5) return fmt::format("{:.1f} million", n / 1e6);
  return fmt::format("{:.0f}", n);
}

/// 1,000,000
std::string grouped(double n) {
  std::string text = fmt::format("{:.0f}", n);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

std::string millions(double n) { return n >= 9.95e6 || n == 0.0 ? fmt::format("{:.0f}", n / 1e6) : fmt::format("{:.1f}", n / 1e6); }

/// Last row of every year, the run's last row included; the latest `most` of them.
std::vector<std::size_t> year_ends(const Run& run, std::size_t most) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < run.time.size(); ++i)
    if (i + 1 == run.time.size() || run.year(i + 1) != run.year(i)) rows.push_back(i);
  if (rows.size() > most) rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(most));
  return rows;
}

std::string table(const Run& run) {
  const std::vector<std::size_t> rows = year_ends(run, 10);
  std::string text = fmt::format("  {:<28}", "monthly users, millions");
  for (const std::size_t row : rows) text += fmt::format("{:>9}", to_text(run.date(row)).substr(0, 7));
  for (std::size_t k = 0; k < run.platforms.size(); ++k) {
    text += fmt::format("\n    {:<26}", run.platforms[k]);
    for (const std::size_t row : rows) text += fmt::format("{:>9}", millions(run.value("monthly_active_users", row, k)));
  }
  return text + "\n";
}

/// Monthly users of each platform over time, all on one scale: a first look at the shape of things.
std::string sparklines(const Run& run) {
  constexpr std::string_view blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  constexpr std::size_t widest = 40;
  const std::size_t columns = std::min(widest, run.time.size());
  double highest = 0;
  for (std::size_t row = 0; row < run.time.size(); ++row)
    for (std::size_t k = 0; k < run.platforms.size(); ++k) highest = std::max(highest, run.value("monthly_active_users", row, k));
  if (highest == 0 || columns < 2) return {};
  std::string text = fmt::format(
      "  {:<28}", fmt::format("{} to {}", to_text(run.date(0)).substr(0, 7), to_text(run.date(run.time.size() - 1)).substr(0, 7)));
  text += fmt::format("highest: {}", people(highest));
  for (std::size_t k = 0; k < run.platforms.size(); ++k) {
    text += fmt::format("\n    {:<26}", run.platforms[k]);
    for (std::size_t column = 0; column < columns; ++column) {
      const double value = run.value("monthly_active_users", column * (run.time.size() - 1) / (columns - 1), k);
      text += blocks[value > 0 ? 1 + static_cast<std::size_t>(std::min(7.0, 8 * value / highest)) : 0];
    }
    text.erase(text.find_last_not_of(' ') + 1);
  }
  return text + "\n";
}

/// Since when the platform that leads in attention at the end has led without a break.
std::string leader(const Run& run) {
  if (run.platforms.size() < 2) return {};
  const auto lead = [&](std::size_t row) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < run.platforms.size(); ++k)
      if (run.value("attention_share", row, k) > run.value("attention_share", row, best)) best = k;
    return best;
  };
  const std::size_t last = run.time.size() - 1, winner = lead(last);
  std::size_t since = last;
  while (since > 0 && lead(since - 1) == winner) --since;
  const std::string when = since == 0 ? "all along" : "since " + to_text(run.date(since)).substr(0, 7);
  return fmt::format("  most time: {} ({:.1f} % of everybody's day at the end), {}\n", run.platforms[winner],
                     100 * run.value("attention_share", last, winner), when);
}

std::string at_the_end(const Run& run) {
  const std::size_t last = run.time.size() - 1;
  std::string text;
  for (std::size_t k = 0; k < run.platforms.size(); ++k) {
    const double month = run.value("monthly_active_users", last, k), daily = run.value("daily_active_users", last, k);
    const double minutes = run.value("minutes_per_member", last, k);
    text += fmt::format("  {}: {} monthly users", run.platforms[k], people(month));
    if (month > 0)
      text += fmt::format(", {:.0f} % of them daily, {:.0f} minutes a day; {} also use a rival", 100 * daily / month, minutes,
                          people(run.value("multi_homing_members", last, k)));
    const Variable* counted = run.recording.find("monthly_accounts");  // older results have none
    const double accounts = counted != nullptr ? value_at(*counted, last * run.platforms.size() + k) : month;
    if (people(accounts) != people(month)) text += fmt::format("; the company counts {} accounts", people(accounts));
    double revenue = 0;
    for (std::size_t row = 0; row < run.time.size(); ++row)
      if (run.year(row) == run.year(last)) revenue += run.value("ad_revenue", row, k);
    if (revenue > 0) text += fmt::format("; ad revenue in {}: {:.2g} billion yuan", run.year(last), revenue / 1e9);
    text += "\n";
  }
  return text;
}
}  // namespace

std::string summary(const Recording& recording) {
  const Run run = read(recording);
  if (run.time.empty()) return "nothing was recorded\n";
  const double people_per_agent = std::atof(recording.attribute("people_per_agent").c_str()),
               agents = std::atof(recording.attribute("agents").c_str());
  std::string text = fmt::format("{}\n  {} to {}; {} users stand for {} people; seed {}, replicate {}\n", recording.attribute("title"),
                                 to_text(run.start), to_text(run.date(run.time.size() - 1)), grouped(agents),
                                 people(agents * people_per_agent), recording.attribute("seed"), recording.attribute("replicate"));
  if (recording.attribute("status") == "stopped")
    text += "  STOPPED EARLY: " + recording.attribute("stop_reason") + "; the rows until then are saved\n";
  text += table(run) + sparklines(run) + leader(run) + at_the_end(run);
  if (const std::string caveat = recording.attribute("caveat"); !caveat.empty()) text += "  note: " + caveat + "\n";
  std::string speed, seconds, threads;
  for (const auto& [name, value] : recording.timing) {
    if (name == "ns_per_user_tick") speed = value;
    if (name == "seconds_run") seconds = value;
    if (name == "threads") threads = value;
  }
  return text + fmt::format("  {} ns per user and tick on {} threads, {} bytes per user, {} s\n", speed, threads,
                            recording.attribute("bytes_per_user"), seconds);
}

}  // namespace spillway
