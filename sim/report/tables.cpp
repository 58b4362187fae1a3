#include "report/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/suggest.hpp"

namespace spillway {

namespace {
using Cells = std::vector<std::string>;

template <class Number>
std::string number(Number value) {
  if constexpr (std::is_floating_point_v<Number>)
    if (std::isnan(value)) return {};
  return fmt::format("{}", value);  // the shortest text that reads back to the same value
}

/// "2014-11-26", with the time of day where a step does not begin at midnight.
std::string date(Date start, double days) {
  if (std::isnan(days)) return {};
  const double whole = std::floor(days);
  const auto seconds = static_cast<long>(std::lround((days - whole) * 86400.0));
  const std::string day = to_text(Date{start.days + static_cast<std::int32_t>(whole)});
  return seconds == 0 ? day : fmt::format("{}T{:02}:{:02}:{:02}", day, seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/// Every element as it stands in a table.
Cells cells(const Variable& variable) {
  constexpr std::string_view since = "days since ";
  Cells out;
  out.reserve(length(variable.values));
  if (variable.unit.starts_with(since))
    if (const auto start = parse_date(std::string_view(variable.unit).substr(since.size(), 10))) {
      for (std::size_t i = 0; i < length(variable.values); ++i) out.push_back(date(*start, value_at(variable, i)));
      return out;
    }
  std::visit(
      [&](const auto& values) {
        for (const auto& value : values) {
          if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>)
            out.push_back(csv_cell(value));
          else
            out.push_back(number(value));
        }
      },
      variable.values);
  return out;
}

bool is_coordinate(const Variable& variable) { return variable.dims.size() == 1 && variable.dims[0] == variable.name; }

bool is_for_machines(const Variable& variable) {
  const bool of_sweep = variable.dims.size() == 2 && variable.dims[0] == "point";
  return variable.name == "state_hash" || variable.group.starts_with("panel") || variable.group.starts_with("snapshots") ||
         variable.group.starts_with("supplier_panel") || (of_sweep && (variable.name == "digest" || variable.name == "factor_values"));
}

std::string column_name(const std::string& dim) { return dim == "time" ? "date" : dim; }

/// A variable and the text of its coordinates, ready to be walked.
struct Laid {
  const Variable* variable;
  std::vector<std::string> dims;
  std::vector<const Cells*> coordinates;
};

class Layout {
 public:
  explicit Layout(const Recording& recording) : recording_(recording) {}

  Laid lay(const std::string& path) {
    const Variable& variable = recording_.at(path);
    Laid laid{&variable, variable.dims, {}};
    for (const std::string& dim : variable.dims) laid.coordinates.push_back(&coordinate(variable, dim));
    return laid;
  }

 private:
  const Cells& coordinate(const Variable& variable, const std::string& dim) {
    const Variable* scale = variable.group.empty() ? nullptr : recording_.find(variable.group + "/" + dim);
    if (scale == nullptr) scale = &recording_.at(dim);
    const auto found = known_.find(scale->path());
    return found != known_.end() ? found->second : known_.emplace(scale->path(), cells(*scale)).first->second;
  }

  const Recording& recording_;
  std::map<std::string, Cells> known_;  ///< by path of the coordinate; references into it stay good
};

/// Adds the variable's values, one row each; `columns` are the dimensions that have a column.
void add_rows(const Laid& laid, const std::string& label, const std::vector<std::string>& columns, Table& table) {
  const Cells values = cells(*laid.variable);
  std::vector<std::size_t> index(laid.dims.size(), 0), place;
  for (const std::string& column : columns)
    place.push_back(static_cast<std::size_t>(std::find(laid.dims.begin(), laid.dims.end(), column) - laid.dims.begin()));
  const std::string middle =
      csv_cell(label) + "," + csv_cell(laid.variable->unit.starts_with("days since ") ? "date" : laid.variable->unit) + ",";
  for (const std::string& value : values) {
    for (const std::size_t dim : place) {
      if (dim < index.size()) table.csv += (*laid.coordinates[dim])[index[dim]];
      table.csv += ',';
    }
    table.csv += middle + value + "\n";
    for (std::size_t dim = index.size(); dim-- > 0;) {
      if (++index[dim] < laid.coordinates[dim]->size()) break;
      index[dim] = 0;
    }
  }
  table.rows += values.size();
}

std::string header(const std::vector<std::string>& columns) {
  std::string text;
  for (const std::string& column : columns) text += csv_cell(column_name(column)) + ",";
  return text + "variable,unit,value\n";
}

/// Lists have a row for each element: of a group (events, differences), or a sweep's points with the values of their factors.
bool is_list(const Variable& variable) {
  if (variable.dims.size() != 1 || variable.dims[0] == "time") return false;
  return !variable.group.empty() || variable.dims[0] == "point";
}

std::string table_name(const Variable& variable) {
  std::string name = variable.group;
  std::replace(name.begin(), name.end(), '/', '_');
  if (is_list(variable)) return name.empty() ? variable.dims[0] + "s" : name;
  for (const std::string& dim : variable.dims) name += (name.empty() ? "" : "_") + dim;
  return name.empty() ? "constants" : name;
}

Table wide(const std::string& name, const std::vector<Laid>& members) {
  Table table{name, members[0].coordinates[0]->size(), csv_cell(members[0].dims[0])};
  std::vector<Cells> columns{*members[0].coordinates[0]};
  for (const Laid& member : members) {
    table.csv += "," + csv_cell(member.variable->name);
    columns.push_back(cells(*member.variable));
  }
  table.csv += "\n";
  for (std::size_t row = 0; row < table.rows; ++row) {
    for (std::size_t c = 0; c < columns.size(); ++c) table.csv += (c == 0 ? "" : ",") + columns[c][row];
    table.csv += "\n";
  }
  return table;
}

Table tall(const std::string& name, const std::vector<Laid>& members) {
  Table table{name, 0, header(members[0].dims)};
  for (const Laid& member : members) add_rows(member, member.variable->name, members[0].dims, table);
  return table;
}
}  // namespace

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::vector<std::string> exported(const Recording& recording, const std::vector<std::string>& names) {
  std::vector<std::string> paths, known;
  for (const Variable& variable : recording.variables) {
    if (is_coordinate(variable)) continue;
    known.push_back(variable.path());
    if (!variable.group.empty()) known.push_back(variable.name);
    if (names.empty() && !is_for_machines(variable)) paths.push_back(variable.path());
  }
  for (const std::string& name : names) {
    const std::size_t before = paths.size();
    for (const Variable& variable : recording.variables)
      if (!is_coordinate(variable) && (variable.path() == name || (variable.name == name && recording.find(name) == nullptr)))
        paths.push_back(variable.path());
    if (paths.size() > before) continue;
    const std::string near = nearest(name, known);
    throw InputError(fmt::format("--series: there is no '{}' in this file; {}", name,
                                 near.empty() ? "`spillway info FILE` lists what there is" : fmt::format("did you mean '{}'?", near)));
  }
  return paths;
}

std::vector<Table> tables(const Recording& recording, const std::vector<std::string>& paths) {
  Layout layout(recording);
  std::vector<std::pair<std::string, std::vector<Laid>>> sets;
  for (const std::string& path : paths) {
    const Laid laid = layout.lay(path);
    const std::string name = table_name(*laid.variable);
    auto set = std::find_if(sets.begin(), sets.end(), [&](const auto& s) { return s.first == name; });
    if (set == sets.end()) set = sets.insert(sets.end(), {name, {}});
    set->second.push_back(laid);
  }
  std::vector<Table> made;
  for (const auto& [name, members] : sets) made.push_back(is_list(*members[0].variable) ? wide(name, members) : tall(name, members));
  return made;
}

Table one_table(const Recording& recording, const std::vector<std::string>& paths) {
  Layout layout(recording);
  std::vector<Laid> members;
  std::vector<std::string> columns;
  for (const std::string& path : paths) members.push_back(layout.lay(path));
  for (const Laid& member : members)
    for (const std::string& dim : member.dims)
      if (std::find(columns.begin(), columns.end(), dim) == columns.end()) columns.push_back(dim);
  Table table{"all", 0, header(columns)};
  for (const Laid& member : members) add_rows(member, member.variable->path(), columns, table);
  return table;
}

}  // namespace spillway
