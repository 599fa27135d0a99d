// /me: everything that somebody is in, what waits for them first; /me/<id>: one of them.
#include <array>
#include <charconv>

#include "storage/introductions.hpp"
#include "storage/my_introductions.hpp"
#include "web/introduction_page.hpp"
#include "web/parts.hpp"
#include "web/standing_words.hpp"

namespace tertius::web {

namespace {

constexpr int rows_on_a_page = 20;
constexpr int last_page = 500;
constexpr std::array<std::string_view, 3> headings{"Waiting for you", "Open", "Ended"};
constexpr std::array<std::string_view, 3> role_words{"You asked", "You introduce", "You are asked for"};

std::optional<std::int64_t> number_in(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Somebody else's introduction and one that is not there look the same.
std::optional<View> find_view(const Call& call, IntroductionId id) {
  auto introduction = storage::find_introduction(call.desk.db, id);
  if (!introduction) return std::nullopt;
  const PersonId viewer = call.member->person.id;
  const auto seat = seat_of(*introduction, viewer, call.desk.now);
  if (!seat) return std::nullopt;
  return View{std::move(*introduction),
              viewer,
              *seat,
              call.desk.links.public_url + "/me/" + std::to_string(number(id)),
              member_token(*call.member),
              {}};
}

std::optional<View> find_view(const Call& call) {
  const auto id = number_in(call.parts[1]);
  auto view = id ? find_view(call, IntroductionId{*id}) : std::nullopt;
  if (view) view->nonce = member_nonce(call);
  return view;
}

Fields list_row(const Call& call, const View& view) {
  const Cast cast = cast_for(call, view);
  const Names names = names_for(cast);
  const StandingWords words =
      standing_words(view.seat, view.introduction, names, call.desk.policy, call.desk.now);
  Fields out = row({{"URL", view.url},
                    {"LABEL", title_for(view.seat.role, names)},
                    {"ROLE", std::string(role_words[static_cast<std::size_t>(view.seat.role)])},
                    {"STATE", words.pill.text},
                    {"STATE_KIND", words.pill.kind},
                    {"NEXT", words.next},
                    {"UNTIL", words.until}});
  if (view.seat.group != Group::waiting) return out;
  for (const Way& way : ways_of(call, view)) {
    out.sections["WAYS"].push_back(row({{"WAY_URL", way.url}, {"WAY_LABEL", way.label}}));
  }
  return out;
}

int page_number(const Call& call) {
  const auto asked = number_in(field(call.form, "page"));
  return asked && *asked >= 1 && *asked <= last_page ? static_cast<int>(*asked) : 1;
}

void put_rows(Fields& fields, const Call& call, const std::vector<storage::MyIntroduction>& mine) {
  std::optional<Group> group;
  for (const auto& one : mine) {
    const auto view = find_view(call, one.id);
    if (!view) continue;
    auto& groups = fields.sections["GROUPS"];
    if (one.group != group) {
      groups.push_back(row({{"HEADING", std::string(headings[static_cast<std::size_t>(one.group)])}}));
      group = one.group;
    }
    groups.back().sections["ROWS"].push_back(list_row(call, *view));
  }
}

HttpResponse list_page(const Call& call) {
  const int page_now = page_number(call);
  auto mine = storage::list_my_introductions(call.desk.db, call.member->person.id, call.desk.now,
                                             rows_on_a_page + 1, (page_now - 1) * rows_on_a_page);
  const bool more = mine.size() > rows_on_a_page && page_now < last_page;
  if (mine.size() > rows_on_a_page) mine.resize(rows_on_a_page);
  Fields fields;
  put_rows(fields, call, mine);
  if (more) fields.sections["OLDER"] = {row({{"URL", "/me?page=" + std::to_string(page_now + 1)}})};
  if (page_now > 1) fields.sections["NEWER"] = {row({{"URL", "/me?page=" + std::to_string(page_now - 1)}})};
  if (mine.empty()) fields.sections["NONE"] = {Fields{}};
  if (call.member->person.member) fields.sections["ASK"] = {row({{"ASK_URL", "/ask"}})};
  return page(call, "my_introductions", "Your introductions", std::move(fields));
}

}  // namespace

HttpResponse show_mine(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  if (call.parts.size() < 2) return list_page(call);
  const auto view = find_view(call);
  return view ? show_view(call, *view) : no_such_page(call);
}

HttpResponse post_mine(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  const auto view = call.parts.size() < 2 ? std::nullopt : find_view(call);
  return view ? post_view(call, *view) : no_such_page(call);
}

}  // namespace tertius::web
