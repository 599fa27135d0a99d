// The same searches by igraph, for network.py: igraph_ways EDGES PEOPLE SECOND THIRD. Second degree: the two
// sorted lists of neighbours and what they share. Third: every pair of a neighbour of each, while it can be
// better than the best (its own Dijkstra walks the whole graph, for seconds).
#include <igraph/igraph.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iostream>
#include <limits>

#include "tests/bench/acquaintances.hpp"
#include "tests/bench/process.hpp"

namespace tertius::bench {
namespace {

using Steady = std::chrono::steady_clock;

struct Graph {
  igraph_t ties;
  igraph_vector_t costs;
};

Graph read_graph(const std::string& file, igraph_integer_t people) {
  Graph graph;
  igraph_vector_int_t ends;
  igraph_vector_int_init(&ends, 0);
  igraph_vector_init(&graph.costs, 0);
  std::ifstream in(file, std::ios::binary);
  Acquaintance tie;
  double strength = 0;
  while (in.read(reinterpret_cast<char*>(&tie), sizeof(tie)) &&
         in.read(reinterpret_cast<char*>(&strength), sizeof(strength))) {
    igraph_vector_int_push_back(&ends, tie.owner);
    igraph_vector_int_push_back(&ends, tie.contact);
    igraph_vector_push_back(&graph.costs, -std::log(strength));
  }
  igraph_create(&graph.ties, &ends, people, IGRAPH_DIRECTED);
  igraph_vector_int_destroy(&ends);
  return graph;
}

double second(const Graph& graph, Pair pair) {
  igraph_vector_int_t a, b, both;
  for (auto* one : {&a, &b, &both}) igraph_vector_int_init(one, 0);
  igraph_neighbors(&graph.ties, &a, pair.requester,
                   IGRAPH_IN);  // by the connector's own word, as opens_way()
  igraph_neighbors(&graph.ties, &b, pair.target, IGRAPH_ALL);
  igraph_vector_int_intersect_sorted(&a, &b, &both);
  const auto* const begin = igraph_vector_int_get_ptr(&both, 0);
  std::vector<igraph_integer_t> found(begin, begin + igraph_vector_int_size(&both));
  for (auto* one : {&a, &b, &both}) igraph_vector_int_destroy(one);
  found.erase(std::unique(found.begin(), found.end()), found.end());  // of two ties between the same people
  return static_cast<double>(found.size());
}

// Everybody beside `person`, with the cost of the tie.
std::vector<std::pair<igraph_integer_t, double>> beside(const Graph& graph, igraph_integer_t person,
                                                        igraph_neimode_t mode) {
  igraph_vector_int_t edges;
  igraph_vector_int_init(&edges, 0);
  igraph_incident(&graph.ties, &edges, person, mode);
  std::vector<std::pair<igraph_integer_t, double>> out;
  for (igraph_integer_t i = 0; i < igraph_vector_int_size(&edges); ++i) {
    const igraph_integer_t edge = igraph_vector_int_get(&edges, i);
    out.emplace_back(IGRAPH_OTHER(&graph.ties, edge, person), igraph_vector_get(&graph.costs, edge));
  }
  igraph_vector_int_destroy(&edges);
  return out;
}

double third(const Graph& graph, Pair pair) {
  const auto last = beside(graph, pair.target, IGRAPH_ALL);
  double best = std::numeric_limits<double>::infinity();
  for (const auto& [first, to_first] : beside(graph, pair.requester, IGRAPH_IN)) {
    if (first == pair.target) continue;
    for (const auto& [second, to_target] : last) {
      if (second == pair.requester || second == first || to_first + to_target >= best) continue;
      igraph_integer_t edge = -1;
      igraph_get_eid(&graph.ties, &edge, first, second, IGRAPH_UNDIRECTED, false);
      if (edge < 0) continue;
      best = std::min(best, to_first + igraph_vector_get(&graph.costs, edge) + to_target);
    }
  }
  return std::isinf(best) ? 0 : 1;
}

void measure(const char* name, const Graph& graph, const std::vector<Pair>& pairs,
             double (*search)(const Graph&, Pair)) {
  std::vector<double> times;
  double sum = 0;
  for (const Pair& pair : pairs) {
    const auto begin = Steady::now();
    sum += search(graph, pair);
    times.push_back(std::chrono::duration<double>(Steady::now() - begin).count() * 1e6);
  }
  std::ranges::sort(times);
  std::cout << ", \"" << name << "\": {\"p50\": " << times[times.size() / 2]
            << ", \"p99\": " << times[times.size() * 99 / 100] << ", \"sum\": " << sum << "}";
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() != 4) return std::cerr << "usage: see igraph_ways.cpp\n", 64;
  const auto people = static_cast<std::uint32_t>(std::stoul(arguments[1]));
  const auto begin = Steady::now();
  const Graph graph = read_graph(arguments[0], people);
  std::cout << "{\"build\": " << std::chrono::duration<double>(Steady::now() - begin).count()
            << ", \"resident\": " << resident_bytes();
  measure("second", graph, make_pairs(people, std::stoul(arguments[2])), second);
  measure("third", graph, make_pairs(people, std::stoul(arguments[3])), third);
  std::cout << "}" << std::endl;
  return 0;
}

}  // namespace
}  // namespace tertius::bench

int main(int argc, char** argv) { return tertius::bench::run({argv + 1, argv + argc}); }
