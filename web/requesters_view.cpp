#include "web/requesters_view.hpp"

#include <algorithm>

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
  out.id = person.id;
  out.name = say(wording("somebody who would rather not be named"), sentences);
  out.language = person.language;
  return out;
}

}  // namespace

Cast as_requester_sees(storage::Database& db, const Introduction& introduction, Cast cast,
                       const Sentences& sentences) {
  if (introduction.introduced_at) return cast;
  if (cast.target.name.empty()) cast.target.address.reset();  // what else would they be called by
  if (!storage::may_see(db, introduction.requester, introduction.target)) {
    cast.target.organisation.clear();
    cast.target.title.clear();
    cast.connector_knows_target.clear();
  }
  const PersonId connector = cast.connector.id;
  if (connector == PersonId{} || is_named(db, connector) || has_shown_themselves(introduction, connector))
    return cast;
  cast.connector = somebody(cast.connector, sentences);
  cast.connector_knows_target.clear();
  cast.connector_knows_requester.clear();
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
