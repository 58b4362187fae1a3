// What an archive saves it loads again, and it refuses what it did not save.
#include "base/archive.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <map>

#include "base/error.hpp"

using namespace spillway;

namespace {
struct Inner {
  std::vector<float> values;
  bool flag = false;
  void state(Archive& archive) { archive(values, flag); }
  friend bool operator==(const Inner&, const Inner&) = default;
};

struct Sample {
  int number = 0;
  std::string text;
  std::vector<std::string> texts;
  std::vector<Inner> inner;
  std::array<std::array<std::int64_t, 3>, 2> table{};
  std::variant<std::vector<double>, std::vector<std::uint8_t>, std::string> either;
  std::vector<std::uint8_t> large;
  void state(Archive& archive) { archive(number, text, texts, inner, table, either, large); }
  friend bool operator==(const Sample&, const Sample&) = default;
};

Sample filled() {
  return {-7,
          "text",
          {"", std::string(1000, 'x'), "z"},
          {{{1.5F, 2.5F}, true}, {{}, false}},
          {{{1, 2, 3}, {-4, 5, 6}}},
          std::string("or this"),
          std::vector<std::uint8_t>(100'000, 9)};
}

using Bytes = std::map<std::string, std::vector<std::byte>>;

Bytes bytes_of(const Archive& archive) {
  Bytes all;
  for (const Archive::Section& section : archive.sections()) {
    std::vector<std::byte>& bytes = all[section.name];
    for (const Archive::Piece& piece : section.pieces) bytes.insert(bytes.end(), piece.data, piece.data + piece.size);
    CHECK(bytes.size() == section.size);
  }
  return all;
}

Bytes saved(Sample& sample) {
  Archive archive;
  archive.section("sample");
  archive(sample);
  archive.section("rest");
  int rest = 3;
  archive(rest);
  return bytes_of(archive);
}

void load(const Bytes& bytes, Sample& sample) {
  std::size_t at = 0;
  const std::vector<std::byte>* from = nullptr;
  Archive archive({"x.state",
                   [&](const std::string& name) {
                     from = &bytes.at(name);
                     at = 0;
                     return from->size();
                   },
                   [&](std::span<std::byte> to) {
                     std::copy_n(from->begin() + static_cast<std::ptrdiff_t>(at), to.size(), to.begin());
                     at += to.size();
                   }});
  archive.section("sample");
  archive(sample);
  archive.section("rest");
  int rest = 0;
  archive(rest);
  CHECK(rest == 3);
  archive.finish();
}
}  // namespace

TEST_CASE("an archive loads what it saved over what was there") {
  Sample sample = filled(), empty, other = filled();
  other.large.clear();
  other.inner.resize(5);
  other.either = std::vector<double>{1, 2};
  const Bytes bytes = saved(sample);
  load(bytes, empty);
  CHECK(empty == filled());
  load(bytes, other);
  CHECK(other == filled());
}

TEST_CASE("large arrays are noted down where they lie, small values copied") {
  Sample sample = filled();
  Archive archive;
  archive.section("sample");
  archive(sample);
  const auto& pieces = archive.sections()[0].pieces;
  const auto* large = reinterpret_cast<const std::byte*>(sample.large.data());
  CHECK(
      std::any_of(pieces.begin(), pieces.end(), [&](const Archive::Piece& piece) { return piece.data == large && piece.size == 100'000; }));
  sample.number = 8;
  CHECK(bytes_of(archive) == [] {
    Sample as_it_was = filled();
    Archive again;
    again.section("sample");
    again(as_it_was);
    return bytes_of(again);
  }());
}

TEST_CASE("an archive refuses sections of another form") {
  Sample sample = filled();
  const Bytes good = saved(sample);
  const auto refused = [&](const char* section, auto change) {
    Bytes bytes = good;
    change(bytes[section]);
    Sample loaded;
    CHECK_THROWS_AS(load(bytes, loaded), FileError);
  };
  refused("sample", [](auto& bytes) { bytes.pop_back(); });
  refused("sample", [](auto& bytes) { bytes.push_back(std::byte{0}); });
  refused("rest", [](auto& bytes) { bytes.push_back(std::byte{0}); });
  refused("rest", [](auto& bytes) { bytes.clear(); });
  refused("sample", [](auto& bytes) { bytes[4 + 7] = std::byte{0x7f}; });  // a text longer than any memory
  const std::size_t variant = 4 + 8 + 4 + 8 + 8 + 8 + 1000 + 8 + 1 + 8 + 8 + 8 + 1 + 8 + 1 + 48;
  REQUIRE(good.at("sample")[variant] == std::byte{2});
  refused("sample", [&](auto& bytes) { bytes[variant] = std::byte{3}; });  // an alternative that does not exist
}
