#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "base/job_threads.hpp"
#include "base/parallel.hpp"

namespace spillway {

int available_threads() {
  const unsigned n = std::thread::hardware_concurrency();
  return job_threads(n == 0 ? 1 : static_cast<int>(n));
}

void for_blocks(std::size_t count, std::size_t grain, int threads, const std::function<void(int, std::size_t, std::size_t)>& body) {
  const std::size_t blocks = (count + grain - 1) / grain;
  if (threads <= 1 || blocks <= 1) {
    if (count > 0) body(0, 0, count);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto work = [&](int worker) {
    try {
      for (std::size_t b = next.fetch_add(1); b < blocks; b = next.fetch_add(1))
        body(worker, b * grain, b + 1 == blocks ? count : (b + 1) * grain);
    } catch (...) {
      next = blocks;
      const std::lock_guard lock(failure_mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (int worker = 1; worker < threads; ++worker) helpers.emplace_back(work, worker);
    work(0);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace spillway
