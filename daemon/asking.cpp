#include "daemon/asking.hpp"

#include <algorithm>

#include "broker/words.hpp"
#include "daemon/connectors.hpp"
#include "storage/introductions.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"
#include "storage/turns.hpp"
#include "storage/visible_people.hpp"
#include "web/requesters_view.hpp"

namespace tertius::daemon {

namespace {

bool may_see(Engine& engine, PersonId viewer, PersonId person) {
  return daemon::may_see(engine.db, engine.settings.network, viewer, person);
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool has_words(const std::string& text, const std::string& words) {
  return lower(text).find(lower(words)) != std::string::npos;
}

// As R sees them; where that is not what R has typed, in the words of whoever calls them exactly so.
Person as_named(storage::Database& db, const Person& person, const WantedTarget& wanted, PersonId requester) {
  if (storage::may_see(db, requester, person.id)) {
    Person seen = storage::as_seen_by(db, requester, person);
    if (has_words(seen.name, wanted.name)) return seen;
  }
  return storage::as_called(db, person, spaced(wanted.name));
}

std::vector<Person> find_targets(storage::Database& db, const WantedTarget& wanted, PersonId requester) {
  if (wanted.address) {
    const auto person = storage::find_person_by_address(db, *wanted.address);
    return person ? std::vector{storage::as_seen_by(db, requester, *person)} : std::vector<Person>{};
  }
  constexpr int enough_to_choose_from = 20;
  auto found = storage::search_people(db, wanted.name, enough_to_choose_from);
  for (Person& person : found) person = as_named(db, person, wanted, requester);
  std::erase_if(found, [&](const Person& p) { return p.id == requester || !has_words(p.name, wanted.name); });
  const auto narrow = [&](auto fits) {
    if (std::any_of(found.begin(), found.end(), fits))
      std::erase_if(found, [&](const Person& p) { return !fits(p); });
  };
  if (!wanted.organisation.empty()) {
    narrow([&](const Person& p) {
      return has_words(p.organisation, wanted.organisation) || has_words(p.title, wanted.organisation);
    });
  }
  narrow([&](const Person& p) { return lower(p.name) == lower(wanted.name); });
  return found;
}

std::variant<std::vector<Person>, Turned> wished_connectors(storage::Database& db, const Request& request) {
  std::vector<Person> out;
  for (const Address& address : request.connectors) {
    auto person = storage::find_person_by_address(db, address);
    if (!person) {
      return Turned{wording("The connector {} is not known here.", text(address)),
                    wording("Leave the connector out to be shown who can introduce you."),
                    {},
                    {}};
    }
    out.push_back(std::move(*person));
  }
  return out;
}

bool has_same_request_open(storage::Database& db, PersonId requester, PersonId target) {
  const auto all = storage::find_introductions_of(db, requester);
  return std::any_of(all.begin(), all.end(), [&](const Introduction& i) {
    return i.requester == requester && i.target == target && i.confirmed && !is_final(i.state) &&
           i.state != State::introduced;
  });
}

// Each costs the member a mail, and anybody can make them.
bool has_too_many_drafts(storage::Database& db, PersonId requester) {
  constexpr int most = 5;
  const auto all = storage::find_introductions_of(db, requester);
  return std::ranges::count_if(all, [&](const Introduction& i) {
           return i.requester == requester && i.state == State::drafted && !i.confirmed;
         }) >= most;
}

bool is_spent(Engine& engine, PersonId requester, PersonId target, const std::vector<Person>& connectors) {
  if (connectors.empty()) return false;
  const auto counts = storage::load_answer_counts(engine.db, requester, target, {connectors.front().id},
                                                  engine.now(), engine.settings.policy);
  return !counts.empty() && counts.front().spent;
}

// By what R's own files say: whether C has R among their contacts is C's to tell.
void judge_tie_to_connector(Engine& engine, CoachFacts& facts) {
  if (facts.connectors.empty()) return;
  constexpr std::chrono::days year{365};
  const auto ties = storage::ties_between(engine.db, facts.requester.id, facts.connectors.front().id);
  const auto is_mail = [](const Tie& tie) { return tie.source == TieSource::mail && tie.since; };
  facts.connector_unproven = std::ranges::none_of(ties, [](const Tie& tie) { return tie.strength > 0; });
  facts.connector_long_silent = std::ranges::any_of(
      ties, [&](const Tie& tie) { return is_mail(tie) && engine.now() - *tie.since > year; });
}

Introduction new_introduction(Engine& engine, const Request& request, const CoachFacts& facts, bool proven) {
  Introduction out;
  out.id = IntroductionId{engine.settings.ids()};
  out.requester = facts.requester.id;
  out.target = facts.target.id;
  out.wanted = request.target;
  for (const Person& connector : facts.connectors) out.connectors.push_back(connector.id);
  out.relay = request.relay;
  out.subject = request.subject;
  out.cover_note = request.cover_note;
  out.pitch = request.pitch;
  out.purpose = request.purpose;
  out.confirmed = proven;
  out.created_at = out.state_since = engine.now();
  return out;
}

// Adds the draft and lets it go its way; a refusal takes the draft back with it.
SubmitResult enter(Engine& engine, const Introduction& draft) {
  storage::Savepoint undoable(engine.db);
  storage::add_introduction(engine.db, draft, next_deadline(draft, engine.settings.policy));
  storage::append_history(engine.db, draft.id,
                          {engine.now(), "draft", State::drafted, State::drafted, "request received"});
  const Applied applied = apply(engine, draft.id, Submitted{});
  if (const auto* refusal = std::get_if<Refusal>(&applied)) {
    const auto& words = refusal_text(*refusal);
    return Turned{{std::string(words.what)}, {std::string(words.hint)}, {}, {}};
  }
  undoable.release();
  return std::get<Introduction>(applied);
}

// Whether an address is in anybody's contacts is not told: one that is in nobody's is answered alike.
Person nobody_yet(const Address& address) {
  Person out;
  out.address = address;
  return out;
}

// A refusal takes whoever was new back, too.
SubmitResult enter_for(Engine& engine, const Request& request, CoachFacts facts, bool proven) {
  storage::Savepoint undoable(engine.db);
  if (facts.target.id == PersonId{}) {
    facts.target.id = PersonId{engine.settings.ids()};
    storage::add_person(engine.db, facts.target);
  }
  SubmitResult result = enter(engine, new_introduction(engine, request, facts, proven));
  if (std::holds_alternative<Introduction>(result)) undoable.release();
  return result;
}

}  // namespace

std::variant<Person, Turned> find_target(Engine& engine, const std::string& words, PersonId requester) {
  const WantedTarget wanted = make_wanted_target(words);
  auto found = find_targets(engine.db, wanted, requester);
  // A part of the name, tried out, must not tell who else is known here.
  const std::string name = spaced(wanted.name);
  std::erase_if(found, [&](const Person& p) {
    return !wanted.address && spaced(p.name) != name && !may_see(engine, requester, p.id);
  });
  if (found.size() == 1) return found.front();
  if (found.empty() && wanted.address) return nobody_yet(*wanted.address);
  if (found.empty()) {
    return Turned{
        wording("Nobody called \"{}\" is known here.", words),
        wording("Write the full name and the organisation as in \"Gail Goodman, Constant Contact\". A "
                "person is known once a member has them in imported contacts."),
        {},
        {}};
  }
  const std::string count = std::to_string(found.size());
  std::erase_if(found, [&](const Person& p) { return !may_see(engine, requester, p.id); });
  return Turned{wording("\"{}\" could be any of {} people.", words, count),
                wording("Name the organisation too, or write the address."),
                std::move(found),
                {}};
}

namespace {

std::variant<Person, Turned> wanted_target(Engine& engine, const Request& request, PersonId requester) {
  if (!request.target_person) return find_target(engine, request.target, requester);
  const auto person = storage::find_person(engine.db, *request.target_person);
  if (person && person->id != requester && may_see(engine, requester, person->id))
    return storage::as_seen_by(engine.db, requester, *person);
  return Turned{wording("Nobody called \"{}\" is known here.", request.target), {}, {}, {}};
}

}  // namespace

SubmitResult submit(Engine& engine, const Request& request, bool proven) {
  const auto requester = storage::find_person_by_address(engine.db, request.requester);
  if (!requester || !requester->member) {
    return Turned{wording("{} is not a member's address.", text(request.requester)),
                  wording("Write from the address you are a member with, or ask to join."),
                  {},
                  {}};
  }
  // The same request may come to two daemons at once, and neither would find the other's.
  storage::take_turns(engine.db, {number(requester->id)});
  if (!proven && has_too_many_drafts(engine.db, requester->id)) {
    return Turned{
        wording("Several requests in your name already wait for you to confirm them."),
        wording("Press the link in the mail of the one that is yours; the others end by themselves."),
        {},
        {}};
  }
  auto target = wanted_target(engine, request, requester->id);
  if (const auto* turned = std::get_if<Turned>(&target)) return *turned;
  auto connectors = wished_connectors(engine.db, request);
  if (const auto* turned = std::get_if<Turned>(&connectors)) return *turned;

  CoachFacts facts{.requester = *requester,
                   .target = std::get<Person>(target),
                   .connectors = std::get<std::vector<Person>>(connectors),
                   .other_targets = other_targets(request.target)};
  facts.same_request_open = has_same_request_open(engine.db, requester->id, facts.target.id);
  facts.pair_budget_spent = is_spent(engine, requester->id, facts.target.id, facts.connectors);
  judge_tie_to_connector(engine, facts);
  CoachFacts told = facts;  // what it says is read by R
  if (!may_see(engine, requester->id, facts.target.id))
    told.target = web::as_written(facts.target, request.target);
  told.connectors = web::without_unnamed(engine.db, facts.connectors);
  auto findings = coach(request, told);
  if (blocks(findings))
    return Turned{wording("The request was not sent on yet: something has to be mended first."),
                  {},
                  {},
                  std::move(findings)};
  if (facts.connectors.empty() && find_connectors(engine, requester->id, facts.target.id).empty()) {
    return Turned{
        wording("Nobody here is known to know both you and {}.",
                person_label(web::target_shown(engine.db, requester->id, facts.target, request.target))),
        wording("Name a connector yourself by putting their address in Cc, or import your contacts."),
        {},
        {}};
  }
  return enter_for(engine, request, facts, proven);
}

}  // namespace tertius::daemon
