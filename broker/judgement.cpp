#include "broker/judgement.hpp"

#include <algorithm>
#include <array>

#include "broker/find_person.hpp"
#include "broker/verbs.hpp"
#include "broker/when.hpp"

namespace tertius::reading {
namespace {

// Somebody else's will: "she would forward it", "Bob is happy to introduce her".
constexpr auto other_people = std::to_array<std::string_view>(
    {"he",  "she", "they", "is",   "was",   "were",      "seems", "who",  "er",     "il",  "elle",
     "ils", "lui", "lei",  "ella", "ele",   "ela",       "hij",   "zij",  "ze",     "han", "hon",
     "ona", "on",  "oni",  "pan",  "pani",  "on",        "oni",   "pan",  "pani",   "他",  "她",
     "彼",  "has", "hat",  "wird", "seems", "colleague", "boss",  "wife", "husband"});

constexpr auto conjunctions = std::to_array<std::string_view>(
    {"and", "because", "since", "as",       "so",     "who", "she",      "he",    "they", "und",
     "da",  "weil",    "denn",  "die",      "der",    "sie", "er",       "et",    "car",  "elle",
     "y",   "porque",  "ella",  "e",        "perche", "lei", "en",       "omdat", "want", "ze",
     "och", "hon",     "han",   "eftersom", "i",      "bo",  "poniewaz", "ktora"});

template <std::size_t n>
bool has(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool overlaps(const Found& a, const Found& b) { return a.first < b.last && b.first < a.last; }
bool lies_in(const Found& a, const Found& b) { return a.first >= b.first && a.last <= b.last; }

class Judge {
 public:
  Judge(std::string_view text, Role by, Time now, std::string_view answered)
      : source_(text), answered_(answered), by_(by), now_(now) {
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
    reading.asks = sentence.question || holds(Cue::question);
    reading.contrasts = has_beside_agreement(Cue::contrast);
    reading.turns = std::any_of(here_.begin(), here_.end(), [&](const Found& found) {
      return found.cue == Cue::contrast && found.first == sentence.first;
    });
    reading.goes_on = goes_on(sentence);
    reading.conditional = holds(Cue::condition);
    reading.hedges = holds(Cue::hedge);
    reading.wants_change = holds(Cue::change);
    reading.negates = holds(Cue::negator);
    reading.denies = denies(sentence);
    reading.addresses = addresses(sentence);
    reading.stops = holds(Cue::stop);
    reading.revises = holds(Cue::revise);
    reading.refuses = holds(Cue::refuse) && !sentence.question;
    if (const auto when = find_when(out_.text, sentence.first, sentence.last, now_))
      reading.until = when->time;
    reading.puts_off = holds(Cue::later);
    if (holds(Cue::redirect)) reading.person = person_of(sentence);
    has_person_ = !reading.person.empty();
    read_agreement(sentence, reading);
    read_whole(sentence, reading);
    return reading;
  }

  bool holds(Cue cue) const {
    return std::any_of(here_.begin(), here_.end(), [&](const Found& found) { return found.cue == cue; });
  }

  // "No wait", "not", "don't": after a "forward" they take it back.
  bool denies(const Sentence& sentence) const {
    return std::any_of(here_.begin(), here_.end(), [&](const Found& found) {
      return found.cue == Cue::negator &&
             (found.first == sentence.first || sentence.last - sentence.first <= 3);
    });
  }

  // "Sure. And pigs fly.": what goes on from a mere yes may be mockery.
  bool goes_on(const Sentence& sentence) const {
    constexpr auto ands = std::to_array<std::string_view>({"and", "und", "et", "y", "e", "en", "och", "i"});
    return has(ands, words()[sentence.first].text);
  }

  bool addresses(const Sentence& sentence) const {
    constexpr auto you = std::to_array<std::string_view>(
        {"you", "your", "du", "dich", "dir", "ihnen", "vous", "votre", "tu",  "te", "usted",
         "le",  "voce", "ti", "je",   "jij", "dig",   "ci",   "pani",  "pan", "您", "你"});
    const Word& first = words()[sentence.first];
    return (first.capital && !is_common_word(first.text)) ||
           std::any_of(words().begin() + static_cast<std::ptrdiff_t>(sentence.first),
                       words().begin() + static_cast<std::ptrdiff_t>(sentence.last),
                       [&](const Word& word) { return has(you, word.text); });
  }

  Cue agreement() const { return by_ == Role::target ? Cue::meet : Cue::go; }

  // Dutch "stuur het maar door" holds no "but".
  bool has_beside_agreement(Cue cue) const {
    return std::any_of(here_.begin(), here_.end(), [&](const Found& found) {
      return found.cue == cue && std::none_of(here_.begin(), here_.end(), [&](const Found& other) {
               return other.cue == agreement() && lies_in(found, other);
             });
    });
  }

  void read_agreement(const Sentence& sentence, Reading& reading) const {
    for (const Found& cue : here_) {
      reading.wavers |= cue.cue == Cue::would && !is_in_agreement(cue);
      if (cue.cue != agreement() || is_part(cue)) continue;
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

  // "would be glad to make the introduction" is no "would make".
  bool is_in_agreement(const Found& would) const {
    return std::any_of(here_.begin(), here_.end(), [&](const Found& other) {
      return other.cue == agreement() && other.first <= would.first && other.last >= would.last;
    });
  }

  bool is_sound(const Sentence& sentence, const Found& go) const {
    for (const Found& cue : here_)
      if (speaks_against(cue, go)) return false;
    if (!is_own_will(sentence, go) || !ends_plainly(sentence, go)) return false;
    return source_.substr(sentence.begin, sentence.end - sentence.begin).find('@') == std::string_view::npos;
  }

  // Only common words may stand before the verb in its clause: what is none of them may be whose will it is
  // ("My boss is happy to forward", Polish "Marek chętnie przekaże", where the folded verb has no person).
  bool is_own_will(const Sentence& sentence, const Found& go) const {
    for (std::size_t i = sentence.first; i < go.first; ++i) {
      const std::string& word = words()[i].text;
      if (words()[i].clause != words()[go.first].clause || is_used(i)) continue;
      if (has(other_people, word) || !is_common_word(word) || word == "が" || word == "は") return false;
    }
    return true;
  }

  // Behind the verb too: "I'll forward it over my dead body" has every word of a yes. Names, and what a
  // conjunction or a comma begins, are free.
  bool ends_plainly(const Sentence& sentence, const Found& go) const {
    for (std::size_t i = go.last; i < sentence.last && words()[i].clause == words()[go.last - 1].clause;
         ++i) {
      if (has(conjunctions, words()[i].text) || is_used(i)) return true;
      if (!words()[i].capital && !is_common_word(words()[i].text)) return false;
      if (is_sent_elsewhere(i)) return false;
      if (is_ideographic(words()[i])) return true;
    }
    return true;
  }

  // "Forward to Bob", where the request is about Gail.
  bool is_sent_elsewhere(std::size_t i) const {
    constexpr auto to = std::to_array<std::string_view>({"to", "an", "a", "aan", "till", "para", "do"});
    return words()[i].capital && has(to, words()[i - 1].text) && !is_named(words()[i].text);
  }

  // Seldom asked, so the notice is not kept as words.
  bool is_named(std::string_view name) const {
    const Text notice = read_sentences(answered_);
    return notice.words.empty() || std::ranges::find(notice.words, name, &Word::text) != notice.words.end();
  }

  bool is_used(std::size_t word) const {
    return std::any_of(here_.begin(), here_.end(), [&](const Found& cue) {
      return (cue.cue == Cue::idiom || cue.cue == Cue::assent) && cue.first <= word && word < cue.last;
    });
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
      case Cue::redirect: return has_person_;
      case Cue::refuse:
      case Cue::stop:
      case Cue::reported: return true;
      case Cue::elsewhere: return by_ == Role::connector;
      case Cue::hedge: return !overlaps(cue, go) || cue.first > go.first + 1;  // "I would be happy"
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
      if (auto person = find_person(source_, out_.text, sentence.first, cue.first); !person.empty())
        return person;
    }
    return {};
  }

  std::string_view source_;
  std::string_view answered_;  // the notice
  Role by_;
  Time now_;
  Judged out_;
  std::vector<Found> cues_;
  std::vector<Found> here_;
  bool has_person_ = false;
};

}  // namespace

Judged judge(std::string_view text, Role by, Time now, std::string_view answered) {
  return Judge(text, by, now, answered).judge();
}

}  // namespace tertius::reading
