#include "store/h5.hpp"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <limits>

#include "base/error.hpp"

namespace spillway::h5 {

static_assert(sizeof(hid_t) == sizeof(std::int64_t), "HDF5 1.10 or newer is needed");

namespace {

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

// By alternative of Values: what stands in memory, and the same width in little-endian order in the file.
struct NumberType {
  hid_t memory, file;
};
NumberType number_type(const Values& values) {
  require(values.index() < 5, "h5: text has no number type");
  const NumberType types[] = {{H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE},
                              {H5T_NATIVE_FLOAT, H5T_IEEE_F32LE},
                              {H5T_NATIVE_INT32, H5T_STD_I32LE},
                              {H5T_NATIVE_UINT16, H5T_STD_U16LE},
                              {H5T_NATIVE_UINT8, H5T_STD_U8LE}};
  return types[values.index()];
}

/// Empty values of the alternative that holds this type, and whether there is one.
std::pair<Content, Values> values_for(hid_t type) {
  const H5T_class_t kind = H5Tget_class(type);
  const std::size_t size = H5Tget_size(type);
  if (kind == H5T_STRING && H5Tis_variable_str(type) > 0) return {Content::text, std::vector<std::string>{}};
  if (kind == H5T_FLOAT && size == 8) return {Content::numbers, std::vector<double>{}};
  if (kind == H5T_FLOAT && size == 4) return {Content::numbers, std::vector<float>{}};
  if (kind != H5T_INTEGER) return {Content::other, {}};
  const int bytes = static_cast<int>(size) * (H5Tget_sign(type) == H5T_SGN_2 ? -1 : 1);  // signed types count below 0
  if (bytes == -4) return {Content::numbers, std::vector<std::int32_t>{}};
  if (bytes == 2) return {Content::numbers, std::vector<std::uint16_t>{}};
  if (bytes == 1) return {Content::numbers, std::vector<std::uint8_t>{}};
  return {Content::integers, {}};
}

// Of links only: tracked attributes would need an object header that jsfive does not read.
constexpr unsigned tracked = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

}  // namespace

struct File::Impl {
  std::string name;
  Id file;
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
  std::vector<std::string> read_texts(const Id& dataset, const std::string& path, std::uint64_t count);
  std::string attribute_text(const Id& attribute, const std::string& name, bool& understood);
  std::uint64_t plausible(const Id& dataset, const std::string& path, std::size_t bytes_each);
};

std::mutex& library_mutex() {
  static std::mutex mutex;
  return mutex;
}

File::File(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
File::~File() = default;
File::File(File&&) noexcept = default;
File& File::operator=(File&&) noexcept = default;

File File::create(const std::string& name) {
  start_library();
  auto impl = std::make_unique<Impl>();
  impl->name = name;
  const Id access = impl->own(H5Pcreate(H5P_FILE_ACCESS), "prepare a file");
  impl->check(H5Pset_fapl_core(access, std::size_t{1} << 20, false), "prepare a file in memory");
  // Newer formats than 1.8 lock out browsers' readers; the oldest possible is written, as no file image in a newer one is sound.
  impl->check(H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18), "set the format of");
  const Id creation = impl->own(H5Pcreate(H5P_FILE_CREATE), "prepare a file");
  impl->check(H5Pset_link_creation_order(creation, tracked), "prepare a file");
  impl->check(H5Pset_obj_track_times(creation, false), "prepare a file");  // equal runs, equal bytes
  impl->file = impl->own(H5Fcreate(name.c_str(), H5F_ACC_TRUNC, creation, access), "make a file in memory");
  return File(std::move(impl));
}

File File::open(const std::string& path) {
  start_library();
  auto impl = std::make_unique<Impl>();
  impl->name = path;
  const Id access = impl->own(H5Pcreate(H5P_FILE_ACCESS), "prepare a file");
  // Files are renamed into place whole, so no lock is needed, and some network file systems have none.
  impl->check(H5Pset_file_locking(access, false, true), "prepare a file");
  if (H5Fis_hdf5(path.c_str()) == 0) throw FileError(path + ": cannot read: it is not an HDF5 file");
  impl->file = impl->own(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access), "open it as an HDF5 file");
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
    check(H5Dwrite(dataset, text_type(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "write", path);
    return;
  }
  const hid_t type = number_type(values).memory;
  std::visit([&](const auto& v) { check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, v.data()), "write", path); }, values);
}

void File::add_dataset(const std::string& path, const Values& values, std::span<const std::uint64_t> lengths,
                       std::span<const std::uint64_t> chunk) {
  const std::vector<hsize_t> sizes(lengths.begin(), lengths.end());
  const Id space = impl_->own(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), "prepare", path);
  const Id text = text_type(), creation = impl_->creation_list(values, chunk);
  const hid_t type = std::holds_alternative<std::vector<std::string>>(values) ? hid_t{text} : number_type(values).file;
  const Id made = impl_->own(H5Dcreate2(impl_->file, path.c_str(), type, space, H5P_DEFAULT, creation, H5P_DEFAULT), "make", path);
  impl_->write(made, path, values);
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

