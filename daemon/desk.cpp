#include "daemon/desk.hpp"

#include <sodium.h>

#include <boost/json/serialize.hpp>

#include "daemon/asking.hpp"
#include "daemon/connectors.hpp"
#include "daemon/conversation.hpp"
#include "daemon/erase.hpp"
#include "daemon/export.hpp"
#include "daemon/export_mails.hpp"
#include "daemon/hidden_addresses.hpp"
#include "daemon/replies.hpp"
#include "daemon/revising.hpp"
#include "daemon/token_notice.hpp"
#include "storage/audit.hpp"
#include "storage/noted_keys.hpp"
#include "storage/outbox.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"
#include "web/preview.hpp"
#include "web/requesters_view.hpp"

namespace tertius::daemon {

namespace {

std::string random_visit() {
  std::array<unsigned char, 12> octets{};
  randombytes_buf(octets.data(), octets.size());
  std::string hex(2 * octets.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), octets.data(), octets.size());
  hex.pop_back();
  return hex;
}

web::Rejected rejected(const Turned& turned) {
  return {say(turned.what), say(turned.hint), turned.candidates, turned.findings};
}

web::PreviewMail preview_mail(const std::string& title, NoticeKind kind, Role to,
                              const Introduction& introduction, const Cast& cast,
                              const EngineSettings& settings, std::span<const Address> hidden) {
  const Person& person = to == Role::target ? cast.target : cast.connector;
  Fields fields = notice_fields({kind, to, {}, {}}, introduction, cast, settings.links, settings.community,
                                settings.policy, templates::sentences(person.language));
  hide_addresses(fields, hidden);
  const auto rendered = templates::render_notice(kind, person.language, fields);
  if (!rendered) return {title, person_label(person), "", rendered.error().what};
  return {title, person_label(person), rendered.value().subject, rendered.value().text,
          rendered.value().html};
}

// What the coach can say of the words without looking anybody up.
std::vector<Finding> coach_words(const Request& request, CoachFacts facts) {
  if (facts.target.name.empty()) {
    facts.target.name = make_wanted_target(request.target).name;
    facts.target.organisation = make_wanted_target(request.target).organisation;
    facts.other_targets = other_targets(request.target);
  }
  return coach(request, facts);
}

std::variant<Introduction, web::Rejected> ask_as_member(Engine& engine, const Request& request) {
  SubmitResult result = submit(engine, request, true);
  if (const auto* turned = std::get_if<Turned>(&result)) return rejected(*turned);
  return std::get<Introduction>(std::move(result));
}

std::vector<web::Choice> choices(const std::vector<FoundConnector>& found) {
  std::vector<web::Choice> out;
  for (const auto& [person, ranked, named, handle, onward] : found) {
    if (named)
      out.push_back({person, ranked, true, handle, onward.has_value()});
    else
      out.push_back({{},
                     {.connector = {}, .tier = ranked.tier, .reasons = {}, .parts = {}},
                     false,
                     handle,
                     onward.has_value()});
  }
  return out;
}

// Why a request was turned back is mailed to the member it names, once a day: the form is open to anybody.
std::optional<web::Rejected> submit_from_anybody(Engine& engine, const Request& request, bool sandbox) {
  const SubmitResult result = submit(engine, request, false);
  const auto* turned = std::get_if<Turned>(&result);
  if (!turned) return std::nullopt;
  if (sandbox) return rejected(*turned);
  const auto member = storage::find_person_by_address(engine.db, request.requester);
  const Time since = engine.now() - one_answer_within;
  const std::string address = text(request.requester);
  if (member && member->member && !storage::answered_since(engine.db, address, NoticeKind::problem, since) &&
      !storage::answered_since(engine.db, address, NoticeKind::coach_findings, since))
    answer_turned(engine, request.requester, member, *turned, request);
  return std::nullopt;
}

std::variant<Person, web::Rejected> find_target_for_page(Engine& engine, const std::string& words,
                                                         PersonId requester) {
  const auto found = find_target(engine, words, requester);
  if (const auto* turned = std::get_if<Turned>(&found)) return rejected(*turned);
  return web::target_shown(engine.db, requester, std::get<Person>(found), words);
}

void mail_sign_in(Engine& engine, const Person& person, const std::string& url, Time until) {
  const std::string moment = say(moment_wording(until), templates::sentences(person.language));
  post_answer(engine, {.kind = NoticeKind::sign_in,
                       .to = *person.address,
                       .person = person,
                       .fields = {{{"SIGN_IN_URL", url}, {"EXPIRES_AT", moment}}, {}}});
}

void mail_token_made(Engine& engine, const Person& person, const storage::ApiToken& token) {
  if (person.address) post_answer(engine, token_made_answer(engine.settings, person, token));
}

// As receive() did it when the letter came; what was written in that second is our answer to it.
Explained explain_again(Engine& engine, const Letter& letter, const storage::LetterRow& row) {
  Arrival arrival{.notice = {}, .loop_domain = engine.settings.links.domain, .at = row.received_at};
  const Incoming incoming{row.envelope_sender, row.recipient, row.raw, row.sha256, letter};
  if (const auto conversation =
          find_conversation(engine, incoming, row.received_at - std::chrono::seconds{1})) {
    arrival.role = conversation->role;
    arrival.notice = text_of(conversation->notice);
  }
  return explain(letter, arrival);
}

// All of it is one answer, and a letter may be 25 MB.
std::string newest_mails(Engine& engine, PersonId person) {
  std::string out;
  export_mails(engine, storage::addresses_of(engine.db, person),
               [&](const std::string& entry) { out += entry; },
               {.octets = 30'000'000, .notices = most_rendered});
  return out;
}

PersonId person_of(Engine& engine, const Address& address) {
  if (const auto known = storage::find_person_by_address(engine.db, address)) return known->id;
  Person person;
  person.id = PersonId{engine.settings.ids()};
  person.address = address;
  storage::add_person(engine.db, person);
  return person.id;
}

}  // namespace

