#include "broker/bare_subject.hpp"

#include <algorithm>
#include <array>

#include "broker/words.hpp"

namespace tertius {

namespace {

// As clients write them in English, German, French, Spanish, Italian, Dutch, the Nordic languages and Polish.
constexpr auto reply_marks = std::to_array<std::string_view>({
    "re:",
    "fwd:",
    "fw:",
    "aw:",
    "wg:",
    "tr:",
    "rv:",
    "res:",
    "enc:",
    "antw:",
    "sv:",
    "vs:",
    "odp:",
    "pd:",
    "re :",
    "tr :",
    "r:",
    "i:",
});
// Longest first where one begins another.
constexpr auto courtesies = std::to_array<std::string_view>({
    "request for an introduction to",
    "request for introduction to",
    "requesting an introduction to",
    "introduction request:",
    "introduction request for",
    "introduction request to",
    "introduction request -",
    "introduction to",
    "introduction:",
    "introduction -",
    "intro request:",
    "intro request for",
    "intro request",
    "intro request -",
    "intro to",
    "intro:",
    "intro -",
    "please introduce me to",
    "can you introduce me to",
    "could you introduce me to",
    "would you introduce me to",
    "could you please introduce me to",
    "introduce me to",
    "introduce:",
    "i would like to meet",
    "i'd like to meet",
    "i would love to meet",
    "i'd love to meet",
    "i want to meet",
    "would like to meet",
    "looking for an introduction to",
    "looking for an intro to",
    "looking for intro to",
    "seeking an introduction to",
    "connect me with",
    "connect me to",
    "please connect me with",
    "please connect me to",
    "connection to",
    "request:",
    "request for:",
});
constexpr auto vague_subjects = std::to_array<std::string_view>({
    "",
    "introduction",
    "intro",
    "request",
    "introduction request",
    "intro request",
    "request for introduction",
    "request for an introduction",
    "introduction please",
    "intro please",
    "introductions",
    "quick question",
    "question",
    "a question",
    "a quick question",
    "quick favor",
    "quick favour",
    "favor",
    "favour",
    "a favor",
    "a favour",
    "follow up",
    "following up",
    "hello",
    "hi",
    "hey",
    "hi there",
    "hello there",
    "help",
    "please help",
    "help needed",
    "touching base",
    "checking in",
    "connect",
    "let's connect",
    "networking",
    "meeting",
    "meeting request",
    "urgent",
    "no subject",
    "important",
    "test",
    "opportunity",
    "an opportunity",
    "coffee",
    "quick call",
    "call",
    "chat",
    "quick chat",
    "someone",
    "somebody",
    "anybody",
    "a person",
});

// The length of the table's row that the subject begins with, as typed in any case; 0 for none.
template <class Table>
std::size_t prefix_in(const Table& table, std::string_view subject) {
  std::size_t best = 0;
  for (const auto row : table) {
    if (row.size() <= best || subject.size() < row.size() || fold(subject.substr(0, row.size())) != row)
      continue;
    const bool whole = !std::isalpha(static_cast<unsigned char>(row.back())) ||
                       subject.size() == row.size() || subject[row.size()] == ' ' ||
                       subject[row.size()] == ':';
    if (whole) best = row.size();
  }
  return best;
}

// "[EXTERNAL]" as gateways put it, "[list]" as mailing lists do.
std::size_t tag_size(std::string_view subject) {
  if (subject.empty() || subject.front() != '[') return 0;
  const auto end = subject.find(']');
  return end == std::string_view::npos ? 0 : end + 1;
}

std::string_view without_courtesy_behind(std::string_view subject) {
  constexpr std::array<std::string_view, 2> behind = {"?", "please"};
  for (bool cut = true; cut;) {
    cut = false;
    for (const auto row : behind) {
      const auto size = subject.size();
      if (size <= row.size() || fold(subject.substr(size - row.size())) != row) continue;
      if (row != "?" && subject[size - row.size() - 1] != ' ' && subject[size - row.size() - 1] != ',')
        continue;
      subject = trim(subject.substr(0, size - row.size()));
      cut = true;
    }
    if (!subject.empty() && subject.back() == ',') subject = trim(subject.substr(0, subject.size() - 1));
  }
  return subject;
}

}  // namespace

std::string bare_subject(std::string_view subject) {
  subject = trim(subject);
  while (true) {
    const auto cut =
        std::max({prefix_in(reply_marks, subject), tag_size(subject), prefix_in(courtesies, subject)});
    if (cut == 0) break;
    subject = trim(subject.substr(cut));
  }
  return std::string(without_courtesy_behind(subject));
}

bool has_reply_mark(std::string_view subject) { return prefix_in(reply_marks, trim(subject)) > 0; }

bool is_vague(std::string_view subject) {
  const auto words = spaced(bare_subject(subject));
  return std::ranges::find(vague_subjects, trim(words)) != vague_subjects.end();
}

}  // namespace tertius
