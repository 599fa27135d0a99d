// What is known about whoever is signed in: to take along, and to have erased.
#include "web/audited.hpp"
#include "web/parts.hpp"

namespace tertius::web {

namespace {

constexpr std::string_view word_to_type = "erase";

HttpResponse download(const std::string& type, const std::string& name, std::string body) {
  HttpResponse out;
  out.content_type = type;
  out.headers = {{"Cache-Control", "no-store"},
                 {"Content-Disposition", "attachment; filename=\"" + name + "\""},
                 {"X-Content-Type-Options", "nosniff"},
                 {"X-Robots-Tag", "noindex"},
                 {"Content-Security-Policy", "default-src 'none'; sandbox"}};
  out.body = std::move(body);
  return out;
}

// A GET that changes nothing but the audit log (RFC 9110 9.2.1). Noted last: writing it takes a while.
HttpResponse noted_download(const Call& call, const std::string& type, const std::string& name,
                            std::string body) {
  note(call, AuditAct::exported, storage::by_person(call.member->person.id));
  return download(type, name, std::move(body));
}

// The sessions are gone with the person.
HttpResponse erased(const Call& call) {
  const Call from_nobody{call.request, call.parts, {}, call.desk};
  return message(from_nobody, 200, "You are erased",
                 "Nothing here names you any more, and no mail will come to you.",
                 "Of your address a fingerprint is kept, so that we never write to it again.");
}

}  // namespace

HttpResponse show_data(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  const std::string what = call.parts.size() == 3 ? call.parts[2] : "";
  const PersonId me = call.member->person.id;
  if (what == "download")
    return noted_download(call, "application/json; charset=utf-8", "my-data.json",
                          call.desk.export_person(me));
  if (what == "mails")
    return noted_download(call, "application/mbox", "my-mails.mbox", call.desk.export_mails(me));
  return page(call, "data", "My data",
              row({{"NAME", person_label(call.member->person)},
                   {"NONCE", member_nonce(call)},
                   {"WORD", std::string(word_to_type)}}));
}

HttpResponse post_data(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  if (const auto refusal = refuse_member_post(call)) return *refusal;
  if (field(call.form, "word") != word_to_type)
    return message(call, 422, "Nothing was erased", "The word was not typed.",
                   "Go back, and type it if you mean it.");
  call.desk.erase_person(call.member->person.id);
  return erased(call);
}

}  // namespace tertius::web
