#include "mail/mailbox_list.hpp"

#include <algorithm>
#include <string>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/encoded_word.hpp"

namespace tertius::mail {
namespace {

// A field may be 128 KB of commas; nobody answers so many.
constexpr std::size_t most_mailboxes = 2000;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// `text[at]` is a quote; gives the index behind its closing one, or the end.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return at + 1;
  }
  return text.size();
}

std::string unquote(std::string_view quoted) {
  std::string out;
  for (std::size_t i = 1; i < quoted.size(); ++i) {
    if (quoted[i] == '\\' && i + 1 < quoted.size())
      ++i;
    else if (quoted[i] == '"')
      break;
    out += quoted[i];
  }
  return out;
}

// `text[at]` is "(": puts what stands inside, brackets of nested comments included, into `comment`.
std::size_t take_comment(std::string_view text, std::size_t at, std::string& comment) {
  int depth = 0;
  comment.clear();
  for (; at < text.size(); ++at) {
    const bool opens = text[at] == '(', closes = text[at] == ')';
    if (text[at] == '\\' && at + 1 < text.size()) {
      comment += text[++at];
      continue;
    }
    if (closes && --depth == 0) return at + 1;
    if (depth > 0) comment += text[at];
    if (opens) ++depth;
  }
  return text.size();
}

// "local@domain" with its domain in lower case, and without the white space and controls of a folded field.
std::string normal_address(std::string_view written) {
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\' && i + 1 < written.size() && !is_control(written[i + 1])) {
      out += c;
      out += written[++i];
    } else if (!is_control(c) && (quoted || c != ' ')) {
      out += c;
    }
  }
  if (const std::size_t at = out.rfind('@'); at != std::string::npos) {
    std::transform(out.begin() + static_cast<std::ptrdiff_t>(at), out.end(),
                   out.begin() + static_cast<std::ptrdiff_t>(at), [](char c) { return lower(c); });
  }
  return to_utf8(out);
}

std::string clean_name(std::string_view words) {
  std::string name = decode_words(words);
  // Some clients quote twice: "'Alice Chen'".
  std::string_view trimmed = trim(name);
  if (trimmed.size() > 2 && trimmed.front() == '\'' && trimmed.back() == '\'') {
    trimmed = trim(trimmed.substr(1, trimmed.size() - 2));
  }
  return std::string(trimmed);
}

// The parts of one mailbox while it is being read.
struct Reading {
  std::string phrase;  // words and quoted strings, unquoted
  std::string bare;    // the same as written, for an address without angle brackets
  std::string angle;
  std::string comment;
  bool has_angle = false;
  bool gap = false;  // white space was seen since the last word

  void add(std::string_view shown, std::string_view written) {
    if (gap && !phrase.empty()) phrase += ' ';
    // Obsolete "joe . blow @ example . com": blanks around a dot or an at sign separate nothing.
    const bool joins = bare.empty() || bare.back() == '@' || bare.back() == '.' || written.front() == '@' ||
                       written.front() == '.';
    if (gap && !joins) bare += ' ';
    gap = false;
    phrase += shown;
    bare += written;
  }
};

struct BareParts {
  std::string address, name;
};

// "Alice alice@example.org" without brackets: the last word with an at sign is the address.
BareParts split_bare(const Reading& reading) {
  const std::string_view bare = reading.bare;
  const std::size_t at = bare.rfind('@');
  if (at == bare.npos || at == 0) return {{}, reading.phrase};
  std::size_t begin = at, end = std::min(bare.find(' ', at), bare.size());
  if (bare[at - 1] == '"') {  // a quoted local part may hold blanks
    begin = bare.rfind('"', at - 2 < at ? at - 2 : 0);
    if (begin == bare.npos) begin = 0;
  } else {
    const std::size_t blank = bare.rfind(' ', at);
    begin = blank == bare.npos ? 0 : blank + 1;
  }
  std::string name(trim(bare.substr(0, begin)));
  if (name.empty()) name = trim(bare.substr(end));
  return {std::string(bare.substr(begin, end - begin)), name};
}

