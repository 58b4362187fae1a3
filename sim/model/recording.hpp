// What a run, a comparison or a sweep leaves behind: self-describing arrays and texts, independent of any file format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace spillway {

using Values = std::variant<std::vector<double>, std::vector<float>, std::vector<std::int32_t>, std::vector<std::uint16_t>,
                            std::vector<std::uint8_t>, std::vector<std::string>>;

std::size_t length(const Values& values);

/// Extra text attribute of a variable or of the file, in writing order.
using Attributes = std::vector<std::pair<std::string, std::string>>;

/// An array with named dimensions. A coordinate variable has the name of its single dimension.
struct Variable {
  std::string group;  ///< "" for the root, "panel", "segments", "policy", "snapshots"
  std::string name;
  std::vector<std::string> dims;  ///< slowest first; names of coordinate variables of the same group or the root
  std::string unit;               ///< UDUNITS spelling; never a bare time unit on a data variable ("d" and "min" are safe)
  std::string long_name;
  Values values;          ///< row-major, product of the dimensions' lengths
  Attributes attributes;  ///< cell_methods, standard_name, calendar, flag_values, ...

  std::string path() const { return group.empty() ? name : group + "/" + name; }
  std::string attribute(std::string_view attribute_name) const;  ///< empty if absent
};

struct Recording {
  Attributes attributes;                                    ///< of the file: title, seed, status, ...
  std::vector<Variable> variables;                          ///< coordinates first
  std::vector<std::pair<std::string, std::string>> texts;   ///< scalar texts by path: "provenance/scenario_yaml"
  std::vector<std::pair<std::string, std::string>> timing;  ///< attributes of /timing: the only part in which identical runs differ

  const Variable* find(std::string_view path) const;
  /// Bug if there is none.
  const Variable& at(std::string_view path) const;
  std::string attribute(std::string_view name) const;  ///< empty if absent
  std::string text(std::string_view path) const;       ///< empty if absent
};

/// Element [index of the first dim, second, ...] of a numeric variable as double.
double value_at(const Variable& variable, std::size_t flat_index);

/// Digest of everything outside `timing`: equal for two runs of the same scenario, seed and program version. 16 hex digits.
std::string digest(const Recording& recording);

}  // namespace spillway
