#include "store/graph_file.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "store/commit.hpp"
#include "store/files.hpp"
#include "store/h5.hpp"

using namespace spillway;
using Catch::Contains;

namespace {
struct GraphFile {
  TemporaryFolder folder;
  std::string path = folder / "ties.txt";
  explicit GraphFile(const std::string& text) { write_text(path, text); }
  std::string error(std::uint32_t users) const {
    return message_of<InputError>([&] { read_graph(path, users); });
  }
};

struct RowsFile {
  TemporaryFolder folder;
  std::string path = folder / "ties.h5";
  RowsFile(std::vector<std::int32_t> first, std::vector<std::int32_t> neighbours) {
    h5::File file = h5::File::create(path);
    const std::uint64_t rows = first.size(), entries = neighbours.size();
    file.add_dataset("indptr", std::move(first), {&rows, 1}, {});
    file.add_dataset("indices", std::move(neighbours), {&entries, 1}, {});
    commit_file(path, file.image(), [](const std::string&) {});
  }
  std::string error(std::uint32_t users) const {
    return message_of<InputError>([&] { read_graph(path, users); });
  }
};

using Rows = std::vector<std::uint64_t>;
using Ids = std::vector<std::uint32_t>;
}  // namespace

TEST_CASE("graph file: edge list in every spelling", "[store]") {
  const GraphFile file("\xEF\xBB\xBF# who knows whom\n\n0 1\n2,0  # a comment\n3\t0\r\n 1 , 0\n2 2\n3, 1\n3 1\n   \n");
  GraphFileStats stats;
  const Graph graph = read_graph(file.path, 5, &stats);
  CHECK(graph.first == Rows{0, 3, 5, 6, 8, 8});
  CHECK(graph.neighbour == Ids{1, 2, 3, 0, 3, 0, 0, 1});
  CHECK(stats.ties == 4);
  CHECK(stats.self_ties == 1);
  CHECK(stats.duplicates == 2);
  CHECK(content_hash(graph) == content_hash(graph_from_edges(5, {{0, 1}, {0, 2}, {0, 3}, {3, 1}})));
}

TEST_CASE("graph file: nobody knows anybody", "[store]") {
  const GraphFile file("# nothing\n");
  const Graph graph = read_graph(file.path, 3);
  CHECK(graph.first == Rows{0, 0, 0, 0});
  CHECK(graph.neighbour.empty());
}

TEST_CASE("graph file: wrong lines are named with file, line and column", "[store]") {
  CHECK_THAT(GraphFile("0 1\n1 x7\n").error(3), Contains("ties.txt:2:3: 'x7' is not the number of a user"));
  CHECK_THAT(GraphFile("0 1\n\n# c\n3 1\n").error(3), Contains("ties.txt:4:1: user 3 does not exist") && Contains("users 0 to 2"));
  CHECK_THAT(GraphFile("-1 2\n").error(3), Contains("ties.txt:1:1: '-1' is not"));
  CHECK_THAT(GraphFile("1.5 2\n").error(3), Contains("'1.5' is not"));
  CHECK_THAT(GraphFile("1\n").error(3), Contains("ties.txt:1:2: only one id"));
  CHECK_THAT(GraphFile("0 1 0.5\n").error(3), Contains("more than two"));
  CHECK_THAT(GraphFile("0 99999999999999999999999\n").error(3), Contains("does not exist"));
  CHECK_THAT(GraphFile("0;1\n").error(3), Contains("'0;1'"));
  CHECK_THAT(GraphFile("source target\n0 1\n").error(3), Contains("ties.txt:1:1: 'source'"));
}

TEST_CASE("graph file: many wrong lines are cut short", "[store]") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "a b\n";
  const GraphFile file(text);
  try {
    read_graph(file.path, 10);
    FAIL("accepted");
  } catch (const InputError& error) {
    CHECK(error.issues().size() == 21);
    CHECK_THAT(error.issues().back().message, Contains("there may be more"));
  }
}

TEST_CASE("graph file: nobody has more than 65535 contacts", "[store]") {
  std::string text;
  for (int i = 1; i <= 65536; ++i) text += "0 " + std::to_string(i) + "\n";
  const GraphFile file(text);
  CHECK_THAT(file.error(65537), Contains("user 0 has 65536 contacts") && Contains("65535"));
}

