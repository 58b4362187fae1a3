#include "store/state_file.hpp"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "store/state_layout.hpp"

namespace spillway {

namespace {
constexpr std::size_t buffer_size = std::size_t{4} << 20;   // as written
constexpr std::size_t scratch_size = std::size_t{1} << 18;  // chosen: stays in the cache until it is hashed
}  // namespace

void StateFile::damaged(const std::string& what) const { throw FileError(path_ + " is damaged: " + what); }

StateFile::StateFile(const std::string& path)
    : path_(path), file_(path, O_RDONLY, "open"), size_(file_.size()), buffer_(std::min<std::uint64_t>(size_, buffer_size)) {
  file_.bypass_cache(size_ >= buffer_size);
  read_head();
}

void StateFile::read_head() {
  file_.rewind();
  at_ = seal_ = begin_ = end_ = 0;
  std::array<std::byte, state_layout::mark.size()> mark{};
  if (size_ < mark.size() + 8) damaged("it is cut off");
  read(mark);
  if (std::memcmp(mark.data(), state_layout::mark.data(), mark.size()) != 0) throw FileError(path_ + " is no saved state, or damaged");
  const std::uint64_t format = number();
  if (format > state_format)
    throw FileError(path_ + " has format " + std::to_string(format) + ", this program reads " + std::to_string(state_format) +
                    "; use a newer program");
  if (format > 0 && format < state_format)
    throw FileError(path_ + " has the older format " + std::to_string(format) + ", this program reads " + std::to_string(state_format) +
                    "; go on with the program that saved it, or run from the beginning");
  if (format != state_format) damaged("there is no format " + std::to_string(format));
  std::string name;
  if (!next_section(name) || name != state_layout::identity) damaged("it does not begin with its identity");
  Archive archive({path_, [&](const std::string&) { return content_left_; }, [&](std::span<std::byte> bytes) { read(bytes); }});
  archive.section(name);
  archive(identity_);
  archive.finish();
  end_section();
}

void StateFile::read(std::span<std::byte> bytes) {
  if (bytes.size() > size_ - at_) damaged("it is cut off");
  at_ += bytes.size();
  for (std::span<std::byte> left = bytes; !left.empty();) {
    if (begin_ == end_) {
      begin_ = 0;
      end_ = file_.read(buffer_.bytes());
      if (end_ == 0) damaged("it became shorter while it was read");
    }
    const std::size_t got = std::min(left.size(), end_ - begin_);
    std::memcpy(left.data(), buffer_.data() + begin_, got);
    begin_ += got;
    hash_.add(left.first(got));
    left = left.subspan(got);
  }
}

std::uint64_t StateFile::number() {
  std::uint64_t value = 0;
  read(std::as_writable_bytes(std::span(&value, 1)));
  return value;
}

bool StateFile::next_section(std::string& name) {
  hash_ = {};
  const std::uint64_t size = number();
  if (size == state_layout::no_more_sections) return false;
  if (size > state_layout::longest_name) damaged("after section '" + section_ + "'");
  name.resize(size);
  read(std::as_writable_bytes(std::span(name)));
  content_left_ = number();
  if (content_left_ > size_ - at_) damaged("section '" + name + "' is longer than the file");
  section_ = name;
  return true;
}

void StateFile::end_section() {
  const std::uint64_t value = hash_.value();
  if (number() != value) damaged("section '" + section_ + "' is not what was written");
  seal_ = chain(seal_, value);
}

void StateFile::finish() {
  if (number() != seal_ || at_ != size_) damaged("its end is not what was written");
}

std::uint64_t StateFile::verify() {
  read_head();
  std::vector<std::byte> scratch(std::min<std::uint64_t>(size_, scratch_size));
  for (std::string name; next_section(name); end_section())
    while (content_left_ > 0) {
      const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(content_left_, scratch.size()));
      read(std::span(scratch).first(count));
      content_left_ -= count;
    }
  finish();
  return seal_;
}

void StateFile::load(const std::function<void(Archive&)>& visit) {
  read_head();
  bool open = false;
  const auto next = [&](const std::string& wanted) {
    if (open) end_section();
    std::string name;
    open = next_section(name);
    if (!open || name != wanted) throw FileError(path_ + " holds '" + name + "' where this program reads '" + wanted + "'");
    return content_left_;
  };
  Archive archive({path_, next, [&](std::span<std::byte> bytes) { read(bytes); }});
  visit(archive);
  archive.finish();
  if (open) end_section();
  std::string name;
  if (next_section(name)) throw FileError(path_ + " holds '" + name + "', which this program does not read");
  finish();
}

}  // namespace spillway
