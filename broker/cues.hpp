#pragma once
// The tables of cues, one file for each family of languages. What the patterns may hold is said in
// phrases.hpp.

#include <span>
#include <string_view>

#include "broker/phrases.hpp"

namespace tertius::reading {

struct CueRow {
  Language language;
  Cue cue;
  std::string_view patterns;  // separated by ';'
};
struct Macro {
  Language language;
  std::string_view name;
  std::string_view patterns;
};

struct Lexicon {
  std::span<const CueRow> rows;
  std::span<const Macro> macros;
  std::string_view common;  // the words a language is told by: articles, pronouns, the decision words
};

Lexicon english();
Lexicon german();
Lexicon french();
Lexicon spanish();
Lexicon portuguese();
Lexicon italian();
Lexicon dutch();
Lexicon swedish();
Lexicon polish();
Lexicon japanese();
Lexicon chinese();
Lexicon lexicon(Language language);

}  // namespace tertius::reading
