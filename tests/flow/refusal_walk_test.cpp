// What is refused changes nothing, and what is somebody else's is as if it were not there.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/flow/canaries.hpp"
#include "tests/support/flow/markup.hpp"
#include "tests/support/flow/walk.hpp"
#include "tests/support/storage/engines.hpp"
#include "web/api_call.hpp"
#include "web/pages.hpp"

namespace tertius::storage {
namespace {

using namespace flow;

class RefusalWalkTest : public OnEngine {
 protected:
  // Somebody has refused, somebody is asked, and one introduction has run out.
  void SetUp() override {
    OnEngine::SetUp();
    if (IsSkipped()) return;
    house_.emplace(db());
    while (house_->steps <= static_cast<int>(Stage::asked_next)) house_->go_on();
  }
  void TearDown() override {
    house_.reset();
    OnEngine::TearDown();
  }
  CanaryWorld& house() { return *house_; }
  Who who(std::size_t i) { return static_cast<Who>(i); }

 private:
  std::optional<CanaryWorld> house_;
};
INSTANTIATE_TEST_SUITE_P(Both, RefusalWalkTest, testing::Values(Engine::sqlite_memory, Engine::postgres),
                         engine_name);

bool is_refused(const Tried& tried) { return tried.response.status >= 400; }

// Nonces are random, and the missing number is as long as any.
std::string but_for_chance(std::string text, const std::string& id = {}, const std::string& instead = {}) {
  constexpr std::string_view mark = "name=\"nonce\" value=\"";
  for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at)) {
    at += mark.size();
    text.erase(at, text.find('"', at) - at);
  }
  for (auto at = id.empty() ? text.npos : text.find(id); at != text.npos;
       at = text.find(id, at + instead.size()))
    text.replace(at, id.size(), instead);
  return text;
}

void expect_alike(const Tried& one, const Tried& missing, const std::string& id) {
  EXPECT_EQ(but_for_chance(all_of(one.response), id, missing_id()), but_for_chance(all_of(missing.response)))
      << one.what;
}

// The last number in it; empty where there is none.
std::string number_in(const std::string& path) {
  const auto end = path.find_last_of("0123456789");
  if (end == path.npos) return {};
  const auto begin = path.find_last_not_of("0123456789", end);
  return path.substr(begin + 1, end - begin);
}

std::string with_missing(std::string path, const std::string& id) {
  return path.replace(path.rfind(id), id.size(), missing_id());
}

TEST_P(RefusalWalkTest, NoPageThatIsOpenedChangesAnything) {
  const Map map = make_map(house());
  for (std::size_t i = 0; i < house().guests.size(); ++i) {
    for (const Tried& page : walk_pages(house(), who(i), map)) {
      // RFC 9110 9.2.1: that somebody took their data along may be logged.
      const bool is_download = page.what.find("/settings/data/") != page.what.npos;
      EXPECT_EQ(is_download ? but_for_the_audit_log(page.changes) : page.changes, "") << page.what;
    }
  }
}

TEST_P(RefusalWalkTest, WhatTheApiRefusesChangesNothing) {
  for (std::size_t i = 0; i < house().guests.size(); ++i) {
    for (const Tried& call : walk_api(house(), who(i))) {
      if (!is_refused(call) && !call.what.starts_with("GET")) continue;
      EXPECT_EQ(call.changes, "") << call.what;
    }
  }
}

TEST_P(RefusalWalkTest, APageOfSomebodyElsesIsAsOneThatIsNotThere) {
  const Map map = make_map(house());
  std::size_t compared = 0;
  for (std::size_t i = 0; i < house().guests.size(); ++i) {
    for (const auto& path : map.everybodys) {
      const std::string id = number_in(path);
      if (id.size() < missing_id().size() || map.found[i].contains(path)) continue;
      const Tried one = house().guests[i].get(path), missing = house().guests[i].get(with_missing(path, id));
      EXPECT_TRUE(is_refused(one)) << one.what;
      expect_alike(one, missing, id);
      ++compared;
    }
  }
  EXPECT_GT(compared, 100u);
}

// Whose each thing is that a path of the API names, at the time.
bool is_theirs(CanaryWorld& house, Who who, std::string_view path, const std::string& id) {
  const auto is = [&](IntroductionId one) { return id == std::to_string(number(one)); };
  if (path.starts_with("/operator/")) return who == Who::overseer;
  if (path.starts_with("/introductions/"))
    return (is(house.first) && (who == Who::requester || who == Who::connector)) ||
           (is(house.mallorys) && (who == Who::other || who == Who::connector)) ||
           (is(house.unnamed) && (who == Who::requester || who == Who::unnamed));
  if (path.starts_with("/imports/")) return who == Who::earlier;
  if (path.starts_with("/webhooks/")) return who == Who::earlier || who == Who::overseer;
  return false;
}

