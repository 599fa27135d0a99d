#include "web/inbound.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>

#include "mail/ascii.hpp"
#include "mail/lmtp_command.hpp"
#include "web/api_access.hpp"
#include "web/api_call.hpp"
#include "web/api_problem.hpp"
#include "web/multipart.hpp"

namespace tertius::web {

namespace {

// Where a provider is told to come again.
constexpr int retry_seconds = 60;

// What was posted, not yet looked at.
struct Posted {
  std::string letter;
  std::vector<std::string> to;
  std::optional<std::string> from;
  bool checked = false;  // in a form strangers' Authentication-Results still stand: providers leave them in
};
using Reading = std::variant<Posted, ApiProblem>;

ApiProblem no_letter(const std::string& what, const std::string& hint) { return {"no_letter", what, hint}; }

// "a@x, b@y"; a quoted local part with a comma is none of ours.
std::vector<std::string> addresses(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    const auto one = mail::trim(list.substr(0, end));
    if (!one.empty()) out.emplace_back(one);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

std::optional<std::string> find_value(const Form& form, const std::string& name) {
  const auto found = form.find(name);
  return found == form.end() ? std::nullopt : std::optional(found->second);
}

// SendGrid's "envelope": {"to": ["a@x"], "from": "b@y"}.
bool read_envelope(const std::string& text, Posted& out) {
  boost::json::error_code error;
  const auto value = boost::json::parse(text, error);
  const auto* envelope = error ? nullptr : value.if_object();
  const auto* to = envelope ? envelope->if_contains("to") : nullptr;
  const auto* from = envelope ? envelope->if_contains("from") : nullptr;
  if (!to || !to->is_array() || !from || !from->is_string()) return false;
  for (const auto& one : to->as_array()) {
    if (one.is_string()) out.to.emplace_back(one.as_string());
  }
  out.from = std::string(from->as_string());
  return true;
}

// ---- the three forms ----

Reading read_raw(HttpRequest& request) {
  const Form query = read_form(request.query);
  Posted out{std::move(request.body), addresses(field(query, "to")), find_value(query, "from"), true};
  if (out.to.empty())
    return ApiProblem{"wrong_parameter", "It does not say for whom the letter is.",
                      "?to= has the recipients of RCPT TO, between commas."};
  if (!out.from)
    return ApiProblem{"wrong_parameter", "It does not say who sends the letter.",
                      "&from= has the sender of MAIL FROM; \"from=\" alone is the null one."};
  return out;
}

Reading read_fields(Form fields) {
  Posted out;
  auto letter = fields.find("body-mime");
  if (letter == fields.end()) letter = fields.find("email");
  if (letter == fields.end())
    return no_letter(
        "The form has neither \"body-mime\" nor \"email\".",
        "Mailgun: end the route's URL in /inbound/mime. SendGrid: tick \"POST the raw, full MIME "
        "message\".");
  out.letter = std::move(letter->second);
  if (const auto envelope = find_value(fields, "envelope")) {
    if (!read_envelope(*envelope, out)) return no_letter("The field \"envelope\" cannot be read.", "");
    return out;
  }
  out.to = addresses(field(fields, "recipient"));
  out.from = find_value(fields, "sender");
  return out;
}

Reading read_parts(const HttpRequest& request) {
  const auto parts = read_form_parts(request);
  if (!parts) return no_letter("The form did not arrive whole.", "");
  Form fields;
  for (const FormPart& part : parts.value()) fields.emplace(part.name, part.content);
  return read_fields(std::move(fields));
}

Reading read_posted(HttpRequest& request) {
  const std::string type = header_of(request, "content-type");
  const auto kind = mail::trim(std::string_view(type).substr(0, type.find(';')));
  if (is_multipart(request)) return read_parts(request);
  if (mail::equals_ignoring_case(kind, "application/x-www-form-urlencoded"))
    return read_fields(read_raw_form(request.body));
  if (mail::equals_ignoring_case(kind, "message/rfc822") ||
      mail::equals_ignoring_case(kind, "message/global"))
    return read_raw(request);
  return ApiProblem{"not_a_letter", "This Content-Type is none that is read.",
                    "A letter is message/rfc822; Mailgun's and SendGrid's forms are read too."};
}

// ---- what is taken ----

// "<>" and nothing are the null reverse-path (RFC 5321 4.5.5).
std::string bare(std::string_view written) {
  written = mail::trim(written);
  if (written.starts_with('<') && written.ends_with('>')) written = written.substr(1, written.size() - 2);
  return std::string(written);
}

std::variant<mail::ReceivedLetter, ApiProblem> take(Posted posted, const KnowsRecipient& knows) {
  constexpr mail::LmtpLimits limits;
  if (posted.letter.empty()) return no_letter("The letter is empty.", "");
  if (posted.letter.size() > limits.letter_bytes || posted.to.size() > limits.recipients)
    return ApiProblem{"too_long", "The letter has more than 25 MB, or more than 100 recipients.", ""};
  const std::string sender = bare(posted.from.value_or(""));
  if (!posted.from || !mail::is_reverse_path(sender) || posted.to.empty())
    return no_letter("The form does not say who sends the letter, or to whom.",
                     "Mailgun has it in \"sender\" and \"recipient\", SendGrid in \"envelope\".");
  for (std::string& one : posted.to) one = bare(one);
  std::erase_if(posted.to, [&](const std::string& one) { return !knows(one); });
  if (posted.to.empty())
    return ApiProblem{"not_for_us", "None of its recipients is one of ours, with a token that is good.", ""};
  return mail::ReceivedLetter{sender, std::move(posted.to), std::move(posted.letter), posted.checked};
}

HttpResponse retry(HttpResponse out) {
  if (out.status == 503) out.headers.emplace_back("Retry-After", std::to_string(retry_seconds));
  return out;
}

}  // namespace

bool is_inbound_path(std::string_view path) { return path == "/inbound" || path == "/inbound/mime"; }

bool is_inbound(const HttpRequest& request) {
  return request.method == "POST" && is_inbound_path(request.path);
}

std::optional<HttpResponse> refuse_inbound(const HttpRequest& request, Desk& desk) {
  if (request.method != "POST") {
    HttpResponse out = problem_response(desk, {"wrong_method", "Letters are posted here.", ""});
    out.headers.emplace_back("Allow", "POST");
    return out;
  }
  const std::string bearer = bearer_secret(request);
  const auto token = authenticate(bearer.empty() ? password_secret(request) : bearer, desk);
  std::optional<HttpResponse> refusal;
  if (const auto* wrong = std::get_if<HttpResponse>(&token)) refusal = *wrong;
  if (!refusal) refusal = refuse_scope(desk, ApiScope::inbound, std::get<storage::ApiToken>(token));
  if (!refusal) storage::use_api_token(desk.db, std::get<storage::ApiToken>(token), desk.now);
  if (refusal) refusal->headers.emplace_back("WWW-Authenticate", "Basic realm=\"tertius\"");
  return refusal;
}

std::variant<mail::ReceivedLetter, HttpResponse> read_inbound(HttpRequest request, const Links& links,
                                                              const KnowsRecipient& knows) {
  const auto answer = [&](const ApiProblem& why) { return retry(problem_response(links, why)); };
  auto posted = read_posted(request);
  if (const auto* why = std::get_if<ApiProblem>(&posted)) return answer(*why);
  auto taken = take(std::get<Posted>(std::move(posted)), knows);
  if (const auto* why = std::get_if<ApiProblem>(&taken)) return answer(*why);
  return std::get<mail::ReceivedLetter>(std::move(taken));
}

HttpResponse inbound_answer(const Links& links, std::span<const mail::Verdict> verdicts) {
  using mail::Verdict;
  const auto is = [](Verdict wanted) { return [wanted](Verdict one) { return one == wanted; }; };
  if (std::ranges::any_of(verdicts, is(Verdict::busy)) || std::ranges::any_of(verdicts, is(Verdict::failed)))
    return retry(problem_response(links, {"try_later", "Nothing was kept.", "Post the letter again."}));
  const auto taken = std::ranges::count_if(verdicts, is(Verdict::taken));
  if (taken == 0) return problem_response(links, {"not_for_us", "The letter is not taken.", ""});
  return json_response(200, boost::json::object{{"taken", taken}});
}

}  // namespace tertius::web
