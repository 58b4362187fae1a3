// Reading: what is in a file, and its values.
#include <algorithm>

#include "base/pages.hpp"
#include "store/h5_impl.hpp"

namespace spillway::h5 {

namespace {
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
}  // namespace

File File::open(const std::string& path, int threads) {
  start_library();
  auto impl = std::make_unique<Impl>(path, threads);
  const Id access = impl->own(H5Pcreate(H5P_FILE_ACCESS), "prepare a file");
  // Files are renamed into place whole, so no lock is needed, and some network file systems have none.
  impl->check(H5Pset_file_locking(access, false, true), "prepare a file");
  if (H5Fis_hdf5(path.c_str()) == 0) throw FileError(path + ": cannot read: it is not an HDF5 file");
  impl->file = impl->own(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access), "open it as an HDF5 file");
  return File(std::move(impl));
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
  check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, text_transfer(), pointers.data()), "read", path);
  std::vector<std::string> texts;
  for (const char* pointer : pointers) texts.emplace_back(pointer == nullptr ? "" : pointer);
  check(H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data()), "give back the memory of", path);
  return texts;
}

// What write_pieces wrote. False where something else is there or a piece is damaged: the library reads it, or says what is wrong.
bool File::Impl::read_pieces(const Id& dataset, const std::string& path, std::byte* array) {
  const Id creation = own(H5Dget_create_plist(dataset), "ask dataset", path);
  const auto has = [&](unsigned at, H5Z_filter_t filter) {
    unsigned flags = 0, settings = 0;
    std::size_t parameters = 0;
    return H5Pget_filter2(creation, at, &flags, &parameters, nullptr, 0, nullptr, &settings) == filter;
  };
  if (H5Pget_layout(creation) != H5D_CHUNKED || H5Pget_nfilters(creation) != 2 || !has(0, H5Z_FILTER_SHUFFLE) ||
      !has(1, H5Z_FILTER_DEFLATE))
    return false;
  const Id type = own(H5Dget_type(dataset), "ask the type of", path), space = own(H5Dget_space(dataset), "ask the shape of", path);
  if (H5Tget_order(type) == H5T_ORDER_BE) return false;
  std::vector<hsize_t> sizes(static_cast<std::size_t>(check(H5Sget_simple_extent_ndims(space), "ask the shape of", path))),
      cut(sizes.size());
  check(H5Sget_simple_extent_dims(space, sizes.data(), nullptr), "ask the shape of", path);
  check(H5Pget_chunk(creation, static_cast<int>(cut.size()), cut.data()), "ask the chunks of", path);
  const std::vector<std::uint64_t> lengths(sizes.begin(), sizes.end()), chunk(cut.begin(), cut.end());
  const ChunkGrid grid{lengths, chunk, H5Tget_size(type)};
  for (std::size_t p = 0, count = grid.count(); p < count; p += PieceFilter::at_once) {
    for (std::size_t i = 0; i < std::min(PieceFilter::at_once, count - p); ++i) {
      const std::vector<hsize_t> origin = origin_of(grid, p + i);
      hsize_t size = 0;
      std::uint32_t left_out = 0;  // filters, by bit
      if (H5Dget_chunk_storage_size(dataset, origin.data(), &size) < 0 || size == 0 || size > 2 * grid.piece_bytes() + 4096) return false;
      check(H5Dread_chunk(dataset, H5P_DEFAULT, origin.data(), &left_out, filter.room(i, size).data()), "read", path);
      if (left_out != 0) return false;
    }
    if (!filter.restore(grid, p, array)) return false;
  }
  return true;
}

Values File::read(const std::string& path) {
  const Id dataset = impl_->dataset(path), type = impl_->own(H5Dget_type(dataset), "ask the type of", path);
  auto [content, values] = values_for(type);
  if (content == Content::other || content == Content::integers)
    throw FileError(impl_->name + ": dataset '" + path + "' has a type that Spillway does not write");
  const std::uint64_t count = impl_->plausible(dataset, path, content == Content::text ? 16 : H5Tget_size(type));
  if (count == 0) return std::move(values);
  if (content == Content::text) return impl_->read_texts(dataset, path, count);
  void* memory = std::visit(
      [n = count](auto& v) -> void* {
        v.reserve(n);
        want_huge_pages(v.data(), n * sizeof v[0]);
        return v.resize(n), v.data();
      },
      values);
  if (impl_->read_pieces(dataset, path, static_cast<std::byte*>(memory))) return std::move(values);
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