TEST_P(RefusalWalkTest, TheApiKnowsOfSomebodyElsesNoMoreThanOfWhatIsNotThere) {
  std::size_t compared = 0;
  for (std::size_t i = 1; i < house().guests.size(); ++i) {
    for (const web::ApiRoute& route : web::api_routes()) {
      const auto tried = try_operation(house(), who(i), route);
      for (std::size_t one = 1; one < tried.size(); ++one) {
        if (is_theirs(house(), who(i), route.path, tried[one].id) || !is_refused(tried[one].tried)) continue;
        expect_alike(tried[one].tried, tried.front().tried, tried[one].id);
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 100u);
}

// ---- forms ----

struct FoundForm {
  Who whose{};
  std::string page;
  PageForm form;
};

std::vector<FoundForm> forms_of(CanaryWorld& house, const Map& map) {
  std::vector<FoundForm> out;
  std::set<std::string> known;
  for (std::size_t i = 1; i < house.guests.size(); ++i) {
    for (const auto& [path, page] : map.found[i]) {
      if (is_capability(house, path)) continue;
      for (PageForm& form : forms_in(page.response.body)) {
        web::Form shape = form.fields;
        shape.erase("nonce");
        if (form.method == "post" && known.insert(std::to_string(i) + form.action + encoded(shape)).second)
          out.push_back({static_cast<Who>(i), path, std::move(form)});
      }
    }
  }
  return out;
}

std::string nonce_of(Guest& guest) {
  for (const PageForm& form : forms_in(guest.get("/settings").response.body))
    if (const auto nonce = form.fields.find("nonce"); nonce != form.fields.end()) return nonce->second;
  return {};
}

std::string path_of(const PageForm& form) { return own_path(form.action).value_or(form.action); }

TEST_P(RefusalWalkTest, AFormFromElsewhereOrWithoutItsNonceChangesNothing) {
  const auto forms = forms_of(house(), make_map(house()));
  EXPECT_GT(forms.size(), 30u);
  std::size_t worked = 0;
  for (const auto& [whose, page, form] : forms) {
    Guest& guest = house().guest(whose);
    const std::string path = path_of(form);
    web::Form bare = form.fields, foreign = form.fields;
    bare.erase("nonce");
    foreign["nonce"] = nonce_of(house().guest(whose == Who::other ? Who::requester : Who::other));
    for (const Tried& tried :
         {guest.post(path, form.fields, false), guest.post(path, bare), guest.post(path, foreign)}) {
      EXPECT_TRUE(is_refused(tried)) << tried.what << " from " << page;
      EXPECT_EQ(tried.changes, "") << tried.what << " from " << page;
    }
    worked += guest.post(path, form.fields).changes.empty() ? 0 : 1;
  }
  EXPECT_GT(worked, 10u) << "the same forms do something where they are right";
}

TEST_P(RefusalWalkTest, AFormWithSomebodyElsesNonceChangesNothing) {
  for (const auto& [whose, page, form] : forms_of(house(), make_map(house()))) {
    if (page == "/ask" || page == "/sign-in" || page == "/coach") continue;  // for anybody
    for (Guest& guest : house().guests) {
      if (guest.person == house().guest(whose).person) continue;
      EXPECT_EQ(guest.post(path_of(form), form.fields).changes, "") << form.action << " by " << guest.name;
    }
  }
}

// The thing that a form is about: a number in its path, or a field of its own.
struct Named {
  std::string field, id;
};
std::optional<Named> named_in(const PageForm& form) {
  for (const char* field : {"token", "webhook", "browser", "other"})
    if (const auto found = form.fields.find(field); found != form.fields.end())
      return Named{field, found->second};
  const std::string id = number_in(form.action);
  return id.size() < missing_id().size() ? std::nullopt : std::optional(Named{"", id});
}

bool has_form_about(const std::vector<FoundForm>& forms, Who who, const Named& named) {
  return std::ranges::any_of(forms, [&](const FoundForm& one) {
    const auto theirs = named_in(one.form);
    return one.whose == who && theirs && theirs->field == named.field && theirs->id == named.id;
  });
}

PageForm about_missing(PageForm form, const Named& named) {
  if (named.field.empty())
    form.action = with_missing(form.action, named.id);
  else
    form.fields[named.field] = missing_id();
  return form;
}

TEST_P(RefusalWalkTest, AFormAboutSomebodyElsesThingsIsAsAboutNone) {
  std::map<std::string, std::size_t> compared;
  const Map map = make_map(house());
  const auto forms = forms_of(house(), map);
  for (const auto& [whose, page, form] : forms) {
    const auto named = named_in(form);
    if (!named) continue;
    for (std::size_t i = 1; i < house().guests.size(); ++i) {
      const bool has_its_page = named->field.empty() && map.found[i].contains(page);
      if (has_its_page || has_form_about(forms, who(i), *named)) continue;
      Guest& guest = house().guests[i];
      PageForm other = form;
      other.fields["nonce"] = nonce_of(guest);
      const Tried tried = guest.post(path_of(other), other.fields);
      EXPECT_EQ(tried.changes, "") << form.action << " by " << guest.name;
      const PageForm missing = about_missing(other, *named);
      expect_alike(tried, guest.post(path_of(missing), missing.fields), named->id);
      ++compared[shape_of(path_of(form))];
    }
  }
  for (const char* kind :
       {"/tokens", "/webhooks", "/browsers", "/settings", "/contacts/#", "/contacts/imports/#", "/me/#"})
    EXPECT_GT(compared[kind], 0u) << kind;
}

// ---- links ----

struct Opening {
  std::string_view route;
  std::vector<TokenUse> by;
};
const std::vector<Opening>& openings() {
  static const std::vector<Opening> out{{"d", {TokenUse::decision}},
                                        {"held", {TokenUse::undo, TokenUse::decision}},
                                        {"undo", {TokenUse::undo, TokenUse::decision}},
                                        {"now", {TokenUse::undo, TokenUse::decision}},
                                        {"confirm", {TokenUse::confirm}},
                                        {"choose", {TokenUse::decision}},
                                        {"show", {TokenUse::show}},
                                        {"stop", {TokenUse::stop}}};
  return out;
}

// Every token that stands in a link of theirs, once.
std::set<std::string> tokens_of(CanaryWorld& house, const std::map<std::string, Tried>& found) {
  std::set<std::string> out;
  for (const auto& [path, page] : found)
    for (const auto& part : web::path_parts(path.substr(0, path.find('?'))))
      if (find_token(part, house.world.engine.settings.links.keys)) out.insert(part);
  return out;
}

TEST_P(RefusalWalkTest, ALinkOpensWhatItIsForAndNothingElse) {
  const Map map = make_map(house());
  const std::string forged(37, 'a');
  std::size_t compared = 0;
  for (std::size_t i = 0; i < house().guests.size(); ++i) {
    Guest& guest = house().guests[i];
    for (const std::string& token : tokens_of(house(), map.found[i])) {
      const TokenUse use = find_token(token, house().world.engine.settings.links.keys)->use;
      for (const auto& [route, by] : openings()) {
        if (std::ranges::find(by, use) != by.end()) continue;
        for (const char* word : {"", "/forward", "/accept"}) {
          const std::string page = "/" + std::string(route) + "/";
          expect_alike(guest.get(page + token + word), guest.get(page + forged + word), token);
          const web::Form form{{"action", "forward"}, {"nonce", "x"}};
          const Tried pressed = guest.post(page + token + word, form);
          EXPECT_EQ(pressed.changes, "") << pressed.what;
          expect_alike(pressed, guest.post(page + forged + word, form), token);
          ++compared;
        }
      }
    }
  }
  EXPECT_GT(compared, 100u);
}

// ---- words ----

std::string like(const std::string& word) { return "zv" + std::string(word.size() - 2, 'k'); }

// Where a word is looked for, and what is said of it.
std::vector<Tried> look_for(Guest& guest, const std::string& word) {
  const std::string body =
      R"({"target":")" + word + R"(","cover_note":"Could you introduce us? No hard feelings if not.",)" +
      R"("pitch":"I am Alice Chen. Could we talk for 20 minutes about your programme?"})";
  std::vector<Tried> out;
  for (const char* page :
       {"/people?q=", "/contacts?q=", "/ask?to=", "/dashboard/letters?q=", "/dashboard/notices?q="})
    out.push_back(guest.get(page + word));
  out.push_back(guest.api("GET", "/people?q=" + word));
  out.push_back(guest.api("GET", "/find?target=" + word));
  out.push_back(guest.api("POST", "/introductions", body));
  return out;
}

// Whoever it could be introduced to finds a person by the words of the one who knows them.
bool is_within_two(const std::string& word, Who who) {
  if (word.find("dora") != word.npos) return who == Who::earlier || who == Who::requester;
  return who == Who::other || who == Who::connector;
}

TEST_P(RefusalWalkTest, AHiddenWordIsFoundNoMoreThanOneThatIsNowhere) {
  for (const char* word : {"qxdoraname", "qxdorahouse", "qxdoratitle", "qxmalloryname", "qxgailname",
                           "qxgailhouse", "petra@qxdoraat.example", "nora@qxmalloryat.example"}) {
    for (std::size_t i = 1; i < house().guests.size(); ++i) {
      Guest& guest = house().guests[i];
      if (is_within_two(word, who(i))) continue;
      const std::string other = std::string(word).find('@') == std::string::npos
                                    ? like(word)
                                    : "zvkk" + std::string(word).substr(4);
      const auto found = look_for(guest, word), none = look_for(guest, other);
      for (std::size_t one = 0; one < found.size(); ++one)
        EXPECT_EQ(but_for_chance(all_of(found[one].response), word, other),
                  but_for_chance(all_of(none[one].response)))
            << found[one].what;
    }
  }
}

}  // namespace
}  // namespace tertius::storage
