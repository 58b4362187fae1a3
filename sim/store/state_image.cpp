// The writing half of state_file.hpp.
#include <algorithm>
#include <cstring>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/parallel.hpp"
#include "store/commit.hpp"
#include "store/state_file.hpp"
#include "store/state_layout.hpp"

namespace spillway {

namespace {
constexpr std::size_t step = std::size_t{4} << 20;       // chosen: long enough for any disk, and stays in the cache
constexpr std::size_t hash_step = std::size_t{1} << 18;  // chosen: still in the cache when it is copied
constexpr std::size_t copy_step = std::size_t{4} << 20;  // chosen: enough pieces for many threads

/// Fills whole steps of aligned memory and hands them to the disk; only the last, shorter one goes through the system's cache.
class Stream {
 public:
  explicit Stream(Descriptor& file) : file_(file), buffer_(step) { file_.bypass_cache(true); }

  void put(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const auto part = bytes.first(std::min(bytes.size(), step - used_));
      std::copy(part.begin(), part.end(), buffer_.data() + used_);
      used_ += part.size();
      bytes = bytes.subspan(part.size());
      if (used_ < step) continue;
      file_.write(buffer_.bytes().first(step));
      used_ = 0;
    }
  }
  void finish() {
    file_.bypass_cache(false);
    file_.write(buffer_.bytes().first(used_));
  }

 private:
  Descriptor& file_;
  AlignedBuffer buffer_;
  std::size_t used_ = 0;
};

std::span<const std::byte> as_bytes(const std::uint64_t& number) { return std::as_bytes(std::span(&number, 1)); }

std::uint64_t put_section(Stream& stream, const Archive::Section& section) {
  StreamHash hash;
  const auto put = [&](std::span<const std::byte> bytes) {
    for (; !bytes.empty(); bytes = bytes.subspan(std::min(hash_step, bytes.size()))) {
      const auto part = bytes.first(std::min(hash_step, bytes.size()));
      hash.add(part);
      stream.put(part);
    }
  };
  const std::uint64_t name_size = section.name.size();
  put(as_bytes(name_size));
  put(std::as_bytes(std::span(section.name)));
  put(as_bytes(section.size));
  for (const Archive::Piece& piece : section.pieces) put({piece.data, static_cast<std::size_t>(piece.size)});
  const std::uint64_t value = hash.value();
  stream.put(as_bytes(value));
  return value;
}

std::uint64_t put_file(Descriptor& file, const std::vector<Archive::Section>& sections) {
  Stream stream(file);
  stream.put(std::as_bytes(std::span(state_layout::mark)));
  stream.put(as_bytes(state_format));
  std::uint64_t seal = 0;
  for (const Archive::Section& section : sections) seal = chain(seal, put_section(stream, section));
  stream.put(as_bytes(state_layout::no_more_sections));
  stream.put(as_bytes(seal));
  stream.finish();
  return seal;
}
}  // namespace

StateImage::StateImage(StateIdentity identity, const std::function<void(Archive&)>& visit) : identity_(std::move(identity)) {
  archive_.section(std::string(state_layout::identity));
  archive_(identity_);
  visit(archive_);
  sections_ = archive_.sections();
}

std::uint64_t StateImage::bytes() const {
  std::uint64_t sum = 0;
  for (const Archive::Section& section : sections_) sum += section.size;
  return sum;
}

void StateImage::hold(AlignedBuffer& memory, int threads) {
  std::vector<Archive::Piece> pieces;
  std::vector<std::uint64_t> starts;
  std::uint64_t at = 0;
  for (const Archive::Section& section : sections_)
    for (const Archive::Piece& piece : section.pieces) {
      pieces.push_back(piece);
      starts.push_back(at);
      at += piece.size;
    }
  memory.make_room(at);
  for_blocks(at, copy_step, threads, [&](int, std::size_t first, std::size_t last) {
    std::size_t p = static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), first) - starts.begin()) - 1;
    for (std::size_t to = first; to < last; ++p) {
      const std::uint64_t from = to - starts[p], count = std::min<std::uint64_t>(pieces[p].size - from, last - to);
      std::memcpy(memory.data() + to, pieces[p].data + from, count);
      to += count;
    }
  });
  at = 0;
  for (Archive::Section& section : sections_) {
    section.pieces = {{memory.data() + at, section.size}};
    at += section.size;
  }
}

void StateImage::write(const std::string& path, const std::string& previous) const {
  std::uint64_t seal = 0;
  const auto verify = [&](const std::string& part) {
    if (StateFile(part).verify() != seal)
      throw FileError(path + ": cannot write: what was written reads back differently (the disk fails; choose another one)");
  };
  commit_stream(
      path, bytes(), [&](Descriptor& file) { seal = put_file(file, sections_); }, verify, previous);
}

}  // namespace spillway
