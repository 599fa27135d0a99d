// The letters that came in: finding one, and one with its source and why it was read as it was.
#include <algorithm>
#include <array>

#include "broker/sha256.hpp"
#include "mail/read_letter.hpp"
#include "web/dashboard_pages.hpp"
#include "web/record_parts.hpp"

namespace tertius::web {

namespace {

constexpr std::size_t first_source = 32 << 10, most_source = 1 << 20;
constexpr auto kinds =
    std::to_array<std::string_view>({"", "human", "auto", "bounce", "complaint", "list", "loop", "receipt"});

HttpResponse find_letters(const Call& call) {
  const storage::MailSearch search = search_of(call, "kind");
  const auto found = storage::search_letters(call.desk.db, search);
  Fields fields =
      row({{"ACTION_URL", "/dashboard/letters"},
           {"KIND_LABEL", "Kind"},
           {"HINT", "By address, subject, outcome, Message-ID or the number of an introduction."}});
  put_search(fields, search, "kind", kinds);
  for (const auto& letter : found.rows) fields.sections["ROWS"].push_back(letter_line(call, letter));
  if (found.rows.empty()) fields.sections["NONE"] = {row({{"SENTENCE", "No letter was found."}})};
  put_next(fields, call, found.next, found.looked_only_so_far, "kind");
  return page(call, "dashboard_list", "Letters", std::move(fields));
}

// retention.letters
bool is_forgotten(const storage::LetterRow& row) { return row.raw.empty() && row.sha256 != hex_sha256(""); }

Letter read_stored(const storage::LetterRow& row) {
  Letter letter = mail::read_letter(row.raw);
  letter.envelope = {row.envelope_sender, {row.recipient}, true};
  return letter;
}

std::string listed(const Call& call, const std::vector<Mailbox>& mailboxes) {
  constexpr std::size_t enough = 20;
  std::string out;
  for (std::size_t i = 0; i < std::min(enough, mailboxes.size()); ++i) {
    const auto& [name, address] = mailboxes[i];
    out += (out.empty() ? "" : ", ") + (name.empty() ? address : name + " <" + address + ">");
  }
  if (mailboxes.size() > enough) out += " and " + std::to_string(mailboxes.size() - enough) + " more";
  return shown(call, out);
}

void put_reading(const Call& call, Fields& fields, const Explained& explained) {
  const auto& meaning = explained.meaning;
  const auto until = explained.recognised.until ? explained.recognised.until : meaning.until;
  fields.values["READ_KIND"] = letter_kind_name(explained.recognised.kind);
  fields.values["MEANING"] = explained.recognised.kind == LetterKind::human
                                 ? std::string(meaning_name(meaning.kind))
                                 : "none: machine mail decides nothing";
  fields.values["UNTIL"] = until ? time_text(*until) : "";
  fields.values["INSTEAD"] = meaning.redirect_to;
  fields.values["NEW_WORDS"] = shown(call, beginning(explained.reply.text, first_source));
  for (const auto& reason : explained.why)
    fields.sections["WHY"].push_back(row({{"REASON", shown(call, reason)}}));
}

std::string size_text(std::size_t octets) {
  return octets < 2048 ? std::to_string(octets) + " bytes" : std::to_string(octets / 1024) + " KB";
}

void put_source(const Call& call, Fields& fields, const storage::LetterRow& letter) {
  const std::size_t most = field(call.form, "source") == "more" ? most_source : first_source;
  const std::string url = letter_url(letter.id);
  fields.values["SOURCE"] = shown(call, beginning(letter.raw, most));
  fields.values["RAW_URL"] = url + "/raw";
  const bool is_cut = letter.raw.size() > most;
  fields.values["SIZE"] = is_cut ? "The first " + size_text(most) + " of " + size_text(letter.raw.size())
                                 : size_text(letter.raw.size());
  if (is_cut && most < most_source) fields.sections["WHOLE"] = {row({{"URL", url + "?source=more"}})};
}

HttpResponse letter_page(const Call& call, const storage::LetterRow& stored) {
  const Letter letter = read_stored(stored);
  const Fields line = letter_line(call, stored);
  const std::string sender = stored.envelope_sender.empty() ? "<>" : stored.envelope_sender;
  Fields fields = row({{"KIND", stored.kind},
                       {"PILL_KIND", line.values.at("PILL_KIND")},
                       {"OUTCOME", line.values.at("OUTCOME")},
                       {"FROM", listed(call, letter.from)},
                       {"TO", listed(call, letter.to)},
                       {"WHEN", time_text(stored.received_at)},
                       {"ENVELOPE", shown(call, sender + " to " + stored.recipient)},
                       {"MESSAGE_ID", shown(call, stored.message_id)}});
  for (const auto& one : letter.attachments)
    fields.sections["ATTACHMENTS"].push_back(
        row({{"ATTACHMENT", one.name + " (" + one.type + ", " + size_text(one.size) + ")"}}));
  if (is_forgotten(stored))
    fields.values["MEANING"] = "not to be told any more: the letter was kept for its time, and forgotten";
  else
    put_reading(call, fields, call.desk.explain(letter, stored));
  if (stored.introduction) {
    const std::string name = "introduction " + std::to_string(number(*stored.introduction));
    fields.sections["ABOUT"] = {row({{"URL", introduction_url(*stored.introduction)}, {"LABEL", name}})};
    put_full_history(call, fields, *stored.introduction);
  }
  put_source(call, fields, stored);
  return page(call, "dashboard_letter", line.values.at("SUBJECT"), std::move(fields));
}

// As it came but for the secrets; `tertius letters ID` has it to the octet.
HttpResponse raw_letter(const Call& call, const storage::LetterRow& stored) {
  HttpResponse out;
  out.content_type = "text/plain; charset=utf-8";
  out.headers = {{"Content-Disposition",
                  "attachment; filename=\"letter-" + std::to_string(number(stored.id)) + ".txt\""},
                 {"Cache-Control", "no-store"},
                 {"X-Content-Type-Options", "nosniff"},
                 {"Content-Security-Policy", "default-src 'none'; sandbox"}};
  out.body = shown(call, stored.raw);
  return out;
}

}  // namespace

HttpResponse show_letters(const Call& call) {
  if (call.parts.size() == 2) return find_letters(call);
  const auto id = path_number(call);
  const auto stored = id ? storage::find_letter(call.desk.db, LetterId{*id}) : std::nullopt;
  if (!stored) return no_such_page(call);
  if (call.parts.size() == 3) return letter_page(call, *stored);
  return call.parts.size() == 4 && call.parts[3] == "raw" ? raw_letter(call, *stored) : no_such_page(call);
}

}  // namespace tertius::web
