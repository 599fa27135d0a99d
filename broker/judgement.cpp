#include "broker/judgement.hpp"

#include <algorithm>
#include <array>

#include "broker/calendar_words.hpp"
#include "broker/verbs.hpp"
#include "broker/when.hpp"

namespace tertius::reading {
namespace {

// Somebody else's will: "she would forward it", "Bob is happy to introduce her".
constexpr auto other_people = std::to_array<std::string_view>(
    {"he",  "she", "they", "is",  "was",  "were",  "seems",     "who",  "er",   "il",     "elle", "ils",
     "lui", "lei", "ella", "ele", "ela",  "hij",   "zij",       "ze",   "han",  "hon",    "ona",  "他",
     "她",  "彼",  "has",  "hat", "wird", "seems", "colleague", "boss", "wife", "husband"});

bool overlaps(const Found& a, const Found& b) { return a.first < b.last && b.first < a.last; }
bool lies_in(const Found& a, const Found& b) { return a.first >= b.first && a.last <= b.last; }

class Judge {
 public:
  Judge(std::string_view text, Role by, Time now) : source_(text), by_(by), now_(now) {
    out_.text = read_sentences(text);
    cues_ = find_cues(out_.text);
    std::erase_if(cues_, [&](const Found& cue) { return is_quoted(cue); });
  }

  Judged judge() {
    for (const Sentence& sentence : out_.text.sentences) out_.readings.push_back(read(sentence));
    return std::move(out_);
  }

 private:
  const std::vector<Word>& words() const { return out_.text.words; }

  // Quoted speech says what somebody said.
  bool is_quoted(const Found& cue) const {
    return std::any_of(words().begin() + static_cast<std::ptrdiff_t>(cue.first),
                       words().begin() + static_cast<std::ptrdiff_t>(cue.last),
                       [](const Word& word) { return word.quoted; });
  }

  std::vector<Found> cues_in(const Sentence& sentence) const {
    std::vector<Found> found;
    for (const Found& cue : cues_)
      if (cue.first >= sentence.first && cue.first < sentence.last) found.push_back(cue);
    return found;
  }

  Reading read(const Sentence& sentence) {
    here_ = cues_in(sentence);
    Reading reading;
    reading.asks = sentence.question || has(Cue::question);
    reading.contrasts = has(Cue::contrast);
    reading.conditional = has(Cue::condition);
    reading.hedges = has(Cue::hedge);
    reading.wants_change = has(Cue::change);
    reading.negates = has(Cue::negator);
    reading.stops = has(Cue::stop);
    reading.revises = has(Cue::revise);
    reading.refuses = has(Cue::refuse) && !sentence.question;
    if (const auto when = find_when(out_.text, sentence.first, sentence.last, now_))
      reading.until = when->time;
    reading.puts_off = has(Cue::later);
    read_agreement(sentence, reading);
    read_whole(sentence, reading);
    if (has(Cue::redirect)) reading.person = person_of(sentence);
    return reading;
  }

  bool has(Cue cue) const {
    return std::any_of(here_.begin(), here_.end(), [&](const Found& found) { return found.cue == cue; });
  }

  void read_agreement(const Sentence& sentence, Reading& reading) const {
    const Cue wanted = by_ == Role::target ? Cue::meet : Cue::go;
    for (const Found& cue : here_) {
      reading.wavers |= cue.cue == Cue::would;
      if (cue.cue != wanted || is_part(cue)) continue;
      const bool sound = !sentence.question && is_sound(sentence, cue);
      reading.agrees |= sound;
      reading.wavers |= !sound;
    }
    // C who gives a day means that day, not now; T who gives one means the meeting.
    if (by_ == Role::connector && reading.agrees && reading.until)
      reading.agrees = false, reading.puts_off = true;
    if (by_ == Role::target && reading.agrees && reading.puts_off && !reading.refuses)
      reading.puts_off = false;
    reading.agrees &= !reading.wavers && !reading.refuses && !reading.puts_off && !reading.revises;
  }

  // "happy to forward" within "would be happy to forward".
  bool is_part(const Found& cue) const {
    return std::any_of(here_.begin(), here_.end(), [&](const Found& other) {
      return other.cue == cue.cue && lies_in(cue, other) && other.last - other.first > cue.last - cue.first;
    });
  }

  bool is_sound(const Sentence& sentence, const Found& go) const {
    for (const Found& cue : here_)
      if (speaks_against(cue, go)) return false;
    for (std::size_t i = sentence.first; i < go.first; ++i)
      if (words()[i].clause == words()[go.first].clause &&
          std::ranges::find(other_people, words()[i].text) != other_people.end())
        return false;
    const bool named =
        go.first > sentence.first && words()[go.first - 1].capital && words()[go.first - 1].text != "i" &&
        words()[go.first - 1].clause == words()[go.first].clause && go.first - 1 != sentence.first;
    return !named &&
           source_.substr(sentence.begin, sentence.end - sentence.begin).find('@') == std::string_view::npos;
  }

  bool speaks_against(const Found& cue, const Found& go) const {
    switch (cue.cue) {
      case Cue::idiom:
      case Cue::assent:
      case Cue::go:
      case Cue::meet:
      case Cue::would:
      case Cue::later:
      case Cue::revise:
      case Cue::change: return false;
      case Cue::question: return !overlaps(cue, go);
      case Cue::refuse:
      case Cue::redirect:
      case Cue::stop:
      case Cue::reported: return true;
      case Cue::elsewhere: return by_ == Role::connector;
      case Cue::hedge: return !overlaps(cue, go);
      case Cue::negator:
      case Cue::condition:
      case Cue::contrast: return !lies_in(cue, go);
      case Cue::past: return cue.first < go.first && words()[cue.first].clause == words()[go.first].clause;
    }
    return true;
  }

