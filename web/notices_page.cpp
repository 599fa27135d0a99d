// The outbox: finding a notice, one as its recipient reads it, and sending it again or not at all.
#include <algorithm>
#include <array>

#include "storage/names.hpp"
#include "templates/render.hpp"
#include "web/audited.hpp"
#include "web/dashboard_pages.hpp"
#include "web/record_parts.hpp"

namespace tertius::web {

namespace {

constexpr auto states =
    std::to_array<std::string_view>({"", "due", "claimed", "sent", "failed", "cancelled"});

HttpResponse find_notices(const Call& call) {
  const storage::MailSearch search = search_of(call, "state");
  const auto found = storage::search_notices(call.desk.db, search);
  Fields fields = row({{"ACTION_URL", "/dashboard/notices"},
                       {"KIND_LABEL", "State"},
                       {"HINT",
                        "By recipient, kind, the relay's reply, Message-ID or the number of an "
                        "introduction."}});
  put_search(fields, search, "state", states);
  for (const auto& notice : found.rows) fields.sections["ROWS"].push_back(notice_line(call, notice));
  if (found.rows.empty()) fields.sections["NONE"] = {row({{"SENTENCE", "No mail was found."}})};
  put_next(fields, call, found.next, found.looked_only_so_far, "state");
  return page(call, "dashboard_list", "Outbox", std::move(fields));
}

struct Change {
  storage::ByHand what;
  std::string_view action, button, kind;
  bool (*is_offered)(storage::OutboxState);
};
// What storage::change_notice would refuse in any case is not offered.
constexpr auto changes = std::to_array<Change>({
    {storage::ByHand::retry, "retry", "Send it now", "",
     [](storage::OutboxState s) {
       return s == storage::OutboxState::due || s == storage::OutboxState::failed ||
              s == storage::OutboxState::cancelled;
     }},
    {storage::ByHand::cancel, "cancel", "Do not send it", "danger",
     [](storage::OutboxState s) {
       return s == storage::OutboxState::due || s == storage::OutboxState::failed;
     }},
});

void put_changes(const Call& call, Fields& fields, const storage::OutboxRow& notice) {
  for (const Change& change : changes) {
    if (!change.is_offered(notice.state)) continue;
    fields.sections["CHANGES"].push_back(row({{"ACTION_URL", notice_url(notice.id)},
                                              {"NONCE", member_nonce(call)},
                                              {"ACTION", std::string(change.action)},
                                              {"BUTTON", std::string(change.button)},
                                              {"BUTTON_KIND", std::string(change.kind)}}));
  }
}

// The subject. A notice whose template fails is in the outbox for that very reason, and is shown with what is
// wrong.
std::string put_mail(const Call& call, Fields& fields, const storage::OutboxRow& notice) {
  const auto mail = templates::render_notice(notice.kind, notice.language, notice.fields);
  fields.values["TEXT"] =
      mail ? shown(call, mail.value().text) : "This mail cannot be written: " + mail.error().what;
  fields.values["FRAME_URL"] = mail && !mail.value().html.empty() ? notice_url(notice.id) + "/html" : "";
  return mail ? shown(call, mail.value().subject) : spoken(notice_name(notice.kind));
}

HttpResponse notice_page(const Call& call, const storage::OutboxRow& notice) {
  Fields fields = row({{"KIND", spoken(notice_name(notice.kind))},
                       {"STATE", std::string(storage::outbox_state_name(notice.state))},
                       {"PILL_KIND", notice_state_kind(notice.state)},
                       {"TO", notice.recipient},
                       {"ROLE", std::string(role_name(notice.role))},
                       {"WHEN", time_text(notice.created_at)},
                       {"NOT_BEFORE", time_text(notice.not_before)},
                       {"SENT", notice.sent_at ? time_text(*notice.sent_at) : ""},
                       {"TRIES", std::to_string(notice.attempts)},
                       {"LAST_REPLY", shown(call, notice.last_reply)},
                       {"MESSAGE_ID", notice.message_id}});
  if (notice.introduction) {
    const std::string name = "introduction " + std::to_string(number(*notice.introduction));
    fields.sections["ABOUT"] = {row({{"URL", introduction_url(*notice.introduction)}, {"LABEL", name}})};
  }
  put_changes(call, fields, notice);
  const std::string subject = put_mail(call, fields, notice);
  HttpResponse out = page(call, "dashboard_notice", subject, std::move(fields));
  for (auto& [name, value] : out.headers)
    if (name == "Content-Security-Policy") value += "; frame-src 'self'";
  return out;
}

// Mails have inline styles. On a page of its own they need no leave on the page around; `sandbox` holds for
// whoever opens it without the frame too.
HttpResponse mail_frame(const Call& call, const storage::OutboxRow& notice) {
  const auto mail = templates::render_notice(notice.kind, notice.language, notice.fields);
  if (!mail) return no_such_page(call);
  HttpResponse out;
  out.headers = {{"Cache-Control", "no-store"},
                 {"Referrer-Policy", "same-origin"},
                 {"X-Robots-Tag", "noindex"},
                 {"X-Content-Type-Options", "nosniff"},
                 {"Content-Security-Policy",
                  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                  "form-action 'none'; frame-ancestors 'self'; base-uri 'none'; "
                  "sandbox"}};
  out.body = shown(call, mail.value().html);
  return out;
}

std::optional<storage::OutboxRow> find_called(const Call& call) {
  const auto id = path_number(call);
  return id ? storage::find_notice(call.desk.db, NoticeId{*id}) : std::nullopt;
}

}  // namespace

HttpResponse show_notices(const Call& call) {
  if (call.parts.size() == 2) return find_notices(call);
  const auto notice = find_called(call);
  if (!notice) return no_such_page(call);
  if (call.parts.size() == 3) return notice_page(call, *notice);
  return call.parts.size() == 4 && call.parts[3] == "html" ? mail_frame(call, *notice) : no_such_page(call);
}

HttpResponse post_notices(const Call& call) {
  if (const auto refusal = refuse_member_post(call)) return *refusal;
  const auto notice = find_called(call);
  const auto change = std::ranges::find(changes, field(call.form, "action"), &Change::action);
  if (!notice || call.parts.size() != 3 || change == changes.end()) return no_such_page(call);
  const Done done = call.desk.change_notice(notice->id, change->what);
  if (!done)
    return message(call, 409, "Nothing was changed", done.error().what + ".", done.error().hint + ".");
  note(call, act_of(change->what), "notice " + id_text(notice->id));
  return see_other(notice_url(notice->id));
}

}  // namespace tertius::web
