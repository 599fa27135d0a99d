#include "web/desk.hpp"

#include "storage/visible_people.hpp"

namespace tertius::web {

bool may_see(const Desk& desk, PersonId viewer, PersonId person) {
  return desk.may_see ? desk.may_see(viewer, person) : storage::may_see(desk.db, viewer, person);
}

}  // namespace tertius::web