void finish(Reading& reading, std::vector<Mailbox>& out) {
  Mailbox mailbox;
  if (reading.has_angle) {
    mailbox.address = normal_address(reading.angle);
    mailbox.name = clean_name(reading.phrase);
  } else {
    const BareParts parts = split_bare(reading);
    mailbox.address = normal_address(parts.address);
    mailbox.name = clean_name(parts.name);
  }
  if (mailbox.name.empty() && !mailbox.address.empty()) mailbox.name = clean_name(reading.comment);
  reading = {};
  if (out.size() < most_mailboxes && (!mailbox.address.empty() || !mailbox.name.empty())) {
    out.push_back(std::move(mailbox));
  }
}

// `text[at]` is "<". Routes ("<@a,@b:joe@c>", RFC 5322 4.4) are dropped. An angle that never closes ends at
// the comma.
std::size_t take_angle(std::string_view text, std::size_t at, std::size_t last_close, Reading& reading) {
  const std::size_t begin = ++at;
  while (at < text.size() && text[at] != '>') {
    const bool route = begin < text.size() && text[begin] == '@';
    if (text[at] == ',' && !route && (last_close == text.npos || last_close < at)) break;
    at = text[at] == '"' ? end_of_quoted(text, at) : at + 1;
  }
  at = std::min(at, text.size());
  std::string_view inside = trim(text.substr(begin, at - begin));
  if (inside.starts_with('@') && inside.find(':') != inside.npos) inside.remove_prefix(inside.find(':') + 1);
  if (starts_ignoring_case(inside, "mailto:")) inside.remove_prefix(7);
  if (!reading.has_angle || reading.angle.empty()) reading.angle = inside;
  reading.has_angle = true;
  return at < text.size() && text[at] == '>' ? at + 1 : at;
}

bool is_word_end(char c) {
  return is_blank(c) || std::string_view("\"(<,;:").find(c) != std::string_view::npos;
}

// Encoded words of broken clients hold blanks and commas: "=?utf-8?Q?Chen, Alice?=". Real ones end within 75
// octets.
std::size_t end_of_encoded_word(std::string_view field, std::size_t at) {
  if (field.substr(at, 2) != "=?") return at;
  const std::string_view window = field.substr(at, 256);
  const std::size_t encoding = window.find('?', 2);
  const std::size_t close = encoding == window.npos ? encoding : window.find("?=", encoding + 3);
  // Else a local part that begins with "=?" would reach into the next mailbox's name and hide it.
  const bool whole =
      close != window.npos && window[encoding + 2] == '?' && window.find_first_of("<>\"") > close;
  return whole ? at + close + 2 : at;
}

std::size_t take_word(std::string_view field, std::size_t at, Reading& reading) {
  std::size_t end = at + 1;
  bool in_literal = field[at] == '[';
  while (end < field.size() && (in_literal || !is_word_end(field[end]))) {
    if (field[end] == '[' && field[end - 1] == '@') in_literal = true;  // "[IPv6:...]" holds colons
    if (field[end] == ']') in_literal = false;
    ++end;
  }
  end = std::max(end, end_of_encoded_word(field, at));
  const std::string_view word = field.substr(at, end - at);
  reading.add(word, word);
  return end;
}

}  // namespace

std::vector<Mailbox> read_mailboxes(std::string_view field) {
  std::vector<Mailbox> out;
  Reading reading;
  const std::size_t last_close = field.rfind('>');
  for (std::size_t at = 0; at < field.size();) {
    const char c = field[at];
    if (is_blank(c)) {
      reading.gap = true;
      ++at;
    } else if (c == '"') {
      const std::size_t end = end_of_quoted(field, at);
      reading.add(unquote(field.substr(at, end - at)), field.substr(at, end - at));
      at = end;
    } else if (c == '(') {
      at = take_comment(field, at, reading.comment);
      reading.gap = true;
    } else if (c == '<') {
      at = take_angle(field, at, last_close, reading);
    } else if (c == ',' || c == ';') {
      finish(reading, out);
      ++at;
    } else if (c == ':') {  // the name of a group; its members stand for themselves
      reading = {};
      ++at;
    } else {
      at = take_word(field, at, reading);
    }
  }
  finish(reading, out);
  return out;
}

}  // namespace tertius::mail
