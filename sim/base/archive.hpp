// Saved state: each class names its members once, in one function `state(Archive&)`, and the same function saves and loads
// them, so that the two cannot drift apart. Saving copies nothing large: arrays are noted down as they lie in memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace spillway {

class Archive {
 public:
  struct Piece {
    const std::byte* data;
    std::uint64_t size;
  };
  struct Section {
    std::string name;
    std::vector<Piece> pieces;
    std::uint64_t size = 0;  ///< bytes of all pieces
  };
  /// Where loading takes its bytes from; both throw FileError.
  struct Source {
    std::string where;                                           ///< for messages
    std::function<std::uint64_t(const std::string& name)> open;  ///< begins the section of that name, returns its bytes
    std::function<void(std::span<std::byte>)> read;              ///< the next bytes of the section
  };

  /// Saves. What is visited must stay as it is until the sections have been used.
  Archive() = default;
  /// Loads. Every visited value is replaced.
  explicit Archive(Source source) : source_(std::move(source)) {}
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  bool loading() const { return static_cast<bool>(source_.read); }
  /// What follows belongs to a section of this name. Throws FileError when loading left something of the section before.
  void section(const std::string& name);
  template <class... T>
  void operator()(T&... values) {
    (visit(values), ...);
  }
  /// Memory whose size both sides know.
  void bytes(void* data, std::uint64_t size);
  /// Loading: throws FileError if something is left of the last section.
  void finish() const;
  const std::vector<Section>& sections() const { return sections_; }

 private:
  template <class T>
  static constexpr bool plain = std::is_arithmetic_v<T> || std::is_enum_v<T>;

  template <class T>
  void visit(T& value) {
    if constexpr (plain<T>)
      bytes(&value, sizeof value);
    else
      value.state(*this);
  }
  template <class T, std::size_t n>
  void visit(std::array<T, n>& values) {
    if constexpr (plain<T>)
      bytes(values.data(), n * sizeof(T));
    else
      for (T& value : values) visit(value);
  }
  template <class T>
  void visit(std::vector<T>& values) {
    const std::uint64_t count = size_of(values.size(), plain<T> ? sizeof(T) : 1);
    if (loading()) values.resize(count);
    if constexpr (plain<T>)
      bytes(values.data(), count * sizeof(T));
    else
      for (T& value : values) visit(value);
  }
  void visit(std::string& text);
  template <class... T>
  void visit(std::variant<T...>& value) {
    const std::uint64_t index = size_of(value.index(), 0);
    if (loading()) choose<T...>(value, index, std::index_sequence_for<T...>{});
    std::visit([&](auto& alternative) { visit(alternative); }, value);
  }
  template <class... T, std::size_t... i>
  void choose(std::variant<T...>& value, std::uint64_t index, std::index_sequence<i...>) {
    if (!((i == index && (value.template emplace<i>(), true)) || ...)) refuse();
  }

  /// Saves a number, or loads it and refuses what the section cannot hold.
  std::uint64_t size_of(std::uint64_t count, std::uint64_t bytes_each);
  std::byte* room(std::uint64_t size);
  [[noreturn]] void refuse() const;

  Source source_;
  std::string name_;        ///< of the section being loaded
  std::uint64_t left_ = 0;  ///< bytes of it not loaded yet
  std::vector<Section> sections_;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;  ///< small values, copied
  std::uint64_t used_ = 0;                            ///< of the last chunk
};

}  // namespace spillway
