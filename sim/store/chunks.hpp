// Pieces of a large array as HDF5's filters `shuffle` and `deflate` leave them. The library would filter one after the other; here
// several threads do, and any reader of HDF5 reads the result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace spillway::h5 {

/// A row-major array cut into pieces of equal shape, in row-major order; the last ones reach past its end.
struct ChunkGrid {
  std::span<const std::uint64_t> lengths, chunk;  ///< by dimension, in elements
  std::size_t width;                              ///< bytes of an element

  std::size_t count() const;
  std::size_t piece_bytes() const;
  /// The piece's first element, by dimension.
  std::vector<std::uint64_t> origin(std::size_t piece) const;
};

/// Its memory is used again for every array.
class PieceFilter {
 public:
  explicit PieceFilter(int threads);
  ~PieceFilter();
  PieceFilter(PieceFilter&&) noexcept;

  static constexpr std::size_t at_once = 64;  ///< chosen: enough for many threads, and little memory
  /// At most `at_once` pieces of an array from `first` on, filtered; valid until the next call. `padding`: an element, for what lies
  /// past the array's end.
  std::vector<std::span<const std::byte>> filter(const ChunkGrid& grid, const std::byte* array, std::span<const std::byte> padding,
                                                 std::size_t first);
  /// Room for the filtered piece `first + i` of an array, to be filled before `restore`.
  std::span<std::byte> room(std::size_t i, std::size_t bytes);
  /// Puts the pieces in their rooms, from `first` on, back in their places; false if one of them is damaged.
  bool restore(const ChunkGrid& grid, std::size_t first, std::byte* array);

 private:
  struct Worker;
  struct Piece;
  std::vector<Worker> workers_;
  std::vector<Piece> pieces_;
};

}  // namespace spillway::h5
