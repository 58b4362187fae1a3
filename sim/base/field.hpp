// The field-table protocol: one row per member of a parameter struct. Reader, range check, JSON Schema, manual, resolved echo
// and interventions all walk the same rows, so a parameter cannot be known to one and unknown to another.
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace spillway {

/// What a number is measured in; decides how YAML text may be written ("7 d", "30%") and which unit a dataset carries.
enum class Unit {
  none,              ///< dimensionless number
  text,              ///< not a number
  share,             ///< fraction of one; "30%" is read as 0.3
  utils,             ///< utility
  days,              ///< duration; must carry a unit in YAML ("7 d", "4 weeks", "2 y")
  per_year,          ///< rate; plain, "/yr" or "/d" in YAML
  per_day,           ///< rate; plain, "/d" or "/yr" in YAML
  minutes,           ///< "4.2" or "4.2 min"
  minutes_per_day,   ///< "240" or "240 min/d"
  per_minute,        ///< "4" or "4 /min"
  profit_units,      ///< profit a day, 1 = the median supplier's on the first platform in mid-2012
  cny_per_thousand,  ///< yuan per thousand impressions
  count,             ///< whole things: users, contacts, suppliers
  people,            ///< persons
  accounts,          ///< registered accounts, which are not persons
};

/// As printed in documents and schema: "d", "1/yr".
std::string_view to_text(Unit unit);

struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};

/// Whether the range says anything at all.
constexpr bool is_bounded(Range range) {
  return range.low > -std::numeric_limits<double>::infinity() || range.high < std::numeric_limits<double>::infinity();
}

enum class FieldFlag : unsigned {
  none = 0,
  required = 1,  ///< has no sensible default
  policy = 2,    ///< may be set and ramped by interventions; recorded under /policy
  never = 4,     ///< a duration that may be the word `never` (infinite: the mechanism is off)
  positive = 8,  ///< range excludes its lower end
};
constexpr FieldFlag operator|(FieldFlag a, FieldFlag b) {
  return static_cast<FieldFlag>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool has(FieldFlag set, FieldFlag flag) { return (static_cast<unsigned>(set) & static_cast<unsigned>(flag)) != 0; }

template <class Owner, class Member>
struct Field {
  std::string_view name;
  Member Owner::*member;
  Unit unit;
  Range range;
  FieldFlag flags;
  std::string_view meaning;
  std::string_view source;  ///< where the default comes from, with the model's symbol first
  Range likely{};           ///< values that the sources leave possible; unbounded where nothing is documented

  /// The same row with the range outside of which a value is noted, not refused.
  constexpr Field plausible(double low, double high) const {
    Field row = *this;
    row.likely = {low, high};
    return row;
  }
};

template <class Owner, class Member>
constexpr Field<Owner, Member> field(std::string_view name, Member Owner::*member, Unit unit, Range range, FieldFlag flags,
                                     std::string_view meaning, std::string_view source = {}) {
  return {name, member, unit, range, flags, meaning, source, {}};
}

// A struct is described by an overload `constexpr auto fields_of(const T*)` that returns a tuple of rows.
template <class T>
concept Described = requires {
  fields_of(static_cast<const T*>(nullptr));
};

template <Described T>
inline constexpr auto fields = fields_of(static_cast<const T*>(nullptr));

/// Calls visit(row) for every row of T in order.
template <Described T, class Visit>
constexpr void for_each_field(Visit&& visit) {
  std::apply([&](const auto&... row) { (visit(row), ...); }, fields<T>);
}

namespace detail {
struct AnyMember {
  template <class T>
  operator T() const;  // NOLINT: declared only, to count members in an unevaluated context
};
template <class T, class... Members>
constexpr std::size_t count_members() {
  if constexpr (requires { T{Members{}..., AnyMember{}}; })
    return count_members<T, Members..., AnyMember>();
  else
    return sizeof...(Members);
}
}  // namespace detail

/// Members of an aggregate; compared with its rows, so that a member without a row does not compile.
template <class T>
inline constexpr std::size_t member_count = detail::count_members<T>();

template <Described T>
inline constexpr std::size_t row_count = std::tuple_size_v<std::remove_cvref_t<decltype(fields<T>)>>;

}  // namespace spillway
