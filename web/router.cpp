#include "web/router.hpp"

#include <array>

#include "templates/embedded.hpp"
#include "templates/render.hpp"
#include "web/api_router.hpp"
#include "web/limits.hpp"
#include "web/multipart.hpp"
#include "web/parts.hpp"

namespace tertius::web {

namespace {

constexpr auto routes = std::to_array<PageRoute>({
    {"", index_page, nullptr},
    {"style.css", style_sheet, nullptr},
    {"d", show_decision, post_decision},
    {"held", show_held, post_held},
    {"undo", show_held, post_held},
    {"now", show_held, post_held},
    {"confirm", show_confirm, post_confirm},
    {"choose", show_choose, post_choose},
    {"stop", show_stop, post_stop},
    {"show", show_introduction, post_introduction},
    {"ask", show_ask, post_ask},
    {"sign-in", show_sign_in, post_sign_in},
    {"browsers", show_browsers, post_browsers},
    {"tokens", show_tokens, post_tokens},
    {"webhooks", show_webhooks, post_webhooks},
    {"sign-out", show_sign_out, post_sign_out},
    {"dashboard", show_dashboard, post_dashboard},
    {"me", show_mine, post_mine},
    {"contacts", show_contacts, post_contacts},
    {"people", show_people, nullptr},
    {"coach", show_coach, post_coach},
    {"settings/data", show_data, post_data},
    {"script", script_file, nullptr},
    {"settings", show_settings, post_settings},
});

const PageRoute* find_route(const std::vector<std::string>& parts) {
  const std::string first = parts.empty() ? "" : parts.front();
  const std::string two = parts.size() < 2 ? first : first + "/" + parts[1];
  const PageRoute* found = nullptr;
  for (const PageRoute& route : routes) {
    if (route.first == two) return &route;
    if (route.first == first) found = &route;
  }
  return found;
}

Form form_of(const HttpRequest& request) {
  if (request.method != "POST") return read_form(request.query);
  if (!is_multipart(request)) return read_form(request.body);
  auto read = read_multipart(request);
  return read ? std::move(read.value().fields) : Form{};  // no nonce, so nothing is done
}

HttpResponse wrong_method(const Call& call, const PageRoute& route) {
  auto out = message(call, 405, "Not like that", "This page is not changed that way.", "");
  out.headers.push_back({"Allow", route.post ? "GET, HEAD, OPTIONS, POST" : "GET, HEAD, OPTIONS"});
  return out;
}

}  // namespace

std::span<const PageRoute> page_routes() { return routes; }

HttpResponse index_page(const Call& call) {
  const std::string& url = call.desk.links.public_url;
  Fields fields = row({{"ASK_ADDRESS", ask_address(call.desk.links)}});
  fields.sections["ASK"] = {row({{"ASK_URL", url + "/ask"}})};
  if (!call.member) fields.sections["SIGN_IN"] = {row({{"SIGN_IN_URL", url + "/sign-in"}})};
  if (call.desk.sandbox) fields.sections["TRY"] = {row({{"TRY_URL", url + "/try"}})};
  return page(call, "index", call.desk.community, std::move(fields));
}

HttpResponse style_sheet(const Call&) {
  HttpResponse out;
  out.content_type = "text/css; charset=utf-8";
  out.headers = {{"Cache-Control", "max-age=3600"}, {"X-Content-Type-Options", "nosniff"}};
  out.body = templates::stylesheet();
  return out;
}

HttpResponse script_file(const Call& call) {
  const std::string name = "script/" + (call.parts.size() == 2 ? call.parts[1] : "");
  for (const auto& file : templates::embedded_files()) {
    if (file.name != name) continue;
    HttpResponse out;
    out.content_type = "text/javascript; charset=utf-8";
    out.headers = {{"Cache-Control", "max-age=3600"}, {"X-Content-Type-Options", "nosniff"}};
    out.body = file.text;
    return out;
  }
  return message(call, 404, "There is no such page", "Perhaps the address was cut off.", "");
}

HttpResponse respond(const HttpRequest& request, Desk& desk) {
  if (is_api_path(request.path)) return respond_api(request, desk);
  const bool post = request.method == "POST";
  Call call{request, path_parts(request.path), form_of(request), desk};
  call.member = find_member(request, desk);
  const PageRoute* route = find_route(call.parts);
  if (!route) return no_such_page(call);
  call.show = route->get;
  if (auto refusal = refuse_haste(call)) return *std::move(refusal);
  if (post) return route->post ? count_guess(call, route->post(call)) : wrong_method(call, *route);
  // Gateways open links with HEAD and OPTIONS too, and are shown the page all the same.
  if (request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS")
    return route->get(call);
  return wrong_method(call, *route);
}

}  // namespace tertius::web
