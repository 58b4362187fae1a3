#include "base/pages.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "base/parallel.hpp"

namespace spillway {

namespace {
constexpr std::size_t huge_page = std::size_t{2} << 20, cache_line = 64;
}

void want_huge_pages(void* data, std::size_t bytes) {
  const auto first = reinterpret_cast<std::uintptr_t>(data), begin = (first + huge_page - 1) / huge_page * huge_page,
             end = (first + bytes) / huge_page * huge_page;
  if (begin < end) madvise(static_cast<std::byte*>(data) + (begin - first), end - begin, MADV_HUGEPAGE);  // advice only
}

void Pages::Free::operator()(std::byte* p) const { ::operator delete (p, std::align_val_t{alignment}); }

Pages::Pages(std::size_t bytes, int threads) {
  const std::size_t alignment = bytes >= huge_page ? huge_page : cache_line;
  const std::size_t room = std::max(alignment, (bytes + alignment - 1) / alignment * alignment);
  data_ = std::unique_ptr<std::byte, Free>(static_cast<std::byte*>(::operator new (room, std::align_val_t{alignment})), Free{alignment});
  want_huge_pages(data_.get(), room);
  for_blocks(room, huge_page, threads,
             [&](int, std::size_t first, std::size_t last) { std::memset(data_.get() + first, 0, last - first); });
}

}  // namespace spillway
