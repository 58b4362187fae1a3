// State files: what was saved comes back, and nothing else is ever taken for it.
#include "store/state_file.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <random>

#include "base/error.hpp"
#include "store/files.hpp"
#include "store/stream_hash.hpp"

using namespace spillway;
using Catch::Contains;

namespace {
/// Something with a large part, a small part and an empty one.
struct Content {
  std::vector<std::uint32_t> large;
  std::string small;
  void state(Archive& archive) {
    archive.section("large");
    archive.bytes(large.data(), large.size() * 4);
    archive.section("small");
    archive(small);
    archive.section("empty");
  }
};

Content content(std::size_t words, std::uint32_t seed) {
  std::mt19937 draw(seed);
  Content made{{}, "some text"};
  for (std::size_t i = 0; i < words; ++i) made.large.push_back(static_cast<std::uint32_t>(draw()));
  return made;
}

StateIdentity identity(std::uint32_t ticks) { return {"scenario: text\n", 5, "", "layout", "1.0", 3, ticks, "2014-01-03"}; }

void save(Content& what, const std::string& path, std::uint32_t ticks = 7, const std::string& previous = {}) {
  StateImage(identity(ticks), [&](Archive& archive) { what.state(archive); }).write(path, previous);
}

Content load(const std::string& path, std::size_t words) {
  Content found{std::vector<std::uint32_t>(words), {}};
  StateFile file(path);
  file.verify();
  file.load([&](Archive& archive) { found.state(archive); });
  return found;
}

// One byte in place: writing the whole file anew thousands of times would wait for the disk.
void put(const std::string& path, std::size_t at, char byte) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(at)).put(byte);
}
void flip(const std::string& path, const std::vector<char>& good, std::size_t at, int bit) {
  put(path, at, static_cast<char>(good[at] ^ (1 << bit)));
}
void restore(const std::string& path, const std::vector<char>& good, std::size_t at) { put(path, at, good[at]); }

/// What a caller learns of a file that it wants to use.
std::string refusal(const std::string& path) {
  return message_of<FileError>([&] { StateFile(path).verify(); });
}
}  // namespace

TEST_CASE("state: comes back as it was, whatever its size", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.state";
  // Around the size of the buffers, and through the way without the system's cache.
  for (const std::size_t words :
       {std::size_t{0}, std::size_t{1}, std::size_t{1} << 18, (std::size_t{1} << 20) - 60, (std::size_t{5} << 19) + 3}) {
    Content saved = content(words, 1);
    save(saved, path);
    CHECK(StateFile(path).identity().ticks == 7);
    CHECK(StateFile(path).identity().scenario == "scenario: text\n");
    const Content found = load(path, words);
    CHECK(found.large == saved.large);
    CHECK(found.small == saved.small);
  }
  CHECK(folder.names() == std::vector<std::string>{"x.state"});
}

TEST_CASE("state: a held copy does not see what the run does meanwhile", "[store]") {
  const TemporaryFolder folder;
  const int threads = GENERATE(1, 3);
  Content saved = content(3'000'000, 2);
  const Content before = saved;
  StateImage image(identity(1), [&](Archive& archive) { saved.state(archive); });
  AlignedBuffer memory;
  image.hold(memory, threads);
  std::fill(saved.large.begin(), saved.large.end(), 0U);
  saved.small = "overwritten";
  image.write(folder / "x.state");
  CHECK(load(folder / "x.state", before.large.size()).large == before.large);
  CHECK(load(folder / "x.state", before.large.size()).small == before.small);
}

TEST_CASE("state: the one before becomes the previous generation", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.state", previous = folder / "x.state.previous";
  Content first = content(10, 1), second = content(10, 2), third = content(10, 3);
  save(first, path, 1, previous);
  CHECK(folder.names() == std::vector<std::string>{"x.state"});
  save(second, path, 2, previous);
  CHECK(load(previous, 10).large == first.large);
  save(third, path, 3, previous);
  CHECK(load(path, 10).large == third.large);
  CHECK(load(previous, 10).large == second.large);
  save(first, path, 4);  // what stands there is not good: it must not push the previous one out
  CHECK(load(previous, 10).large == second.large);
}

