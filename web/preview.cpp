#include "web/preview.hpp"

#include "storage/introductions.hpp"
#include "templates/render.hpp"

namespace tertius::web {

namespace {

// The decision as step() would carry it out now, without a hold.
std::optional<Step> step_ahead(const Desk& desk, const Introduction& introduction, const Decision& decision) {
  const auto role = decider(introduction.state);
  if (!role) return std::nullopt;
  Introduction open = introduction;
  open.held.reset();
  const Facts facts = storage::load_facts(desk.db, introduction, desk.now);
  const auto result =
      step(open, Decided{*role, decision, Channel::command, "preview"}, facts, desk.policy, desk.now);
  if (!std::holds_alternative<Step>(result)) return std::nullopt;
  return std::get<Step>(result);
}

// Nobody sees another's address before both have said yes, and the page of this mail is open before that.
void hide_addresses(Fields& fields) {
  for (const char* role : {"REQUESTER", "CONNECTOR", "TARGET"})
    fields.values[std::string(role) + "_ADDRESS"] = "(the address, once you have both said yes)";
}

}  // namespace

Links masked(const Links& links) {
  Links out = links;
  out.keys = {LinkKey{255, {}}};
  return out;
}

namespace {

std::optional<PreviewMail> rendered(const Desk& desk, const NoticeOrder& order, const Introduction& next,
                                    const Cast& cast, const Person& reader, const std::string& to) {
  Fields fields = notice_fields(order, next, cast, masked(desk.links), desk.community, desk.policy,
                                templates::sentences(reader.language));
  hide_addresses(fields);
  const auto mail = templates::render_notice(order.kind, reader.language, fields);
  if (!mail) return std::nullopt;
  return PreviewMail{"What goes out", to, mail.value().subject, mail.value().text};
}

}  // namespace

std::optional<PreviewMail> preview_of_decision(const Desk& desk, const Introduction& introduction,
                                               const Cast& cast, const Decision& decision) {
  if (decision.kind != DecisionKind::forward && decision.kind != DecisionKind::accept) return std::nullopt;
  const auto ahead = step_ahead(desk, introduction, decision);
  if (!ahead) return std::nullopt;
  if (ahead->trigger == Trigger::pass_on) {
    const Cast theirs = passed_on(cast);
    return rendered(desk, {NoticeKind::request, Role::connector}, ahead->next, theirs, theirs.connector,
                    person_label(theirs.connector));
  }
  const bool introduces = ahead->next.state == State::introduced;
  const NoticeOrder order{introduces ? NoticeKind::introduction : NoticeKind::pitch, Role::target};
  const std::string to = introduces ? person_label(cast.requester) + " and " + person_label(cast.target)
                                    : person_label(cast.target);
  return rendered(desk, order, ahead->next, cast, cast.target, to);
}

}  // namespace tertius::web
