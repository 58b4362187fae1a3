#include "store/info.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/date.hpp"
#include "model/calibration_view.hpp"
#include "model/sweep_view.hpp"
#include "store/trajectory.hpp"

namespace spillway {

namespace {

using Json = nlohmann::ordered_json;

std::uint64_t dim_length(const Recording& recording, const Variable& variable, const std::string& dim) {
  const Variable* scale = variable.group.empty() ? nullptr : recording.find(variable.group + "/" + dim);
  if (scale == nullptr) scale = recording.find(dim);
  return scale == nullptr ? 0 : length(scale->values);
}

/// "time 380, platform 2".
std::string shape_text(const Recording& recording, const Variable& variable) {
  std::string text;
  for (const std::string& dim : variable.dims)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", dim, dim_length(recording, variable, dim));
  return text.empty() ? "one value" : text;
}

/// First and last day that the time axis covers; empty where it is empty or has another form.
std::pair<std::string, std::string> dates(const Recording& recording) {
  const Variable* time = recording.find("time");
  constexpr std::string_view form = "days since ";
  if (time == nullptr || length(time->values) == 0 || !time->unit.starts_with(form)) return {};
  const auto start = parse_date(std::string_view(time->unit).substr(form.size(), 10));
  if (!start) return {};
  const auto day = [&](std::size_t at) { return to_text(Date{start->days + static_cast<std::int32_t>(value_at(*time, at))}); };
  return {day(0), day(length(time->values) - 1)};
}

std::uint64_t size_on_disk(const std::string& path) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  return failure ? 0 : size;
}

/// Terminal columns of UTF-8 text, near enough for aligning: Chinese characters take two.
std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) columns += byte >= 0xE3U ? 2 : 1;
  }
  return columns;
}

std::string padded(const std::string& text, std::size_t columns) {
  const std::size_t taken = width(text);
  return text + std::string(taken < columns ? columns - taken : 0, ' ');
}

std::string with_commas(std::string digits) {
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

/// What a sweep is, in a few lines; `info` knows lengths and names of what it does not read.
std::string sweep_words(const Recording& sweep) {
  std::string design = sweep.attribute("design");
  std::replace(design.begin(), design.end(), '_', ' ');
  std::string text = fmt::format("a sweep: {} points ({}), {} replicate{} each; {} runs done, {} failed, {} missing",
                                 with_commas(sweep.attribute("points")), design, sweep.attribute("replicates"),
                                 sweep.attribute("replicates") == "1" ? "" : "s", with_commas(sweep.attribute("runs_done")),
                                 sweep.attribute("runs_failed"), sweep.attribute("runs_missing"));
  for (const SweepFactor& factor : sweep_factors(sweep)) {
    std::string distribution;
    for (const auto& [name, value] : sweep.at(factor.name).attributes)
      if (name == "distribution") distribution = ": " + value;
    text += fmt::format("\n{} {}{}", factor.lever ? "lever" : "uncertainty", factor.name, distribution);
  }
  for (const std::string& outcome : sweep_outcomes(sweep)) text += fmt::format("\noutcome {}: {}", outcome, sweep.at(outcome).long_name);
  return text + "\nlook at it with spillway report or spillway sensitivity";
}

std::string calibration_words(const Recording& calibration) {
  const auto count = [&](std::string_view axis) {
    const Variable* variable = calibration.find(axis);
    return variable == nullptr ? 0 : length(variable->values);
  };
  const std::string until = calibration.attribute("fit_until");
  return fmt::format("a calibration of {}: {} parameters, {} values of the record{}; {} variants\nlook at it with spillway report",
                     calibration.attribute("scenario"), count("parameter"), count("datum"), until.empty() ? "" : ", fitted up to " + until,
                     count("variant"));
}

}  // namespace

std::string info_text(const std::string& path) {
  const Recording recording = read_outline(path);
  std::string text;
  const auto line = [&](std::string_view name, std::string value) {
    value.erase(value.find_last_not_of(" \n") + 1);
    for (std::size_t at = value.find('\n'); at != std::string::npos; at = value.find('\n', at + 1)) value.insert(at + 1, 17, ' ');
    if (!value.empty()) text += fmt::format("{:<16} {}\n", name, value);
  };
  line("file", path);
  if (is_sweep(recording)) line("what", sweep_words(recording));
  if (is_calibration(recording)) line("what", calibration_words(recording));
  line("size", fmt::format("{:.1f} MiB", static_cast<double>(size_on_disk(path)) / (1U << 20)));
  for (const auto& [name, value] : recording.attributes) line(name, value);
  const auto [first, last] = dates(recording);
  if (!first.empty()) line("dates", first + " to " + last);
  text += "\nvariables\n";
  std::size_t names = 0, shapes = 0, units = 0;
  for (const Variable& v : recording.variables) {
    names = std::max(names, width(v.path()));
    shapes = std::max(shapes, width(shape_text(recording, v)));
    units = std::max(units, width(v.unit));
  }
  for (const Variable& v : recording.variables) {
    std::string row = fmt::format("  {}  {}  {}  {}", padded(v.path(), names), padded(shape_text(recording, v), shapes),
                                  padded(v.unit, units), v.long_name);
    row.erase(row.find_last_not_of(' ') + 1);
    text += row + "\n";
  }
  if (!recording.texts.empty()) text += "\ntexts\n";
  for (const auto& [name, content] : recording.texts) text += fmt::format("  {}  {} characters\n", name, content.size());
  return text;
}

std::string info_json(const std::string& path) {
  const Recording recording = read_outline(path);
  Json json{{"schema", "spillway-info/1"},
            {"file", path},
            {"bytes", size_on_disk(path)},
            {"attributes", Json::object()},
            {"timing", Json::object()}};
  for (const auto& [name, value] : recording.attributes) json["attributes"][name] = value;
  for (const auto& [name, value] : recording.timing) json["timing"][name] = value;
  const auto [first, last] = dates(recording);
  if (!first.empty()) json["dates"] = {{"first", first}, {"last", last}};
  json["variables"] = Json::array();
  for (const Variable& v : recording.variables) {
    Json shape = Json::array();
    for (const std::string& dim : v.dims) shape.push_back(dim_length(recording, v, dim));
    json["variables"].push_back({{"path", v.path()}, {"dims", v.dims}, {"shape", shape}, {"unit", v.unit}, {"long_name", v.long_name}});
  }
  json["texts"] = Json::array();
  for (const auto& [name, content] : recording.texts) json["texts"].push_back(name);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string file_digest(const std::string& path) { return digest(read_recording(path)); }

}  // namespace spillway
