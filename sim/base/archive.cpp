#include "base/archive.hpp"

#include <cstring>

#include "base/error.hpp"

namespace spillway {

namespace {
constexpr std::uint64_t small = 256;       // chosen: copying so much is cheaper than writing it on its own
constexpr std::uint64_t chunk = 1U << 16;  // chosen: a run without panel fills about ten
}  // namespace

void Archive::refuse() const {
  throw FileError(source_.where + ": section '" + name_ + "' does not have the form that this program reads");
}

void Archive::section(const std::string& name) {
  if (!loading()) {
    sections_.push_back({name, {}, 0});
    return;
  }
  finish();
  left_ = source_.open(name);
  name_ = name;
}

void Archive::finish() const {
  if (left_ != 0) refuse();
}

std::byte* Archive::room(std::uint64_t size) {
  if (chunks_.empty() || used_ + size > chunk) {
    chunks_.push_back(std::make_unique<std::byte[]>(chunk));
    used_ = 0;
  }
  used_ += size;
  return chunks_.back().get() + used_ - size;
}

void Archive::bytes(void* data, std::uint64_t size) {
  if (size == 0) return;
  if (loading()) {
    if (size > left_) refuse();
    source_.read({static_cast<std::byte*>(data), static_cast<std::size_t>(size)});
    left_ -= size;
    return;
  }
  require(!sections_.empty(), "state outside a section");
  Section& section = sections_.back();
  section.size += size;
  const auto* from = static_cast<const std::byte*>(data);
  if (size <= small) from = static_cast<const std::byte*>(std::memcpy(room(size), data, size));
  if (!section.pieces.empty() && section.pieces.back().data + section.pieces.back().size == from)
    section.pieces.back().size += size;
  else
    section.pieces.push_back({from, size});
}

std::uint64_t Archive::size_of(std::uint64_t count, std::uint64_t bytes_each) {
  bytes(&count, sizeof count);
  if (loading() && bytes_each > 0 && count > left_ / bytes_each) refuse();
  return count;
}

void Archive::visit(std::string& text) {
  const std::uint64_t size = size_of(text.size(), 1);
  if (loading()) text.resize(size);
  bytes(text.data(), size);
}

}  // namespace spillway
