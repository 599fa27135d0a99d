#include "web/limits.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "web/pace.hpp"
#include "web/parts.hpp"
#include "web/upload.hpp"

namespace tertius::web {

namespace {

using std::chrono::minutes;

bool is_post(const Call& call) { return call.request.method == "POST"; }
bool is_at(const Call& call, std::string_view first) {
  return !call.parts.empty() && call.parts.front() == first;
}

bool wants_link(const Call& call) { return is_post(call) && is_at(call, "sign-in") && call.parts.size() < 2; }
bool asks_unsigned(const Call& call) { return is_post(call) && is_at(call, "ask") && !call.member; }
bool sends_unsigned(const Call& call) { return asks_unsigned(call) && field(call.form, "do") == "send"; }
bool searches(const Call& call) {
  return (is_at(call, "people") || is_at(call, "contacts")) && !is_post(call) && call.form.contains("q");
}
bool is_coached(const Call& call) { return is_post(call) && is_at(call, "coach"); }
bool sends_files(const Call& call) { return is_upload(call.request); }

// Behind one address of IPv4 there may be a whole office; one customer of IPv6 has 2^64 addresses at least,
// so that `network` is what is theirs together (daemon/client_network.hpp).
std::string network(const Call& call) { return call.request.network; }
// Folded, so that capitals make no new address.
std::string written(const Call& call, const std::string& name) {
  const auto address = parse_address(field(call.form, name));
  return address ? address_key(address.value()) : std::string();
}
std::string address(const Call& call) { return written(call, "address"); }
std::string requester(const Call& call) { return written(call, "requester"); }
std::string member(const Call& call) {
  return call.member ? std::to_string(number(call.member->person.id)) : network(call);
}

struct Limit {
  std::string_view name;
  bool (*is_for)(const Call&);
  std::string (*who)(const Call&);
  PaceRule rule;
  std::string_view sentence;
};
// Room for a class that signs in together, and for whoever types fast; the mails to one address are those
// that its owner would still put up with.
constexpr auto limits = std::to_array<Limit>({
    {"sign-in network",
     wants_link,
     network,
     {30, minutes{1}},
     "Too many links have been asked for from this network."},
    {"ask network",
     sends_unsigned,
     network,
     {10, minutes{6}},
     "Too many requests have been sent from this network."},
    {"check",
     asks_unsigned,
     network,
     {60, seconds{5}},
     "Too many requests are being written in this network."},
    {"search", searches, member, {120, seconds{1}}, "That were many searches in a short time."},
    {"coach", is_coached, member, {120, seconds{1}}, "That were many looks at the words in a short time."},
    {"upload", sends_files, member, {20, minutes{1}}, "That were many files in a short time."},
});

// Of whom somebody writes to or in whose name: only what would be done counts, or anybody could use up
// another's allowance with posts that do nothing.
constexpr auto limits_of_named = std::to_array<Limit>({
    {"sign-in address",
     wants_link,
     address,
     {5, minutes{12}},
     "Links have been mailed to this address already: look for the newest one."},
    {"ask requester",
     sends_unsigned,
     requester,
     {5, minutes{12}},
     "Too many requests have been sent in this name."},
});

constexpr PaceRule guesses{30, minutes{1}};

std::string wait_text(seconds wait) {
  if (wait <= seconds{90}) return std::to_string(wait.count()) + (wait.count() == 1 ? " second" : " seconds");
  return std::to_string(std::chrono::ceil<minutes>(wait).count()) + " minutes";
}

HttpResponse too_many(const Call& call, std::string_view sentence, seconds wait) {
  Fields fields = row({{"MESSAGE", std::string(sentence)},
                       {"HINT", "Please try again in " + wait_text(wait) + ". Nothing was changed."}});
  put_typed(fields, call);
  HttpResponse out = page(call, "message", "One moment, please", std::move(fields), 429);
  out.headers.emplace_back("Retry-After", std::to_string(wait.count()));
  return out;
}

constexpr auto guessable = std::to_array<std::string_view>(
    {"d", "held", "undo", "now", "confirm", "choose", "stop", "show", "sign-in"});

}  // namespace

namespace {

std::optional<HttpResponse> refuse_by(std::span<const Limit> limits, const Call& call) {
  if (!call.desk.pace) return std::nullopt;
  for (const Limit& limit : limits) {
    if (!limit.is_for(call)) continue;
    const std::string who = limit.who(call);
    if (who.empty()) continue;
    const auto wait = call.desk.pace(std::string(limit.name) + " " + who, limit.rule);
    if (wait) return too_many(call, limit.sentence, *wait);
  }
  return std::nullopt;
}

}  // namespace

std::optional<HttpResponse> refuse_haste(const Call& call) { return refuse_by(limits, call); }
std::optional<HttpResponse> refuse_haste_for_named(const Call& call) {
  return refuse_by(limits_of_named, call);
}

HttpResponse count_guess(const Call& call, HttpResponse answer) {
  const bool is_guess = answer.status == 404 && is_post(call) && call.desk.pace &&
                        std::ranges::find(guessable, call.parts.front()) != guessable.end();
  if (!is_guess || network(call).empty()) return answer;
  const auto wait = call.desk.pace("guess " + network(call), guesses);
  return wait ? too_many(call, "Too many links that are none of ours were tried from this network.", *wait)
              : std::move(answer);
}

}  // namespace tertius::web
