// The writing half of state_file.hpp.
#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/parallel.hpp"
#include "store/commit.hpp"
#include "store/state_file.hpp"
#include "store/state_layout.hpp"

namespace spillway {

namespace {
constexpr std::align_val_t huge_page{std::size_t{2} << 20};
constexpr std::size_t step = std::size_t{1} << 20;  // hashed while it is in the cache, then written
constexpr std::size_t copy_step = std::size_t{4} << 20;

/// Gathers small pieces, so that they do not become a system call each.
class Stream {
 public:
  explicit Stream(const Sink& sink) : sink_(sink) { buffer_.reserve(step); }

  void put(std::span<const std::byte> bytes) {
    if (buffer_.size() + bytes.size() > step) flush();
    if (bytes.size() >= step)
      sink_(bytes);
    else
      buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  }
  void flush() {
    if (!buffer_.empty()) sink_(buffer_);
    buffer_.clear();
  }

 private:
  const Sink& sink_;
  std::vector<std::byte> buffer_;
};

std::span<const std::byte> as_bytes(const std::uint64_t& number) { return std::as_bytes(std::span(&number, 1)); }

std::uint64_t put_section(Stream& stream, const Archive::Section& section) {
  StreamHash hash;
  const auto put = [&](std::span<const std::byte> bytes) {
    for (; !bytes.empty(); bytes = bytes.subspan(std::min(step, bytes.size()))) {
      const auto part = bytes.first(std::min(step, bytes.size()));
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

std::uint64_t put_file(const Sink& sink, const std::vector<Archive::Section>& sections) {
  Stream stream(sink);
  stream.put(std::as_bytes(std::span(state_layout::mark)));
  stream.put(as_bytes(state_format));
  std::uint64_t seal = 0;
  for (const Archive::Section& section : sections) seal = chain(seal, put_section(stream, section));
  stream.put(as_bytes(state_layout::no_more_sections));
  stream.put(as_bytes(seal));
  stream.flush();
  return seal;
}
}  // namespace

void StateImage::Free::operator()(std::byte* p) const { ::operator delete (p, huge_page); }

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

bool StateImage::hold(int threads, std::uint64_t free) {
  const std::uint64_t total = bytes();
  if (total > free / 2) return false;  // half: chosen, the disk's cache and other programs need some too
  std::vector<Archive::Piece> pieces;
  std::vector<std::uint64_t> starts;
  std::uint64_t at = 0;
  for (const Archive::Section& section : sections_)
    for (const Archive::Piece& piece : section.pieces) {
      pieces.push_back(piece);
      starts.push_back(at);
      at += piece.size;
    }
  std::unique_ptr<std::byte, Free> copy(static_cast<std::byte*>(::operator new (total, huge_page)));
  madvise(copy.get(), total, MADV_HUGEPAGE);  // advice only: fewer page faults while the run waits
  for_blocks(total, copy_step, threads, [&](int, std::size_t first, std::size_t last) {
    std::size_t p = static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), first) - starts.begin()) - 1;
    for (std::size_t to = first; to < last; ++p) {
      const std::uint64_t from = to - starts[p], count = std::min<std::uint64_t>(pieces[p].size - from, last - to);
      std::memcpy(copy.get() + to, pieces[p].data + from, count);
      to += count;
    }
  });
  at = 0;
  for (Archive::Section& section : sections_) {
    section.pieces = {{copy.get() + at, section.size}};
    at += section.size;
  }
  held_ = std::move(copy);
  return true;
}

void StateImage::write(const std::string& path, const std::string& previous) const {
  std::uint64_t seal = 0;
  const auto verify = [&](const std::string& part) {
    if (StateFile(part).verify() != seal)
      throw FileError(path + ": cannot write: what was written reads back differently (the disk fails; choose another one)");
  };
  commit_stream(path, bytes(), [&](const Sink& sink) { seal = put_file(sink, sections_); }, verify, previous);
}

}  // namespace spillway
