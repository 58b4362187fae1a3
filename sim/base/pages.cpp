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

void Pages::Free::operator()(std::byte* p) const { ::operator delete (p, std::align_val_t{alignment}); }

Pages::Pages(std::size_t bytes, int threads) {
  const std::size_t alignment = bytes >= huge_page ? huge_page : cache_line;
  const std::size_t room = std::max(alignment, (bytes + alignment - 1) / alignment * alignment);
  data_ = std::unique_ptr<std::byte, Free>(static_cast<std::byte*>(::operator new (room, std::align_val_t{alignment})), Free{alignment});
  if (alignment == huge_page) madvise(data_.get(), room, MADV_HUGEPAGE);  // advice only: failure changes nothing
  for_blocks(room, huge_page, threads,
             [&](int, std::size_t first, std::size_t last) { std::memset(data_.get() + first, 0, last - first); });
}

}  // namespace spillway
