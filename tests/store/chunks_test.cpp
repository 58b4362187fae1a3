// Arrays cut into pieces, filtered and put together again, and the same read by HDF5's own filters.
#include "store/chunks.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <numeric>

#include "base/hash.hpp"
#include "store/files.hpp"
#include "store/h5.hpp"

using namespace spillway;

namespace {
using Sizes = std::vector<std::uint64_t>;

std::size_t elements(const Sizes& sizes) { return std::accumulate(sizes.begin(), sizes.end(), std::size_t{1}, std::multiplies<>()); }

template <class T>
std::vector<T> numbers(std::size_t count) {
  std::vector<T> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<T>(mix64(i) % 251);
  return values;
}

// Out and back, by another number of threads.
template <class T>
bool comes_back(const Sizes& lengths, const Sizes& chunk, int threads) {
  const h5::ChunkGrid grid{lengths, chunk, sizeof(T)};
  const std::vector<T> written = numbers<T>(elements(lengths));
  const T padding{};
  std::vector<T> read(written.size(), T{77});
  h5::PieceFilter out(threads), back(threads + 1);
  for (std::size_t p = 0; p < grid.count(); p += h5::PieceFilter::at_once) {
    const auto pieces = out.filter(grid, reinterpret_cast<const std::byte*>(written.data()), std::as_bytes(std::span(&padding, 1)), p);
    for (std::size_t i = 0; i < pieces.size(); ++i) std::memcpy(back.room(i, pieces[i].size()).data(), pieces[i].data(), pieces[i].size());
    if (!back.restore(grid, p, reinterpret_cast<std::byte*>(read.data()))) return false;
  }
  return read == written;
}
}  // namespace

TEST_CASE("chunks: pieces come back in their places", "[store][threads]") {
  CHECK(comes_back<double>({100}, {7}, 1));
  CHECK(comes_back<float>({10, 33}, {10, 5}, 2));
  CHECK(comes_back<std::uint8_t>({9, 11, 2}, {4, 3, 2}, 1));
  CHECK(comes_back<std::uint16_t>({5, 6, 7}, {2, 6, 3}, 3));
  CHECK(comes_back<std::int32_t>({3, 4, 5, 6}, {2, 3, 2, 5}, 2));
  CHECK(comes_back<float>({500, 3}, {2, 1}, 2));  // more pieces than are filtered at once
}

TEST_CASE("chunks: a damaged piece is noticed", "[store]") {
  const Sizes lengths{64}, chunk{64};
  const h5::ChunkGrid grid{lengths, chunk, 4};
  const std::vector<float> written = numbers<float>(64);
  const float padding = 0;
  h5::PieceFilter filter(1);
  const auto pieces = filter.filter(grid, reinterpret_cast<const std::byte*>(written.data()), std::as_bytes(std::span(&padding, 1)), 0);
  const std::vector<std::byte> good(pieces[0].begin(), pieces[0].end());
  std::size_t noticed = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::vector<std::byte> bad = good;
    bad[at] ^= std::byte{16};
    std::memcpy(filter.room(0, bad.size()).data(), bad.data(), bad.size());
    std::vector<float> read(64);
    const bool sound = filter.restore(grid, 0, reinterpret_cast<std::byte*>(read.data()));
    INFO("byte " << at);
    CHECK((!sound || read == written));
    noticed += sound ? 0 : 1;
  }
  CHECK(noticed > good.size() / 2);
}

// Through the library's own filters: it is asked for the numbers in another width, which pieces are not.
TEST_CASE("chunks: HDF5 reads what was filtered here", "[store][threads]") {
  const TemporaryFolder folder;
  const Sizes lengths{40, 30}, chunk{40, 7};
  Values values = numbers<std::uint16_t>(elements(lengths));
  for (const int threads : {1, 3}) {
    h5::File file = h5::File::create("in memory", 0, threads);
    file.add_dataset("flat", std::get<std::vector<std::uint16_t>>(values), Sizes{1200}, Sizes{90});
    file.add_dataset("table", values, lengths, chunk);
    const std::vector<std::byte> bytes = file.image();
    write_bytes(folder / "x.h5", {reinterpret_cast<const char*>(bytes.data()), reinterpret_cast<const char*>(bytes.data()) + bytes.size()});
    h5::File read = h5::File::open(folder / "x.h5", threads);
    CHECK(read.read("table") == values);
    const std::vector<std::int64_t> flat = read.read_integers("flat", 0, 1200);
    CHECK(std::equal(flat.begin(), flat.end(), std::get<std::vector<std::uint16_t>>(values).begin()));
  }
}
