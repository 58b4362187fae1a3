#include "store/chunks.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <memory>
#include <new>
#include <numeric>

#include "base/parallel.hpp"
#include "store/aligned_buffer.hpp"

namespace spillway::h5 {

namespace {
static_assert(std::endian::native == std::endian::little, "pieces are written as they lie in memory");
constexpr int level = 1;  // chosen: floats of a run hardly shrink further at higher ones, at many times the cost

std::uint64_t product(std::span<const std::uint64_t> sizes) {
  return std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{1}, std::multiplies<>());
}

/// What lies together both in the array and in one of its pieces.
class Rows {
 public:
  Rows(const ChunkGrid& grid, std::size_t piece)
      : grid_(grid), origin_(grid.origin(piece)), last_(grid.lengths.size() - 1), row_(grid.width) {
    for (; last_ > 0 && grid.chunk[last_] == grid.lengths[last_]; --last_) row_ *= grid.lengths[last_];
  }
  bool fill_the_piece() const {
    for (std::size_t d = 0; d < origin_.size(); ++d)
      if (origin_[d] + grid_.chunk[d] > grid_.lengths[d]) return false;
    return true;
  }
  /// visit(place in the array, place in the piece, how much), in bytes.
  template <class Visit>
  void each(Visit visit) const {
    walk(0, 0, 0, visit);
  }

 private:
  template <class Visit>
  void walk(std::size_t dim, std::size_t in_array, std::size_t in_piece, Visit& visit) const {
    const std::uint64_t inside = std::min(grid_.chunk[dim], grid_.lengths[dim] - origin_[dim]);
    std::size_t array_step = row_, piece_step = row_;
    for (std::size_t d = dim + 1; d <= last_; ++d) array_step *= grid_.lengths[d], piece_step *= grid_.chunk[d];
    in_array += origin_[dim] * array_step;
    if (dim == last_) return visit(in_array, in_piece, inside * row_);
    for (std::uint64_t i = 0; i < inside; ++i) walk(dim + 1, in_array + i * array_step, in_piece + i * piece_step, visit);
  }

  const ChunkGrid& grid_;
  std::vector<std::uint64_t> origin_;
  std::size_t last_, row_;  ///< the last dimension that is cut, bytes of all after it
};

// All first bytes, then all second ones, and so on.
void shuffle(const std::byte* piece, std::size_t n, std::size_t width, std::byte* shuffled) {
  for (std::size_t b = 0; b < width; ++b) {
    const std::byte* __restrict in = piece + b;
    std::byte* __restrict out = shuffled + b * n;
    for (std::size_t i = 0; i < n; ++i) out[i] = in[i * width];
  }
}
void unshuffle(const std::byte* shuffled, std::size_t n, std::size_t width, std::byte* piece) {
  for (std::size_t b = 0; b < width; ++b) {
    const std::byte* __restrict in = shuffled + b * n;
    std::byte* __restrict out = piece + b;
    for (std::size_t i = 0; i < n; ++i) out[i * width] = in[i];
  }
}

}  // namespace

std::size_t ChunkGrid::count() const {
  std::size_t all = 1;
  for (std::size_t d = 0; d < lengths.size(); ++d) all *= (lengths[d] + chunk[d] - 1) / chunk[d];
  return all;
}

std::size_t ChunkGrid::piece_bytes() const { return product(chunk) * width; }

std::vector<std::uint64_t> ChunkGrid::origin(std::size_t piece) const {
  std::vector<std::uint64_t> at(lengths.size());
  for (std::size_t d = lengths.size(); d-- > 0;) {
    const std::uint64_t pieces = (lengths[d] + chunk[d] - 1) / chunk[d];
    at[d] = piece % pieces * chunk[d];
    piece /= pieces;
  }
  return at;
}

struct PieceFilter::Worker {
  struct Free {
    void operator()(libdeflate_compressor* tool) const { libdeflate_free_compressor(tool); }
    void operator()(libdeflate_decompressor* tool) const { libdeflate_free_decompressor(tool); }
  };
  std::unique_ptr<libdeflate_compressor, Free> compressor;
  std::unique_ptr<libdeflate_decompressor, Free> decompressor;
  AlignedBuffer piece, shuffled;

