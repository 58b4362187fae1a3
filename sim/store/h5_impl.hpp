// What h5.cpp and h5_read.cpp share: owning identifiers and checked calls. Nobody else includes it.
#pragma once

#include <hdf5.h>
#include <hdf5_hl.h>

#include <utility>

#include "base/error.hpp"
#include "store/chunks.hpp"
#include "store/h5.hpp"

namespace spillway::h5 {

static_assert(sizeof(hid_t) == sizeof(std::int64_t), "HDF5 1.10 or newer is needed");

/// Owns an identifier of any kind: dropping the last reference closes what it names.
class Id {
 public:
  explicit Id(hid_t id = H5I_INVALID_HID) : id_(id) {}
  ~Id() { close(); }
  Id(Id&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
  Id& operator=(Id&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  operator hid_t() const { return id_; }  // NOLINT: every C call takes it
  /// Never called twice for the same identifier: a second close of a broken file crashes the library.
  herr_t close() { return id_ < 0 ? 0 : static_cast<herr_t>(H5Idec_ref(std::exchange(id_, H5I_INVALID_HID))); }

 private:
  hid_t id_;
};

void start_library();
/// What the library's error stack says happened.
std::string reason();
Id text_type();
/// For texts: the library would clear a buffer of 1 MiB for each array of them.
Id text_transfer();

// By alternative of Values: what stands in memory, and the same width in little-endian order in the file.
struct NumberType {
  hid_t memory, file;
};
NumberType number_type(const Values& values);
std::vector<hsize_t> origin_of(const ChunkGrid& grid, std::size_t piece);

struct File::Impl {
  Impl(std::string file_name, int threads) : name(std::move(file_name)), filter(threads) {}

  std::string name;
  Id file;
  PieceFilter filter;
  bool poisoned = false;

  /// Every library call of a file goes through here; negative means failure.
  template <class Result>
  Result check(Result result, const char* doing, const std::string& object = {}) {
    if (result >= 0 && !poisoned) return result;
    poisoned = true;
    throw FileError(name + ": cannot " + doing + (object.empty() ? "" : " '" + object + "'") + ": " + reason());
  }
  Id own(hid_t id, const char* doing, const std::string& object = {}) { return Id(check(id, doing, object)); }
  Id object(const std::string& path) { return own(H5Oopen(file, path.c_str(), H5P_DEFAULT), "open", path); }
  const char* storable(const std::string& text, const std::string& where) const {
    if (text.find('\0') == std::string::npos) return text.c_str();
    throw FileError(name + ": a text of '" + where + "' holds a NUL character, which HDF5 cannot store");
  }
  Id dataset(const std::string& path);
  Id creation_list(const Values& values, std::span<const std::uint64_t> chunk);
  void write(const Id& dataset, const std::string& path, const Values& values);
  void write_pieces(const Id& dataset, const std::string& path, const Values& values, const ChunkGrid& grid);
  bool read_pieces(const Id& dataset, const std::string& path, std::byte* array);
  std::vector<std::string> read_texts(const Id& dataset, const std::string& path, std::uint64_t count);
  std::string attribute_text(const Id& attribute, const std::string& name, bool& understood);
  std::uint64_t plausible(const Id& dataset, const std::string& path, std::size_t bytes_each);
};

}  // namespace spillway::h5
