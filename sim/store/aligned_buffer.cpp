#include "store/aligned_buffer.hpp"

#include <sys/mman.h>

#include <new>

namespace spillway {

namespace {
constexpr std::size_t huge_page = std::size_t{2} << 20;
constexpr std::align_val_t alignment{huge_page};  // more than any disk's block asks for
}  // namespace

void AlignedBuffer::Free::operator()(std::byte* p) const { ::operator delete (p, alignment); }

void AlignedBuffer::make_room(std::size_t size) {
  if (size <= size_) return;
  data_.reset();
  size_ = 0;
  size = (size + huge_page - 1) / huge_page * huge_page;
  data_.reset(static_cast<std::byte*>(::operator new (size, alignment)));
  size_ = size;
  madvise(data_.get(), size_, MADV_HUGEPAGE);  // advice only, as below: failure changes nothing
}

void AlignedBuffer::offer() {
  if (size_ > 0) madvise(data_.get(), size_, MADV_FREE);
}

}  // namespace spillway
