// Damaged files: noticed, named, and never a crash.
#include <catch2/catch.hpp>
#include <functional>
#include <random>

#include "base/error.hpp"
#include "store/files.hpp"
#include "store/guard.hpp"
#include "store/sample_recording.hpp"
#include "store/seal.hpp"
#include "store/trajectory.hpp"

using namespace spillway;
using Catch::Contains;

namespace {

std::string read_error(const std::string& path) {
  return message_of<FileError>([&] { read_recording(path); });
}

struct SmallFile {
  TemporaryFolder folder;
  std::string path = folder / "x.h5";
  std::vector<char> bytes;
  SmallFile() {
    write_recording(sample_recording(60, 20), path);
    bytes = bytes_of(path);
  }
};
}  // namespace

TEST_CASE("damage: a seal knows its content", "[store]") {
  SmallFile file;
  CHECK(check_seal(file.path) == Seal::intact);
  write_bytes(file.path, file.bytes, file.bytes.size() - 1);
  CHECK(check_seal(file.path) == Seal::none);
  std::swap(file.bytes[1000], file.bytes[1001]);
  file.bytes[1000] = static_cast<char>(file.bytes[1000] + 1);
  write_bytes(file.path, file.bytes);
  CHECK(check_seal(file.path) == Seal::broken);
  write_text(file.path, "");
  CHECK(check_seal(file.path) == Seal::none);

  std::vector<std::byte> odd(1234567, std::byte{7});  // more than one block, and no multiple of a word
  const std::uint64_t hash = hash_bytes(odd);
  odd.push_back(std::byte{0});
  CHECK(hash_bytes(odd) != hash);
  odd.pop_back();
  odd[1234566] = std::byte{8};
  CHECK(hash_bytes(odd) != hash);
}

TEST_CASE("damage: a file cut off anywhere is refused", "[store]") {
  SmallFile file;
  const std::size_t whole = file.bytes.size();
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{8}, std::size_t{95}, std::size_t{96},
                                 std::size_t{512}, std::size_t{2048}, whole / 4, whole / 2, whole - 10000, whole - seal_size - 1}) {
    INFO("cut to " << size << " of " << whole);
    write_bytes(file.path, file.bytes, size);
    CHECK_THAT(read_error(file.path), Contains("x.h5"));
  }
  write_bytes(file.path, file.bytes, whole - seal_size);  // without the seal it is still a sound HDF5 file
  CHECK(read_error(file.path).empty());
}

TEST_CASE("damage: any flipped bit of a sealed file is noticed", "[store]") {
  SmallFile file;
  std::mt19937 draw(1);
  for (int i = 0; i < 300; ++i) {
    std::vector<char> bytes = file.bytes;
    const std::size_t at = draw() % (bytes.size() - seal_size);
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << draw() % 8));
    INFO("byte " << at);
    write_bytes(file.path, bytes);
    CHECK_THAT(read_error(file.path), Contains("damaged"));
  }
}

TEST_CASE("damage: an unsealed file may be wrong but cannot crash us", "[store]") {
  SmallFile file;
  file.bytes.resize(file.bytes.size() - seal_size);
  std::mt19937 draw(2);
  int refused = 0;
  for (int i = 0; i < 150; ++i) {
    std::vector<char> bytes = file.bytes;
    for (int k = 0; k < 4; ++k) bytes[(k == 0 ? draw() % 4096 : draw() % bytes.size())] = static_cast<char>(draw());
    write_bytes(file.path, bytes);
    if (!read_error(file.path).empty()) ++refused;  // FileError or nothing; anything else ends the test
  }
  CHECK(refused > 0);
  CHECK(refused < 150);
}

TEST_CASE("damage: the guard tells a crash from a failure", "[store]") {
  const auto met = [](const std::function<void()>& read) { return message_of<FileError>([&] { try_in_child("x.h5", read); }); };
  CHECK(met([] {}).empty());
  CHECK(met([] { throw FileError("just so"); }) == "just so");
  CHECK(met([] { throw InputError("met again by the caller"); }).empty());
  CHECK_THAT(met([] { std::abort(); }), Contains("x.h5: cannot read") && Contains("damaged"));
}

#ifndef __SANITIZE_ADDRESS__
TEST_CASE("damage: the guard limits memory", "[store]") {
  const SmallFile file;
  const auto greedy = [] {
    std::vector<std::vector<char>> taken;
    for (int i = 0; i < 3000; ++i) taken.emplace_back(1 << 20);
  };
  CHECK_THAT(message_of<FileError>([&] { try_in_child(file.path, greedy); }), Contains("damaged"));
}
#endif
