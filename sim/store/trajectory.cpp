#include "store/trajectory.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include "base/error.hpp"
#include "store/commit.hpp"
#include "store/seal.hpp"
#include "store/trajectory_layout.hpp"

namespace spillway {

namespace trajectory {
bool belongs_to_layout(std::string_view attribute) {
  return std::find(layout_attributes.begin(), layout_attributes.end(), attribute) != layout_attributes.end();
}

bool is_coordinate(const Variable& variable) { return variable.dims.size() == 1 && variable.dims[0] == variable.name; }
}  // namespace trajectory

namespace {

using trajectory::is_coordinate;

/// Whole time axis, then as much of the fastest dimensions as makes about 1 MiB: a series is one read, a cross-section few.
/// Small arrays and texts are stored in one piece, as a chunk's index would be larger than what compression saves.
std::vector<std::uint64_t> chunk_of(const Values& values, const std::vector<std::uint64_t>& lengths) {
  constexpr std::uint64_t smallest = 4096, budget_bytes = std::uint64_t{1} << 20;
  const std::uint64_t width = std::visit([](const auto& v) { return sizeof(v[0]); }, values);
  if (std::holds_alternative<std::vector<std::string>>(values) || length(values) * width <= smallest) return {};
  std::vector<std::uint64_t> chunk(lengths.size(), 1);
  std::uint64_t budget = budget_bytes / width;
  chunk[0] = std::min(lengths[0], budget);
  budget /= chunk[0];
  for (std::size_t d = lengths.size() - 1; d > 0; --d) {
    chunk[d] = std::clamp<std::uint64_t>(budget, 1, lengths[d]);
    budget /= chunk[d];
  }
  return chunk;
}

std::size_t bytes_of(const Recording& recording) {
  std::size_t sum = 0;
  for (const Variable& variable : recording.variables) std::visit([&](const auto& v) { sum += v.size() * sizeof v[0]; }, variable.values);
  return sum;
}

template <class Number>
Values parse_flags(const std::string& text) {
  std::vector<Number> numbers;
  for (const char *at = text.data(), *end = at + text.size(); at < end;) {
    Number number{};
    const auto [after, failure] = std::from_chars(at, end, number);
    require(failure == std::errc{} && (after == end || (*after == ' ' && after + 1 < end)), "flag_values must be written as '0 1 2'");
    numbers.push_back(number);
    at = after == end ? end : after + 1;
  }
  return numbers;
}

class Writer {
 public:
  Writer(const Recording& recording, const std::string& name, int threads)
      : recording_(recording), file_(h5::File::create(name, bytes_of(recording), threads)) {}

  std::vector<std::byte> bytes() {
    for (const auto& [name, value] : recording_.attributes) file_.add_attribute("/", name, value);
    for (const Variable& variable : recording_.variables) add(variable);
    for (const Variable& variable : recording_.variables) attach_scales(variable);
    for (const auto& [path, text] : recording_.texts) {
      make_parents(path);
      file_.add_text(path, text);
    }
    if (!recording_.timing.empty()) file_.add_group(std::string(trajectory::timing_group));
    for (const auto& [name, value] : recording_.timing) file_.add_attribute(std::string(trajectory::timing_group), name, value);
    return file_.image(seal_size);
  }

 private:
  void make_parents(const std::string& path) {
    for (std::size_t end = path.find('/'); end != std::string::npos; end = path.find('/', end + 1))
      if (groups_.insert(path.substr(0, end)).second) file_.add_group(path.substr(0, end));
  }

  /// The nearest coordinate of that name: in the variable's own group or at the root.
  const Variable& scale(const Variable& variable, const std::string& dim) {
    const Variable* found = variable.group.empty() ? nullptr : recording_.find(variable.group + "/" + dim);
    if (found == nullptr) found = recording_.find(dim);
    if (found == nullptr || !is_coordinate(*found))
      throw Bug("variable '" + variable.path() + "' has no coordinate for its dimension '" + dim + "'");
    return *found;
  }

  void add(const Variable& variable) {
    const std::string path = variable.path();
    std::vector<std::uint64_t> lengths;
    std::uint64_t count = 1;
    for (const std::string& dim : variable.dims) {
      lengths.push_back(length(scale(variable, dim).values));
      count *= lengths.back();
    }
    if (count != length(variable.values))
      throw Bug("variable '" + path + "' has " + std::to_string(length(variable.values)) + " values and its dimensions make " +
                std::to_string(count));
    const bool is_text = std::holds_alternative<std::vector<std::string>>(variable.values);
    if (is_text && lengths.empty()) throw Bug("variable '" + path + "' is one text; it belongs to the recording's texts");
    make_parents(path);
    file_.add_dataset(path, variable.values, lengths, chunk_of(variable.values, lengths));
    if (is_coordinate(variable)) file_.make_scale(path, variable.name);
    add_attributes(variable, path);
  }

  void add_attributes(const Variable& variable, const std::string& path) {
    if (!variable.unit.empty()) file_.add_attribute(path, "units", variable.unit);
    if (!variable.long_name.empty()) file_.add_attribute(path, "long_name", variable.long_name);
    for (const auto& [name, value] : variable.attributes) {
      if (trajectory::belongs_to_layout(name)) throw Bug("variable '" + path + "' must not set '" + name + "' itself");
      if (name == trajectory::flag_values)
        file_.add_attribute(path, name, flags(variable, value));
      else
        file_.add_attribute(path, name, value);
    }
    if (is_coordinate(variable)) return;  // CF: a coordinate has no missing values
    if (std::holds_alternative<std::vector<double>>(variable.values))
      file_.add_attribute(path, "_FillValue", std::vector<double>{std::numeric_limits<double>::quiet_NaN()});
    if (std::holds_alternative<std::vector<float>>(variable.values))
      file_.add_attribute(path, "_FillValue", std::vector<float>{std::numeric_limits<float>::quiet_NaN()});
  }

  static Values flags(const Variable& variable, const std::string& text) {
    switch (variable.values.index()) {
      case 2: return parse_flags<std::int32_t>(text);
      case 3: return parse_flags<std::uint16_t>(text);
      case 4: return parse_flags<std::uint8_t>(text);
      default: throw Bug("variable '" + variable.path() + "' has flags and is not of whole numbers");
    }
  }

  void attach_scales(const Variable& variable) {
    if (is_coordinate(variable)) return;
    for (std::size_t d = 0; d < variable.dims.size(); ++d) file_.attach_scale(variable.path(), d, scale(variable, variable.dims[d]).path());
  }

  const Recording& recording_;
  h5::File file_;
  std::set<std::string> groups_ = {std::string(trajectory::timing_group)};  // made last, and only if it has something
};

}  // namespace

std::size_t file_size(const Recording& recording, int threads) {
  const std::lock_guard lock(h5::library_mutex());
  std::vector<std::byte> bytes = Writer(recording, "a file in memory", threads).bytes();
  add_seal(bytes);
  return bytes.size();
}

void write_recording(const Recording& recording, const std::string& path, int threads) {
  require(!recording.attribute("schema_version").empty(), "a recording needs the attribute schema_version");
  const std::lock_guard lock(h5::library_mutex());
  std::vector<std::byte> bytes = Writer(recording, path, threads).bytes();
  add_seal(bytes);
  commit_file(path, bytes, [&](const std::string& part) {
    if (check_seal(part) != Seal::intact)
      throw FileError(path + ": cannot write: what was written reads back differently (the disk fails; choose another one)");
    h5::File file = h5::File::open(part, threads);
    trajectory::compare(file, recording, path);
  });
}

}  // namespace spillway
