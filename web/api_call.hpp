#pragma once
// One request to the API whose token is good and may do it, and the table of all operations.

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/api_tokens.hpp"
#include "storage/place.hpp"
#include "web/api_body.hpp"
#include "web/api_json.hpp"
#include "web/desk.hpp"
#include "web/http.hpp"

namespace tertius::web {

struct ApiCall {
  const HttpRequest& request;
  Desk& desk;
  storage::ApiToken token;
  Person person;                    // whose token it is
  std::vector<std::string> values;  // what stands in the path for {id}
  Form query;                       // of the names that the operation knows
  boost::json::object body;         // checked against its members
};

using ApiHandler = HttpResponse (*)(const ApiCall&);

struct ApiRoute {
  std::string_view method;
  std::string_view path;  // below /api/v1
  std::optional<ApiScope> scope;
  ApiHandler handler;
  std::string_view query = {};            // names between spaces
  std::span<const BodyMember> body = {};  // of a POST or PUT
};
std::span<const ApiRoute> api_routes();

HttpResponse json_response(int status, const boost::json::value& body);
HttpResponse problem(const ApiCall& call, const ApiProblem& problem);
HttpResponse not_found(const ApiCall& call);
HttpResponse nothing_left(int status = 204);  // a response without a body

// If-Match (RFC 9110 13.1.1) against the representation as it is now; the refusal where they differ.
std::optional<HttpResponse> refuse_changed(const ApiCall& call, const boost::json::value& now);

// A listing: `limit` items at most and the cursor of the next page, which Link: rel="next" names too
// (RFC 8288). What a cursor holds is ours alone to know.
struct Paging {
  int limit = 50;
  std::vector<std::string> behind;  // the cursor's parts; none on the first page
};
std::variant<Paging, ApiProblem> read_paging(const ApiCall& call, std::size_t parts);
std::string make_cursor(std::span<const std::string> parts);
// Of listings by time, newest first.
storage::Place place_of(const Paging& paging);
template <class Id>
std::string cursor_behind(Time at, Id id) {
  return make_cursor(std::array{std::to_string(unix_seconds(at)), id_text(id)});
}
// `next` is empty on the last page.
HttpResponse page_of(const ApiCall& call, boost::json::array items, const std::string& next);

HttpResponse api_document(const ApiCall& call);
HttpResponse api_list_people(const ApiCall& call);
HttpResponse api_show_me(const ApiCall& call);
HttpResponse api_change_me(const ApiCall& call);
HttpResponse api_list_ties(const ApiCall& call);
HttpResponse api_put_tie(const ApiCall& call);
HttpResponse api_delete_ties(const ApiCall& call);
HttpResponse api_list_imports(const ApiCall& call);
HttpResponse api_undo_import(const ApiCall& call);
HttpResponse api_find(const ApiCall& call);
HttpResponse api_list_introductions(const ApiCall& call);
HttpResponse api_show_introduction(const ApiCall& call);
HttpResponse api_ask(const ApiCall& call);
HttpResponse api_choose(const ApiCall& call);
HttpResponse api_withdraw(const ApiCall& call);
HttpResponse api_decide(const ApiCall& call);
HttpResponse api_undo(const ApiCall& call);
HttpResponse api_send_now(const ApiCall& call);
HttpResponse api_list_webhooks(const ApiCall& call);
HttpResponse api_add_webhook(const ApiCall& call);
HttpResponse api_remove_webhook(const ApiCall& call);
HttpResponse api_all_introductions(const ApiCall& call);
HttpResponse api_whole_introduction(const ApiCall& call);
HttpResponse api_letters(const ApiCall& call);
HttpResponse api_outbox(const ApiCall& call);
HttpResponse api_retry_notice(const ApiCall& call);
HttpResponse api_cancel_notice(const ApiCall& call);

}  // namespace tertius::web