std::vector<std::byte> File::image() {
  impl_->check(H5Fflush(impl_->file, H5F_SCOPE_GLOBAL), "finish the file");
  const auto size = impl_->check(H5Fget_file_image(impl_->file, nullptr, 0), "measure the file");
  std::vector<std::byte> bytes(static_cast<std::size_t>(size));
  impl_->check(H5Fget_file_image(impl_->file, bytes.data(), bytes.size()), "take the file's bytes");
  impl_->check(impl_->file.close(), "close the file");
  return bytes;
}

bool File::exists(const std::string& path) {
  for (std::size_t end = path.find('/'); end != std::string::npos; end = path.find('/', end + 1))
    if (impl_->check(H5Lexists(impl_->file, path.substr(0, end).c_str(), H5P_DEFAULT), "look for", path) == 0) return false;
  return impl_->check(H5Lexists(impl_->file, path.c_str(), H5P_DEFAULT), "look for", path) > 0;
}

std::vector<Entry> File::entries(const std::string& group) {
  const Id opened = impl_->own(H5Gopen2(impl_->file, group.c_str(), H5P_DEFAULT), "open group", group);
  const Id creation = impl_->own(H5Gget_create_plist(opened), "ask group", group);
  unsigned order = 0;
  impl_->check(H5Pget_link_creation_order(creation, &order), "ask the order of", group);
  std::vector<Entry> found;
  const auto collect = [](hid_t parent, const char* name, const H5L_info_t* link, void* out) -> herr_t {
    Kind kind = Kind::other;  // soft and external links are not followed: they may lead to other files
    if (link->type == H5L_TYPE_HARD) {
      const Id object(H5Oopen(parent, name, H5P_DEFAULT));
      if (object < 0) return -1;
      const H5I_type_t type = H5Iget_type(object);
      kind = type == H5I_GROUP ? Kind::group : type == H5I_DATASET ? Kind::dataset : Kind::other;
    }
    static_cast<std::vector<Entry>*>(out)->push_back({name, kind});
    return 0;
  };
  impl_->check(
      H5Literate(opened, (order & H5P_CRT_ORDER_TRACKED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &found),
      "list", group);
  return found;
}

/// Refuses what would make the library read other files.
Id File::Impl::dataset(const std::string& path) {
  Id opened = own(H5Dopen2(file, path.c_str(), H5P_DEFAULT), "open dataset", path);
  const Id creation = own(H5Dget_create_plist(opened), "ask dataset", path);
  const H5D_layout_t layout = check(H5Pget_layout(creation), "ask the layout of", path);
  const bool elsewhere = layout == H5D_VIRTUAL || check(H5Pget_external_count(creation), "ask the place of", path) > 0;
  if (elsewhere) throw FileError(name + ": dataset '" + path + "' keeps its values in other files, which is not followed");
  return opened;
}

/// Elements of a dataset; refuses lengths that a file of this size cannot hold, before memory is taken for them.
std::uint64_t File::Impl::plausible(const Id& dataset, const std::string& path, std::size_t bytes_each) {
  const Id space = own(H5Dget_space(dataset), "ask the shape of", path);
  const auto count = static_cast<std::uint64_t>(check(H5Sget_simple_extent_npoints(space), "ask the size of", path));
  hsize_t file_size = 0;
  check(H5Fget_filesize(file, &file_size), "ask the size of the file");
  constexpr std::uint64_t best_ratio = 1040;  // deflate cannot do better than 1032 to 1
  if (count > (file_size + 4096) * best_ratio / bytes_each)
    throw FileError(name + ": dataset '" + path + "' claims more values than the file can hold: it is damaged");
  return count;
}

DatasetInfo File::describe(const std::string& path) {
  const Id dataset = impl_->dataset(path);
  const Id type = impl_->own(H5Dget_type(dataset), "ask the type of", path),
           space = impl_->own(H5Dget_space(dataset), "ask the shape of", path);
  DatasetInfo info;
  info.content = values_for(type).first;
  const int rank = impl_->check(H5Sget_simple_extent_ndims(space), "ask the shape of", path);
  std::vector<hsize_t> lengths(static_cast<std::size_t>(rank));
  impl_->check(H5Sget_simple_extent_dims(space, lengths.data(), nullptr), "ask the shape of", path);
  info.lengths.assign(lengths.begin(), lengths.end());
  info.dims.resize(lengths.size());
  if (impl_->check(H5DSis_scale(dataset), "ask the role of", path) > 0) {
    if (rank == 1) info.dims[0] = path.substr(path.rfind('/') + 1);
    return info;
  }
  const auto take_name = [](hid_t, unsigned, hid_t scale, void* out) -> herr_t {
    char name[1024] = {};
    if (H5Iget_name(scale, name, sizeof name) < 0) return -1;
    const std::string_view full = name;
    *static_cast<std::string*>(out) = full.substr(full.rfind('/') + 1);
    return 1;  // the first scale is enough
  };
  for (std::size_t d = 0; d < lengths.size(); ++d)
    impl_->check(H5DSiterate_scales(dataset, static_cast<unsigned>(d), nullptr, take_name, &info.dims[d]), "ask the dimensions of", path);
  return info;
}

std::vector<std::string> File::Impl::read_texts(const Id& dataset, const std::string& path, std::uint64_t count) {
  const Id type = text_type(), space = own(H5Dget_space(dataset), "ask the shape of", path);
  std::vector<char*> pointers(count, nullptr);
  check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "read", path);
  std::vector<std::string> texts;
  for (const char* pointer : pointers) texts.emplace_back(pointer == nullptr ? "" : pointer);
  check(H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data()), "give back the memory of", path);
  return texts;
}

