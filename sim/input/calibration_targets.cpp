// Targets: an observable of the run, a series of the record, and how far the one may be from the other.
#include <fmt/format.h>

#include <algorithm>

#include "input/calibration_draft.hpp"
#include "input/calibration_tables.hpp"
#include "input/quantity.hpp"

namespace spillway {

namespace {
constexpr std::string_view tolerance_ways =
    "write 10% (of the value), 0.03 (in the outcome's unit) or 30 d (by the day on which the value is reached)";

std::optional<Outcome> read_outcome(const Node& node, const std::string& at, Reading& reading) {
  const auto text = read_text(node, at, true, reading);
  if (!text) return std::nullopt;
  Outcome outcome;
  if (has_statistic(*text)) {
    reading.problem(node.place, at,
                    fmt::format("'{}' says what is taken over time, but a target is taken on the dates of its rows; write such as "
                                "monthly_active_users.wechat",
                                *text));
    return std::nullopt;
  }
  if (const std::string problem = parse_observable(*text, {}, outcome); !problem.empty()) {
    reading.problem(node.place, at, fmt::format("'{}': {}", *text, problem));
    return std::nullopt;
  }
  outcome.name = *text;
  return outcome;
}

void read_outcomes_of(const Node& node, TargetDraft& draft, Reading& reading) {
  if (const Entry* entry = node.find("outcome")) {
    if (auto outcome = read_outcome(entry->value, draft.path + ".outcome", reading)) draft.target.outcome = std::move(*outcome);
  } else {
    reading.problem(draft.place, draft.path + ".outcome",
                    "is missing (what is held against the rows, such as monthly_active_users.wechat)");
  }
  const Entry* entry = node.find("over");
  if (entry == nullptr) return;
  draft.target.over = read_outcome(entry->value, draft.path + ".over", reading);
  if (draft.target.over && draft.target.over->text == draft.target.outcome.text)
    reading.problem(entry->value.place, draft.path + ".over", "is the outcome itself, and the ratio always 1; name another, or remove it");
}

bool is_number(const std::string& text) { return text.find_first_not_of("+-0123456789._eE") == std::string::npos; }

void read_tolerances(const Node& node, TargetDraft& draft, Reading& reading) {
  Target& target = draft.target;
  const Entry *tolerance = node.find("tolerance"), *within = node.find("or_within");
  if (tolerance != nullptr)
    read_tolerance(tolerance->value, draft.path + ".tolerance", target, reading);
  else
    reading.problem(draft.place, draft.path + ".tolerance",
                    fmt::format("is missing (how far a run may be from a row); {}", tolerance_ways));
  const bool days = target.kind == ToleranceKind::days, ratio = node.find("over") != nullptr;
  if (days && ratio)
    reading.problem(tolerance->value.place, draft.path + ".tolerance",
                    "is by days, and a ratio is not reached once and for all; take one such as 10% or 0.03");
  if (within == nullptr) return;
  const NumberRule rule{Unit::days, {0, longest_tolerance}, FieldFlag::positive, "days within which the value may be reached"};
  if (const auto number = read_number(within->value, draft.path + ".or_within", rule, reading)) target.or_days = *number;
  if (days || ratio)
    reading.problem(within->place, draft.path + ".or_within",
                    days ? "the tolerance is by days already; remove or_within"
                         : "goes by days, and a ratio is not reached once and for all; remove it");
}

void read_target(const Entry& entry, CalibrationDraft& draft) {
  TargetDraft made;
  Reading& reading = draft.reading();
  made.path = "targets." + entry.key;
  made.place = entry.place;
  made.target.name = made.target.title = entry.key;
  const Node& node = entry.value;
  if (!good_name(entry.key))
    reading.problem(entry.place, made.path, "is no good name: use 1 to 40 characters without blanks, '.', '/' and '='");
  if (!expect_map(node, made.path, "a target such as {outcome: members.wechat, data: record.csv, tolerance: 10%}", reading)) return;
  const std::vector<std::string> known = names_of(target_keys);
  for (const Entry& key : node.entries)
    if (std::find(known.begin(), known.end(), key.key) == known.end()) unknown_key(key, made.path + "." + key.key, known, reading);
  if (const Entry* title = node.find("title"))
    if (const auto text = read_text(title->value, made.path + ".title", true, reading)) made.target.title = *text;
  if (const Entry* weight = node.find("weight")) {
    const NumberRule rule{Unit::none, {0, largest_weight}, FieldFlag::none, "weight of the squared residuals"};
    if (const auto number = read_number(weight->value, made.path + ".weight", rule, reading)) made.target.weight = *number;
  }
  read_outcomes_of(node, made, reading);
  read_tolerances(node, made, reading);
  read_rows(node, made, draft);
  draft.targets.push_back(std::move(made));
}
}  // namespace

void read_tolerance(const Node& node, const std::string& at, Target& target, Reading& reading) {
  if (node.kind != NodeKind::scalar)
    return reading.problem(node.place, at, fmt::format("expected one tolerance, got {}; {}", kind_name(node), tolerance_ways));
  const auto text = read_text(node, at, true, reading);
  if (!text) return;
  const bool relative = text->ends_with('%'), absolute = !relative && is_number(*text);
  const Quantity number = parse_quantity(*text, relative ? Unit::share : absolute ? Unit::none : Unit::days);
  target.kind = relative ? ToleranceKind::relative : absolute ? ToleranceKind::absolute : ToleranceKind::days;
  target.tolerance = number.value;
  if (!number.error.empty())
    reading.problem(node.place, at, relative || absolute ? number.error : fmt::format("'{}' is no tolerance; {}", *text, tolerance_ways));
  else if (!(number.value > 0))
    reading.problem(node.place, at, fmt::format("{} leaves no room; give one above 0: {}", *text, tolerance_ways));
  else if (target.kind == ToleranceKind::days && number.value > longest_tolerance)
    reading.problem(node.place, at, fmt::format("{} is outside (0, {}] d", *text, longest_tolerance));
}

void read_targets(const Node& node, CalibrationDraft& draft) {
  if (!expect_map(node, "targets", "names with targets such as {users: {outcome: members.wechat, data: record.csv, tolerance: 10%}}",
                  draft.reading()))
    return;
  for (const Entry& entry : node.entries) read_target(entry, draft);
}

}  // namespace spillway
