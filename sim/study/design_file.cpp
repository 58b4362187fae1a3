#include "study/design_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "input/source.hpp"
#include "input/study.hpp"

namespace spillway {

namespace {
constexpr std::size_t largest_design = std::size_t{256} << 20;  // chosen: a million points of twenty factors
constexpr std::size_t most_issues = 20;                         // chosen: what a screen holds

/// Fields of one line; a quoted field may hold commas and doubled quotation marks, not line ends.
std::vector<std::string> fields_of_line(const std::string& line) {
  std::vector<std::string> fields{""};
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"')
      fields.back() += line[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  for (std::string& field : fields) {
    const std::size_t first = field.find_first_not_of(" \t");
    field = first == std::string::npos ? "" : field.substr(first, field.find_last_not_of(" \t") - first + 1);
  }
  return fields;
}

struct Columns {
  std::vector<std::size_t> of_factor;  ///< by factor
  std::size_t point = std::string::npos, count = 0;
};

std::string names_of(const Study& study) {
  std::string names;
  for (const Factor& factor : study.factors) names += (names.empty() ? "" : ", ") + factor.name;
  return names;
}

Columns columns_of(const Study& study, const SourcePtr& source) {
  const Place place{source, 1, 1};
  if (source->lines[0].empty()) throw InputError({issue_at(place, {}, "is empty; its first line names the columns: " + names_of(study))});
  const std::vector<std::string> header = fields_of_line(source->lines[0]);
  Columns columns{std::vector<std::size_t>(study.factors.size(), std::string::npos), std::string::npos, header.size()};
  std::vector<std::string> known{"point"};
  for (const Factor& factor : study.factors) known.push_back(factor.name);
  std::vector<Issue> issues;
  for (std::size_t c = 0; c < header.size(); ++c) {
    const auto found = std::find(known.begin(), known.end(), header[c]);
    const std::size_t at = static_cast<std::size_t>(found - known.begin());
    std::size_t* const place_of = found == known.end() ? nullptr : at == 0 ? &columns.point : &columns.of_factor[at - 1];
    if (place_of == nullptr) {
      const std::string near = nearest(header[c], known);
      issues.push_back(issue_at(place, header[c], "is no factor of this study" + (near.empty() ? "" : "; did you mean '" + near + "'?")));
    } else if (*place_of != std::string::npos) {
      issues.push_back(issue_at(place, header[c], "stands there twice"));
    } else {
      *place_of = c;
    }
  }
  for (std::size_t f = 0; f < study.factors.size(); ++f)
    if (columns.of_factor[f] == std::string::npos) issues.push_back(issue_at(place, study.factors[f].name, "has no column in the design"));
  if (!issues.empty()) throw InputError(std::move(issues));
  return columns;
}

void read_row(const Study& study, const Columns& columns, const Place& place, const std::string& line, Matrix& points,
              std::vector<Issue>& issues) {
  const std::vector<std::string> fields = fields_of_line(line);
  if (fields.size() != columns.count) {
    issues.push_back(issue_at(place, {}, fmt::format("has {} fields, the first line {}", fields.size(), columns.count)));
    points.values.resize(points.values.size() + points.columns);  // counts as a point, or all that follow would be told as well
    return;
  }
  if (columns.point != std::string::npos && fields[columns.point] != std::to_string(points.rows()))
    issues.push_back(issue_at(place, "point", fmt::format("points are numbered from 0 in order: expected {}", points.rows())));
  for (std::size_t f = 0; f < study.factors.size(); ++f) {
    double value = 0;
    try {
      value = value_of(study.factors[f], fields[columns.of_factor[f]]);
    } catch (const InputError& error) {
      issues.push_back(issue_at(place, study.factors[f].name, error.issues().front().message));
    }
    points.values.push_back(value);
  }
}

std::pair<double, double> bounds_of(const Distribution& d) {
  if (d.kind == DistributionKind::normal) return {d.mean, d.deviation};  // as SALib wants them for `norm`
  if (d.kind != DistributionKind::values || d.values.empty()) return {d.low, d.high};
  const auto [low, high] = std::minmax_element(d.values.begin(), d.values.end());
  return {*low, *high};
}

std::string_view salib_name(DistributionKind kind) {
  switch (kind) {
    case DistributionKind::normal: return "norm";
    case DistributionKind::loguniform: return "logunif";
    default: return "unif";
  }
}
}  // namespace

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string design_csv(const Study& study, const Matrix& points) {
  std::string csv = "point";
  for (const Factor& factor : study.factors) csv += "," + csv_field(factor.name);
  csv += "\n";
  for (std::size_t p = 0; p < points.rows(); ++p) {
    csv += std::to_string(p);
    for (std::size_t f = 0; f < study.factors.size(); ++f) csv += "," + csv_field(value_text(study.factors[f], points.row(p)[f]));
    csv += "\n";
  }
  return csv;
}

Matrix read_design(const Study& study, const std::string& path) {
  const SourcePtr source = make_source(path, {}, read_file(path, largest_design), largest_design);
  const Columns columns = columns_of(study, source);
  Matrix points{study.factors.size(), {}};
  std::vector<Issue> issues;
  for (std::size_t i = 1; i < source->lines.size() && issues.size() < most_issues; ++i)
    if (!source->lines[i].empty()) read_row(study, columns, {source, static_cast<int>(i) + 1, 1}, source->lines[i], points, issues);
  if (!issues.empty()) throw InputError(std::move(issues));
  if (points.rows() == 0) throw InputError({issue_at({source, 1, 1}, {}, "has no points below its first line")});
  return points;
}

std::string salib_problem(const Study& study) {
  nlohmann::ordered_json json{{"num_vars", study.factors.size()}};
  for (const Factor& factor : study.factors) {
    const auto [low, high] = bounds_of(factor.distribution);
    json["names"].push_back(factor.name);
    json["bounds"].push_back({low, high});
    json["dists"].push_back(salib_name(factor.distribution.kind));
    json["roles"].push_back(factor.lever ? "lever" : "uncertainty");
    json["distributions"].push_back(to_text(factor.distribution.kind));
  }
  const Design& design = study.design;
  json["groups"] = nullptr;
  json["method"] = to_text(design.kind);
  json["seed"] = design.seed;
  if (design.samples > 0) json["samples"] = design.samples;
  if (design.kind == DesignKind::saltelli) json["calc_second_order"] = design.second_order;
  if (design.kind == DesignKind::morris) {
    json["trajectories"] = design.trajectories;
    json["num_levels"] = design.levels;
  }
  return json.dump(2) + "\n";
}

}  // namespace spillway
