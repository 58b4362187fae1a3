#include "study/run_record.hpp"

#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>

#include "base/error.hpp"
#include "store/commit.hpp"
#include "store/seal.hpp"

namespace spillway {

namespace {
constexpr std::string_view magic = "spillway run 1\n";

std::vector<std::byte> bytes_of(RunRecord record) {
  Archive archive;
  archive.section("run");
  record.state(archive);
  std::vector<std::byte> bytes(magic.size());
  std::memcpy(bytes.data(), magic.data(), magic.size());
  for (const Archive::Piece& piece : archive.sections()[0].pieces) bytes.insert(bytes.end(), piece.data, piece.data + piece.size);
  const std::uint64_t seal = hash_bytes(bytes);
  const auto* at = reinterpret_cast<const std::byte*>(&seal);
  bytes.insert(bytes.end(), at, at + sizeof seal);
  return bytes;
}

bool is_sealed(std::span<const std::byte> bytes) {
  std::uint64_t seal = 0;
  if (bytes.size() < magic.size() + sizeof seal || std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) return false;
  std::memcpy(&seal, bytes.data() + bytes.size() - sizeof seal, sizeof seal);
  return seal == hash_bytes(bytes.first(bytes.size() - sizeof seal));
}

RunRecord parse(std::span<const std::byte> bytes, const std::string& path) {
  std::span<const std::byte> rest = bytes.subspan(magic.size(), bytes.size() - magic.size() - sizeof(std::uint64_t));
  Archive archive({path, [&](const std::string&) { return rest.size(); },
                   [&](std::span<std::byte> out) {
                     std::memcpy(out.data(), rest.data(), out.size());
                     rest = rest.subspan(out.size());
                   }});
  RunRecord record;
  archive.section("run");
  record.state(archive);
  archive.finish();
  return record;
}
}  // namespace

void write_record(const RunRecord& record, const std::string& path, const std::string& part) { place_file(path, bytes_of(record), part); }

std::optional<RunRecord> read_record(const std::string& path, const std::string& sweep) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  try {
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::span bytes = std::as_bytes(std::span(text));
    if (!is_sealed(bytes)) return {};
    RunRecord record = parse(bytes, path);
    if (record.sweep == sweep) return record;
  } catch (const FileError&) {               // sealed by a program that kept other things
  } catch (const std::ios_base::failure&) {  // the disk does not give it back
  }
  return {};
}

}  // namespace spillway
