#pragma once
// A sentence of ours apart from its language: the English, which is also its name in the tables of other
// languages (templates/notices/<language>/sentences.txt), with "{}" for each value. Whole sentences that
// stand in a template need none of this. Pure, never fails: what a table lacks is said in English.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "broker/time.hpp"

namespace tertius {

struct Wording {
  std::string english;  // "The connector {} is not known here."
  std::vector<Wording> values = {};
  bool verbatim = false;  // a name, a number or somebody's own words: the same in every language

  friend bool operator==(const Wording&, const Wording&) = default;
};
Wording verbatim(std::string words);
inline Wording as_value(Wording value) { return value; }
inline Wording as_value(std::string words) { return verbatim(std::move(words)); }

// wording("The connector {} is not known here.", address): each value a Wording, or words that stay as they
// are.
template <class... Values>
Wording wording(const char* english, Values&&... values) {
  return {english, {Wording(as_value(std::forward<Values>(values)))...}};
}
Wording date_wording(Time time);    // "9 March 2026"
Wording moment_wording(Time time);  // "9 March 2026, 14:05 UTC"

using Sentences = std::map<std::string, std::string, std::less<>>;  // English -> the other language

// Values are put in once, in their order: a value that itself holds "{}" stays as it is.
std::string say(const Wording& wording, const Sentences& sentences = {});
std::string say_lines(const std::vector<Wording>& lines, const Sentences& sentences = {});
std::string say_list(const std::vector<Wording>& items, const Sentences& sentences = {});  // "a; b; c"

}  // namespace tertius
