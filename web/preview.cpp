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

std::optional<PreviewMail> preview_of_decision(const Desk& desk, const Introduction& introduction,
                                               const Cast& cast, const Decision& decision) {
  if (decision.kind != DecisionKind::forward && decision.kind != DecisionKind::accept) return std::nullopt;
  const auto ahead = step_ahead(desk, introduction, decision);
  if (!ahead) return std::nullopt;
  const bool introduces = ahead->next.state == State::introduced;
  const NoticeOrder order{introduces ? NoticeKind::introduction : NoticeKind::pitch, Role::target};
  Fields fields = notice_fields(order, ahead->next, cast, masked(desk.links), desk.community, desk.policy,
                                templates::sentences(cast.target.language));
  hide_addresses(fields);
  const auto rendered = templates::render_notice(order.kind, cast.target.language, fields);
  if (!rendered) return std::nullopt;
  const std::string to = introduces ? person_label(cast.requester) + " and " + person_label(cast.target)
                                    : person_label(cast.target);
  return PreviewMail{"What goes out", to, rendered.value().subject, rendered.value().text};
}

}  // namespace tertius::web
