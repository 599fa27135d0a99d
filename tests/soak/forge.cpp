// A million forged tokens against broker/link, in this process: soak_forge COUNT. Guesses, flipped bits, cut
// and lengthened ones, other roles and rounds under an old MAC, tokens of a key that is not ours and of one
// that was forgotten. None may be found; then whether the time that a refusal takes tells how much of the MAC
// was right. Prints a line for each kind, and exits 1 where one was accepted, or is told apart.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <random>
#include <vector>

#include "broker/link.hpp"

namespace tertius::soak {
namespace {

constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::size_t body_characters = 18;  // of 37: eleven octets, and two bits of the MAC
// Of the means of a million tries. A comparison that stops at the first wrong octet is 4 apart, the one that
// there is 0.2 at most.
constexpr double told_apart_nanoseconds = 1;

std::mt19937_64 chance(20260309);

LinkKey drawn_key(std::uint8_t id) {
  LinkKey out{id, {}};
  for (auto& octet : out.secret) octet = static_cast<unsigned char>(chance());
  return out;
}

Token drawn_token() {
  return {static_cast<std::int64_t>(chance() >> 1), static_cast<Role>(chance() % 3),
          static_cast<TokenUse>(chance() % 8), static_cast<std::uint8_t>(chance() % 4)};
}

char drawn_character() { return alphabet[chance() % alphabet.size()]; }

// Another one than it was.
void change(std::string& token, std::size_t place) {
  const char before = token[place];
  do token[place] = drawn_character();
  while (token[place] == before);
}

struct House {
  LinkKey signing = drawn_key(2), older = drawn_key(1), forgotten = drawn_key(3);
  LinkKeys keys{signing, older};
  LinkKey stranger = drawn_key(2);  // the same id, another secret

  std::string good() const { return make_token(drawn_token(), keys[chance() % keys.size()]); }
};

std::string guess(const House&) {
  std::string out(37, 'a');
  for (char& c : out) c = drawn_character();
  return out;
}

// Who knows the form guesses the MAC alone.
std::string guessed_mac(const House& house) {
  std::string out = house.good();
  for (std::size_t i = body_characters + 1; i < out.size(); ++i) out[i] = drawn_character();
  return out;
}

std::string flipped(const House& house) {
  std::string out = house.good();
  change(out, chance() % out.size());
  return out;
}

std::string cut(const House& house) { return house.good().substr(0, chance() % 37); }

std::string lengthened(const House& house) {
  std::string out = house.good();
  return out.insert(chance() % out.size(), 1, drawn_character());
}

// The MAC of one behind the body of another: another role, round or introduction.
std::string transplanted(const House& house) {
  const std::string other = house.good();
  std::string out = house.good();
  if (other.substr(0, body_characters) == out.substr(0, body_characters)) return "";
  return other.substr(0, body_characters) + out.substr(body_characters);
}

std::string of_strangers_key(const House& house) { return make_token(drawn_token(), house.stranger); }
std::string of_forgotten_key(const House& house) { return make_token(drawn_token(), house.forgotten); }
std::string empty_mac(const House& house) {
  return house.good().substr(0, body_characters) + std::string(19, 'a');
}

struct Kind {
  const char* name;
  std::string (*make)(const House&);
};
constexpr Kind kinds[] = {{"guessed", guess},
                          {"guessed MAC behind a true body", guessed_mac},
                          {"one character another", flipped},
                          {"cut short", cut},
                          {"a character more", lengthened},
                          {"another's MAC", transplanted},
                          {"a stranger's key of our id", of_strangers_key},
                          {"a key that was forgotten", of_forgotten_key},
                          {"MAC of zeros", empty_mac}};

std::size_t try_forgeries(const House& house, const Kind& kind, std::size_t count) {
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < count; ++i) accepted += find_token(kind.make(house), house.keys).has_value();
  std::printf("%-32s %9zu tries, %zu accepted\n", kind.name, count, accepted);
  return accepted;
}

// ---- time ----

struct Sample {
  double sum = 0, count = 0;
  void add(double value) { sum += value, ++count; }
  double mean() const { return sum / count; }
};

double nanoseconds_of(const std::string& token, const LinkKeys& keys) {
  const auto begin = std::chrono::steady_clock::now();
  const bool found = find_token(token, keys).has_value();
  const auto end = std::chrono::steady_clock::now();
  return found ? -1 : std::chrono::duration<double, std::nano>(end - begin).count();
}

// The same token, wrong in the first octet of its MAC or in its last: a comparison that stops early tells.
std::string wrong_at(const std::string& good, bool early) {
  std::string out = good;
  change(out, early ? body_characters + 1 : out.size() - 2);
  return out;
}

// What the machine did meanwhile is in the slowest of each: those beyond the common limit count for neither.
bool tells_time(const House& house, std::size_t count) {
  const std::string good = house.good();
  std::vector<std::pair<bool, double>> times;
  times.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const bool early = chance() % 2;
    times.emplace_back(early, nanoseconds_of(wrong_at(good, early), house.keys));
  }
  std::vector<double> sorted;
  for (const auto& each : times) sorted.push_back(each.second);
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(count * 9 / 10),
                   sorted.end());
  const double limit = sorted[count * 9 / 10];
  Sample early, late;
  for (const auto& [is_early, took] : times)
    if (took <= limit) (is_early ? early : late).add(took);
  const double apart = std::abs(early.mean() - late.mean());
  std::printf("wrong in the MAC's first octet %.1f ns, in its last %.1f ns\n", early.mean(), late.mean());
  return apart > told_apart_nanoseconds;
}

int run(std::size_t count) {
  const House house;
  if (!find_token(house.good(), house.keys)) return std::cerr << "a good token is not found\n", 70;
  std::size_t accepted = 0;
  for (const Kind& kind : kinds) accepted += try_forgeries(house, kind, count / std::size(kinds) + 1);
  return accepted > 0 || tells_time(house, count) ? 1 : 0;
}

}  // namespace
}  // namespace tertius::soak

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: see forge.cpp\n", 64;
  return tertius::soak::run(std::stoul(argv[1]));
}
