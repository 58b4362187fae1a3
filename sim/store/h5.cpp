#include "store/h5.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "base/pages.hpp"
#include "store/h5_impl.hpp"

namespace spillway::h5 {

void start_library() {
  // Before anything else: the library's own exit handler crashes when a file could not be closed.
  static const bool started = H5dont_atexit() >= 0 && H5open() >= 0;
  if (!started) throw FileError("the HDF5 library cannot be started");
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // per thread; failures come out as exceptions instead
}

/// The deepest entry of the error stack says what happened; those above only say who passed it on.
std::string reason() {
  std::string text;
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_UPWARD,
      [](unsigned level, const H5E_error2_t* entry, void* out) -> herr_t {
        if (level == 0 && entry->desc != nullptr) *static_cast<std::string*>(out) = entry->desc;
        return 0;
      },
      &text);
  H5Eclear2(H5E_DEFAULT);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text.empty() ? "HDF5 gives no reason" : text;
}

Id text_type() {
  Id type(H5Tcopy(H5T_C_S1));
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  return type;
}

Id text_transfer() {
  Id list(H5Pcreate(H5P_DATASET_XFER));
  H5Pset_buffer(list, std::size_t{1} << 16, nullptr, nullptr);
  return list;
}

NumberType number_type(const Values& values) {
  require(values.index() < 5, "h5: text has no number type");
  const NumberType types[] = {{H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE},
                              {H5T_NATIVE_FLOAT, H5T_IEEE_F32LE},
                              {H5T_NATIVE_INT32, H5T_STD_I32LE},
                              {H5T_NATIVE_UINT16, H5T_STD_U16LE},
                              {H5T_NATIVE_UINT8, H5T_STD_U8LE}};
  return types[values.index()];
}

std::vector<hsize_t> origin_of(const ChunkGrid& grid, std::size_t piece) {
  const std::vector<std::uint64_t> origin = grid.origin(piece);
  return {origin.begin(), origin.end()};
}

namespace {
/// As the library manages a file in memory itself, but on huge pages.
H5FD_file_image_callbacks_t image_memory() {
  static constexpr auto advise = [](void* memory, std::size_t bytes) {
    if (memory != nullptr) want_huge_pages(memory, bytes);
    return memory;
  };
  H5FD_file_image_callbacks_t calls{};
  calls.image_malloc = [](std::size_t bytes, H5FD_file_image_op_t, void*) { return advise(std::malloc(bytes), bytes); };
  calls.image_realloc = [](void* old, std::size_t bytes, H5FD_file_image_op_t, void*) { return advise(std::realloc(old, bytes), bytes); };
  calls.image_memcpy = [](void* to, const void* from, std::size_t bytes, H5FD_file_image_op_t, void*) {
    return std::memcpy(to, from, bytes);
  };
  calls.image_free = [](void* memory, H5FD_file_image_op_t, void*) -> herr_t { return std::free(memory), 0; };
  return calls;
}

/// Numbers as they lie in memory, and the one that stands for a missing one.
struct Elements {
  const std::byte* first;
  std::vector<std::byte> missing;
};
Elements elements_of(const Values& values) {
  return std::visit(
      [](const auto& v) -> Elements {
        using T = typename std::decay_t<decltype(v)>::value_type;
        if constexpr (std::is_arithmetic_v<T>) {
          const T missing = std::numeric_limits<T>::quiet_NaN();  // 0 for whole numbers
          const auto bytes = std::as_bytes(std::span(&missing, 1));
          return {reinterpret_cast<const std::byte*>(v.data()), {bytes.begin(), bytes.end()}};
        } else {
          throw Bug("h5: texts are not cut into pieces");
        }
      },
      values);
}

// Of links only: tracked attributes would need an object header that jsfive does not read.
constexpr unsigned tracked = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

}  // namespace

std::mutex& library_mutex() {
  static std::mutex mutex;
  return mutex;
}

File::File(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
File::~File() = default;
File::File(File&&) noexcept = default;
File& File::operator=(File&&) noexcept = default;

File File::create(const std::string& name, std::size_t values, int threads) {
  start_library();
  auto impl = std::make_unique<Impl>(name, threads);
  const Id access = impl->own(H5Pcreate(H5P_FILE_ACCESS), "prepare a file");
  const std::size_t step = std::max(std::size_t{1} << 20, values / 2);  // it may be copied when it grows
  impl->check(H5Pset_fapl_core(access, step, false), "prepare a file in memory");
  H5FD_file_image_callbacks_t memory = image_memory();
  impl->check(H5Pset_file_image_callbacks(access, &memory), "prepare a file in memory");
  // Newer formats than 1.8 lock out browsers' readers; the oldest possible is written, as no file image in a newer one is sound.
  impl->check(H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18), "set the format of");
  const Id creation = impl->own(H5Pcreate(H5P_FILE_CREATE), "prepare a file");
  impl->check(H5Pset_link_creation_order(creation, tracked), "prepare a file");
  impl->check(H5Pset_obj_track_times(creation, false), "prepare a file");  // equal runs, equal bytes
  impl->file = impl->own(H5Fcreate(name.c_str(), H5F_ACC_TRUNC, creation, access), "make a file in memory");
  return File(std::move(impl));
}

