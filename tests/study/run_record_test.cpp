// Records of runs: what was written comes back to the bit, everything else counts as none.
#include "study/run_record.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <limits>

#include "base/error.hpp"
#include "store/files.hpp"
#include "store/seal.hpp"

using namespace spillway;
using Catch::Contains;

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();

const RunRecord sample{"0123456789abcdef", 123'456, 7, "fedcba9876543210", 1.25, {0.1, -0.0, nan, inf, 5e-324}, {{1, nan, 3}, {}, {-inf}}};

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

struct Place {
  TemporaryFolder folder;
  std::string path = folder / "r.run", part = folder / "r.part";
  std::optional<RunRecord> read() const { return read_record(path, sample.sweep); }
};

/// Sealed as a record is, whatever stands in it.
void write_sealed(const std::string& path, const std::string& text) {
  const std::uint64_t seal = hash_bytes(std::as_bytes(std::span(text)));
  write_text(path, text + std::string(reinterpret_cast<const char*>(&seal), sizeof seal));
}
}  // namespace

TEST_CASE("a record comes back to the bit", "[sweep]") {
  const Place place;
  write_record(sample, place.path, place.part);
  CHECK(place.folder.names() == std::vector<std::string>{"r.run"});
  const auto found = place.read();
  REQUIRE(found);
  CHECK(found->sweep == sample.sweep);
  CHECK(found->point == sample.point);
  CHECK(found->replicate == sample.replicate);
  CHECK(found->digest == sample.digest);
  CHECK(found->seconds == sample.seconds);
  CHECK(same_bits(found->outcomes, sample.outcomes));
  REQUIRE(found->series.size() == sample.series.size());
  for (std::size_t k = 0; k < sample.series.size(); ++k) CHECK(same_bits(found->series[k], sample.series[k]));
}

TEST_CASE("a record may be empty but for its names", "[sweep]") {
  const Place place;
  write_record({sample.sweep, 0, 0, "", 0, {}, {}}, place.path, place.part);
  const auto found = place.read();
  REQUIRE(found);
  CHECK(found->outcomes.empty());
  CHECK(found->series.empty());
}

TEST_CASE("no record, another sweep's, a folder, an empty file: none", "[sweep]") {
  const Place place;
  CHECK_FALSE(place.read());
  write_record(sample, place.path, place.part);
  CHECK_FALSE(read_record(place.path, "0123456789abcdee"));
  CHECK_FALSE(read_record(place.path, ""));
  CHECK_FALSE(read_record(place.folder.path(), sample.sweep));
  write_text(place.path, "");
  CHECK_FALSE(place.read());
}

TEST_CASE("any changed, missing or added byte of a record shows", "[sweep]") {
  const Place place;
  write_record(sample, place.path, place.part);
  const std::vector<char> whole = bytes_of(place.path);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    INFO("byte " << i << " of " << whole.size());
    std::vector<char> bytes = whole;
    bytes[i] = static_cast<char>(bytes[i] ^ 0x10);
    write_bytes(place.path, bytes);
    CHECK_FALSE(place.read());
    write_bytes(place.path, whole, i);
    CHECK_FALSE(place.read());
  }
  std::vector<char> longer = whole;
  longer.push_back('x');
  write_bytes(place.path, longer);
  CHECK_FALSE(place.read());
  write_bytes(place.path, whole);
  CHECK(place.read());
}

TEST_CASE("what other programs sealed counts as none", "[sweep]") {
  const Place place;
  const std::string magic = "spillway run 1\n";
  for (const std::string& text :
       {magic, magic + "x", "spillway run 2\n" + std::string(200, '\0'), magic + std::string(64, '\xff'), magic + std::string(500, '\0')}) {
    write_sealed(place.path, text);
    CHECK_FALSE(place.read());
  }
}

TEST_CASE("a record replaces the one before, one that cannot be written leaves it", "[sweep]") {
  const Place place;
  write_record(sample, place.path, place.part);
  RunRecord other = sample;
  other.digest = "0";
  CHECK_THAT(message_of<FileError>([&] { write_record(other, place.path, place.folder / "no/such.part"); }),
             Contains("such.part: cannot make: No such file or directory"));
  CHECK(place.read()->digest == sample.digest);
  write_record(other, place.path, place.part);
  CHECK(place.read()->digest == "0");
  CHECK(place.folder.names() == std::vector<std::string>{"r.run"});
}