std::variant<std::vector<web::PreviewMail>, web::Rejected> preview(Engine& engine, const Request& request) {
  const storage::Savepoint never_released(engine.db);
  Engine ahead{engine.db, engine.settings};
  ahead.settings.links = web::masked(engine.settings.links);
  const SubmitResult result = submit(ahead, request, true);
  if (const auto* turned = std::get_if<Turned>(&result)) return rejected(*turned);
  const auto& introduction = std::get<Introduction>(result);
  const Cast cast = web::as_requester_sees(engine.db, introduction, load_cast(engine.db, introduction), {});
  const auto hidden = storage::every_address_of(engine.db, introduction.target);
  std::vector<web::PreviewMail> mails;
  if (!introduction.asks.empty()) {
    mails.push_back(preview_mail("What " + first_name(cast.connector) + " will read", NoticeKind::request,
                                 Role::connector, introduction, cast, ahead.settings, hidden));
  }
  Cast last = cast;
  if (!introduction.relay.empty() && current_connector(introduction) == introduction.relay.front()) {
    last = passed_on(cast);
    Introduction onward = introduction;
    onward.cover_note.clear();  // it is for the first alone
    mails.push_back(preview_mail("What " + last.connector.name + " will read if it is passed on",
                                 NoticeKind::request, Role::connector, onward, last, ahead.settings, hidden));
  }
  mails.push_back(preview_mail("What " + first_name(cast.target) + " will read if it is forwarded",
                               NoticeKind::pitch, Role::target, introduction, last, ahead.settings, hidden));
  return mails;
}

web::Desk make_desk(Engine& engine, bool sandbox) {
  const auto find = [&engine](PersonId requester, PersonId target) {
    auto found = find_connectors(engine, requester, target);
    name_unnamed(found, requester, target, engine.settings.links.key());
    return found;
  };
  return {
      .db = engine.db,
      .links = engine.settings.links,
      .policy = engine.settings.policy,
      .community = engine.settings.community,
      .operator_address = engine.settings.operator_address,
      .now = engine.now(),
      .sandbox = sandbox,
      .new_visit = random_visit,
      .apply = [&engine](IntroductionId id, const Event& event) { return apply(engine, id, event); },
      .submit = [&engine,
                 sandbox](const Request& request) { return submit_from_anybody(engine, request, sandbox); },
      .ask = [&engine](const Request& request) { return ask_as_member(engine, request); },
      .preview = [&engine](const Request& request) { return preview(engine, request); },
      .find_connector =
          [find](PersonId requester, PersonId target, const std::string& handle) {
            const auto found = find_by_handle(find(requester, target), handle);
            return found ? std::optional(web::Chosen{found->person, found->onward}) : std::nullopt;
          },
      .coach = coach_words,
      .connectors = [find](PersonId requester, PersonId target) { return choices(find(requester, target)); },
      .stop = [&engine](PersonId person) { stop_person(engine, person); },
      .start_again = [&engine](PersonId person) { start_again(engine, person); },
      .mail_sign_in = [&engine](const Person& person, const std::string& url,
                                Time until) { mail_sign_in(engine, person, url, until); },
      .mail_token_made = [&engine](
                             const Person& person,
                             const storage::ApiToken& token) { mail_token_made(engine, person, token); },
      .cast = [&engine](const Introduction& introduction) { return load_cast(engine.db, introduction); },
      .explain = [&engine](const Letter& letter,
                           const storage::LetterRow& row) { return explain_again(engine, letter, row); },
      .change_notice =
          [&engine](NoticeId id, storage::ByHand what) {
            engine.news = true;
            return storage::change_notice(engine.db, id, what, engine.now());
          },
      .new_id = engine.settings.ids,
      .export_person =
          [&engine](PersonId person) { return boost::json::serialize(export_person(engine, person)); },
      .erase_person =
          [&engine](PersonId person) { erase_person(engine, person, storage::by_person(person)); },
      .wake = [&engine] { engine.news = true; },
      .person_of = [&engine](const Address& address) { return person_of(engine, address); },
      .find_target = [&engine](const std::string& words,
                               PersonId requester) { return find_target_for_page(engine, words, requester); },
      .private_webhooks = engine.settings.private_webhooks,
      .private_address_books = engine.settings.private_address_books,
      .may_see = [&engine](
                     PersonId viewer,
                     PersonId person) { return may_see(engine.db, engine.settings.network, viewer, person); },
      .export_mails = [&engine](PersonId person) { return newest_mails(engine, person); },
  };
}

}  // namespace tertius::daemon