  // A sentence that is one of the exact words, or an assent and nothing more.
  void read_whole(const Sentence& sentence, Reading& reading) const {
    const auto verb = find_verb(source_.substr(sentence.begin, sentence.end - sentence.begin));
    const bool assents = std::any_of(here_.begin(), here_.end(), [&](const Found& cue) {
      return cue.cue == Cue::assent && cue.first == sentence.first && cue.last == sentence.last;
    });
    if (sentence.question || is_quoted({Cue::go, sentence.first, sentence.last})) return;
    if (assents && !verb) reading.bare_yes = true;
    if (!verb) return;
    switch (*verb) {
      case Verb::yes:
      case Verb::acknowledge: reading.bare_yes = true; break;
      case Verb::pass_on: (by_ == Role::connector ? reading.agrees : reading.wavers) = true; break;
      case Verb::meet: (by_ == Role::target ? reading.agrees : reading.wavers) = true; break;
      case Verb::no: reading.refuses = true; break;
      case Verb::later: reading.puts_off = true; break;
      case Verb::stop: reading.stops = true; break;
      case Verb::revise: reading.revises = true; break;
      case Verb::redirect: break;
    }
  }

  // Behind the cue ("try Bob Jones") or before it ("Bob Jones would be better").
  std::string person_of(const Sentence& sentence) const {
    for (const Found& cue : here_) {
      if (cue.cue != Cue::redirect) continue;
      if (auto person = find_person(source_, out_.text, cue.first + 1, sentence.last); !person.empty())
        return person;
      if (auto person = find_person(source_, out_.text, sentence.first, cue.last); !person.empty())
        return person;
    }
    return {};
  }

  std::string_view source_;
  Role by_;
  Time now_;
  Judged out_;
  std::vector<Found> cues_;
  std::vector<Found> here_;
};

bool is_name_word(const Word& word) {
  constexpr auto not_names = std::to_array<std::string_view>({"i",
                                                              "ask",
                                                              "try",
                                                              "contact",
                                                              "please",
                                                              "no",
                                                              "yes",
                                                              "but",
                                                              "instead",
                                                              "better",
                                                              "maybe",
                                                              "perhaps",
                                                              "the",
                                                              "you",
                                                              "she",
                                                              "he",
                                                              "mr",
                                                              "mrs",
                                                              "ms",
                                                              "dr",
                                                              "herr",
                                                              "herrn",
                                                              "frau",
                                                              "sie",
                                                              "ihn",
                                                              "her",
                                                              "him",
                                                              "im",
                                                              "id",
                                                              "ill",
                                                              "person",
                                                              "ansprechpartner",
                                                              "ansprechpartnerin",
                                                              "kollege",
                                                              "kollegin",
                                                              "kontakt",
                                                              "hi",
                                                              "hello",
                                                              "sorry",
                                                              "why",
                                                              "frag",
                                                              "fragen",
                                                              "thanks",
                                                              "not"});
  return word.capital && !find_month(word.text) && !find_weekday(word.text) &&
         std::ranges::find(not_names, word.text) == not_names.end();
}

std::string_view address_at(std::string_view text, std::size_t at) {
  const auto is_local = [](char c) {
    return std::string_view(" \t\r\n<>()[],;:\"'").find(c) == std::string_view::npos;
  };
  std::size_t first = at, last = at + 1;
  while (first > 0 && at - first < 64 && is_local(text[first - 1])) --first;
  while (last < text.size() && last - at < 255 && is_local(text[last])) ++last;
  while (last > at && std::string_view(".!?").find(text[last - 1]) != std::string_view::npos) --last;
  return first < at && text.substr(at, last - at).find('.') != std::string_view::npos
             ? text.substr(first, last - first)
             : std::string_view{};
}

// Names without capitals stand directly before "に聞いて" and directly behind "可以问".
bool is_ideographic(const Word& word) { return static_cast<unsigned char>(word.text[0]) >= 0xE3; }

}  // namespace

Judged judge(std::string_view text, Role by, Time now) { return Judge(text, by, now).judge(); }

std::string find_person(std::string_view text, const Text& words, std::size_t first, std::size_t last) {
  if (first >= last || last > words.words.size()) return {};
  const std::size_t begin = words.words[first].begin, end = words.words[last - 1].end;
  for (std::size_t at = text.find('@', begin); at != std::string_view::npos && at < end;
       at = text.find('@', at + 1))
    if (const auto address = address_at(text, at); !address.empty()) return std::string(address);
  for (std::size_t i = first; i < last; ++i) {
    if (!is_name_word(words.words[i])) continue;
    std::size_t stop = i + 1;
    while (stop < last && stop < i + 4 && is_name_word(words.words[stop]) &&
           words.words[stop].clause == words.words[i].clause)
      ++stop;
    return std::string(text.substr(words.words[i].begin, words.words[stop - 1].end - words.words[i].begin));
  }
  if (!is_ideographic(words.words[first]) || last - first < 2) return {};
  const std::size_t length = std::min<std::size_t>(last - first, 8);
  return std::string(text.substr(begin, words.words[first + length - 1].end - begin));
}

}  // namespace tertius::reading
