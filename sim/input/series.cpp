// Data series: a number, dated points, or a CSV file.
#include <fmt/format.h>

#include <algorithm>

#include "input/csv.hpp"
#include "input/quantity.hpp"
#include "input/values.hpp"

namespace spillway {

namespace {
std::optional<DataSeries> read_file_series(const Node& node, const std::string& path, Reading& reading) {
  const auto name = read_text(node, path, true, reading);
  if (!name) return std::nullopt;
  const std::string file = resolve_path(node.place.source->directory, *name);
  if (reading.known_series != nullptr)
    if (const auto known = reading.known_series->find(file); known != reading.known_series->end()) {
      reading.files.push_back(file);
      return DataSeries{*name, known->second};
    }
  try {
    const SourcePtr source = make_source(file, {}, read_file(file, largest_csv), largest_csv);
    reading.files.push_back(file);
    CsvSeries csv = parse_csv(source);
    for (Issue& issue : csv.issues) issue.path = path;
    reading.issues.insert(reading.issues.end(), csv.issues.begin(), csv.issues.end());
    if (csv.issues.empty()) {
      reading.series[file] = csv.points;
      return DataSeries{*name, std::move(csv.points)};
    }
  } catch (const FileError& error) {
    reading.problem(node.place, path, error.what());
  } catch (const InputError& error) {
    reading.issues.insert(reading.issues.end(), error.issues().begin(), error.issues().end());
  }
  return std::nullopt;
}

std::optional<DataSeries> read_points(const Node& node, const std::string& path, const NumberRule& rule, Reading& reading) {
  if (!expect_map(node, path, "dates with values such as {2010-01-01: 4e8}", reading)) return std::nullopt;
  DataSeries series;
  bool good = true;
  for (const Entry& entry : node.entries) {
    const std::string at = path + "." + entry.key;
    const auto date = parse_date(entry.key);
    if (!date) reading.problem(entry.place, at, fmt::format("'{}' is not a date of the calendar; write it as 2013-07-01", entry.key));
    const auto value = read_number(entry.value, at, rule, reading);
    good = good && date && value;
    if (date && value) series.points.emplace_back(*date, *value);
  }
  if (!good) return std::nullopt;
  std::sort(series.points.begin(), series.points.end());  // an overlay may add an early date at the end
  return series;
}
}  // namespace

std::optional<DataSeries> read_series(const Node& node, const std::string& path, const NumberRule& rule, Reading& reading) {
  if (node.kind == NodeKind::scalar) {
    const auto value = read_number(node, path, rule, reading);
    return value ? std::optional(DataSeries{{}, {{Date{}, *value}}}) : std::nullopt;
  }
  if (!expect_map(node, path, "a number, {series: file.csv} or {points: {date: value}}", reading)) return std::nullopt;
  for (const Entry& entry : node.entries)
    if (entry.key != "series" && entry.key != "points") unknown_key(entry, path + "." + entry.key, {"series", "points"}, reading);
  const Entry *file = node.find("series"), *points = node.find("points");
  if (file && points) {
    reading.problem(
        points->place, path,
        fmt::format("has both series ({}) and points; give one of them (in an overlay remove the other with null)", to_text(file->place)));
    return std::nullopt;
  }
  if (file) return read_file_series(file->value, path + ".series", reading);
  if (points) return read_points(points->value, path + ".points", rule, reading);
  if (node.entries.empty()) reading.problem(node.place, path, "needs series: file.csv or points: {date: value}");
  return std::nullopt;
}

}  // namespace spillway
