#include "tests/bench/acquaintances.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace tertius::bench {
namespace {

constexpr double exponent = 2.3, most_degree = 20'000;

std::vector<double> drawn_degrees(std::uint32_t people, std::mt19937_64& random) {
  std::vector<double> degrees(people);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (double& degree : degrees) degree = std::pow(1 - uniform(random), -1 / (exponent - 1));
  return degrees;
}

// Everybody as often as they have ties; whoever is drawn at random from it is a hub as often as hubs are met.
std::vector<std::uint32_t> ends_of(const std::vector<double>& degrees, double wanted) {
  double sum = 0;
  for (const double degree : degrees) sum += degree;
  const double scale = wanted / sum;
  std::vector<std::uint32_t> ends;
  ends.reserve(static_cast<std::size_t>(wanted * 1.02));
  for (std::uint32_t person = 0; person < degrees.size(); ++person) {
    const double degree = std::min(degrees[person] * scale, most_degree);
    ends.insert(ends.end(), static_cast<std::size_t>(degree + 0.5), person);
  }
  return ends;
}

// Contacts by owner, in one array.
struct Lists {
  Lists(std::uint32_t people, const std::vector<Acquaintance>& ties)
      : begins(people + 1), contacts(2 * ties.size()) {
    for (const auto& [a, b] : ties) ++begins[a], ++begins[b];
    std::uint32_t sum = 0;
    for (auto& begin : begins) sum += begin, begin = sum;
    for (const auto& [a, b] : ties) contacts[--begins[a]] = b, contacts[--begins[b]] = a;
  }
  std::vector<std::uint32_t> begins, contacts;
};

template <class T>
const T& one_of(const std::vector<T>& all, std::mt19937_64& random) {
  return all[static_cast<std::size_t>(random() % all.size())];
}

}  // namespace

std::vector<Acquaintance> make_acquaintances(std::uint32_t people, std::size_t count) {
  std::mt19937_64 random(1);
  std::vector<Acquaintance> ties;
  ties.reserve(count);
  {
    const auto ends = ends_of(drawn_degrees(people, random), 2.0 * static_cast<double>(count));
    while (ties.size() < count - count / 3) {
      const Acquaintance tie{one_of(ends, random), one_of(ends, random)};
      if (tie.owner != tie.contact) ties.push_back(tie);
    }
  }
  const Lists lists(people, ties);
  const std::size_t open = ties.size();
  while (ties.size() < count) {
    const auto [a, b] = ties[static_cast<std::size_t>(random() % open)];
    const std::uint32_t begin = lists.begins[b], degree = lists.begins[b + 1] - begin;
    const std::uint32_t third = lists.contacts[begin + static_cast<std::uint32_t>(random() % degree)];
    if (third != a) ties.push_back({a, third});
  }
  return ties;
}

double strength_of_tie(std::size_t place) {
  constexpr double steps = 1'000;
  return 0.15 +
         0.85 * static_cast<double>((place * 2'654'435'761U >> 7) % static_cast<std::size_t>(steps)) / steps;
}

std::vector<Pair> make_pairs(std::uint32_t people, std::size_t count) {
  std::mt19937_64 random(2);
  std::vector<Pair> pairs(count);
  for (auto& [requester, target] : pairs) {
    requester = static_cast<std::uint32_t>(random() % people);
    do target = static_cast<std::uint32_t>(random() % people);
    while (target == requester);
  }
  return pairs;
}

}  // namespace tertius::bench
