#include "input/values.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/suggest.hpp"
#include "input/catalogue.hpp"
#include "input/quantity.hpp"
#include "input/yaml_lines.hpp"

namespace spillway {

namespace {
std::string reason(const NumberRule& rule) {
  const std::string_view clause = short_meaning(rule.meaning);
  return clause.empty() ? "" : fmt::format(" ({})", clause.substr(0, clause.find(':')));
}

/// Keys that people expect where there is something else.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> expected_keys{{
    {".ban.channels", "write the share of each channel, such as link: 1, text: 1, online_qr: 0"},
    {".ban.offline_qr", "no ban reaches QR codes in shops and on packages; it can cover link, text and online_qr"},
    {"suppliers.small_seller.share", "small sellers are all others; write the shares of celebrity, media and brand"},
}};

std::string other_way(const std::string& path) {
  for (const auto& [ending, way] : expected_keys)
    if (path.ends_with(ending)) return std::string(way);
  return {};
}

/// A right key in the wrong section: "'platforms.NAME.ads.load'" for platforms.weibo.load.
std::string find_elsewhere(const std::string& key, const std::string& path) {
  const std::vector<std::string> found = paths_ending_in(key, path.substr(0, path.find('.') + 1));  // at the top level in any section
  const std::size_t shown = std::min<std::size_t>(found.size(), 3);
  return shown == 0 ? "" : fmt::format("'{}'", fmt::join(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(shown), "' or '"));
}

bool expect_scalar(const Node& node, const std::string& path, std::string_view what, Reading& reading) {
  if (node.kind == NodeKind::scalar) return true;
  if (node.kind == NodeKind::null)
    reading.problem(node.place, path, fmt::format("has no value; give {} or remove the line", what));
  else
    reading.problem(node.place, path, fmt::format("expected {}, got {}", what, kind_name(node)));
  return false;
}
}  // namespace

namespace {
// Nobody writes 0 or never by a slip: they switch a mechanism off, which is a question that may be asked.
void note_unlikely(const Node& node, const std::string& path, double value, const NumberRule& rule, Reading& reading) {
  if (!is_bounded(rule.likely) || value == 0.0 || std::isinf(value)) return;
  if (value >= rule.likely.low && value <= rule.likely.high) return;
  const std::string source = rule.source.empty() ? "" : fmt::format(" ({})", rule.source);
  reading.notes.push_back(issue_at(
      node.place, path,
      fmt::format("{} is outside the plausible range {}{}", node.text, range_text(rule.likely, FieldFlag::none, rule.unit), source)));
}
}  // namespace

std::optional<double> read_number(const Node& node, const std::string& path, const NumberRule& rule, Reading& reading) {
  if (!expect_scalar(node, path, "a number", reading)) return std::nullopt;
  const Quantity quantity = parse_quantity(node.text, rule.unit, rule.flags);
  const bool bare = node.text.find_first_not_of("+-0123456789._eE") == std::string::npos;
  if (!quantity.error.empty())
    reading.problem(node.place, path, quantity.error);
  else if (node.quoted && bare)
    reading.problem(node.place, path, fmt::format("'{}' is text because of the quotes; write the number without them", node.text));
  else if (!in_range(quantity.value, rule.range, rule.flags))
    reading.problem(node.place, path,
                    fmt::format("{} is outside {}{}", node.text, range_text(rule.range, rule.flags, rule.unit), reason(rule)));
  else {
    note_unlikely(node, path, quantity.value, rule, reading);
    return quantity.value;
  }
  return std::nullopt;
}

std::optional<double> read_whole(const Node& node, const std::string& path, const NumberRule& rule, Reading& reading) {
  const auto number = read_number(node, path, rule, reading);
  if (!number || *number == std::floor(*number)) return number;
  reading.problem(node.place, path, fmt::format("{} is not a whole number{}", node.text, reason(rule)));
  return std::nullopt;
}

std::optional<Date> read_date(const Node& node, const std::string& path, Reading& reading) {
  if (!expect_scalar(node, path, "a date such as 2013-07-01", reading)) return std::nullopt;
  const std::optional<Date> date = parse_date(node.text);
  if (!date) reading.problem(node.place, path, fmt::format("'{}' is not a date of the calendar; write it as 2013-07-01", node.text));
  return date;
}

std::optional<std::string> read_text(const Node& node, const std::string& path, bool required, Reading& reading) {
  if (!expect_scalar(node, path, "text", reading)) return std::nullopt;
  const bool control = std::any_of(node.text.begin(), node.text.end(),
                                   [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f; });
  if (control)
    reading.problem(node.place, path, "contains a control character; remove the escape");
  else if (required && node.text.empty())
    reading.problem(node.place, path, "is empty; write something");
  else if (required && node.text.find('\n') != std::string::npos)
    reading.problem(node.place, path, "must be one line");
  else
    return node.text;
  return std::nullopt;
}

std::optional<std::size_t> read_word(const Node& node, const std::string& path, const std::vector<std::string>& words, Reading& reading) {
  if (!expect_scalar(node, path, fmt::format("one of {}", fmt::join(words, ", ")), reading)) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), node.text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const std::string near = nearest(node.text, words);
  reading.problem(node.place, path,
                  fmt::format("'{}' is not one of {}{}", node.text, fmt::join(words, ", "),
                              near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
  return std::nullopt;
}

std::optional<std::vector<Date>> read_dates(const Node& node, const std::string& path, Reading& reading) {
  if (node.kind != NodeKind::list) {
    reading.problem(node.place, path, fmt::format("expected a list of dates such as [2012-12-31], got {}", kind_name(node)));
    return std::nullopt;
  }
  std::vector<Date> dates;
  for (std::size_t i = 0; i < node.items.size(); ++i)
    if (const auto date = read_date(node.items[i], path + "." + std::to_string(i), reading)) dates.push_back(*date);
  return dates;
}

bool expect_map(const Node& node, const std::string& path, std::string_view what, Reading& reading) {
  if (node.kind == NodeKind::map) return true;
  if (node.kind == NodeKind::null)
    reading.problem(node.place, path, "is empty; give it keys or remove the line");
  else if (node.kind == NodeKind::scalar && !separator_problem(node.text).empty())
    reading.problem(node.place, path, separator_problem(node.text));
  else
    reading.problem(node.place, path, fmt::format("expected {}, got {}", what, kind_name(node)));
  return false;
}

void unknown_key(const Entry& entry, const std::string& path, const std::vector<std::string>& known, Reading& reading) {
  const std::string elsewhere = find_elsewhere(entry.key, path), near = nearest(entry.key, known), other = other_way(path);
  std::string message = separator_problem(entry.key);
  if (!message.empty())
    return reading.problem(entry.place, path, message);
  else if (!other.empty())
    message = fmt::format("unknown key; {}", other);
  else if (!elsewhere.empty())
    message = fmt::format("unknown key; did you mean {}?", elsewhere);
  else if (!near.empty())
    message = fmt::format("unknown key; did you mean '{}'?", near);
  else
    message = fmt::format("unknown key; known here: {}", fmt::join(known, ", "));
  reading.problem(entry.place, path, message);
}

bool good_name(std::string_view name) {
  if (name.empty() || name.size() > 40) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return c != '.' && c != '/' && c != '=' && static_cast<unsigned char>(c) > ' ' && c != 0x7f; });
}

}  // namespace spillway
