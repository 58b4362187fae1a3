// Zeroed memory for columns: huge pages where it is large, first touched in parallel, so that clearing it takes all threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace spillway {

/// Asks for huge pages where whole ones fit in memory that was not touched yet: clearing them one by one costs more than filling them.
void want_huge_pages(void* data, std::size_t bytes);

/// Raw bytes, all zero; 2 MiB aligned when as large as that, else to a cache line. Throws std::bad_alloc.
class Pages {
 public:
  Pages() = default;
  Pages(std::size_t bytes, int threads);
  std::byte* data() const { return data_.get(); }

 private:
  struct Free {
    std::size_t alignment = 64;
    void operator()(std::byte* p) const;
  };
  std::unique_ptr<std::byte, Free> data_{nullptr, Free{}};
};

/// Items of a trivial type on such pages, all zero.
template <class T>
class PageArray {
 public:
  PageArray() = default;
  PageArray(std::size_t size, int threads) : pages_(size * sizeof(T), threads), size_(size) {}
  T* data() const { return reinterpret_cast<T*>(pages_.data()); }
  std::size_t size() const { return size_; }
  T* begin() const { return data(); }
  T* end() const { return data() + size_; }
  T& operator[](std::size_t i) const { return data()[i]; }

 private:
  Pages pages_;
  std::size_t size_ = 0;
};

}  // namespace spillway
