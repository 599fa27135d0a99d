#include "web/introduction_page.hpp"

#include "storage/introductions.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"
#include "web/actions.hpp"
#include "web/parts.hpp"
#include "web/people_shown.hpp"
#include "web/requesters_view.hpp"
#include "web/robots.hpp"
#include "web/standing_words.hpp"
#include "web/told_history.hpp"

namespace tertius::web {

namespace {

Token token_of(const View& view, TokenUse use) {
  const bool round = view.seat.role != Role::requester;
  return {number(view.introduction.id), view.seat.role, use,
          static_cast<std::uint8_t>(round ? view.introduction.asks.size() : 0)};
}

void put_way(Fields& fields, const Way& way) {
  Fields link = row({{"URL", way.url}, {"LABEL", way.label}});
  if (way.danger) link.sections["DANGER"] = {Fields{}};
  if (!fields.sections.contains("WAYS") && !way.danger) link.sections["PRIMARY"] = {Fields{}};
  fields.sections["WAYS"].push_back(std::move(link));
}

void put_action(Fields& fields, const std::string& action, const std::string& label, bool danger = false) {
  Fields form = row({{"ACTION", action}, {"LABEL", label}});
  if (danger) form.sections["DANGER"] = {Fields{}};
  fields.sections["ACTIONS"].push_back(std::move(form));
}

void put_words(Fields& fields, const std::string& label, const std::string& text) {
  if (!text.empty()) fields.sections["WORDS"].push_back(row({{"LABEL", label}, {"TEXT", text}}));
}

std::optional<Time> nudge_from(const Call& call, const View& view) {
  const auto called = storage::last_called(call.desk.db, view.introduction.id);
  return called ? std::optional(*called + call.desk.policy.nudge_pause) : std::nullopt;
}

void put_nudge(Fields& fields, const Call& call, const View& view, const Names& names) {
  if (view.seat.standing != Standing::with_connector) return;
  const auto from = nudge_from(call, view);
  if (from && *from > call.desk.now)
    fields.values["LATER"] = "From " + when(*from) + " on you can have " + names.connector + " reminded.";
  else
    put_action(fields, "nudge", "Remind " + names.connector);
}

void put_requesters_actions(Fields& fields, const Call& call, const View& view, const Names& names) {
  const State state = view.introduction.state;
  put_nudge(fields, call, view, names);
  if (state == State::introduced) {
    put_action(fields, "spoke", "Yes, we spoke");
    put_action(fields, "not_yet", "No, we did not");
  }
  if (may_be_withdrawn(state)) put_action(fields, "withdraw", "Withdraw the request", true);
}

// A connector who is not asked any more sees none: they may have been changed since, for somebody else. The
// target has what the connector sent, and no cover note.
void put_texts(Fields& fields, const View& view, const Cast& cast, const Names& names) {
  const Introduction& intro = view.introduction;
  const Role role = view.seat.role;
  if (role == Role::connector && !is_current(intro, view.viewer)) return;
  const bool passed_on = intro.forwarded_at || intro.introduced_at;
  const bool asks_requester = intro.state == State::revising || intro.state == State::redirected;
  if (role == Role::requester && asks_requester)
    put_words(fields, names.connector + " wrote", intro.question);
  put_words(fields, "Subject",
            intro.subject.empty()
                ? pitch_subject(cast.requester, cast.target, templates::sentences(cast.target.language))
                : intro.subject);
  const std::string note = note_to_connector(intro);
  if (role == Role::requester) put_words(fields, "To " + names.connector + ", in private", note);
  if (role == Role::connector) put_words(fields, names.requester + " to you, in private", note);
  if (role == Role::connector && passed_on_by(intro))
    put_words(fields, shown_label(cast.before) + " to you", intro.vouching);
  if (passed_on)
    put_words(fields, role == Role::connector ? "You added" : names.connector + " added", intro.endorsement);
  put_words(fields, "To " + (role == Role::target ? "you" : names.target), intro.pitch);
}

}  // namespace

std::vector<Way> ways_of(const Call& call, const View& view) {
  const Links& links = call.desk.links;
  switch (view.seat.standing) {
    case Standing::to_confirm:
      return {{token_url(links, "confirm", token_of(view, TokenUse::confirm)), "Confirm it"}};
    case Standing::to_choose:
      return {{token_url(links, "choose", token_of(view, TokenUse::decision)), "Choose a connector"}};
    case Standing::to_revise: return {{view.url + "/revise", "Write a new version"}};
    case Standing::recorded:
      return {{token_url(links, "held", token_of(view, TokenUse::undo)), "Undo or send now"}};
    case Standing::to_answer:
    case Standing::put_off: {
      std::vector<Way> ways;
      for (const Action& action : actions()) {
        if (action.role == view.seat.role)
          ways.push_back({token_url(links, "d", token_of(view, TokenUse::decision), action.word),
                          std::string(action.label), action.danger});
      }
      return ways;
    }
    case Standing::to_report:
    case Standing::with_connector:
    case Standing::with_requester:
    case Standing::with_target:
    case Standing::introduced:
    case Standing::answered_no:
    case Standing::passed_to:
    case Standing::passed_on:
    case Standing::not_answered:
    case Standing::declined:
    case Standing::target_declined:
    case Standing::expired:
    case Standing::withdrawn:
    case Standing::not_theirs: return {};
  }
  return {};
}

Cast cast_for(const Call& call, const View& view) {
  if (view.seat.role == Role::connector) return call.desk.cast(as_last_asked(view.introduction, view.viewer));
  return cast_shown_to(call.desk, view.introduction, view.seat.role);
}

HttpResponse show_view(const Call& call, const View& view) {
  if (call.kept && call.form.contains("pitch")) return show_revision(call, view);
  if (call.parts.size() > 2) {
    const bool revises = call.parts[2] == "revise" && call.parts.size() == 3;
    return revises ? show_revision(call, view) : no_such_page(call);
  }
  const Cast cast = cast_for(call, view);
  const Names names = names_for(cast);
  const StandingWords words =
      standing_words(view.seat, view.introduction, names, call.desk.policy, call.desk.now);
  Fields fields = row({{"STATE", words.pill.text},
                       {"STATE_KIND", words.pill.kind},
                       {"NEXT", words.next},
                       {"UNTIL", words.until},
                       {"LATER", ""},
                       {"ACTION_URL", view.url},
                       {"NONCE", view.nonce}});
  for (const Way& way : ways_of(call, view)) put_way(fields, way);
  if (view.seat.role == Role::requester) put_requesters_actions(fields, call, view, names);
  put_texts(fields, view, cast, names);
  for (const Told& told : told_history(call.desk.db, view.introduction, view.viewer))
    fields.sections["HISTORY"].push_back(row({{"WHEN", when(told.at)}, {"WHAT", told.words}}));
  return page(call, "introduction", title_for(view.seat.role, names), std::move(fields));
}

namespace {

std::optional<Event> event_named(const std::string& action) {
  if (action == "withdraw") return Withdrawn{};
  if (action == "nudge") return Nudged{};
  if (action == "spoke") return OutcomeReported{Outcome::spoke};
  if (action == "not_yet") return OutcomeReported{Outcome::did_not_speak};
  return std::nullopt;
}

}  // namespace

HttpResponse post_view(const Call& call, const View& view) {
  const auto visit = take_press(call, view.token, view.viewer);
  if (const auto* refusal = std::get_if<HttpResponse>(&visit)) return *refusal;
  // C and T answer on their decision pages, where they see what goes out.
  if (view.seat.role != Role::requester) return no_such_page(call);
  const std::string action = field(call.form, "action");
  if (action == "check" || action == "send") return post_revision(call, view, action == "send");
  const auto event = event_named(action);
  if (!event) return no_such_page(call);
  const auto applied = call.desk.apply(view.introduction.id, *event);
  if (const auto* refusal = std::get_if<Refusal>(&applied)) return refused(call, *refusal);
  return see_other(view.url);
}

// ---- R's page behind the link of a mail ----

namespace {

std::optional<View> find_shown_view(const Call& call) {
  auto linked = find_linked(call, TokenUse::show);
  if (!linked || linked->token.role != Role::requester) return std::nullopt;
  const PersonId requester = linked->introduction.requester;
  const auto seat = seat_of(linked->introduction, requester, call.desk.now);
  return View{std::move(linked->introduction),
              requester,
              *seat,
              token_url(call.desk.links, "show", linked->token),
              linked->text,
              new_nonce(call, linked->text)};
}

}  // namespace

HttpResponse show_introduction(const Call& call) {
  const auto view = find_shown_view(call);
  return view ? show_view(call, *view) : bad_link(call);
}

HttpResponse post_introduction(const Call& call) {
  const auto view = find_shown_view(call);
  return view ? post_view(call, *view) : bad_link(call);
}

}  // namespace tertius::web