TEST_CASE("state: every flipped bit is noticed", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.state";
  Content saved = content(600, 4);
  save(saved, path);
  const std::vector<char> good = bytes_of(path);
  std::size_t unnoticed = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    flip(path, good, at, static_cast<int>(at % 8));
    unnoticed += refusal(path).empty();
    restore(path, good, at);
  }
  CHECK(good.size() > 2400);
  CHECK(unnoticed == 0);
}

TEST_CASE("state: flips in a large file are noticed", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.state";
  Content saved = content((std::size_t{5} << 18) + 5, 5);
  save(saved, path);
  const std::vector<char> good = bytes_of(path);
  std::mt19937 draw(6);
  for (int i = 0; i < 40; ++i) {
    const std::size_t at = draw() % good.size();
    flip(path, good, at, static_cast<int>(draw() % 8));
    INFO("byte " << at << " of " << good.size());
    CHECK_THAT(refusal(path), Contains("x.state"));
    restore(path, good, at);
  }
  CHECK(refusal(path).empty());
}

TEST_CASE("state: cut off, prolonged, empty, foreign and newer files are refused by name", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.state";
  Content saved = content(300, 7);
  save(saved, path);
  const std::vector<char> good = bytes_of(path);
  for (std::size_t size = good.size(); size-- > 0;) {
    std::filesystem::resize_file(path, size);
    INFO("cut to " << size);
    REQUIRE_THAT(refusal(path), Contains("damaged"));
  }
  std::vector<char> bytes = good;
  bytes.push_back('\0');
  write_bytes(path, bytes);
  CHECK_THAT(refusal(path), Contains("damaged"));
  bytes = good;
  bytes[16] = static_cast<char>(state_format + 1);
  write_bytes(path, bytes);
  CHECK_THAT(refusal(path), Contains("format 3, this program reads 2") && Contains("newer program"));
  bytes[16] = 1;
  write_bytes(path, bytes);
  CHECK_THAT(refusal(path), Contains("older format 1") && Contains("from the beginning"));
  write_text(path, std::string(1000, 'x'));
  CHECK_THAT(refusal(path), Contains("is no saved state"));
  CHECK_THAT(refusal(folder / "none"), Contains("No such file"));
  CHECK_THAT(refusal(folder.path()), Contains("x.state") || Contains(folder.path()));
}

TEST_CASE("state: sections that the program does not expect are refused", "[store]") {
  const TemporaryFolder folder;
  const std::string path = folder / "x.state";
  Content saved = content(10, 8);
  save(saved, path);
  const auto met = [&](const std::function<void(Archive&)>& visit) { return message_of<FileError>([&] { StateFile(path).load(visit); }); };
  CHECK_THAT(met([](Archive& archive) { archive.section("small"); }), Contains("holds 'large' where this program reads 'small'"));
  CHECK_THAT(met([](Archive& archive) { archive.section("large"); }), Contains("'large'"));
  Content all{std::vector<std::uint32_t>(10), {}};
  CHECK(met([&](Archive& archive) { all.state(archive); }).empty());
  const auto more = [&](Archive& archive) {
    all.state(archive);
    archive.section("more");
  };
  CHECK_THAT(met(more), Contains("'more'"));
  const auto less = [&](Archive& archive) {
    archive.section("large");
    archive.bytes(all.large.data(), 40);
  };
  CHECK_THAT(met(less), Contains("holds 'small', which this program does not read"));
}

TEST_CASE("stream hash: pieces do not count, bytes, order and length do", "[store]") {
  std::mt19937 draw(9);
  std::vector<std::byte> bytes(5000);
  for (std::byte& b : bytes) b = static_cast<std::byte>(draw());
  const auto whole = [](const std::vector<std::byte>& data) {
    StreamHash hash;
    hash.add(data);
    return hash.value();
  };
  const std::uint64_t expected = whole(bytes);
  for (int round = 0; round < 50; ++round) {
    StreamHash hash;
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t count = std::min<std::size_t>(draw() % 200, bytes.size() - at);
      hash.add(std::span(bytes).subspan(at, count));
      at += count;
    }
    CHECK(hash.value() == expected);
  }
  std::swap(bytes[8], bytes[16]);
  CHECK(whole(bytes) != expected);
  std::swap(bytes[8], bytes[16]);
  bytes.push_back(std::byte{0});
  CHECK(whole(bytes) != expected);
  CHECK(whole(std::vector<std::byte>(64)) != whole(std::vector<std::byte>(128)));
}
