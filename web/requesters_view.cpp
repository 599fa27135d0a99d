#include "web/requesters_view.hpp"

#include <algorithm>

#include "broker/request.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "storage/visible_people.hpp"

namespace tertius::web {

namespace {

bool is_named(storage::Database& db, PersonId connector) {
  return storage::load_preferences(db, connector).shown == Shown::named;
}

// A no, said or not, leaves them unnamed: a name that came with it would tell a silent no from no answer.
bool has_shown_themselves(const Introduction& introduction, PersonId connector) {
  return std::ranges::any_of(introduction.asks, [&](const Ask& ask) {
    return ask.connector == connector && ask.decision && *ask.decision != DecisionKind::decline;
  });
}

Person somebody(const Person& person, const Sentences& sentences) {
  Person out;
  out.name = say(wording("somebody who would rather not be named"), sentences);
  out.language = person.language;
  return out;
}

// The next on a long way, over `first`: that they know each other is known by that alone.
Person somebody_known_to(const Person& first, bool is_named, const Person& person,
                         const Sentences& sentences) {
  Person out;
  const std::string whose = first_name(first);
  out.name = is_named && !whose.empty() ? say(wording("somebody whom {} knows", whose), sentences)
                                        : say(wording("somebody whom they know"), sentences);
  out.language = person.language;
  return out;
}

// An address that R typed tells nothing but itself; of several it may have been any.
Person address_alone(storage::Database& db, const Person& person, const Sentences& sentences) {
  Person out;
  out.language = person.language;
  if (storage::addresses_of(db, person.id).size() == 1)
    out.address = person.address;
  else
    out.name = say(wording("somebody you named"), sentences);
  return out;
}

}  // namespace

Person as_written(const Person& target, const std::string& words) {
  const WantedTarget wanted = make_wanted_target(words);
  Person out;
  out.id = target.id;
  out.language = target.language;
  out.name = words.empty() ? target.name : wanted.name;  // empty: before what R wrote was kept
  out.organisation = wanted.organisation;
  return out;
}

Person target_shown(storage::Database& db, PersonId requester, const Person& target, const std::string& words,
                    const Sentences& sentences) {
  if (storage::may_see(db, requester, target.id))
    return storage::as_seen_by(db, requester, storage::load_person(db, target.id));
  Person out = as_written(target, words);
  const auto address = make_wanted_target(words).address;
  if (out.name.empty() && address) out.name = say(wording("somebody at {}", address->domain), sentences);
  return out;
}

namespace {

bool is_shown(storage::Database& db, const Introduction& introduction, PersonId connector) {
  return has_shown_themselves(introduction, connector) ||
         (storage::may_see(db, introduction.requester, connector) && is_named(db, connector));
}

// R asked them.
void show_connector(storage::Database& db, const Introduction& introduction, Cast& cast,
                    const Sentences& sentences) {
  if (has_shown_themselves(introduction, cast.connector.id)) return;
  const bool is_seen = storage::may_see(db, introduction.requester, cast.connector.id);
  if (is_seen && is_named(db, cast.connector.id)) {
    cast.connector = storage::as_seen_by(db, introduction.requester, cast.connector);
    return;
  }
  cast.connector =
      is_seen ? somebody(cast.connector, sentences) : address_alone(db, cast.connector, sentences);
  cast.connector_knows_target.clear();
  cast.connector_knows_requester.clear();
}

// Whoever `first` knows was asked by them.
void show_relayed_connector(storage::Database& db, const Introduction& introduction, PersonId first,
                            Cast& cast, const Sentences& sentences) {
  const PersonId requester = introduction.requester;
  cast.before = storage::as_seen_by(db, requester, storage::load_person(db, first));
  cast.connector_knows_target.clear();
  cast.connector_knows_requester.clear();
  if (!is_shown(db, introduction, cast.connector.id) || cast.connector.name.empty()) {
    cast.connector = somebody_known_to(cast.before, true, cast.connector, sentences);
    return;
  }
  cast.connector = storage::as_seen_by(db, requester, cast.connector);
  cast.connector.address.reset();
}

// On a long way: who stands between the two connectors, and how they know each other, is theirs to tell.
void show_way(storage::Database& db, const Introduction& introduction, PersonId connector, Cast& cast,
              const Sentences& sentences) {
  cast.connector_knows_next.clear();
  cast.connector_knows_before.clear();
  if (const auto first = passed_on_by(introduction))
    show_relayed_connector(db, introduction, *first, cast, sentences);
  else
    show_connector(db, introduction, cast, sentences);
  if (next_on_way(introduction, connector))
    cast.next =
        somebody_known_to(cast.connector, is_shown(db, introduction, connector), cast.next, sentences);
}

}  // namespace

Cast as_requester_sees(storage::Database& db, const Introduction& introduction, Cast cast,
                       const Sentences& sentences) {
  if (introduction.introduced_at) return cast;
  const PersonId connector = cast.connector.id;
  // R may name any address as the connector: that its owner knows T, how, and by which name, is for those who
  // could ask them.
  const bool has_way = storage::has_way_over(db, introduction.requester, connector);
  const bool target_is_shown = storage::may_see(db, introduction.requester, introduction.target);
  if (target_is_shown)
    cast.target =
        storage::as_seen_by(db, introduction.requester, storage::load_person(db, introduction.target),
                            has_way ? std::optional(connector) : std::nullopt);
  if (cast.target.name.empty()) cast.target.address.reset();  // what else would they be called by
  if (!target_is_shown) {
    cast.target = target_shown(db, introduction.requester, cast.target, introduction.wanted, sentences);
    cast.connector_knows_target.clear();
  }
  if (!has_way) cast.connector_knows_target.clear();
  if (connector != PersonId{}) show_way(db, introduction, connector, cast, sentences);
  return cast;
}

Cast cast_shown_to(const Desk& desk, const Introduction& introduction, Role viewer) {
  Cast cast = desk.cast(introduction);
  if (viewer != Role::requester) return cast;
  return as_requester_sees(desk.db, introduction, std::move(cast), {});
}

std::vector<Person> without_unnamed(storage::Database& db, std::vector<Person> connectors) {
  std::erase_if(connectors, [&](const Person& person) { return !is_named(db, person.id); });
  return connectors;
}

}  // namespace tertius::web
