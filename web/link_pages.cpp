// The pages behind the other links of our mails: it was me, choose a connector, no more mail.
#include <charconv>

#include "storage/people.hpp"
#include "templates/render.hpp"
#include "web/parts.hpp"
#include "web/requesters_view.hpp"
#include "web/robots.hpp"

namespace tertius::web {

namespace {

std::string now_it_is(const Call& call, const Introduction& introduction) {
  if (introduction.state == State::asked) {
    const Cast cast = cast_shown_to(call.desk, introduction, Role::requester);
    return person_label(cast.connector) + " has been asked to introduce you to " + person_label(cast.target) +
           ".";
  }
  return "We have sent you a mail with the people who can introduce you; choose one of them.";
}

HttpResponse how_it_goes_on(const Call& call, const std::variant<Introduction, Refusal>& applied) {
  if (const auto* refusal = std::get_if<Refusal>(&applied)) return refused(call, *refusal);
  return message(call, 200, "Thank you", now_it_is(call, std::get<Introduction>(applied)),
                 "You will get a mail at each step.");
}

bool waits_for_its_writer(const Introduction& introduction) {
  return introduction.state == State::drafted && !introduction.confirmed;
}

HttpResponse nothing_to_confirm(const Call& call) {
  return message(call, 200, "Nothing to confirm", "This request has been confirmed already, or has ended.",
                 "");
}

}  // namespace

HttpResponse show_confirm(const Call& call) {
  const auto linked = find_linked(call, TokenUse::confirm);
  if (!linked) return bad_link(call);
  const Introduction& introduction = linked->introduction;
  if (!waits_for_its_writer(introduction)) return nothing_to_confirm(call);
  const Cast cast = cast_shown_to(call.desk, introduction, Role::requester);
  Fields fields = row({{"MESSAGE", "A request in your name asks to meet " + person_label(cast.target) + "."},
                       {"ACTION_URL", token_url(call.desk.links, "confirm", linked->token)},
                       {"NONCE", new_nonce(call, linked->text)}});
  fields.sections["NOT_ME"] = {Fields{}};
  fields.sections["MAIL"] = {
      row({{"MAIL_TITLE", "What it says"},
           {"MAIL_TO", person_label(cast.target)},
           {"MAIL_SUBJECT",
            introduction.subject.empty()
                ? pitch_subject(cast.requester, cast.target, templates::sentences(cast.target.language))
                : introduction.subject},
           {"MAIL_TEXT", introduction.cover_note + "\n---\n" + introduction.pitch}})};
  return page(call, "confirm", "Was it you?", std::move(fields));
}

HttpResponse post_confirm(const Call& call) {
  const auto linked = find_linked(call, TokenUse::confirm);
  if (!linked) return bad_link(call);
  const auto visit = take_press(call, linked->text, linked->introduction.requester);
  if (const auto* refusal = std::get_if<HttpResponse>(&visit)) return *refusal;
  // Also where the page was open in a second tab while the first one confirmed.
  if (!waits_for_its_writer(linked->introduction)) return nothing_to_confirm(call);
  if (field(call.form, "action") == "not_me") {
    const auto applied = call.desk.apply(linked->introduction.id, Withdrawn{});
    if (const auto* refusal = std::get_if<Refusal>(&applied)) return refused(call, *refusal);
    return message(call, 200, "Thank you", "The request has been thrown away. Nobody has heard of it.", "");
  }
  if (field(call.form, "action") != "confirm") return bad_link(call);
  return how_it_goes_on(call, call.desk.apply(linked->introduction.id, Confirmed{}));
}

HttpResponse show_choose(const Call& call) {
  const auto linked = find_linked(call, TokenUse::decision);
  if (!linked || linked->token.role != Role::requester) return bad_link(call);
  const Cast cast = cast_shown_to(call.desk, linked->introduction, Role::requester);
  Fields fields =
      row({{"MESSAGE", "Who shall be asked to introduce you to " + person_label(cast.target) + "?"},
           {"ACTION_URL", token_url(call.desk.links, "choose", linked->token)},
           {"NONCE", new_nonce(call, linked->text)}});
  const std::string wished = call.kept               ? field(call.form, "connector")
                             : call.parts.size() > 2 ? call.parts[2]
                                                     : "";
  for (const Choice& choice : call.desk.connectors(cast.requester.id, cast.target.id)) {
    const std::string tier(tier_name(choice.ranked.tier));
    Fields entry = row({{"VALUE", choice.handle},
                        {"LABEL", choice.named      ? person_label(choice.person)
                                  : choice.long_way ? "Somebody who knows somebody who knows them"
                                                    : "Somebody who knows them"},
                        {"TIER", tier},
                        {"TIER_KIND", choice.ranked.tier == Tier::weak ? "wait" : "good"},
                        {"REASON", say_list(choice.ranked.reasons)}});
    if (choice.handle == wished) entry.sections["CHECKED"] = {Fields{}};
    fields.sections["CONNECTORS"].push_back(std::move(entry));
  }
  if (fields.sections["CONNECTORS"].empty())
    fields.sections["NONE"] = {row({{"SENTENCE", "Nobody here is known to know you both."}})};
  return page(call, "choose", "Choose a connector", std::move(fields));
}

HttpResponse post_choose(const Call& call) {
  const auto linked = find_linked(call, TokenUse::decision);
  if (!linked || linked->token.role != Role::requester) return bad_link(call);
  const auto visit = take_press(call, linked->text, linked->introduction.requester);
  if (const auto* refusal = std::get_if<HttpResponse>(&visit)) return *refusal;
  const auto connector = call.desk.find_connector(linked->introduction.requester, linked->introduction.target,
                                                  field(call.form, "connector"));
  if (!connector) {
    return message(call, 409, "Nothing was changed", "No connector was chosen.", "Go back and choose one.");
  }
  return how_it_goes_on(call, call.desk.apply(linked->introduction.id,
                                              ConnectorChosen{connector->person.id, connector->onward}));
}

namespace {

struct Stopping {
  std::string text;
  Token token;
  Person person;
};

std::optional<Stopping> find_stopping(const Call& call) {
  if (call.parts.size() < 2) return std::nullopt;
  const auto token = find_token(call.parts[1], call.desk.links.keys);
  if (!token || token->use != TokenUse::stop) return std::nullopt;
  auto person = storage::find_person(call.desk.db, PersonId{token->subject});
  if (!person) return std::nullopt;
  return Stopping{make_token(*token, call.desk.links.key()), *token, std::move(*person)};
}

// RFC 8058 3.2: the mail program posts this one field, as a form of either kind, from no page of ours; the
// token alone is its proof.
bool is_one_click(const Call& call) {
  if (field(call.form, "List-Unsubscribe") == "One-Click") return true;
  const std::string& body = call.request.body;
  const auto name = body.find("name=\"List-Unsubscribe\"");
  return name != std::string::npos && body.find("\r\n\r\nOne-Click\r\n", name) != std::string::npos;
}

HttpResponse stop_page(const Call& call, const Stopping& stopping, const std::string& message, bool stops) {
  const std::string title = stops ? "No more mail?" : "No more mail";
  return page(
      call, "stop", title,
      row({{"MESSAGE", message},
           {"ACTION_URL", token_url(call.desk.links, "stop", stopping.token)},
           {"NONCE", new_nonce(call, stopping.text)},
           {"ACTION", stops ? "stop" : "start"},
           {"BUTTON", stops ? "Stop all mail" : "Start again"},
           {"HINT", stops ? "Nobody is told. Requests that wait for your answer end by themselves. You "
                            "can start again later."
                          : "You can start again whenever you like: people reach you through us from "
                            "then on. Requests that have ended stay ended."}}));
}

HttpResponse started(const Call& call, const Stopping& stopping) {
  call.desk.start_again(stopping.person.id);
  return message(call, 200, "Welcome back", "You get mail from us again.",
                 "Each mail has a link that stops it.");
}

}  // namespace

HttpResponse show_stop(const Call& call) {
  const auto stopping = find_stopping(call);
  if (!stopping) return bad_link(call);
  if (stopping->person.stopped) return stop_page(call, *stopping, "You get no mail from us any more.", false);
  return stop_page(call, *stopping,
                   "Once you press the button " + call.desk.community +
                       " sends you no further mail, and requests that wait for you end without a word.",
                   true);
}

HttpResponse post_stop(const Call& call) {
  const auto stopping = find_stopping(call);
  if (!stopping) return bad_link(call);
  const bool by_mail_program = is_one_click(call);
  if (!by_mail_program) {
    const auto visit = take_press(call, stopping->text, stopping->person.id);
    if (const auto* refusal = std::get_if<HttpResponse>(&visit)) return *refusal;
    const std::string action = field(call.form, "action");
    if (action == "start") return started(call, *stopping);
    if (action != "stop") return bad_link(call);
  }
  call.desk.stop(stopping->person.id);
  return stop_page(call, *stopping, "You get no mail from us any more, but for one that confirms this.",
                   false);
}

}  // namespace tertius::web