void File::add_group(const std::string& path) {
  const Id creation = impl_->own(H5Pcreate(H5P_GROUP_CREATE), "prepare group", path);
  impl_->check(H5Pset_link_creation_order(creation, tracked), "prepare group", path);
  impl_->check(H5Pset_obj_track_times(creation, false), "prepare group", path);
  impl_->own(H5Gcreate2(impl_->file, path.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), "make group", path);
}

Id File::Impl::creation_list(const Values& values, std::span<const std::uint64_t> chunk) {
  Id list = own(H5Pcreate(H5P_DATASET_CREATE), "prepare a dataset");
  check(H5Pset_obj_track_times(list, false), "prepare a dataset");
  const double missing = std::numeric_limits<double>::quiet_NaN();
  if (values.index() < 2) check(H5Pset_fill_value(list, H5T_NATIVE_DOUBLE, &missing), "set the missing value");
  if (chunk.empty()) return list;
  const std::vector<hsize_t> sizes(chunk.begin(), chunk.end());
  check(H5Pset_chunk(list, static_cast<int>(sizes.size()), sizes.data()), "set chunks");
  check(H5Pset_shuffle(list), "set the shuffle filter");
  check(H5Pset_deflate(list, 1), "set compression");
  return list;
}

void File::Impl::write(const Id& dataset, const std::string& path, const Values& values) {
  if (length(values) == 0) return;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&values)) {
    std::vector<const char*> pointers;
    for (const std::string& text : *texts) pointers.push_back(storable(text, path));
    check(H5Dwrite(dataset, text_type(), H5S_ALL, H5S_ALL, text_transfer(), pointers.data()), "write", path);
    return;
  }
  const hid_t type = number_type(values).memory;
  std::visit([&](const auto& v) { check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, v.data()), "write", path); }, values);
}

void File::Impl::write_pieces(const Id& dataset, const std::string& path, const Values& values, const ChunkGrid& grid) {
  const Elements elements = elements_of(values);
  for (std::size_t p = 0; p < grid.count();) {
    for (const std::span<const std::byte> piece : filter.filter(grid, elements.first, elements.missing, p)) {
      const std::vector<hsize_t> origin = origin_of(grid, p++);
      check(H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, origin.data(), piece.size(), piece.data()), "write", path);
    }
  }
}

void File::add_dataset(const std::string& path, const Values& values, std::span<const std::uint64_t> lengths,
                       std::span<const std::uint64_t> chunk) {
  const std::vector<hsize_t> sizes(lengths.begin(), lengths.end());
  const Id space = impl_->own(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), "prepare", path);
  const Id text = text_type(), creation = impl_->creation_list(values, chunk);
  const hid_t type = std::holds_alternative<std::vector<std::string>>(values) ? hid_t{text} : number_type(values).file;
  const Id made = impl_->own(H5Dcreate2(impl_->file, path.c_str(), type, space, H5P_DEFAULT, creation, H5P_DEFAULT), "make", path);
  if (chunk.empty() || length(values) == 0)
    impl_->write(made, path, values);
  else
    impl_->write_pieces(made, path, values, {lengths, chunk, H5Tget_size(type)});
}

void File::add_text(const std::string& path, const std::string& text) { add_dataset(path, std::vector<std::string>{text}, {}, {}); }

void File::make_scale(const std::string& path, const std::string& name) {
  impl_->check(H5DSset_scale(impl_->dataset(path), name.c_str()), "make a scale of", path);
}

void File::attach_scale(const std::string& path, std::size_t dim, const std::string& scale) {
  impl_->check(H5DSattach_scale(impl_->dataset(path), impl_->dataset(scale), static_cast<unsigned>(dim)), "attach a scale to", path);
}

void File::add_attribute(const std::string& object, const std::string& name, const std::string& text) {
  const Id owner = impl_->object(object), type = text_type(), space = impl_->own(H5Screate(H5S_SCALAR), "prepare attribute", name);
  const Id made = impl_->own(H5Acreate2(owner, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), "make attribute", name);
  const char* pointer = impl_->storable(text, name);
  impl_->check(H5Awrite(made, type, &pointer), "write attribute", name);
}

void File::add_attribute(const std::string& object, const std::string& name, const Values& numbers) {
  const hsize_t size = length(numbers);
  const NumberType type = number_type(numbers);
  const Id owner = impl_->object(object), space = impl_->own(H5Screate_simple(1, &size, nullptr), "prepare attribute", name);
  const Id made = impl_->own(H5Acreate2(owner, name.c_str(), type.file, space, H5P_DEFAULT, H5P_DEFAULT), "make attribute", name);
  std::visit([&](const auto& v) { impl_->check(H5Awrite(made, type.memory, v.data()), "write attribute", name); }, numbers);
}

std::vector<std::byte> File::image(std::size_t more) {
  impl_->check(H5Fflush(impl_->file, H5F_SCOPE_GLOBAL), "finish the file");
  const auto size = impl_->check(H5Fget_file_image(impl_->file, nullptr, 0), "measure the file");
  std::vector<std::byte> bytes;
  bytes.reserve(static_cast<std::size_t>(size) + more);
  want_huge_pages(bytes.data(), bytes.capacity());
  bytes.resize(static_cast<std::size_t>(size));
  impl_->check(H5Fget_file_image(impl_->file, bytes.data(), bytes.size()), "take the file's bytes");
  impl_->check(impl_->file.close(), "close the file");
  return bytes;
}

}  // namespace spillway::h5
