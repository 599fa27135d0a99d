#include "web/record_parts.hpp"

#include <algorithm>
#include <charconv>

#include "storage/names.hpp"
#include "web/masking.hpp"

namespace tertius::web {

namespace {

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return out;
}

std::string key_text(const storage::PageKey& key) {
  return std::to_string(unix_seconds(key.at)) + "-" + std::to_string(key.id);
}

std::optional<storage::PageKey> parse_key(const std::string& text) {
  const auto dash = text.find('-', 1);
  if (dash == text.npos) return std::nullopt;
  const auto at = parse_number(std::string_view(text).substr(0, dash));
  const auto id = parse_number(std::string_view(text).substr(dash + 1));
  if (!at || !id) return std::nullopt;
  return storage::PageKey{from_unix_seconds(*at), *id};
}

std::string query_escaped(std::string_view text) {
  constexpr auto hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x80 && std::isalnum(octet))
      out += c;
    else
      out += {'%', hex[octet >> 4], hex[octet & 15]};
  }
  return out;
}

std::string subject_or_none(const std::string& subject) { return subject.empty() ? "(no subject)" : subject; }

std::string letter_kind_colour(const std::string& kind) {
  if (kind == "human") return "good";
  return kind == "bounce" || kind == "complaint" ? "bad" : "plain";
}

}  // namespace

std::string shown(const Call& call, std::string_view text) {
  return mask_secrets(text, call.desk.links.keys);
}

std::optional<std::int64_t> path_number(const Call& call) {
  return call.parts.size() > 2 ? parse_number(call.parts[2]) : std::nullopt;
}

storage::MailSearch search_of(const Call& call, const std::string& kind_field) {
  constexpr std::size_t longest = 500;
  return {.words = beginning(field(call.form, "q"), longest),
          .kind = beginning(field(call.form, kind_field), longest),
          .before = parse_key(field(call.form, "before"))};
}

void put_search(Fields& fields, const storage::MailSearch& search, const std::string& kind_field,
                std::span<const std::string_view> kinds) {
  fields.values["QUERY"] = search.words;
  fields.values["KIND_FIELD"] = kind_field;
  for (const std::string_view kind : kinds) {
    Fields option = row({{"VALUE", std::string(kind)}, {"LABEL", kind.empty() ? "any" : std::string(kind)}});
    if (search.kind == kind) option.sections["SELECTED"] = {Fields{}};
    fields.sections["KINDS"].push_back(std::move(option));
  }
}

void put_next(Fields& fields, const Call& call, const std::optional<storage::PageKey>& next,
              bool looked_only_so_far, const std::string& kind_field) {
  if (!next) return;
  const std::string url = call.request.path + "?q=" + query_escaped(field(call.form, "q")) + "&" +
                          kind_field + "=" + query_escaped(field(call.form, kind_field)) +
                          "&before=" + key_text(*next);
  const std::string label =
      looked_only_so_far ? "Look further back than " + date_text(next->at) : std::string("Older ones");
  fields.sections["OLDER"] = {row({{"URL", url}, {"LABEL", label}})};
}

std::string introduction_url(IntroductionId id) {
  return "/dashboard/introductions/" + std::to_string(number(id));
}
std::string letter_url(LetterId id) { return "/dashboard/letters/" + std::to_string(number(id)); }
std::string notice_url(NoticeId id) { return "/dashboard/notices/" + std::to_string(number(id)); }

void put_full_history(const Call& call, Fields& fields, IntroductionId id) {
  for (const auto& entry : storage::load_history(call.desk.db, id)) {
    const std::string from = spoken(state_name(entry.from)), to = spoken(state_name(entry.to));
    fields.sections["HISTORY"].push_back(row({{"WHEN", time_text(entry.at)},
                                              {"WHAT", spoken(entry.trigger)},
                                              {"STATES", from == to ? to : from + " \u2192 " + to},
                                              {"REMARK", shown(call, entry.remark)}}));
  }
}

Fields letter_line(const Call& call, const storage::LetterRow& letter) {
  return row({{"URL", letter_url(letter.id)},
              {"WHEN", time_text(letter.received_at)},
              {"SUBJECT", subject_or_none(shown(call, letter.subject))},
              {"WHO", letter.envelope_sender.empty() ? "<>" : letter.envelope_sender},
              {"KIND", letter.kind},
              {"PILL_KIND", letter_kind_colour(letter.kind)},
              {"OUTCOME", shown(call, letter.outcome)}});
}

Fields notice_line(const Call& call, const storage::OutboxRow& notice) {
  const std::string tries = notice.attempts == 1 ? "1 try" : std::to_string(notice.attempts) + " tries";
  return row({{"URL", notice_url(notice.id)},
              {"WHEN", time_text(notice.created_at)},
              {"SUBJECT", spoken(notice_name(notice.kind))},
              {"WHO", notice.recipient},
              {"KIND", std::string(storage::outbox_state_name(notice.state))},
              {"PILL_KIND", notice_state_kind(notice.state)},
              {"OUTCOME", tries + (notice.last_reply.empty() ? "" : ": " + shown(call, notice.last_reply))}});
}

std::string notice_state_kind(storage::OutboxState state) {
  switch (state) {
    case storage::OutboxState::due:
    case storage::OutboxState::claimed: return "wait";
    case storage::OutboxState::sent: return "good";
    case storage::OutboxState::failed: return "bad";
    case storage::OutboxState::cancelled: return "plain";
  }
  return "plain";
}

std::string spoken(std::string_view name) {
  std::string out(name);
  std::ranges::replace(out, '_', ' ');
  return out;
}

std::string beginning(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
  return text.substr(0, most);
}

}  // namespace tertius::web
