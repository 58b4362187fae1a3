#include "store/graph_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "store/commit.hpp"
#include "store/guard.hpp"
#include "store/h5.hpp"

namespace spillway {

namespace {

using Tie = std::pair<std::uint32_t, std::uint32_t>;

constexpr std::size_t most_issues = 20;  // enough to see a pattern; a file in the wrong format has one on every line

std::ifstream open_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw file_error("open", path, errno);
  // A folder can be opened and not read.
  if (file.peek() == std::ifstream::traits_type::eof() && file.bad()) throw file_error("read", path, errno == 0 ? EISDIR : errno);
  file.clear();
  return file;
}

bool is_hdf5(const std::string& path) {
  std::array<char, 8> start{};
  open_file(path).read(start.data(), start.size());
  return std::string_view(start.data(), start.size()) == std::string_view("\x89HDF\r\n\x1a\n", 8);
}

/// Calls visit(line number, line without comment) for every line that is not blank.
void for_each_line(const std::string& path, const std::function<void(std::uint64_t, std::string_view)>& visit) {
  std::ifstream file = open_file(path);
  std::string line;
  for (std::uint64_t number = 1; std::getline(file, line); ++number) {
    std::string_view text = line;
    if (number == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // spreadsheets put a byte-order mark there
    text = text.substr(0, text.find('#'));
    if (text.find_first_not_of(" \t\r,") != std::string_view::npos) visit(number, text);
  }
  if (file.bad()) throw file_error("read", path, errno);
}

class EdgeListReader {
 public:
  EdgeListReader(std::string path, std::uint32_t users) : path_(std::move(path)), users_(users) {}

  std::vector<Tie> read(std::uint64_t lines) {
    ties_.reserve(lines);
    for_each_line(path_, [&](std::uint64_t number, std::string_view text) { take(number, text); });
    if (!issues_.empty()) throw InputError(std::move(issues_));
    return std::move(ties_);
  }

 private:
  void take(std::uint64_t number, std::string_view text) {
    const std::string_view whole = text;
    const auto a = next_id(number, whole, text), b = a ? next_id(number, whole, text) : std::nullopt;
    if (!a || !b) return;
    if (text.find_first_not_of(" \t\r,") != std::string_view::npos)
      return complain(number, whole, text, "more than two ids; a line is one tie: two numbers (delete the other columns)");
    ties_.emplace_back(*a, *b);
  }

  std::optional<std::uint32_t> next_id(std::uint64_t number, std::string_view whole, std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r,"), text.size()));
    const std::string_view word = text.substr(0, text.find_first_of(" \t\r,"));
    std::uint64_t id = 0;
    const auto [after, failure] = std::from_chars(word.data(), word.data() + word.size(), id);
    const bool is_number = !word.empty() && after == word.data() + word.size() && failure != std::errc::invalid_argument;
    if (is_number && failure == std::errc{} && id < users_) {
      text.remove_prefix(word.size());
      return static_cast<std::uint32_t>(id);
    }
    const std::string shown = "'" + std::string(word.substr(0, 40)) + "'";
    if (word.empty())
      complain(number, whole, text, "only one id; a line is one tie: two numbers");
    else if (!is_number)
      complain(number, whole, text, shown + " is not the number of a user (users are numbered from 0)");
    else
      complain(number, whole, text,
               "user " + std::string(word.substr(0, 40)) + " does not exist; the population has users 0 to " + std::to_string(users_ - 1) +
                   " (raise population.users or number users from 0)");
    return std::nullopt;
  }

  void complain(std::uint64_t number, std::string_view whole, std::string_view rest, std::string message) {
    constexpr std::uint64_t largest = std::numeric_limits<int>::max();  // a country has more ties than that
    Issue issue{
        path_, static_cast<int>(std::min(number, largest)), static_cast<int>(whole.size() - rest.size()) + 1, {}, std::move(message), {}};
    issues_.push_back(std::move(issue));
    if (issues_.size() < most_issues) return;
    issues_.push_back(Issue{path_, 0, 0, {}, "there may be more; reading stopped here", {}});
    throw InputError(std::move(issues_));
  }

  std::string path_;
  std::uint32_t users_;
  std::vector<Tie> ties_;
  std::vector<Issue> issues_;
};

InputError about_file(const std::string& path, std::string message) { return InputError({Issue{path, 0, 0, {}, std::move(message), {}}}); }

void check_degrees(const std::string& path, const Graph& graph) {
  for (std::size_t i = 0; i + 1 < graph.first.size(); ++i) {
    const std::uint64_t degree = graph.first[i + 1] - graph.first[i];
    if (degree > max_contacts)
      throw about_file(path, "user " + std::to_string(i) + " has " + std::to_string(degree) + " contacts; at most " +
                                 std::to_string(max_contacts) + " are possible (thin out such users)");
  }
}

std::uint64_t count_lines(const std::string& path) {
  std::uint64_t lines = 0;
  for_each_line(path, [&](int, std::string_view) { ++lines; });
  return lines;
}

Graph read_edge_list(const std::string& path, std::uint32_t users, GraphFileStats& stats) {
  const std::vector<Tie> ties = EdgeListReader(path, users).read(count_lines(path));
  Graph graph = graph_from_edges(users, ties);
  stats.self_ties =
      static_cast<std::uint64_t>(std::count_if(ties.begin(), ties.end(), [](const Tie& tie) { return tie.first == tie.second; }));
  stats.ties = graph.neighbour.size() / 2;
  stats.duplicates = ties.size() - stats.self_ties - stats.ties;
  return graph;
}

class RowsReader {
 public:
  RowsReader(const std::string& path, std::uint32_t users) : path_(path), users_(users), file_(h5::File::open(path)) {
    rows_ = length("indptr");
    entries_ = length("indices");
    if (rows_ != std::uint64_t{users_} + 1)
      throw about_file(path_, "indptr has " + std::to_string(rows_) + " entries and population.users is " + std::to_string(users_) +
                                  "; a network of N users needs N + 1 entries");
  }

  std::uint64_t entries() const { return entries_; }

  Graph read(GraphFileStats& stats) {
    read_rows();
    read_neighbours();
    tidy(stats);
    check_symmetry();
    stats.ties = graph_.neighbour.size() / 2;
    return std::move(graph_);
  }

 private:
  static constexpr std::uint64_t block = std::uint64_t{1} << 20;

  std::uint64_t length(const std::string& name) {
    if (!file_.exists(name))
      throw about_file(path_, "has no dataset '" + name + "'; a network in HDF5 needs indptr and indices at the root");
    const auto lengths = file_.describe(name).lengths;
    if (lengths.size() != 1) throw about_file(path_, "dataset '" + name + "' must have one dimension");
    return lengths[0];
  }

  void read_rows() {
    graph_.first.reserve(rows_);
    for (std::uint64_t at = 0; at < rows_; at += block)
      for (const std::int64_t value : file_.read_integers("indptr", at, std::min(block, rows_ - at))) {
        const std::uint64_t before = graph_.first.empty() ? 0 : graph_.first.back();
        if (value < 0 || static_cast<std::uint64_t>(value) < before || (graph_.first.empty() && value != 0))
          throw about_file(path_, "indptr[" + std::to_string(graph_.first.size()) + "] is " + std::to_string(value) +
                                      "; it must begin at 0 and never fall");
        graph_.first.push_back(static_cast<std::uint64_t>(value));
      }
    if (graph_.first.back() != entries_)
      throw about_file(path_, "indptr ends at " + std::to_string(graph_.first.back()) + " and indices has " + std::to_string(entries_) +
                                  " entries; both must agree");
  }

  void read_neighbours() {
    graph_.neighbour.reserve(entries_);
    for (std::uint64_t at = 0; at < entries_; at += block)
      for (const std::int64_t value : file_.read_integers("indices", at, std::min(block, entries_ - at))) {
        if (value < 0 || value >= std::int64_t{users_})
          throw about_file(path_, "indices[" + std::to_string(graph_.neighbour.size()) + "] is " + std::to_string(value) +
                                      "; the population has users 0 to " + std::to_string(users_ - 1));
        graph_.neighbour.push_back(static_cast<std::uint32_t>(value));
      }
  }

  /// Sorts every row and drops self-ties and doubles.
  void tidy(GraphFileStats& stats) {
    std::uint64_t out = 0, begin = 0, doubles = 0;
    for (std::uint32_t user = 0; user < users_; ++user) {
      const std::uint64_t end = graph_.first[user + 1];
      std::sort(graph_.neighbour.begin() + static_cast<std::ptrdiff_t>(begin), graph_.neighbour.begin() + static_cast<std::ptrdiff_t>(end));
      graph_.first[user] = out;
      for (std::uint64_t k = begin; k < end; ++k) {
        const std::uint32_t other = graph_.neighbour[k];
        if (other == user)
          ++stats.self_ties;
        else if (out > graph_.first[user] && graph_.neighbour[out - 1] == other)
          ++doubles;
        else
          graph_.neighbour[out++] = other;
      }
      begin = end;
    }
    graph_.first[users_] = out;
    graph_.neighbour.resize(out);
    stats.duplicates = (doubles + 1) / 2;  // a double stands in both rows
  }

  /// Users in ascending order meet the entries of every row in ascending order, so one walk with a finger in each row is enough.
  void check_symmetry() {
    std::vector<std::uint64_t> finger(graph_.first.begin(), graph_.first.end() - 1);
    for (std::uint32_t user = 0; user < users_; ++user)
      for (std::uint64_t k = graph_.first[user]; k < graph_.first[user + 1]; ++k) {
        const std::uint32_t other = graph_.neighbour[k];
        if (finger[other] == graph_.first[other + 1] || graph_.neighbour[finger[other]] != user) refuse_one_way(user, other);
        ++finger[other];
      }
  }

  [[noreturn]] void refuse_one_way(std::uint32_t user, std::uint32_t other) {
    const auto row = [&](std::uint32_t u) {
      return std::pair(graph_.neighbour.begin() + static_cast<std::ptrdiff_t>(graph_.first[u]),
                       graph_.neighbour.begin() + static_cast<std::ptrdiff_t>(graph_.first[u + 1]));
    };
    // The walk notices a gap when it meets the next entry of that row, which may be a sound one.
    if (const auto [begin, end] = row(other); std::binary_search(begin, end, user)) {
      std::uint32_t lone = 0;
      for (auto it = begin; it != end && *it < user; ++it)
        if (const auto [b, e] = row(*it); !std::binary_search(b, e, other)) lone = *it;
      user = other;
      other = lone;
    }
    throw about_file(path_, "user " + std::to_string(user) + " has contact " + std::to_string(other) +
                                ", but not the other way round; every tie must stand in both rows");
  }

  std::string path_;
  std::uint32_t users_;
  h5::File file_;
  std::uint64_t rows_ = 0, entries_ = 0;
  Graph graph_;
};

}  // namespace

Graph read_graph(const std::string& path, std::uint32_t users, GraphFileStats* stats) {
  GraphFileStats found;
  Graph graph;
  if (is_hdf5(path)) {
    const std::lock_guard lock(h5::library_mutex());
    try_in_child(path, [&] { RowsReader(path, users).read(found); });
    graph = RowsReader(path, users).read(found);
  } else {
    graph = read_edge_list(path, users, found);
  }
  check_degrees(path, graph);
  if (stats != nullptr) *stats = found;
  return graph;
}

GraphMemory graph_memory(const std::string& path, std::uint32_t users) {
  const std::uint64_t rows = (std::uint64_t{users} + 1) * sizeof(std::uint64_t);
  if (is_hdf5(path)) {
    const std::lock_guard lock(h5::library_mutex());
    try_in_child(path, [&] { RowsReader(path, users); });
    const std::uint64_t neighbours = RowsReader(path, users).entries() * sizeof(std::uint32_t);
    return {2 * rows + neighbours, rows + neighbours};
  }
  const std::uint64_t ties = count_lines(path), neighbours = ties * 2 * sizeof(std::uint32_t);
  return {2 * rows + ties * sizeof(Tie) + neighbours, rows + neighbours};
}

}  // namespace spillway
