#include "store/aligned_buffer.hpp"

#include <sys/mman.h>

#include <new>

#include "base/pages.hpp"

namespace spillway {

namespace {
constexpr std::size_t page = 4096, huge_page = std::size_t{2} << 20;
}  // namespace

void AlignedBuffer::Free::operator()(std::byte* p) const { ::operator delete (p, std::align_val_t{alignment}); }

void AlignedBuffer::make_room(std::size_t size) {
  if (size <= size_) return;
  const std::size_t alignment = size >= huge_page ? huge_page : page;
  data_.reset();
  size_ = 0;
  size = (size + alignment - 1) / alignment * alignment;
  data_ = {static_cast<std::byte*>(::operator new (size, std::align_val_t{alignment})), Free{alignment}};
  size_ = size;
  want_huge_pages(data_.get(), size_);
}

void AlignedBuffer::offer() {
  if (size_ > 0) madvise(data_.get(), size_, MADV_FREE);  // advice only: failure changes nothing
}

}  // namespace spillway
