#include "daemon/notice_samples.hpp"

#include <array>

#include "broker/coach.hpp"
#include "daemon/alerts.hpp"
#include "daemon/notice_rows.hpp"
#include "daemon/revising.hpp"
#include "daemon/token_notice.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

namespace {

using std::chrono::days;

constexpr std::string_view cover_note =
    "Hello Christine,\n\nwe spoke at the alumni dinner in March, and you once worked with Gail. I would be "
    "grateful if you passed on the note below. If this is not a good time, or you would rather not, a no is "
    "perfectly fine.\n\nAlice";
constexpr std::string_view pitch =
    "Dear Gail,\n\nyou built the partner programme at Steady Mail, and your work with shop software is what "
    "our customers ask us about. At Harbour Ledger we keep the books of 400 small shops: "
    "https://harbourledger.example/about/how-we-keep-the-books-of-small-shops\n\nWould you have twenty "
    "minutes in the next three weeks to tell me what makes a good partner for you? In return I can share "
    "what we have learnt about how such shops choose software.\n\nThank you\nAlice Chen";
constexpr std::string_view endorsement =
    "Gail, Alice is one of the most thoughtful founders I have met this year. Twenty minutes well spent.";
constexpr std::string_view vouching =
    "Bob, I have known Alice for five years, and she never wastes anybody's time.\n\nChristine";
constexpr std::string_view question = "Could you make it half as long, and say what you would ask her?";

// Too thin to go out: what the coach says of it is the sample of its mail.
constexpr std::string_view thin_note = "Please forward this ASAP.";
constexpr std::string_view thin_pitch =
    "Hi,\n\nI would love to connect and pick your brain! Let me know when you are free. Are you in town? Do "
    "you like our site?\n\nAlice";

Person person(int id, const char* name, const char* title, const char* organisation, const char* address) {
  Person out;
  out.id = PersonId{id};
  out.name = name;
  out.title = title;
  out.organisation = organisation;
  out.address = parse_address(address).value();
  return out;
}

struct People {
  Person alice = person(1, "Alice Chen", "Founder", "Harbour Ledger", "alice@harbourledger.example");
  Person gail = person(2, "Gail Okafor", "Head of Partnerships", "Steady Mail", "gail@steadymail.example");
  Person christine =
      person(3, "Christine Weaver", "Partner", "Rowan Ventures", "christine@rowanventures.example");
  Person bob = person(4, "Bob Lindqvist", "Engineer", "Harbour Ledger", "bob@harbourledger.example");
  Person other_gail = person(5, "Gail Okafor", "Teacher", "Lantern Schools", "g.okafor@lantern.example");
};

const People& people() {
  static const People all;
  return all;
}

constexpr const char* since_2019 = "connected on LinkedIn since March 2019";
constexpr const char* since_2021 = "connected on LinkedIn since June 2021";

Cast sample_cast(const std::string& language, SampleWay way) {
  const auto& [alice, gail, christine, bob, other_gail] = people();
  Cast cast{alice, gail, christine, since_2019, since_2021};
  if (way == SampleWay::first_of_two) {
    cast.connector_knows_target.clear();
    cast.next = bob;
    cast.connector_knows_next = since_2019;
  }
  if (way == SampleWay::second_of_two) {
    cast.connector = bob;
    cast.connector_knows_requester.clear();
    cast.before = christine;
    cast.connector_knows_before = since_2021;
  }
  for (Person* one : {&cast.requester, &cast.target, &cast.connector}) one->language = language;
  return cast;
}

// Where the introduction stands when such a notice is sent.
State state_at(NoticeKind kind, Role to) {
  switch (kind) {
    case NoticeKind::confirm_request:
    case NoticeKind::connector_choices: return State::drafted;
    case NoticeKind::request:
    case NoticeKind::reminder:
    case NoticeKind::status_asked: return State::asked;
    case NoticeKind::receipt:
    case NoticeKind::could_not_tell:
    case NoticeKind::conflict: return to == Role::target ? State::forwarded : State::asked;
    case NoticeKind::changes_wanted: return State::revising;
    case NoticeKind::redirect_suggested: return State::redirected;
    case NoticeKind::pitch:
    case NoticeKind::target_reminder:
    case NoticeKind::status_forwarded: return State::forwarded;
    case NoticeKind::introduction:
    case NoticeKind::outcome_question: return State::introduced;
    case NoticeKind::thanks: return State::closed;
    case NoticeKind::status_ended: return State::declined;
    case NoticeKind::coach_findings:
    case NoticeKind::problem:
    case NoticeKind::stop_confirmation:
    case NoticeKind::sign_in:
    case NoticeKind::token_made:
    case NoticeKind::operator_alert: return State::drafted;  // answers: of no introduction
  }
  return State::drafted;
}

// Christine passes it on to Bob, who knows Gail.
void take_long_way(Introduction& introduction, SampleWay way, const Policy& policy, Time now) {
  if (way == SampleWay::direct) return;
  introduction.relay = {people().christine.id, people().bob.id};
  if (way == SampleWay::first_of_two) return;
  Ask& passed_on = introduction.asks.front();
  passed_on.decided_at = now;
  passed_on.decision = DecisionKind::forward;
  introduction.asks.push_back({.round = 2,
                               .connector = people().bob.id,
                               .asked_at = now,
                               .expires_at = now + policy.connector_expiry});
  introduction.vouching = vouching;
}

Introduction sample_introduction(const NoticeOrder& order, SampleWay way, const Policy& policy, Time now) {
  Introduction out;
  out.id = IntroductionId{1};
  out.state = state_at(order.kind, order.to);
  out.requester = people().alice.id;
  out.target = people().gail.id;
  out.cover_note = cover_note;
  out.pitch = pitch;
  out.created_at = out.state_since = now;
  if (out.state == State::drafted) return out;
  out.confirmed = true;
  out.connectors = {people().christine.id};
  out.asks = {{.round = 1,
               .connector = people().christine.id,
               .asked_at = now,
               .expires_at = now + policy.connector_expiry}};
  take_long_way(out, way, policy, now);
  if (out.state == State::revising) out.question = question;
  if (out.state == State::asked) return out;
  out.endorsement = endorsement;
  out.forwarded_at = now;
  if (out.state == State::introduced || out.state == State::closed) out.introduced_at = now;
  return out;
}

Decision sample_decision(Role by) {
  return {.kind = by == Role::target ? DecisionKind::accept : DecisionKind::forward,
          .note = {},
          .until = std::nullopt,
          .redirect_to = {}};
}

// The one thing that the introduction itself does not say, as broker/step.cpp says it.
std::vector<Wording> sample_remark(NoticeKind kind, Role to) {
  if (kind == NoticeKind::could_not_tell) return {wording("You wrote: \"{}\"", "Let me think about it")};
  if (kind == NoticeKind::redirect_suggested) return {verbatim(people().bob.name)};
  if (kind == NoticeKind::status_ended)
    return {wording("The connector declined."),
            wording("They wrote: {}", "I no longer see Gail often enough.")};
  if (kind != NoticeKind::conflict) return {};
  const Wording first{std::string(decision_name(sample_decision(to).kind))};
  return {wording("first {}, then {}", first, Wording{std::string(decision_name(DecisionKind::decline))})};
}

std::vector<FoundConnector> sample_connectors(Time now) {
  const auto& [alice, gail, christine, bob, other_gail] = people();
  const auto tie = [&](const Person& from, const Person& to, TieSource source, double strength,
                       const char* evidence) {
    return Tie{from.id, to.id, source, strength, now - days{40}, evidence};
  };
  const Candidate near{christine,
                       {tie(alice, christine, TieSource::linkedin, 0.95, since_2021)},
                       {tie(christine, gail, TieSource::linkedin, 0.81, since_2019)},
                       {.forwarded = 4, .decided = 5, .answered_in_time = 5, .asked = 5},
                       3};
  const Candidate far{bob,
                      {tie(alice, bob, TieSource::address_book, 0.5, "in the address book")},
                      {tie(bob, gail, TieSource::linkedin, 0.3, since_2021)},
                      {},
                      1};
  std::vector<FoundConnector> out;
  for (auto& ranked : rank({near, far}, gail, now)) {
    const Person& who = ranked.connector == bob.id ? bob : christine;
    out.push_back({who, std::move(ranked)});
  }
  return out;
}

Answer coach_sample(const Person& to) {
  Request thin;
  thin.requester = *people().alice.address;
  thin.target = person_label(people().gail);
  thin.connectors = {*people().christine.address};
  thin.cover_note = thin_note;
  thin.pitch = thin_pitch;
  const CoachFacts facts{.requester = people().alice,
                         .target = people().gail,
                         .connectors = {people().christine},
                         .other_targets = {}};
  return turned_answer(*to.address, to,
                       {wording("The request was not sent on yet: something has to be mended first."),
                        {},
                        {},
                        coach(thin, facts)},
                       thin);
}

Answer problem_sample(const Person& to) {
  Request ambiguous;
  ambiguous.target = people().gail.name;
  return turned_answer(*to.address, to,
                       {wording("\"{}\" could be any of {} people.", ambiguous.target, "2"),
                        wording("Name the organisation too, or write the address."),
                        {people().gail, people().other_gail},
                        {}},
                       ambiguous);
}

Answer sign_in_sample(const EngineSettings& settings, const Person& to) {
  const std::string until =
      say(moment_wording(settings.clock() + std::chrono::hours{1}), templates::sentences(to.language));
  const std::string url = token_url(settings.links, "sign-in", {number(to.id), Role::requester, {}, 0});
  return {.kind = NoticeKind::sign_in,
          .to = *to.address,
          .person = to,
          .fields = {{{"SIGN_IN_URL", url}, {"EXPIRES_AT", until}}, {}}};
}

Answer token_sample(const EngineSettings& settings, const Person& to) {
  storage::ApiToken token{.id = {}, .person = to.id, .name = "Reporting script", .scopes = {}};
  token.scopes.add(ApiScope::introductions_read);
  token.scopes.add(ApiScope::find);
  token.expires_at = settings.clock() + days{365};
  return token_made_answer(settings, to, token);
}

Answer stop_sample(const EngineSettings& settings, const Person& to) {
  const std::string start =
      token_url(settings.links, "stop", {number(to.id), Role::requester, TokenUse::stop, 0});
  return {.kind = NoticeKind::stop_confirmation,
          .to = *to.address,
          .person = to,
          .fields = {{{"STOP_URL", ""}, {"START_URL", start}}, {}}};
}

Answer alert_sample(const EngineSettings& settings, const Person& to) {
  const auto postmaster = parse_address("postmaster@" + settings.links.domain);
  return alert_answer(
      settings.operator_address.value_or(postmaster.value()), to, wording("The mail relay refuses us"),
      {wording("It says: {}", "535 5.7.8 Error: authentication failed"),
       wording("All mail waits, and nothing is lost: it goes out when the relay takes us again.")});
}

// What is answered to somebody who may be in no introduction; nothing for what step() orders.
std::optional<Answer> sample_answer(const EngineSettings& settings, NoticeKind kind, const Person& to) {
  if (kind == NoticeKind::coach_findings) return coach_sample(to);
  if (kind == NoticeKind::problem) return problem_sample(to);
  if (kind == NoticeKind::sign_in) return sign_in_sample(settings, to);
  if (kind == NoticeKind::token_made) return token_sample(settings, to);
  if (kind == NoticeKind::operator_alert) return alert_sample(settings, to);
  if (kind == NoticeKind::stop_confirmation) return stop_sample(settings, to);
  return std::nullopt;
}

}  // namespace