Values File::read(const std::string& path) {
  const Id dataset = impl_->dataset(path), type = impl_->own(H5Dget_type(dataset), "ask the type of", path);
  auto [content, values] = values_for(type);
  if (content == Content::other || content == Content::integers)
    throw FileError(impl_->name + ": dataset '" + path + "' has a type that Spillway does not write");
  const std::uint64_t count = impl_->plausible(dataset, path, content == Content::text ? 16 : H5Tget_size(type));
  if (count == 0) return std::move(values);
  if (content == Content::text) return impl_->read_texts(dataset, path, count);
  void* memory = std::visit([n = count](auto& v) -> void* { return v.resize(n), v.data(); }, values);
  impl_->check(H5Dread(dataset, number_type(values).memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, memory), "read", path);
  return std::move(values);
}

std::vector<std::int64_t> File::read_integers(const std::string& path, std::uint64_t first, std::uint64_t count) {
  const Id dataset = impl_->dataset(path), type = impl_->own(H5Dget_type(dataset), "ask the type of", path);
  if (H5Tget_class(type) != H5T_INTEGER) throw FileError(impl_->name + ": dataset '" + path + "' must hold whole numbers");
  impl_->plausible(dataset, path, H5Tget_size(type));
  const Id space = impl_->own(H5Dget_space(dataset), "ask the shape of", path);
  const hsize_t start = first, size = count;
  impl_->check(H5Sselect_hyperslab(space, H5S_SELECT_SET, &start, nullptr, &size, nullptr), "select from", path);
  const Id memory = impl_->own(H5Screate_simple(1, &size, nullptr), "prepare to read", path);
  std::vector<std::int64_t> numbers(count);
  if (count > 0) impl_->check(H5Dread(dataset, H5T_NATIVE_INT64, memory, space, H5P_DEFAULT, numbers.data()), "read", path);
  return numbers;
}

std::string File::read_text(const std::string& path) {
  const Values values = read(path);
  const auto* texts = std::get_if<std::vector<std::string>>(&values);
  return texts != nullptr && texts->size() == 1 ? texts->front()
                                                : throw FileError(impl_->name + ": dataset '" + path + "' must be one text");
}

std::string File::Impl::attribute_text(const Id& attribute, const std::string& name, bool& understood) {
  const Id type = own(H5Aget_type(attribute), "ask the type of attribute", name),
           space = own(H5Aget_space(attribute), "ask the shape of attribute", name);
  const auto count = static_cast<std::uint64_t>(check(H5Sget_simple_extent_npoints(space), "ask the size of attribute", name));
  const H5T_class_t kind = H5Tget_class(type);
  understood = true;
  if (kind == H5T_STRING && H5Tis_variable_str(type) > 0 && count == 1) {
    char* pointer = nullptr;
    const Id memory = text_type();
    check(H5Aread(attribute, memory, &pointer), "read attribute", name);
    const std::string text = pointer == nullptr ? "" : pointer;
    H5free_memory(pointer);
    return text;
  }
  understood = kind == H5T_INTEGER && count < 65536;
  if (!understood) return {};
  std::vector<std::int64_t> numbers(count);
  check(H5Aread(attribute, H5T_NATIVE_INT64, numbers.data()), "read attribute", name);
  std::string text;
  for (const std::int64_t number : numbers) text += (text.empty() ? "" : " ") + std::to_string(number);
  return text;
}

Attributes File::attributes(const std::string& object) {
  const Id owner = impl_->object(object);
  std::vector<std::string> names;
  const auto collect = [](hid_t, const char* name, const H5A_info_t*, void* out) -> herr_t {
    static_cast<std::vector<std::string>*>(out)->emplace_back(name);
    return 0;
  };
  impl_->check(H5Aiterate2(owner, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, collect, &names), "list the attributes of", object);
  Attributes found;
  for (const std::string& name : names) {
    const Id attribute = impl_->own(H5Aopen(owner, name.c_str(), H5P_DEFAULT), "open attribute", name);
    bool understood = false;
    std::string text = impl_->attribute_text(attribute, name, understood);
    if (understood) found.emplace_back(name, std::move(text));
  }
  return found;
}

}  // namespace spillway::h5
