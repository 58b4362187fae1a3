#include "model/graph.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/hash.hpp"

namespace spillway {

namespace {
void sort_and_drop_doubles(Graph& graph) {
  std::uint64_t out = 0, row = 0;
  for (std::size_t i = 0; i + 1 < graph.first.size(); ++i) {
    const auto begin = graph.neighbour.begin() + static_cast<std::ptrdiff_t>(row),
               end = graph.neighbour.begin() + static_cast<std::ptrdiff_t>(graph.first[i + 1]);
    row = graph.first[i + 1];
    std::sort(begin, end);
    graph.first[i] = out;
    for (auto it = begin; it != end; ++it)
      if (it == begin || *it != *(it - 1)) graph.neighbour[out++] = *it;
  }
  graph.first.back() = out;
  graph.neighbour.resize(out);
}
}  // namespace

Graph graph_from_edges(std::uint32_t users, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges) {
  Graph graph;
  graph.first.assign(std::size_t{users} + 1, 0);
  for (const auto& [a, b] : edges) {
    require(a < users && b < users, "graph: an edge names a user that does not exist");
    if (a == b) continue;
    ++graph.first[a + 1];
    ++graph.first[b + 1];
  }
  for (std::size_t i = 1; i < graph.first.size(); ++i) graph.first[i] += graph.first[i - 1];
  graph.neighbour.resize(graph.first.back());
  std::vector<std::uint64_t> at(graph.first.begin(), graph.first.end() - 1);
  for (const auto& [a, b] : edges) {
    if (a == b) continue;
    graph.neighbour[at[a]++] = b;
    graph.neighbour[at[b]++] = a;
  }
  sort_and_drop_doubles(graph);
  return graph;
}

std::uint64_t content_hash(const Graph& graph) {
  std::uint64_t h = graph.first.size();
  for (const std::uint64_t f : graph.first) h = chain(h, f);
  for (const std::uint32_t n : graph.neighbour) h = chain(h, n);
  return h;
}

}  // namespace spillway
