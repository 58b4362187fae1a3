#include "model/recording.hpp"

#include <bit>

#include "base/error.hpp"
#include "base/hash.hpp"

namespace spillway {

std::size_t length(const Values& values) {
  return std::visit([](const auto& v) { return v.size(); }, values);
}

const Variable* Recording::find(std::string_view path) const {
  for (const Variable& variable : variables)
    if (variable.path() == path) return &variable;
  return nullptr;
}

const Variable& Recording::at(std::string_view path) const {
  const Variable* variable = find(path);
  if (variable == nullptr) throw Bug("recording holds no variable '" + std::string(path) + "'");
  return *variable;
}

namespace {
std::string look_up(const std::vector<std::pair<std::string, std::string>>& pairs, std::string_view key) {
  for (const auto& [name, value] : pairs)
    if (name == key) return value;
  return {};
}
}  // namespace

std::string Variable::attribute(std::string_view attribute_name) const { return look_up(attributes, attribute_name); }
std::string Recording::attribute(std::string_view name) const { return look_up(attributes, name); }
std::string Recording::text(std::string_view path) const { return look_up(texts, path); }

double value_at(const Variable& variable, std::size_t flat_index) {
  return std::visit(
      [&](const auto& v) -> double {
        if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::vector<std::string>>)
          throw Bug("variable '" + variable.path() + "' is text");
        else
          return static_cast<double>(v.at(flat_index));
      },
      variable.values);
}

namespace {
std::uint64_t digest_of(const std::string& text) { return hash_text(text); }
std::uint64_t digest_of(double v) { return mix64(std::bit_cast<std::uint64_t>(v)); }
std::uint64_t digest_of(float v) { return mix64(std::bit_cast<std::uint32_t>(v)); }
template <class Integer>
std::uint64_t digest_of(Integer v) {
  return mix64(static_cast<std::uint64_t>(v));
}

std::uint64_t digest_of(const Variable& variable) {
  std::uint64_t h = hash_text(variable.path());
  for (const auto& dim : variable.dims) h = chain(h, hash_text(dim));
  h = chain(h, hash_text(variable.unit + "\n" + variable.long_name));
  std::uint64_t attributes = 0;  // order-free: HDF5 moves attributes about when an object's header grows
  for (const auto& [name, value] : variable.attributes) attributes += mix64(hash_text(name + "=" + value));
  h = chain(h, attributes);
  h = chain(h, variable.values.index());
  std::visit(
      [&](const auto& values) {
        for (const auto& v : values) h = chain(h, digest_of(v));
      },
      variable.values);
  return h;
}
}  // namespace

// Order-free over objects (readers may list them in another order), ordered within each.
std::string digest(const Recording& recording) {
  std::uint64_t sum = 0;
  for (const auto& [name, value] : recording.attributes) sum += mix64(hash_text("@" + name + "=" + value));
  for (const auto& [path, text] : recording.texts) sum += mix64(hash_text(path + "\n" + text));
  for (const Variable& variable : recording.variables) sum += mix64(digest_of(variable));
  return hex_text(mix64(sum));
}

}  // namespace spillway