TEST_CASE("graph file: files that cannot be read", "[store]") {
  const TemporaryFolder folder;
  CHECK_THAT(message_of<FileError>([&] { read_graph(folder / "none.txt", 3); }), Contains("No such file or directory"));
  CHECK_THAT(message_of<FileError>([&] { read_graph(folder.path(), 3); }), Contains("directory"));
  write_text(folder / "cut.h5", std::string("\x89HDF\r\n\x1a\n", 8) + "nothing more");
  CHECK_FALSE(message_of<FileError>([&] { read_graph(folder / "cut.h5", 3); }).empty());
}

TEST_CASE("graph file: rows in HDF5", "[store]") {
  GraphFileStats stats;
  const RowsFile sorted({0, 2, 3, 4, 4}, {1, 2, 0, 0});
  const Graph graph = read_graph(sorted.path, 4, &stats);
  CHECK(graph.first == Rows{0, 2, 3, 4, 4});
  CHECK(graph.neighbour == Ids{1, 2, 0, 0});
  CHECK(stats.ties == 2);

  const RowsFile messy({0, 4, 7, 8}, {2, 1, 0, 1, 0, 0, 1, 0});  // unsorted, with a self-tie in two rows and a double
  const Graph tidy = read_graph(messy.path, 3, &stats);
  CHECK(tidy.first == Rows{0, 2, 3, 4});
  CHECK(tidy.neighbour == Ids{1, 2, 0, 0});
  CHECK(stats.self_ties == 2);
  CHECK(stats.duplicates == 1);
}

TEST_CASE("graph file: 64-bit rows as other programs write them", "[store]") {
  const std::string path = std::string(SPILLWAY_SOURCE_DIR) + "/tests/store/formats/ring_of_six.h5";
  CHECK(content_hash(read_graph(path, 6)) == content_hash(graph_from_edges(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 0}})));
  CHECK(graph_memory(path, 6).reading == 2 * 7 * 8 + 12 * 4);
  CHECK(graph_memory(path, 6).held == 7 * 8 + 12 * 4);
}

TEST_CASE("graph file: wrong rows in HDF5", "[store]") {
  CHECK_THAT(RowsFile({0, 1, 2}, {1, 0}).error(3), Contains("indptr has 3 entries and population.users is 3"));
  CHECK_THAT(RowsFile({0, 1, 3}, {1, 0}).error(2), Contains("both must agree"));
  CHECK_THAT(RowsFile({1, 1, 2}, {1, 0}).error(2), Contains("indptr[0] is 1"));
  CHECK_THAT(RowsFile({0, 2, 1}, {1, 0}).error(2), Contains("indptr[2] is 1"));
  CHECK_THAT(RowsFile({0, 1, 2}, {1, 2}).error(2), Contains("indices[1] is 2"));
  CHECK_THAT(RowsFile({0, 1, 2}, {1, -1}).error(2), Contains("indices[1] is -1"));
  CHECK_THAT(RowsFile({0, 1, 1}, {1}).error(2), Contains("user 0 has contact 1, but not the other way round"));
  CHECK_THAT(RowsFile({0, 0, 1}, {0}).error(2), Contains("user 1 has contact 0, but not the other way round"));
  CHECK_THAT(RowsFile({0, 1, 2, 4}, {2, 2, 0, 1}).error(4), Contains("indptr has 4"));
  CHECK_THAT(RowsFile({0, 1, 1, 3}, {2, 0, 1}).error(3), Contains("user 2 has contact 1, but not"));
  CHECK_THAT(RowsFile({0, 0, 1, 3}, {2, 0, 1}).error(3), Contains("user 2 has contact 0, but not"));
}

TEST_CASE("graph file: memory is known beforehand", "[store]") {
  const GraphFile file("# two ties\n0 1\n\n1 2\n");
  CHECK(graph_memory(file.path, 3).reading == 2 * 4 * 8 + 2 * (8 + 8));
  CHECK(graph_memory(file.path, 3).held == 4 * 8 + 2 * 8);
}
