// The words that stand for enumerators in YAML; one list per enum, in the order of the enumerators.
#pragma once

#include <array>
#include <string_view>
#include <type_traits>

#include "model/scenario.hpp"

namespace spillway {

template <class Enum>
struct EnumWords;

template <>
struct EnumWords<ContactsKind> {
  static constexpr std::array<std::string_view, 3> words{"implicit", "file", "mixing"};
};

template <>
struct EnumWords<SupplierBehaviour> {
  static constexpr std::array<std::string_view, 2> words{"adaptive", "fixed"};
};

template <>
struct EnumWords<SupplierHoming> {
  static constexpr std::array<std::string_view, 2> words{"multi", "exclusive"};
};

template <>
struct EnumWords<Competition> {
  static constexpr std::array<std::string_view, 2> words{"nested", "independent"};
};

template <>
struct EnumWords<Homing> {
  static constexpr std::array<std::string_view, 2> words{"multi", "single"};
};

template <>
struct EnumWords<FameOf> {
  static constexpr std::array<std::string_view, 2> words{"members", "attention"};
};

template <>
struct EnumWords<StockType> {
  static constexpr std::array<std::string_view, 2> words{"u16", "f32"};
};

template <class Enum>
constexpr std::string_view word_of(Enum value) {
  return EnumWords<Enum>::words[static_cast<std::size_t>(value)];
}

}  // namespace spillway
