// Rows of plain data as a group of one-dimensional variables, and back: each column is named once for both ways.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"
#include "model/recording.hpp"

namespace spillway {

/// A variable of a table, and where its value lies in a row. Whole numbers are stored as doubles and are exact up to 2^53.
template <class Row>
struct TableColumn {
  std::string_view name, unit, long_name;
  std::variant<double& (*)(Row&), std::uint64_t& (*)(Row&), bool& (*)(Row&), Date& (*)(Row&), std::string& (*)(Row&)> at;
};

/// Not deduced, so that an array can be given.
template <class Row>
using TableColumns = std::type_identity_t<std::span<const TableColumn<Row>>>;

namespace record_table {
template <class Value>
struct Stored {
  using type = double;
};
template <>
struct Stored<bool> {
  using type = std::uint8_t;
};
template <>
struct Stored<Date> {
  using type = std::int32_t;
};
template <>
struct Stored<std::string> {
  using type = std::string;
};

template <class Value>
typename Stored<Value>::type stored(const Value& value) {
  if constexpr (std::is_same_v<Value, Date>)
    return value.days;
  else
    return static_cast<typename Stored<Value>::type>(value);
}

template <class Value>
void restore(const typename Stored<Value>::type& from, Value& value) {
  if constexpr (std::is_same_v<Value, Date>)
    value = Date{from};
  else
    value = static_cast<Value>(from);
}

/// What a column's accessor leads to.
template <class Row, class At>
using Value = std::remove_reference_t<std::invoke_result_t<At, Row&>>;
}  // namespace record_table

inline constexpr std::string_view date_unit = "days since 1970-01-01";

/// Bug if the table has a variable of that name already.
inline void add_variable(Recording& recording, Variable variable) {
  if (recording.find(variable.path()) != nullptr) throw Bug("two variables of one name: " + variable.path());
  recording.variables.push_back(std::move(variable));
}

/// One variable `group`/name with the dimensions `dims` for each column. `rows` is taken by value as accessors give references.
template <class Row>
void write_columns(Recording& recording, const std::string& group, const std::vector<std::string>& dims, std::vector<Row> rows,
                   TableColumns<Row> columns) {
  for (const TableColumn<Row>& column : columns)
    std::visit(
        [&](auto at) {
          using Value = record_table::Value<Row, decltype(at)>;
          std::vector<typename record_table::Stored<Value>::type> values;
          for (Row& row : rows) values.push_back(record_table::stored<Value>(at(row)));
          Variable variable{group, std::string(column.name), dims, std::string(column.unit), std::string(column.long_name), values, {}};
          if constexpr (std::is_same_v<Value, Date>) {
            variable.unit = date_unit;
            variable.attributes = {{"calendar", "proleptic_gregorian"}};
          }
          add_variable(recording, std::move(variable));
        },
        column.at);
}

/// The inverse, into rows that are there already.
template <class Row>
void read_columns(const Recording& recording, const std::string& group, std::vector<Row>& rows, TableColumns<Row> columns) {
  for (const TableColumn<Row>& column : columns)
    std::visit(
        [&](auto at) {
          using Value = record_table::Value<Row, decltype(at)>;
          const Variable& variable = recording.at(group + "/" + std::string(column.name));
          const auto* values = std::get_if<std::vector<typename record_table::Stored<Value>::type>>(&variable.values);
          if (values == nullptr || values->size() != rows.size()) throw Bug("a column of another form: " + variable.path());
          for (std::size_t i = 0; i < rows.size(); ++i) record_table::restore<Value>((*values)[i], at(rows[i]));
        },
        column.at);
}

}  // namespace spillway
