// A network of thousands, searched in both degrees and counted by a plain breadth-first search: a made one,
// or one of real acquaintances, which is no part of the project: TERTIUS_TEST_GRAPH names a file of lines "a
// b", each a tie.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "broker/network_builder.hpp"

namespace tertius {
namespace {

using Graph = std::map<std::int64_t, std::set<std::int64_t>>;

Graph read_graph(const std::string& file) {
  Graph graph;
  std::ifstream in(file);
  std::int64_t a = 0, b = 0;
  while (in >> a >> b) {
    graph[a].insert(b);
    graph[b].insert(a);
  }
  return graph;
}

Network build(const Graph& graph) {
  std::vector<NetworkPerson> people;
  for (const auto& [person, others] : graph)
    people.push_back({.id = PersonId{person}, .member = true, .has_address = true});
  NetworkBuilder builder(std::move(people));
  for (const auto& [person, others] : graph)
    for (const auto other : others)
      builder.add_tie(PersonId{person}, PersonId{other}, tie_code(TieSource::mail, 0.5));
  return std::move(builder).build();
}

// Breadth first: who is how many steps from `from`, to three.
std::map<std::int64_t, int> distances(const Graph& graph, std::int64_t from) {
  std::map<std::int64_t, int> steps{{from, 0}};
  std::vector<std::int64_t> edge{from};
  for (int step = 1; step <= 3; ++step) {
    std::vector<std::int64_t> next;
    for (const auto person : edge)
      for (const auto other : graph.at(person))
        if (steps.emplace(other, step).second) next.push_back(other);
    edge = std::move(next);
  }
  return steps;
}

bool has_way_of_three(const Graph& graph, std::int64_t from, std::int64_t to) {
  for (const auto first : graph.at(from)) {
    if (first == to) continue;
    for (const auto second : graph.at(first))
      if (second != from && second != to && graph.at(second).contains(to)) return true;
  }
  return false;
}

// Whoever comes knows four, the likelier the more they know already: hubs, and most people two to five steps
// apart (Barabasi and Albert, Science 1999).
Graph grown_graph() {
  constexpr int people = 2'000, known_at_first = 4;
  Graph graph;
  std::mt19937 random(3);
  std::vector<std::int64_t> ends{1, 2, 3, 4};  // each as often as they have ties
  for (std::int64_t person = known_at_first + 1; person <= people; ++person) {
    for (int i = 0; i < known_at_first; ++i) {
      const auto other = ends[random() % ends.size()];
      if (other == person || !graph[person].insert(other).second) continue;
      graph[other].insert(person);
      ends.push_back(other), ends.push_back(person);
    }
  }
  return graph;
}

// A public one goes with no repository of ours; where a file of it is named, it is searched instead.
Graph graph_to_search() {
  const char* file = std::getenv("TERTIUS_TEST_GRAPH");
  return file == nullptr ? grown_graph() : read_graph(file);
}

TEST(LargeGraphTest, SecondAndThirdDegreeAreThoseOfABreadthFirstSearch) {
  const Graph graph = graph_to_search();
  ASSERT_GT(graph.size(), 1'000u);
  const Network network = build(graph);
  std::mt19937 random(1);
  const auto anybody = [&] {
    return std::next(graph.begin(), static_cast<std::ptrdiff_t>(random() % graph.size()))->first;
  };
  for (int i = 0; i < 500; ++i) {
    const auto from = anybody(), to = anybody();
    if (from == to) continue;
    const auto steps = distances(graph, from);
    const auto found = steps.find(to);
    std::size_t common = 0;
    for (const auto other : graph.at(to)) common += graph.at(from).contains(other);
    ASSERT_EQ(network.connectors(PersonId{from}, PersonId{to}).size(), common);
    ASSERT_EQ(network.mutual_contacts(PersonId{from}, PersonId{to}), common);
    const auto way = network.find_long_way(PersonId{from}, PersonId{to});
    ASSERT_EQ(way.has_value(), has_way_of_three(graph, from, to));
    const int distance = found == steps.end() ? 4 : found->second;
    EXPECT_TRUE(distance < 2 || (common > 0) == (distance == 2));
    EXPECT_TRUE(distance < 3 || way.has_value() == (distance == 3));
  }
}

// How many are two and three steps away, from each of a sample, counted over all others.
TEST(LargeGraphTest, AsManyAreInReachAsABreadthFirstSearchCounts) {
  const Graph graph = graph_to_search();
  const Network network = build(graph);
  std::mt19937 random(2);
  for (int i = 0; i < 5; ++i) {
    const auto from = std::next(graph.begin(), static_cast<std::ptrdiff_t>(random() % graph.size()))->first;
    std::map<int, int> counted, expected;
    for (const auto& [person, steps] : distances(graph, from)) ++expected[steps];
    for (const auto& [person, others] : graph) {
      const PersonId a{from}, b{person};
      if (person == from || network.knows(a, b)) continue;
      if (!network.connectors(a, b).empty())
        ++counted[2];
      else if (network.find_long_way(a, b))
        ++counted[3];
    }
    EXPECT_EQ(counted[2], expected[2]);
    EXPECT_EQ(counted[3], expected[3]);
  }
}

}  // namespace
}  // namespace tertius
