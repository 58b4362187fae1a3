// Memory as disks and huge pages like it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace spillway {

class AlignedBuffer {
 public:
  explicit AlignedBuffer(std::size_t size = 0) { make_room(size); }

  /// Room for so many bytes; what was in it is lost if it must grow.
  void make_room(std::size_t size);
  /// Lets the system take the content if it needs the memory; otherwise the next use finds the pages in place. Advice only.
  void offer();
  std::byte* data() const { return data_.get(); }
  std::size_t size() const { return size_; }
  std::span<std::byte> bytes() const { return {data_.get(), size_}; }

 private:
  struct Free {
    std::size_t alignment = 0;
    void operator()(std::byte* p) const;
  };
  std::unique_ptr<std::byte, Free> data_{nullptr, Free{}};
  std::size_t size_ = 0;
};

}  // namespace spillway
