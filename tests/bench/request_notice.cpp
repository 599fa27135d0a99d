#include "tests/bench/request_notice.hpp"

#include "broker/notice_fields.hpp"
#include "tests/bench/request_words.hpp"

namespace tertius::bench {
namespace {

Person person(std::int64_t id, const char* name, const char* organisation, const char* address) {
  Person out;
  out.id = PersonId{id};
  out.name = name;
  out.organisation = organisation;
  out.title = "Founder";
  out.address = parse_address(address).value();
  return out;
}

Links links() {
  LinkKey key{1, {}};
  key.secret.fill(7);
  return {"https://intro.rowan.example", "intro.rowan.example", "intro", {key}};
}

}  // namespace

Fields request_fields(int pitches) {
  const Cast cast{person(1, "Alice Chen", "Harbour Ledger", "alice@harbour.example"),
                  person(2, "Gail Okafor", "Steady Mail", "gail@steady.example"),
                  person(3, "Christine Weaver", "Rowan Ventures", "christine@rowan.example"),
                  "wrote to each other 14 times since March", "connected on LinkedIn since 2019"};
  Introduction asked;
  asked.id = IntroductionId{77};
  asked.state = State::asked;
  asked.requester = cast.requester.id;
  asked.target = cast.target.id;
  asked.asks = {{.round = 1, .connector = cast.connector.id, .asked_at = {}, .expires_at = {}}};
  asked.subject = "Introduction: Alice Chen and Gail Okafor";
  asked.cover_note = std::string(cover_note);
  for (int i = 0; i < pitches; ++i) asked.pitch += std::string(pitch) + "\n\n";
  return notice_fields({NoticeKind::request, Role::connector, std::nullopt, {}}, asked, cast, links(),
                       "Rowan Alumni", {});
}

mail::Composition request_mail(templates::RenderedNotice rendered) {
  mail::Composition out;
  out.from = {"Alice Chen via Rowan Alumni", "intro@intro.rowan.example"};
  out.to = {{"Christine Weaver", "christine@rowan.example"}};
  out.reply_to = {{"Rowan Alumni", reply_address(links(), {77, Role::connector, TokenUse::reply, 1})}};
  out.subject = std::move(rendered.subject);
  out.message_id = "77.request@intro.rowan.example";
  out.references = {"77.thread@intro.rowan.example"};
  out.date = from_unix_seconds(1'773'057'600);
  out.text = std::move(rendered.text);
  out.html = std::move(rendered.html);
  out.loop_domain = links().domain;
  out.language = "en";
  return out;
}

}  // namespace tertius::bench