EngineSettings sample_settings() {
  EngineSettings out;
  out.links = {"https://intro.rowan.example", "intro.rowan.example", "intro", {LinkKey{255, {}}}};
  out.community = "Rowan Alumni";
  out.clock = [] {
    return Time{std::chrono::sys_days{std::chrono::year{2026} / 3 / 9}} + std::chrono::hours{9};
  };
  out.ids = [] { return std::int64_t{815'000'000'000}; };
  return out;
}

std::span<const Role> notice_recipients(NoticeKind kind) {
  static constexpr std::array requester{Role::requester}, connector{Role::connector}, target{Role::target};
  // Who decides comes first: they get such a notice in fact.
  static constexpr std::array decider{Role::connector, Role::target, Role::requester};
  static constexpr std::array anybody{Role::requester, Role::connector, Role::target};
  switch (kind) {
    case NoticeKind::request:
    case NoticeKind::reminder:
    case NoticeKind::thanks: return connector;
    case NoticeKind::pitch:
    case NoticeKind::target_reminder: return target;
    case NoticeKind::receipt:
    case NoticeKind::could_not_tell:
    case NoticeKind::conflict: return decider;
    case NoticeKind::introduction:
    case NoticeKind::stop_confirmation: return anybody;
    case NoticeKind::confirm_request:
    case NoticeKind::connector_choices:
    case NoticeKind::coach_findings:
    case NoticeKind::problem:
    case NoticeKind::changes_wanted:
    case NoticeKind::redirect_suggested:
    case NoticeKind::status_asked:
    case NoticeKind::status_forwarded:
    case NoticeKind::status_ended:
    case NoticeKind::outcome_question:
    case NoticeKind::sign_in:
    case NoticeKind::token_made:
    case NoticeKind::operator_alert: return requester;
  }
  return requester;
}

storage::OutboxRow sample_notice(const EngineSettings& settings, NoticeKind kind, Role to,
                                 const std::string& language, SampleWay way) {
  const Cast cast = sample_cast(language, way);
  if (const auto answer = sample_answer(settings, kind, person_of(cast, to)))
    return answer_row(settings, *answer);
  const Time now = settings.clock();
  const NoticeOrder order{kind, to, std::nullopt, sample_remark(kind, to)};
  Introduction introduction = sample_introduction(order, way, settings.policy, now);
  if (kind == NoticeKind::receipt)
    introduction.held =
        Held{to, sample_decision(to), Channel::reply, "letter", now + settings.policy.hold_reply};
  storage::OutboxRow row = notice_row(settings, order, introduction, cast);
  if (kind == NoticeKind::connector_choices || kind == NoticeKind::redirect_suggested) {
    auto connectors = sample_connectors(now);
    if (kind == NoticeKind::redirect_suggested) connectors.erase(connectors.begin());  // who was asked
    row.fields.sections["CONNECTORS"] =
        choice_fields(settings, introduction, connectors, templates::sentences(language));
  }
  return row;
}

}  // namespace tertius::daemon
