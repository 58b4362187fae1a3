// Rows of the record: out of a CSV file or written out in the calibration, and whether a run can be held against them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/suggest.hpp"
#include "input/calibration_draft.hpp"
#include "input/calibration_tables.hpp"

namespace spillway {

namespace {
constexpr std::size_t most_shown = 12;  // chosen: series of a file in a message

struct Span {
  std::optional<Date> from, until;
  Place place;
};

std::string list_of_series(const std::vector<std::string>& names) {
  const std::size_t shown = std::min(names.size(), most_shown);
  std::string text = fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

/// The file in memory, read once for all targets; null, and an issue, where it cannot be had.
SourcePtr open_data(const Node& node, const std::string& at, const std::string& path, CalibrationDraft& draft) {
  if (const auto known = draft.data.find(path); known != draft.data.end()) return known->second;
  try {
    return draft.data[path] = make_source(path, {}, read_file(path, largest_csv), largest_csv);
  } catch (const FileError& error) {
    draft.reading().problem(node.place, at, error.what());
  } catch (const InputError& error) {
    for (const Issue& issue : error.issues()) draft.reading().issues.push_back(issue);
  }
  return nullptr;
}

/// Whether `series` is given exactly where the file has series, and is one of them.
bool check_series(const CsvTable& table, const Node& node, const TargetDraft& target, Reading& reading) {
  const Entry* series = node.find("series");
  const std::string& name = target.target.series;
  const std::string file = node.find("data")->value.text;
  const auto refuse = [&](const Place& place, std::string message) {
    reading.problem(place, target.path + ".series", std::move(message));
    return false;
  };
  if (!table.named)
    return series == nullptr ||
           refuse(series->value.place,
                  fmt::format("{} has no column series: all its rows are one; remove series, or add the column", file));
  if (series == nullptr)
    return refuse(node.find("data")->value.place,
                  fmt::format("is missing (whose rows are meant); {} has {}", file, list_of_series(table.series)));
  if (std::find(table.series.begin(), table.series.end(), name) != table.series.end()) return true;
  const std::string near = nearest(name, table.series);
  return refuse(series->value.place,
                fmt::format("'{}' is no series of {}; {} {}", name, file,
                            near.empty() ? "it has" : fmt::format("did you mean '{}'? It has", near), list_of_series(table.series)));
}

std::vector<CsvRow> rows_of_file(const Node& node, TargetDraft& target, CalibrationDraft& draft) {
  const std::string at = target.path + ".data";
  const Node& data = node.find("data")->value;
  const auto name = read_text(data, at, true, draft.reading());
  if (!name) return {};
  target.target.data = resolve_path(data.place.source->directory, *name);
  const SourcePtr source = open_data(data, at, target.target.data, draft);
  if (!source) return {};
  CsvTable table = parse_csv_table(source, target.target.series);
  for (Issue& issue : table.issues) {
    issue.path = at;
    draft.reading().issues.push_back(std::move(issue));
  }
  const bool empty = table.series.empty() && table.rows.empty();  // then its header or its rows are wrong, which has been said
  target.sound = !empty && check_series(table, node, target, draft.reading()) && table.issues.empty();
  return target.sound ? std::move(table.rows) : std::vector<CsvRow>{};
}

/// "160.6e6" or {value: 160.6e6, source: text}.
std::optional<CsvRow> read_row(const Entry& entry, const std::string& at, Reading& reading) {
  static const NumberRule any{};
  CsvRow row;
  row.place = entry.place;
  const Node* value = &entry.value;
  bool good = true;
  if (value->kind == NodeKind::map) {
    for (const Entry& part : value->entries)
      if (part.key == "source") {
        const auto text = read_text(part.value, at + ".source", false, reading);
        row.source = text.value_or("");
      } else if (part.key != "value") {
        unknown_key(part, at + "." + part.key, {"value", "source"}, reading);
        good = false;
      }
    const Entry* part = value->find("value");
    if (part == nullptr) {
      reading.problem(entry.place, at + ".value", "is missing (the record's number); write {value: 160.6e6, source: text}");
      return std::nullopt;
    }
    value = &part->value;
  }
  const auto date = parse_date(entry.key);
  if (!date) reading.problem(entry.place, at, fmt::format("'{}' is not a date of the calendar; write it as 2013-07-01", entry.key));
  const auto number = read_number(*value, at, any, reading);
  if (!good || !date || !number) return std::nullopt;
  row.date = *date;
  row.value = *number;
  return row;
}

std::vector<CsvRow> rows_of_node(const Node& node, TargetDraft& target, Reading& reading) {
  const std::string at = target.path + ".rows";
  if (!expect_map(node, at, "dates with values such as {2012-12-31: 160.6e6}", reading)) return {};
  std::vector<CsvRow> rows;
  for (const Entry& entry : node.entries)
    if (auto row = read_row(entry, at + "." + entry.key, reading)) rows.push_back(std::move(*row));
  if (node.entries.empty()) reading.problem(node.place, at, "is empty; give dates with values such as {2012-12-31: 160.6e6}");
  target.sound = !node.entries.empty() && rows.size() == node.entries.size();
  std::sort(rows.begin(), rows.end(), [](const CsvRow& a, const CsvRow& b) { return a.date < b.date; });
  return rows;
}

std::optional<Span> read_span(const Node& node, const TargetDraft& target, Reading& reading) {
  Span span;
  const Entry *from = node.find("from"), *until = node.find("until");
  if (from != nullptr) span.from = read_date(from->value, target.path + ".from", reading);
  if (until != nullptr) span.until = read_date(until->value, target.path + ".until", reading);
  if ((from != nullptr && !span.from) || (until != nullptr && !span.until)) return std::nullopt;
  span.place = from != nullptr ? from->value.place : until != nullptr ? until->value.place : target.place;
  if (!span.from || !span.until || *span.from <= *span.until) return span;
  reading.problem(span.place, target.path + ".from",
                  fmt::format("{} is after until, {}; exchange them", to_text(*span.from), to_text(*span.until)));
  return std::nullopt;
}

/// "2 before 2011-01-01 and 1 after 2013-12-31".
std::string left_out_text(const Span& span, std::size_t before, std::size_t after) {
  std::vector<std::string> parts;
  if (before > 0) parts.push_back(fmt::format("{} before {}", before, to_text(*span.from)));
  if (after > 0) parts.push_back(fmt::format("{} after {}", after, to_text(*span.until)));
  return fmt::format("{}", fmt::join(parts, " and "));
}

void keep_rows(std::vector<CsvRow> rows, const Span& span, double scale, TargetDraft& target, Reading& reading) {
  std::size_t before = 0, after = 0;
  for (CsvRow& row : rows) {
    const bool early = span.from && row.date < *span.from, late = span.until && row.date > *span.until;
    before += early ? 1 : 0;
    after += late ? 1 : 0;
    if (early || late) continue;
    target.target.rows.push_back({row.date, scale == 1 ? row.value : tidy(row.value * scale), std::move(row.source), to_text(row.place)});
    target.row_places.push_back(row.place);
  }
  if (before + after == 0) return;
  if (!target.target.rows.empty())
    return reading.notes.push_back(
        issue_at(span.place, target.path,
                 fmt::format("leaves out {} of {} rows: {}", before + after, rows.size(), left_out_text(span, before, after))));
  reading.problem(span.place, target.path,
                  fmt::format("no row is left of {}: {}; they go from {} to {}", rows.size(), left_out_text(span, before, after),
                              to_text(rows.front().date), to_text(rows.back().date)));
  target.sound = false;
}

/// What the record's value must be for the target's tolerance; what is wrong with it, or empty. `highest`: of the rows before.
std::string value_problem(const TargetRow& row, ToleranceKind kind, const TargetRow* highest) {
  if (kind == ToleranceKind::absolute) return {};
  if (kind == ToleranceKind::relative)
    return row.value > 0 ? std::string()
                         : fmt::format(
                               "{} on {} has no relative tolerance; give the target one in the outcome's unit, such as tolerance: "
                               "0.03, or leave the row out with from or until",
                               row.value, to_text(row.date));
  constexpr std::string_view way = "take a tolerance such as 10%, or leave the row out with from or until";
  if (!(row.value > 0))
    return fmt::format("{} on {} is there from the start: a target by days needs values that are reached from below; {}", row.value,
                       to_text(row.date), way);
  if (highest != nullptr && row.value <= highest->value)
    return fmt::format("{} on {} is not above {} on {}: a target by days needs values that are reached from below; {}", row.value,
                       to_text(row.date), highest->value, to_text(highest->date), way);
  return {};
}

void check_values(const TargetDraft& target, Reading& reading) {
  const TargetRow* highest = nullptr;
  for (std::size_t i = 0; i < target.target.rows.size(); ++i) {
    const TargetRow& row = target.target.rows[i];
    if (const std::string problem = value_problem(row, target.target.kind, highest); !problem.empty())
      reading.problem(target.row_places[i], target.path, problem);
    if (highest == nullptr || row.value > highest->value) highest = &row;
  }
}

std::string and_more(std::size_t count, std::string_view when) {
  if (count == 0) return {};
  return count == 1 ? fmt::format(" (so is one {} row)", when) : fmt::format(" (so are {} {} rows)", count, when);
}

/// The first row that lies outside on either side.
void check_days(const TargetDraft& target, const Time& time, Reading& reading) {
  const std::vector<TargetRow>& rows = target.target.rows;
  const auto early =
      static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const TargetRow& r) { return r.date < time.start; }));
  const auto late =
      static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const TargetRow& r) { return r.date > time.end; }));
  if (early > 0)
    reading.problem(target.row_places.front(), target.path,
                    fmt::format("{} is before the scenario's start, {}{}; start earlier with set: {{time.start: {}}}, or leave out what is "
                                "before with from: {}",
                                to_text(rows.front().date), to_text(time.start), and_more(early - 1, "later"), to_text(rows.front().date),
                                to_text(time.start)));
  if (late == 0) return;
  const std::size_t first = rows.size() - late;
  reading.problem(
      target.row_places[first], target.path,
      fmt::format("{} is after the scenario's end, {}{}; end later with set: {{time.end: {}}}, or leave out what is after with "
                  "until: {}",
                  to_text(rows[first].date), to_text(time.end), and_more(late - 1, "later"), to_text(rows.back().date), to_text(time.end)));
}
}  // namespace

