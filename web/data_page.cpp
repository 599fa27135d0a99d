// What is known about whoever is signed in: to take along, and to have erased.
#include "web/parts.hpp"

namespace tertius::web {

namespace {

constexpr std::string_view word_to_type = "erase";

HttpResponse download(const Call& call) {
  HttpResponse out;
  out.content_type = "application/json; charset=utf-8";
  out.headers = {{"Cache-Control", "no-store"},
                 {"Content-Disposition", "attachment; filename=\"my-data.json\""},
                 {"X-Content-Type-Options", "nosniff"},
                 {"X-Robots-Tag", "noindex"}};
  out.body = call.desk.export_person(call.member->person.id);
  return out;
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
  if (call.parts.size() == 3 && call.parts[2] == "download") return download(call);
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
