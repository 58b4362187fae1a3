// The only door to HDF5: files, groups, datasets and attributes behind checked calls and owning types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/recording.hpp"

namespace spillway::h5 {

/// Held by every public function of this room while it uses the library, whose state is global.
std::mutex& library_mutex();

enum class Kind { group, dataset, other };

struct Entry {
  std::string name;
  Kind kind;
};

enum class Content { numbers, text, integers, other };  ///< `integers`: of a width that a Recording does not hold

struct DatasetInfo {
  Content content = Content::other;
  std::vector<std::uint64_t> lengths;  ///< empty: a scalar
  std::vector<std::string> dims;       ///< names of the attached scales, empty where there is none
};

/// A file being made in memory or read from disk. After the first failing call it is poisoned: every later call fails
/// too, because the library reports success for data that it has lost. All members throw FileError.
class File {
 public:
  /// A new file whose bytes stay in memory until `image` hands them out; a full disk cannot meet the library then,
  /// which would crash it. `name` serves messages; `values` is how many bytes of them there will be, about; so many threads filter.
  static File create(const std::string& name, std::size_t values = 0, int threads = 1);
  static File open(const std::string& path, int threads = 1);
  ~File();
  File(File&&) noexcept;
  File& operator=(File&&) noexcept;

  void add_group(const std::string& path);
  /// An empty chunk stores the values in one piece, uncompressed.
  void add_dataset(const std::string& path, const Values& values, std::span<const std::uint64_t> lengths,
                   std::span<const std::uint64_t> chunk);
  void add_text(const std::string& path, const std::string& text);  ///< scalar
  void make_scale(const std::string& path, const std::string& name);
  void attach_scale(const std::string& path, std::size_t dim, const std::string& scale);
  /// Attributes belong to an object; "/" is the file itself.
  void add_attribute(const std::string& object, const std::string& name, const std::string& text);
  void add_attribute(const std::string& object, const std::string& name, const Values& numbers);
  /// Closes the file; the object must not be used afterwards. `more`: bytes that will be added.
  std::vector<std::byte> image(std::size_t more = 0);

  bool exists(const std::string& path);
  /// In order of creation where the file knows it, else by name.
  std::vector<Entry> entries(const std::string& group);
  DatasetInfo describe(const std::string& path);
  Values read(const std::string& path);
  /// `count` whole numbers of any width from `first` on.
  std::vector<std::int64_t> read_integers(const std::string& path, std::uint64_t first, std::uint64_t count);
  std::string read_text(const std::string& path);
  /// Text attributes as they are, whole numbers as "0 1 2"; everything else is left out. In no promised order.
  Attributes attributes(const std::string& object);

 private:
  struct Impl;
  explicit File(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace spillway::h5