void read_rows(const Node& node, TargetDraft& target, CalibrationDraft& draft) {
  Reading& reading = draft.reading();
  if (const Entry* series = node.find("series"))
    if (const auto name = read_text(series->value, target.path + ".series", true, reading)) target.target.series = *name;
  double scale = 1;
  if (const Entry* entry = node.find("scale")) {
    const NumberRule rule{Unit::none, {0, largest_scale}, FieldFlag::positive, "factor to the outcome's unit"};
    if (const auto number = read_number(entry->value, target.path + ".scale", rule, reading)) scale = *number;
  }
  const std::optional<Span> span = read_span(node, target, reading);
  const Entry *data = node.find("data"), *written = node.find("rows"), *series = node.find("series");
  if (data == nullptr && written == nullptr)
    return reading.problem(target.place, target.path + ".data", "is missing (CSV file with the rows); write data: record.csv, or rows");
  if (data != nullptr && written != nullptr)
    return reading.problem(written->place, target.path + ".rows", "data gives the rows already; keep one of them");
  if (written != nullptr && series != nullptr)
    return reading.problem(series->place, target.path + ".series", "is for rows of a file, and rows are written out here; remove it");
  std::vector<CsvRow> rows = data != nullptr ? rows_of_file(node, target, draft) : rows_of_node(written->value, target, reading);
  if (target.sound && span) keep_rows(std::move(rows), *span, scale, target, reading);
  target.sound = target.sound && span;
}

void check_rows(const StudyBase& base, CalibrationDraft& draft) {
  for (const TargetDraft& target : draft.targets) {
    if (!target.sound) continue;
    if (target.target.tolerance > 0) check_values(target, draft.reading());  // else what it asks of values is not known
    if (base.loaded) check_days(target, base.loaded->scenario.time, draft.reading());
  }
}

}  // namespace spillway