  void make_room(std::size_t bytes) {
    piece.make_room(bytes);
    shuffled.make_room(bytes);
  }
};

struct PieceFilter::Piece {
  AlignedBuffer filtered;
  std::size_t size = 0;
};

PieceFilter::PieceFilter(int threads) : workers_(static_cast<std::size_t>(std::max(1, threads))), pieces_(at_once) {}
PieceFilter::~PieceFilter() = default;
PieceFilter::PieceFilter(PieceFilter&&) noexcept = default;

std::vector<std::span<const std::byte>> PieceFilter::filter(const ChunkGrid& grid, const std::byte* array,
                                                            std::span<const std::byte> padding, std::size_t first) {
  const std::size_t count = std::min(at_once, grid.count() - first), bytes = grid.piece_bytes();
  for_blocks(count, 1, static_cast<int>(workers_.size()), [&](int worker, std::size_t begin, std::size_t end) {
    Worker& with = workers_[static_cast<std::size_t>(worker)];
    if (!with.compressor) with.compressor.reset(libdeflate_alloc_compressor(level));
    if (!with.compressor) throw std::bad_alloc();
    with.make_room(bytes);
    for (std::size_t p = begin; p < end; ++p) {
      const Rows rows(grid, first + p);
      std::byte* piece = with.piece.data();
      if (!rows.fill_the_piece())
        for (std::size_t at = 0; at < bytes; at += padding.size()) std::memcpy(piece + at, padding.data(), padding.size());
      rows.each([&](std::size_t from, std::size_t to, std::size_t size) { std::memcpy(piece + to, array + from, size); });
      shuffle(piece, bytes / grid.width, grid.width, with.shuffled.data());
      const std::size_t most = libdeflate_zlib_compress_bound(with.compressor.get(), bytes);
      pieces_[p].filtered.make_room(most);
      pieces_[p].size = libdeflate_zlib_compress(with.compressor.get(), with.shuffled.data(), bytes, pieces_[p].filtered.data(), most);
    }
  });
  std::vector<std::span<const std::byte>> filtered;
  for (std::size_t p = 0; p < count; ++p) filtered.push_back(pieces_[p].filtered.bytes().first(pieces_[p].size));
  return filtered;
}

std::span<std::byte> PieceFilter::room(std::size_t i, std::size_t bytes) {
  pieces_[i].filtered.make_room(bytes);
  pieces_[i].size = bytes;
  return pieces_[i].filtered.bytes().first(bytes);
}

bool PieceFilter::restore(const ChunkGrid& grid, std::size_t first, std::byte* array) {
  const std::size_t count = std::min(at_once, grid.count() - first), bytes = grid.piece_bytes();
  std::atomic<bool> sound = true;
  for_blocks(count, 1, static_cast<int>(workers_.size()), [&](int worker, std::size_t begin, std::size_t end) {
    Worker& with = workers_[static_cast<std::size_t>(worker)];
    if (!with.decompressor) with.decompressor.reset(libdeflate_alloc_decompressor());
    if (!with.decompressor) throw std::bad_alloc();
    with.make_room(bytes);
    for (std::size_t p = begin; p < end; ++p) {
      const Piece& from = pieces_[p];
      if (libdeflate_zlib_decompress(with.decompressor.get(), from.filtered.data(), from.size, with.shuffled.data(), bytes, nullptr) !=
          LIBDEFLATE_SUCCESS) {
        sound = false;
        return;
      }
      std::byte* piece = with.piece.data();
      unshuffle(with.shuffled.data(), bytes / grid.width, grid.width, piece);
      Rows(grid, first + p).each([&](std::size_t to, std::size_t at, std::size_t size) { std::memcpy(array + to, piece + at, size); });
    }
  });
  return sound;
}

}  // namespace spillway::h5
