// Numbers as people write them in scenarios and on the command line: one strict grammar, converted to the unit of the row.
// 12  -3.5  1_000_000  1e6  30% (shares)  7 d, 4 weeks, 2 y (durations)  0.001 /d (rates)  240 min/d  never (where allowed).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/field.hpp"

namespace spillway {

/// A value in the row's unit, or what is wrong with the text and what to write instead.
struct Quantity {
  double value = 0.0;
  std::string error;
};

Quantity parse_quantity(std::string_view text, Unit unit, FieldFlag flags = FieldFlag::none);

/// The same number as text that parse_quantity takes back to the same bits: "7 d", "0.3", "never".
std::string quantity_text(double value, Unit unit);

/// "[0, 1]", "(0, 3660] d or never"; empty when everything is allowed.
std::string range_text(Range range, FieldFlag flags, Unit unit);

/// The unit as documents name it: "min", "profit a day"; "1" for what has none.
std::string_view unit_name(Unit unit);

/// The words that may follow a number of this unit: "d", "day", .. ; empty for plain numbers.
std::vector<std::string> unit_words_for(Unit unit);

bool in_range(double value, Range range, FieldFlag flags);

/// The first clause of a row's meaning, short enough for a message.
std::string_view short_meaning(std::string_view meaning);

}  // namespace spillway
