#include "web/session.hpp"

#include <algorithm>
#include <array>

#include "broker/sha256.hpp"
#include "storage/people.hpp"

namespace tertius::web {

namespace {

bool is_secure(const Links& links) { return links.public_url.starts_with("https://"); }
std::string cookie_name(const Links& links) { return is_secure(links) ? "__Host-tertius" : "tertius"; }

// RFC 6265 5.4: "a=1; b=2". The first of a name is the one with the longest path; ours is "/", and with the
// prefix there is no other.
std::string_view cookie(const HttpRequest& request, const std::string& name) {
  const auto header = request.headers.find("cookie");
  if (header == request.headers.end()) return {};
  std::string_view rest = header->second;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return pair.substr(name.size() + 1);
  }
  return {};
}

void put_cookie(HttpResponse& out, const Links& links, const std::string& secret) {
  const auto life = std::chrono::duration_cast<std::chrono::seconds>(browser_life).count();
  out.headers.emplace_back("Set-Cookie", cookie_name(links) + "=" + secret +
                                             "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" +
                                             std::to_string(life) + (is_secure(links) ? "; Secure" : ""));
}

struct Named {
  std::string_view mark, name;
};
// In this order: Edge and Opera say "Chrome" too, Chrome says "Safari".
constexpr auto programs = std::to_array<Named>({{"Edg", "Edge"},
                                                {"OPR/", "Opera"},
                                                {"Firefox/", "Firefox"},
                                                {"Chrome/", "Chrome"},
                                                {"Safari/", "Safari"}});
constexpr auto systems = std::to_array<Named>({{"iPhone", "iPhone"},
                                               {"iPad", "iPad"},
                                               {"Android", "Android"},
                                               {"Windows", "Windows"},
                                               {"Mac OS X", "a Mac"},
                                               {"Linux", "Linux"}});

std::string_view find_named(std::span<const Named> names, std::string_view agent) {
  const auto found =
      std::ranges::find_if(names, [&](const Named& n) { return agent.find(n.mark) != agent.npos; });
  return found == names.end() ? std::string_view{} : found->name;
}

}  // namespace

std::string browser_key(const HttpRequest& request, const Links& links) {
  const std::string_view secret = cookie(request, cookie_name(links));
  return secret.empty() ? std::string() : hex_sha256(secret);
}

std::optional<storage::Browser> find_browser_of(const HttpRequest& request, Desk& desk, PersonId person) {
  const std::string key = browser_key(request, desk.links);
  auto found = key.empty() ? std::nullopt : storage::find_browser(desk.db, key, person);
  if (found && found->expires_at <= desk.now) found.reset();
  return found;
}

bool is_known_browser(const HttpRequest& request, Desk& desk, PersonId person) {
  const auto browser = find_browser_of(request, desk, person);
  return browser && browser->pending_visit.empty();
}

std::optional<Member> find_member(const HttpRequest& request, Desk& desk) {
  const std::string key = browser_key(request, desk.links);
  if (key.empty()) return std::nullopt;
  auto session = storage::find_session(desk.db, key, desk.now);
  if (!session) return std::nullopt;
  Member member{storage::load_person(desk.db, session->person), std::move(*session)};
  const auto& address = member.person.address;
  member.is_operator =
      address && desk.operator_address && address_key(*address) == address_key(*desk.operator_address);
  return member;
}

std::string renew_browser(const HttpRequest& request, Desk& desk, HttpResponse& out) {
  const std::string secret = desk.new_visit() + desk.new_visit();
  const std::string old = browser_key(request, desk.links), key = hex_sha256(secret);
  if (!old.empty()) storage::move_browser(desk.db, old, key);
  put_cookie(out, desk.links, secret);
  return key;
}

std::string keep_browser(const HttpRequest& request, Desk& desk, HttpResponse& out) {
  const std::string key = browser_key(request, desk.links);
  return key.empty() ? renew_browser(request, desk, out) : key;
}

std::string browser_name(const HttpRequest& request) {
  const auto agent = request.headers.find("user-agent");
  if (agent == request.headers.end()) return "A browser";
  const std::string_view program = find_named(programs, agent->second),
                         system = find_named(systems, agent->second);
  const std::string name(program.empty() ? "A browser" : program);
  return system.empty() ? name : name + " on " + std::string(system);
}

std::string member_token(const Member& member) {
  return "member-" + member.browser.key_hash + "-" + std::to_string(number(member.person.id));
}

}  // namespace tertius::web
