// The API's introductions: asking, seeing and answering, as on the pages.
#include <boost/json/array.hpp>

#include "broker/standing.hpp"
#include "storage/introductions.hpp"
#include "storage/people.hpp"
#include "web/api_call.hpp"
#include "web/api_json.hpp"

namespace tertius::web {

namespace json = boost::json;

namespace {

struct Part {
  Introduction introduction;
  Role role;
};

// Empty where there is none or this person has no part in it; the two are told alike.
std::optional<Part> find_part(const ApiCall& call) {
  const auto id = find_id<IntroductionId>(call.values[0]);
  auto introduction = id ? storage::find_introduction(call.desk.db, *id) : std::nullopt;
  if (!introduction) return std::nullopt;
  const auto role = role_shown_to(*introduction, call.person.id);
  if (!role) return std::nullopt;
  return Part{std::move(*introduction), *role};
}

json::object shown(const ApiCall& call, const Part& part) {
  return introduction_json(call.desk, part.introduction, part.role);
}

HttpResponse apply(const ApiCall& call, const Part& part, const Event& event) {
  if (auto refusal = refuse_changed(call, shown(call, part))) return *refusal;
  const auto applied = call.desk.apply(part.introduction.id, event);
  if (const auto* refusal = std::get_if<Refusal>(&applied)) return refusal_response(call.desk, *refusal);
  return json_response(200, shown(call, {std::get<Introduction>(applied), part.role}));
}

// ---- asking ----

// A person's id, or an address. An id is taken from those alone whom one may see: ids lie close together, and
// a guess must not find somebody else's contact.
std::optional<Address> find_address(const ApiCall& call, const std::string& who) {
  if (const auto id = find_id<PersonId>(who)) {
    const auto person = storage::find_person(call.desk.db, *id);
    if (!person || !may_see(call.desk, call.person.id, person->id)) return std::nullopt;
    return person->address;
  }
  auto address = parse_address(who);
  return address ? std::optional(address.value()) : std::nullopt;
}

std::variant<tertius::Request, ApiProblem> read_request(const ApiCall& call) {
  tertius::Request out;
  out.requester = *call.person.address;
  out.target = text_in(call.body, "target");
  if (find_id<PersonId>(out.target)) {
    const auto address = find_address(call, out.target);
    if (!address) return wrong_member("target", "is nobody you can see, or nobody whose address is known");
    out.target = text(*address);
  }
  for (const std::string& one : texts_in(call.body, "connectors")) {
    const auto address = find_address(call, one);
    if (!address)
      return wrong_member("connectors", "names somebody who is neither an address nor a person you can see");
    out.connectors.push_back(*address);
  }
  out.subject = text_in(call.body, "subject");
  out.cover_note = text_in(call.body, "cover_note");
  out.pitch = text_in(call.body, "pitch");
  out.purpose = text_in(call.body, "purpose");
  out.send_anyway = truth_in(call.body, "send_anyway");
  return out;
}

// ---- deciding ----

std::variant<Decision, ApiProblem> read_decision(const ApiCall& call) {
  const auto kind = find_decision(text_in(call.body, "decision"));
  if (!kind) return wrong_member("decision", "has to be forward, decline, revise, redirect, later or accept");
  Decision out{.kind = *kind,
               .note = text_in(call.body, "note"),
               .until = find_time(text_in(call.body, "until")),
               .redirect_to = text_in(call.body, "redirect_to"),
               .silent = truth_in(call.body, "silent")};
  if (call.body.contains("until") && !out.until)
    return wrong_member("until", "has to be a date such as 2026-05-01, or 2026-05-01T09:00:00Z");
  return out;
}

// One visit for each token and introduction: who changes their mind by the same token has changed it, and
// what came by mail or from a browser meanwhile contradicts it.
std::string visit_of(const ApiCall& call) { return "api-" + id_text(call.token.id); }

}  // namespace

HttpResponse api_list_introductions(const ApiCall& call) {
  const auto paging = read_paging(call, 2);
  if (const auto* wrong = std::get_if<ApiProblem>(&paging)) return problem(call, *wrong);
  const std::string name = field(call.query, "role");
  const auto role = find_role(name);
  if (!name.empty() && !role)
    return problem(
        call, {"wrong_parameter", "The parameter \"role\" has to be requester, connector or target.", ""});
  const auto& page = std::get<Paging>(paging);
  const auto found =
      storage::introductions_known_to(call.desk.db, call.person.id, role, place_of(page), page.limit + 1);
  json::array items;
  for (const Introduction& one : found) {
    if (static_cast<int>(items.size()) == page.limit) break;
    items.push_back(introduction_json(call.desk, one, role_shown_to(one, call.person.id).value()));
  }
  const std::string next = found.size() > items.size()
                               ? cursor_behind(found[items.size() - 1].created_at, found[items.size() - 1].id)
                               : "";
  return page_of(call, std::move(items), next);
}

HttpResponse api_show_introduction(const ApiCall& call) {
  const auto part = find_part(call);
  return part ? json_response(200, shown(call, *part)) : not_found(call);
}

HttpResponse api_ask(const ApiCall& call) {
  if (!call.person.member || !call.person.address)
    return problem(call, {"not_a_member", "Only members may ask.", "Ask the operator to join."});
  const auto request = read_request(call);
  if (const auto* wrong = std::get_if<ApiProblem>(&request)) return problem(call, *wrong);
  const auto asked = call.desk.ask(std::get<tertius::Request>(request));
  if (const auto* rejected = std::get_if<Rejected>(&asked))
    return rejection_response(call.desk, *rejected, call.person);
  const auto& introduction = std::get<Introduction>(asked);
  HttpResponse out = json_response(201, introduction_json(call.desk, introduction, Role::requester));
  out.headers.emplace_back("Location",
                           call.desk.links.public_url + "/api/v1/introductions/" + id_text(introduction.id));
  return out;
}

HttpResponse api_choose(const ApiCall& call) {
  const auto part = find_part(call);
  if (!part || part->role != Role::requester) return not_found(call);
  const auto connector =
      call.desk.find_connector(call.person.id, part->introduction.target, text_in(call.body, "connector"));
  if (!connector)
    return problem(call, wrong_member("connector", "is not the \"handle\" of one whom /find offers"));
  return apply(call, *part, ConnectorChosen{connector->person.id, connector->onward});
}

HttpResponse api_withdraw(const ApiCall& call) {
  const auto part = find_part(call);
  if (!part || part->role != Role::requester) return not_found(call);
  return apply(call, *part, Withdrawn{});
}

HttpResponse api_decide(const ApiCall& call) {
  const auto part = find_part(call);
  if (!part) return not_found(call);
  const auto decision = read_decision(call);
  if (const auto* wrong = std::get_if<ApiProblem>(&decision)) return problem(call, *wrong);
  // As from a browser that is known: whoever holds the token is this person for certain.
  return apply(call, *part,
               Decided{part->role, std::get<Decision>(decision), Channel::bound_browser, visit_of(call)});
}

HttpResponse api_undo(const ApiCall& call) {
  const auto part = find_part(call);
  return part ? apply(call, *part, Undone{part->role}) : not_found(call);
}

HttpResponse api_send_now(const ApiCall& call) {
  const auto part = find_part(call);
  return part ? apply(call, *part, Hurried{part->role}) : not_found(call);
}

}  // namespace tertius::web
