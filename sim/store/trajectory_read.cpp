#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>
#include <stdexcept>

#include "base/error.hpp"
#include "model/version.hpp"
#include "store/file_kind.hpp"
#include "store/guard.hpp"
#include "store/seal.hpp"
#include "store/trajectory.hpp"
#include "store/trajectory_layout.hpp"

namespace spillway {

namespace trajectory {

Variable read_variable(h5::File& file, const std::string& path, bool with_values) {
  const h5::DatasetInfo info = file.describe(path);
  const std::size_t slash = path.rfind('/');
  Variable variable;
  variable.group = slash == std::string::npos ? "" : path.substr(0, slash);
  variable.name = path.substr(slash + 1);  // npos + 1 is 0
  variable.dims = info.dims;
  if (with_values || is_coordinate(variable)) variable.values = file.read(path);
  for (auto& [name, value] : file.attributes(path)) {
    if (name == "units")
      variable.unit = value;
    else if (name == "long_name")
      variable.long_name = value;
    else if (!belongs_to_layout(name))
      variable.attributes.emplace_back(name, std::move(value));
  }
  return variable;
}

namespace {
bool same_bits(const Values& a, const Values& b) {
  if (a.index() != b.index() || length(a) != length(b)) return false;
  return std::visit(
      [&](const auto& left) {
        const auto& right = std::get<std::decay_t<decltype(left)>>(b);
        if constexpr (std::is_same_v<std::decay_t<decltype(left)>, std::vector<std::string>>)
          return left == right;
        else
          return left.empty() || std::memcmp(left.data(), right.data(), left.size() * sizeof left[0]) == 0;  // NaN equals itself
      },
      a);
}

/// In any order: HDF5 moves attributes about when an object's header grows.
bool same(Attributes a, Attributes b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

bool same(const Variable& a, const Variable& b) {
  return a.path() == b.path() && a.dims == b.dims && a.unit == b.unit && a.long_name == b.long_name && same(a.attributes, b.attributes) &&
         same_bits(a.values, b.values);
}
}  // namespace

void compare(h5::File& file, const Recording& recording, const std::string& name) {
  const auto refuse = [&](const std::string& what) {
    throw FileError(name + ": cannot write: " + what + " reads back differently from what was written");
  };
  for (const Variable& variable : recording.variables)
    if (!same(read_variable(file, variable.path(), true), variable)) refuse("'" + variable.path() + "'");
  for (const auto& [path, text] : recording.texts)
    if (file.read_text(path) != text) refuse("'" + path + "'");
  if (!same(file.attributes("/"), recording.attributes)) refuse("the file's description");
  if (!recording.timing.empty() && !same(file.attributes(std::string(timing_group)), recording.timing)) refuse("'timing'");
}

}  // namespace trajectory

namespace {

class Reader {
 public:
  Reader(const std::string& path, bool with_values) : path_(path), with_values_(with_values), file_(h5::File::open(path)) {}

  Recording recording() {
    recording_.attributes = file_.attributes("/");
    check_version();
    walk("", 0);
    const std::string timing(trajectory::timing_group);
    if (file_.exists(timing)) recording_.timing = file_.attributes(timing);
    return std::move(recording_);
  }

 private:
  void check_version() {
    const std::string stored = recording_.attribute("schema_version");
    int major = 0;
    const auto [after, failure] = std::from_chars(stored.data(), stored.data() + stored.size(), major);
    if (failure != std::errc{} || after == stored.data()) throw FileError(path_ + ": is not a Spillway result (it has no schema_version)");
    int known = 0;
    std::from_chars(schema_version.data(), schema_version.data() + schema_version.size(), known);
    if (major > known)
      throw FileError(path_ + ": has file format " + stored + ", and this program knows formats up to " + std::string(schema_version) +
                      " (use a newer Spillway)");
  }

  void walk(const std::string& group, int depth) {
    if (depth > 8) throw FileError(path_ + ": its groups are nested too deeply: it is not a Spillway result or is damaged");
    for (const h5::Entry& entry : file_.entries(group.empty() ? "/" : group)) {
      const std::string path = group.empty() ? entry.name : group + "/" + entry.name;
      if (entry.kind == h5::Kind::group && path != trajectory::timing_group) walk(path, depth + 1);
      if (entry.kind == h5::Kind::dataset) take(path);
    }
  }

  void take(const std::string& path) {
    const h5::DatasetInfo info = file_.describe(path);
    if (info.content == h5::Content::text && info.lengths.empty()) {
      recording_.texts.emplace_back(path, file_.read_text(path));
      return;
    }
    for (const std::string& dim : info.dims)
      if (dim.empty())
        throw FileError(path_ + ": dataset '" + path +
                        "' lacks a named dimension, so Spillway did not write it (remove it to read the rest)");
    recording_.variables.push_back(trajectory::read_variable(file_, path, with_values_));
  }

  std::string path_;
  bool with_values_;
  h5::File file_;
  Recording recording_;
};

Recording read(const std::string& path, bool with_values) {
  refuse_other_than_result(path);
  const std::lock_guard lock(h5::library_mutex());
  const auto work = [&] { return Reader(path, with_values).recording(); };
  const Seal seal = check_seal(path);
  if (seal == Seal::broken)
    throw FileError(
        path +
        ": cannot read: the file is damaged, its content is not what was written (restore it from a copy, or run the scenario again)");
  try {
    if (seal == Seal::none) try_in_child(path, work);
    return work();
  } catch (const std::bad_alloc&) {
    throw FileError(path + ": cannot read: there is not enough memory for its content");
  }
}

}  // namespace

Recording read_recording(const std::string& path) { return read(path, true); }
Recording read_outline(const std::string& path) { return read(path, false); }

bool is_result_file(const std::string& path) { return kind_of_file(path) == FileKind::result; }

}  // namespace spillway
