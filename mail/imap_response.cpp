#include "mail/imap_response.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "mail/ascii.hpp"

namespace tertius::mail {
namespace {

constexpr std::size_t longest_text = 300;

constexpr auto conditions =
    std::to_array<std::pair<std::string_view, ImapCondition>>({{"OK", ImapCondition::ok},
                                                               {"NO", ImapCondition::no},
                                                               {"BAD", ImapCondition::bad},
                                                               {"PREAUTH", ImapCondition::preauth},
                                                               {"BYE", ImapCondition::bye}});

std::string_view next_word(std::string_view& text) {
  const auto end = std::min(text.find(' '), text.size());
  const auto word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  return number;
}

// nz-number of RFC 3501 9.
std::optional<std::uint32_t> uid_of(std::string_view text) {
  const auto number = number_of<std::uint32_t>(text);
  return number && *number > 0 ? number : std::nullopt;
}

std::string plain(std::string_view text) {
  std::string out(text.substr(0, longest_text));
  for (char& c : out)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  return out;
}

enum class WordKind { atom, string, open, close, end, broken };
struct Word {
  WordKind kind{};
  ImapLiteral value = {};
};

// The words of a response, its literals in their places.
class Words {
 public:
  Words(ImapResponse& response, std::size_t at)
      : text_(std::string_view(response.line).substr(at)), literals_(response.literals) {}

  Word next();
  // Passes over a list whose bracket is read already, however deep; false where it does not end.
  bool pass_list();

 private:
  Word quoted();
  Word literal();
  Word atom();

  std::string_view text_;
  std::vector<ImapLiteral>& literals_;
  std::size_t taken_ = 0;
};

Word Words::next() {
  while (text_.starts_with(' ')) text_.remove_prefix(1);
  if (text_.empty()) return {WordKind::end};
  if (text_.front() == '"') return quoted();
  if (text_.starts_with("~{")) text_.remove_prefix(1);  // literal8 of RFC 3516
  if (text_.front() == '{') return literal();
  if (text_.front() != '(' && text_.front() != ')') return atom();
  const auto kind = text_.front() == '(' ? WordKind::open : WordKind::close;
  text_.remove_prefix(1);
  return {kind};
}

Word Words::quoted() {
  Word out{WordKind::string};
  for (std::size_t i = 1; i < text_.size(); ++i) {
    if (text_[i] == '"') {
      text_.remove_prefix(i + 1);
      return out;
    }
    if (text_[i] == '\\' && i + 1 < text_.size()) ++i;
    out.value.bytes += text_[i];
  }
  return {WordKind::broken};
}

Word Words::literal() {
  const auto end = text_.find('}');
  if (end == text_.npos || taken_ >= literals_.size()) return {WordKind::broken};
  text_.remove_prefix(end + 1);
  return {WordKind::string, std::move(literals_[taken_++])};
}

// "BODY[HEADER.FIELDS (DATE FROM)]<0>" falls in two, a name with a list and "]<0>" with what is fetched:
// names we did not ask for, either way.
Word Words::atom() {
  const auto end = std::min(text_.find_first_of(" ()"), text_.size());
  Word out{WordKind::atom, {std::string(text_.substr(0, end))}};
  text_.remove_prefix(end);
  return out;
}

bool Words::pass_list() {
  for (std::size_t depth = 1; depth > 0;) {
    const Word word = next();
    if (word.kind == WordKind::end || word.kind == WordKind::broken) return false;
    if (word.kind == WordKind::open) ++depth;
    if (word.kind == WordKind::close) --depth;
  }
  return true;
}

void take_item(ImapFetch& out, std::string_view name, Word value) {
  const std::string_view text = value.value.bytes;
  if (equals_ignoring_case(name, "UID")) out.uid = uid_of(text);
  if (equals_ignoring_case(name, "RFC822.SIZE")) out.size = number_of<std::uint64_t>(text);
  if (equals_ignoring_case(name, "BODY[]") && value.kind == WordKind::string)
    out.body = std::move(value.value);
}

}  // namespace

std::optional<ImapStatus> find_status(std::string_view text) {
  const auto word = next_word(text);
  const auto found = std::ranges::find_if(
      conditions, [&](const auto& each) { return equals_ignoring_case(each.first, word); });
  if (found == conditions.end()) return {};
  ImapStatus out{found->second, {}, {}};
  const auto close = text.find(']');
  if (text.starts_with('[') && close != text.npos) {
    out.code = plain(text.substr(1, close - 1));
    text = trim(text.substr(close + 1));
  }
  out.text = plain(text);
  return out;
}

std::optional<std::uint32_t> code_number(const ImapStatus& status, std::string_view name) {
  std::string_view code = status.code;
  return equals_ignoring_case(next_word(code), name) ? uid_of(trim(code)) : std::nullopt;
}

bool has_code(const ImapStatus& status, std::string_view name) {
  std::string_view code = status.code;
  return equals_ignoring_case(next_word(code), name);
}

std::optional<ImapCount> find_count(std::string_view line) {
  next_word(line);
  const auto number = number_of<std::uint32_t>(next_word(line));
  return number ? std::optional(ImapCount{*number, next_word(line)}) : std::nullopt;
}

std::optional<ImapFetch> read_fetch(ImapResponse response) {
  const auto count = find_count(response.line);
  if (!count || !equals_ignoring_case(count->what, "FETCH")) return {};
  const auto at = count->what.data() + count->what.size() - response.line.data();
  Words words(response, static_cast<std::size_t>(at));
  if (words.next().kind != WordKind::open) return {};
  ImapFetch out;
  while (true) {
    const Word name = words.next();
    if (name.kind == WordKind::close) return out;
    if (name.kind != WordKind::atom) return {};
    Word value = words.next();
    if (value.kind == WordKind::open ? !words.pass_list()
                                     : value.kind != WordKind::atom && value.kind != WordKind::string)
      return {};
    take_item(out, name.value.bytes, std::move(value));
  }
}

std::optional<std::vector<std::uint32_t>> read_search(std::string_view line) {
  next_word(line);
  if (!equals_ignoring_case(next_word(line), "SEARCH")) return {};
  std::vector<std::uint32_t> out;
  while (!line.empty() && line.front() != '(') {  // "(MODSEQ 917162500)" of RFC 7162
    const auto word = next_word(line);
    if (word.empty()) continue;
    const auto uid = uid_of(word);
    if (!uid) return {};
    out.push_back(*uid);
  }
  return out;
}

std::optional<std::vector<std::string>> read_capability(std::string_view line) {
  next_word(line);
  if (!equals_ignoring_case(next_word(line), "CAPABILITY")) return {};
  std::vector<std::string> out;
  while (!line.empty()) {
    std::string word(next_word(line));
    for (char& c : word)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    out.push_back(std::move(word));
  }
  return out;
}

}  // namespace tertius::mail
