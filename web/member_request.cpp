#include "web/member_request.hpp"

#include <algorithm>
#include <charconv>

#include "broker/words.hpp"
#include "storage/people.hpp"
#include "web/people_shown.hpp"

namespace tertius::web {

namespace {

// Each line of it becomes a row of several mails; nobody passes on ten pages.
constexpr std::size_t longest_request = 20'000;

std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t length) {
  if (at + length > text.size()) return std::nullopt;
  int number = 0;
  const char* end = text.data() + at + length;
  const auto read = std::from_chars(text.data() + at, end, number);
  return read.ec == std::errc{} && read.ptr == end ? std::optional(number) : std::nullopt;
}

// What <input type=date> sends: "2026-03-20".
std::optional<Time> find_day(std::string_view text) {
  const auto year = number_at(text, 0, 4), month = number_at(text, 5, 2), day = number_at(text, 8, 2);
  if (text.size() != 10 || !year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  return date.ok() ? std::optional<Time>(std::chrono::sys_days{date}) : std::nullopt;
}

// The deadline is a sentence of the cover note: whoever is asked reads why there is one.
void add_deadline(MemberRequest& out, const Form& form, Time now) {
  const std::string wanted = field(form, "deadline");
  const std::string reason(trim(field(form, "deadline_reason")));
  if (wanted.empty() && reason.empty()) return;
  const auto day = find_day(wanted);
  if (!day) return out.problems.push_back({"deadline", "The day is missing or none.", "Such as 2026-03-20."});
  if (*day + days{1} <= now)
    return out.problems.push_back({"deadline", "That day has passed.", "Leave it empty if there is none."});
  out.request.cover_note +=
      "\n\nI would need it by " + date_text(*day) + (reason.empty() ? "." : ", because " + reason + ".");
}

void read_target(MemberRequest& out, const Call& call, const Form& form) {
  out.request.target = field(form, "target");
  const std::string id = field(form, "to");
  if (id.empty()) return;
  out.target = find_shown(call, id);
  if (!out.target) {
    out.problems.push_back(
        {"target", "Nobody whom you could meet here was chosen.", "Search for them again."});
    return;
  }
  out.request.target_person = out.target->id;
  out.request.target = shown_label(*out.target);
  out.known.target = *out.target;
}

void add_connector(MemberRequest& out, const Person& connector, bool named) {
  const auto same = [&](const Address& address) { return address == *connector.address; };
  if (std::ranges::any_of(out.request.connectors, same)) return;
  out.request.connectors.push_back(*connector.address);
  if (named) out.known.connectors.push_back(connector);
  out.asks_unnamed = out.asks_unnamed || !named;
}

void read_turns(MemberRequest& out, const Call& call, const Form& form) {
  for (const auto turn : turns) {
    const std::string handle = field(form, std::string(turn));
    if (handle.empty() || !out.target) continue;
    const auto chosen = call.desk.find_connector(call.member->person.id, out.target->id, handle);
    if (chosen && chosen->onward) out.request.relay = {chosen->person.id, *chosen->onward};
    if (chosen && chosen->person.address)
      add_connector(out, chosen->person, !handle.starts_with("unnamed-"));
    else
      out.problems.push_back(
          {"connector", "One of those whom you chose can no longer be asked.", "Choose again."});
  }
}

void read_address(MemberRequest& out, const Form& form) {
  const std::string wished(trim(field(form, "connector")));
  if (wished.empty()) return;
  const auto address = parse_address(wished);
  if (address)
    out.request.connectors.push_back(address.value());
  else
    out.problems.push_back(
        {"connector", "That is no mail address.", "Leave it empty to choose from the list."});
}

}  // namespace

MemberRequest read_member_request(const Call& call, const Form& form) {
  MemberRequest out;
  const Person& member = call.member->person;
  out.request.requester = member.address.value_or(Address{});
  out.known.requester = member;
  out.request.subject = field(form, "subject");
  out.request.cover_note = field(form, "cover_note");
  out.request.pitch = field(form, "pitch");
  out.request.purpose = field(form, "purpose");
  out.request.send_anyway = true;  // findings that do not block stand beside the button
  read_target(out, call, form);
  read_address(out, form);
  read_turns(out, call, form);
  add_deadline(out, form, call.desk.now);
  if (out.request.cover_note.size() + out.request.pitch.size() > longest_request)
    out.problems.push_back(
        {"pitch", "The text is too long for a request.", "Half a page for each of the two is plenty."});
  return out;
}

}  // namespace tertius::web
