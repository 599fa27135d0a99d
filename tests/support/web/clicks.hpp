#pragma once
// Christine's links in a house where Alice has asked, opened and pressed in one browser.

#include <gtest/gtest.h>

#include "storage/browsers.hpp"
#include "storage/preferences.hpp"
#include "tests/support/web/house.hpp"

namespace tertius::web {

inline const std::string first_sign = "<script>", at_once = "data-when=\"at-once\"";

struct ClicksTest : testing::Test {
  ClicksTest() { house.ask(); }

  std::string link(std::string_view word, Role role = Role::connector) {
    return house.path("d", house.token(role), word);
  }
  std::string standing(Role role = Role::connector) { return house.path("held", house.token(role)); }
  bool posts_itself(const HttpResponse& page) { return has(page, first_sign); }
  bool posts_at_once(const HttpResponse& page) { return has(page, at_once) && has(page, first_sign); }
  HttpResponse decide(std::string_view word, Role role = Role::connector) {
    return house.press(link(word, role), {{"action", std::string(word)}});
  }
  void know_this_browser() {
    decide("forward");
    house.press(standing(), {{"action", "remember"}});
    house.apply(Undone{Role::connector});
  }
  void set(PersonId person, ClickPolicy policy) {
    Preferences preferences;
    preferences.click_policy = policy;
    storage::save_preferences(house.db, person, preferences);
  }
  std::vector<storage::Browser> browsers(PersonId person = christine) {
    return storage::browsers_of(house.db, person, house.now);
  }

  House house;
};

}  // namespace tertius::web
