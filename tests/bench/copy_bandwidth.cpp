// The machine's copy bandwidth, measured as STREAM's copy does (J. McCalpin, "Memory bandwidth and machine balance", 1995): each
// byte copied counts twice, once read and once written.
//   bench_copy THREADS     prints GB/s, the best of ten passes as STREAM reports it
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "base/parallel.hpp"

namespace {
constexpr std::size_t bytes = 256U << 20;  // chosen: eight times the largest level-3 cache we met; two such arrays fit anywhere
constexpr int passes = 10;                 // as STREAM

double seconds_of_copy(std::byte* to, const std::byte* from, int threads) {
  const auto start = std::chrono::steady_clock::now();
  const std::size_t share = (bytes / static_cast<std::size_t>(threads) + 4095) / 4096 * 4096;
  spillway::for_blocks(bytes, share, threads,
                       [&](int, std::size_t first, std::size_t last) { std::memcpy(to + first, from + first, last - first); });
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}
}  // namespace

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::atoi(argv[1]) : 1;
  if (threads < 1) return std::fputs("usage: bench_copy THREADS\n", stderr), 2;
  struct Free {
    void operator()(std::byte* p) const { std::free(p); }
  };
  const auto array = [] { return std::unique_ptr<std::byte, Free>(static_cast<std::byte*>(std::aligned_alloc(2U << 20, bytes))); };
  const auto from = array(), to = array();
  if (!from || !to) return std::fputs("bench_copy: no memory for two arrays of 256 MiB\n", stderr), 3;
  std::memset(from.get(), 1, bytes);
  seconds_of_copy(to.get(), from.get(), threads);  // first touch
  double best = seconds_of_copy(to.get(), from.get(), threads);
  for (int pass = 1; pass < passes; ++pass) {
    const double seconds = seconds_of_copy(to.get(), from.get(), threads);
    if (seconds < best) best = seconds;
  }
  std::printf("%.2f\n", 2.0 * static_cast<double>(bytes) / best / 1e9);
}
