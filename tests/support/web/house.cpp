#include "tests/support/web/house.hpp"

#include <stdexcept>

#include "storage/click_trust.hpp"
#include "storage/introductions.hpp"
#include "storage/migrate.hpp"
#include "storage/outbox.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"
#include "web/router.hpp"

namespace tertius::web {

namespace {

Person person(PersonId id, const std::string& name, const std::string& organisation, bool member) {
  Person out;
  out.id = id;
  out.name = name;
  out.organisation = organisation;
  out.address = parse_address(first_name(out) + "@example.org").value();
  out.member = member;
  return out;
}

Links test_links() {
  LinkKey key{1, {}};
  key.secret.fill(7);
  return {"https://intro.example.org", "intro.example.org", "intro", {key}};
}

Cast cast_of(storage::Database& db, const Introduction& introduction) {
  Cast cast;
  cast.requester = storage::load_person(db, introduction.requester);
  cast.target = storage::load_person(db, introduction.target);
  if (const auto connector = current_connector(introduction))
    cast.connector = storage::load_person(db, *connector);
  return cast;
}

const Person& recipient(const Cast& cast, Role role) {
  if (role == Role::requester) return cast.requester;
  return role == Role::connector ? cast.connector : cast.target;
}

std::string encoded(const Form& form) {
  constexpr auto hex = "0123456789ABCDEF";
  std::string out;
  const auto put = [&](const std::string& text) {
    for (const char c : text) {
      const auto octet = static_cast<unsigned char>(c);
      if (std::isalnum(octet))
        out += c;
      else
        out += {'%', hex[octet >> 4], hex[octet & 15]};
    }
  };
  for (const auto& [name, value] : form) {
    if (!out.empty()) out += '&';
    put(name);
    out += '=';
    put(value);
  }
  return out;
}

void load_templates() {
  static const bool loaded = static_cast<bool>(templates::load_catalogue());
  if (!loaded) throw std::runtime_error("the templates do not parse");
}

void post_notice(House& house, const NoticeOrder& order, const Introduction& introduction) {
  const Cast cast = cast_of(house.db, introduction);
  storage::OutboxRow row;
  row.id = NoticeId{++house.notice_count};
  row.introduction = introduction.id;
  row.kind = order.kind;
  row.role = order.to;
  row.recipient = text(*recipient(cast, order.to).address);
  row.message_id = std::to_string(house.notice_count) + "@intro.example.org";
  row.fields = notice_fields(order, introduction, cast, house.links, "Rowan Alumni", house.policy);
  row.created_at = row.not_before = house.now;
  storage::add_notice(house.db, row);
}

}  // namespace

House::House() : db(storage::open_database("sqlite::memory:")), links(test_links()) {
  load_templates();
  storage::migrate(db);
  storage::add_person(db, person(alice, "Alice Chen", "Acme", true));
  storage::add_person(db, person(christine, "Christine Weaver", "Rowan Ventures", true));
  storage::add_person(db, person(gail, "Gail Goodman", "Constant Contact", false));
  storage::add_person(db, person(bob, "Bob Stone", "Quarry", true));
  Introduction draft;
  draft.id = first_request;
  draft.requester = alice;
  draft.target = gail;
  draft.connectors = {christine, bob};
  draft.cover_note = "Could you pass this on?";
  draft.pitch = "May I ask you twenty minutes about email for small shops?";
  draft.created_at = draft.state_since = now;
  storage::add_introduction(db, draft, next_deadline(draft, policy));
  storage::append_history(db, draft.id, {now, "draft", State::drafted, State::drafted, "request received"});
}

std::variant<Introduction, Refusal> House::apply(const Event& event) {
  const Introduction before = introduction();
  const auto* chosen = std::get_if<ConnectorChosen>(&event);
  const Facts facts =
      storage::load_facts(db, before, now, chosen ? std::vector{chosen->connector} : std::vector<PersonId>{});
  const StepResult result = step(before, event, facts, policy, now);
  if (const auto* refusal = std::get_if<Refusal>(&result)) return *refusal;
  const Step& done = std::get<Step>(result);
  if (!storage::save_introduction(db, done.next, next_deadline(done.next, policy)))
    throw std::runtime_error("another version was there");
  storage::append_history(
      db, before.id,
      {now, std::string(trigger_name(done.trigger)), before.state, done.next.state, done.remark});
  storage::learn_from(db, before, done);
  const Introduction saved = introduction();
  for (const NoticeOrder& order : done.notices) post_notice(*this, order, saved);
  return saved;
}

Desk House::desk() {
  return {
      .db = db,
      .links = links,
      .policy = policy,
      .community = "Rowan Alumni",
      .operator_address = parse_address("bob@example.org").value(),
      .now = now,
      .new_visit = [this] { return "v" + std::to_string(++visits); },
      .apply = [this](IntroductionId, const Event& event) { return apply(event); },
      .submit = [](const tertius::Request&) -> std::optional<Rejected> {
        return Rejected{"Nobody asks here.", "", {}, {}};
      },
      .ask = [this](const tertius::Request& request) { return ask_as_member(request); },
      .preview = [this](const tertius::Request& request) { return preview(request); },
      .find_connector = [this](PersonId, PersonId, const std::string& handle) -> std::optional<Chosen> {
        for (const auto& [id, called] : ways)
          if (called == handle) return Chosen{storage::load_person(db, id)};
        return std::nullopt;
      },
      .coach = [](const tertius::Request& request, CoachFacts known) { return coach(request, known); },
      .connectors = [this](PersonId, PersonId) { return choices(); },
      .stop =
          [this](PersonId id) {
            stopped.insert(id);
            keep_stopped(id, true);
          },
      .start_again =
          [this](PersonId id) {
            stopped.erase(id);
            keep_stopped(id, false);
          },
      .mail_sign_in = [this](const Person&, const std::string& url,
                             Time) { sign_in_links.push_back(url.substr(links.public_url.size())); },
      .mail_token_made = [this](const Person&,
                                const storage::ApiToken& token) { tokens_told.push_back(token); },
      .cast = [this](const Introduction& introduction) { return cast_of(db, introduction); },
      .explain =
          [this](const Letter& letter, const storage::LetterRow& row) {
            return explain(letter, {.notice = {}, .loop_domain = links.domain, .at = row.received_at});
          },
      .change_notice = [this](NoticeId id,
                              storage::ByHand what) { return storage::change_notice(db, id, what, now); },
      .new_id = [this] { return ++last_id; },
      .export_person = [](PersonId person) { return "{\"person\":" + std::to_string(number(person)) + "}"; },
      .erase_person = [this](PersonId person) { erased.insert(person); },
      .person_of =
          [this](const Address& address) {
            if (const auto known = storage::find_person_by_address(db, address)) return known->id;
            Person stranger;
            stranger.id = PersonId{++next_person};
            stranger.address = address;
            storage::add_person(db, stranger);
            return stranger.id;
          },
      .pace =
          pace ? [this](const std::string& who, const PaceRule& rule) { return pace->take(who, rule, now); }
               : TakePace(),
      .export_mails = [](PersonId person) { return "From p" + std::to_string(number(person)) + "\n"; }};
}

std::variant<Introduction, Rejected> House::ask_as_member(const tertius::Request& request) {
  asked.push_back(request);
  if (rejection) return *rejection;
  return introduction();
}

std::variant<std::vector<PreviewMail>, Rejected> House::preview(const tertius::Request& request) {
  previewed.push_back(request);
  if (rejection) return *rejection;
  return mails;
}

std::vector<Choice> House::choices() {
  std::vector<Choice> out;
  for (const auto& [id, handle] : ways) {
    if (handle.starts_with("unnamed-"))
      out.push_back({{}, {{}, Tier::good, 0, {}, {}}, false, handle});
    else
      out.push_back({storage::load_person(db, id),
                     {id, Tier::good, 0.5, {{"old friends"}}, {}},
                     true,
                     handle,
                     handle.starts_with("long-")});
  }
  return out;
}

void House::keep_stopped(PersonId id, bool is_stopped) {
  Person person = storage::load_person(db, id);
  person.stopped = is_stopped;
  storage::save_person(db, person);
}

// As a browser does: its cookie goes along, and a Set-Cookie is kept.
HttpResponse House::exchange(HttpRequest request) {
  request.network = network;
  if (!cookie.empty()) request.headers.emplace("cookie", cookie);
  Desk at = desk();
  HttpResponse out = respond(request, at);
  const std::string set = header(out, "Set-Cookie");
  if (!set.empty()) cookie = set.substr(0, set.find(';'));
  return out;
}

HttpResponse House::open(const std::string& path, const std::string& method) {
  const auto query = path.find('?');
  return exchange({method, path.substr(0, query), query == path.npos ? "" : path.substr(query + 1), {}, {}});
}

void House::sign_in(PersonId person) {
  const Person one = storage::load_person(db, person);
  press("/sign-in", {{"address", text(*one.address)}});
  press(sign_in_links.back(), {});
}

HttpResponse House::post_from(const std::string& path, const Form& form,
                              const std::map<std::string, std::string>& headers) {
  return exchange({"POST", path, {}, headers, encoded(form)});
}

HttpResponse House::post(const std::string& path, const Form& form) {
  return post_from(path, form, {{"origin", links.public_url}});
}

std::string House::nonce_of(const std::string& path) {
  const std::string body = open(path).body;
  const std::string mark = "name=\"nonce\" value=\"";
  const auto begin = body.find(mark);
  if (begin == std::string::npos) return {};
  const auto from = begin + mark.size();
  return body.substr(from, body.find('"', from) - from);
}

HttpResponse House::press(const std::string& path, Form form) {
  form["nonce"] = nonce_of(path);
  return post(path, form);
}

void House::ask() {
  apply(Submitted{});
  apply(Confirmed{});
}

void House::forward() {
  ask();
  apply(Decided{Role::connector,
                {.kind = DecisionKind::forward, .note = {}, .until = {}, .redirect_to = {}},
                Channel::command,
                "test"});
  let_hold_pass();
}

void House::let_hold_pass() {
  const auto& held = introduction().held;
  if (!held) return;
  now = held->effective_at;
  apply(DeadlineReached{});
}

Introduction House::introduction() { return storage::find_introduction(db, first_request).value(); }

Token House::token(Role role, TokenUse use, std::uint8_t round) const {
  return {number(first_request), role, use, role == Role::requester ? std::uint8_t{0} : round};
}

std::string House::path(std::string_view page, const Token& token, std::string_view word) const {
  return token_url(links, page, token, word).substr(links.public_url.size());
}

std::string House::dump() {
  std::string out;
  for (const auto& table : db.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
    std::string columns;
    for (const auto& column : db.rows("SELECT name FROM pragma_table_info($1)", {table.text(0)}))
      columns += (columns.empty() ? "" : " || '|' || ") + ("quote(\"" + column.text(0) + "\")");
    out += table.text(0) + "\n";
    for (const auto& row :
         db.rows("SELECT " + columns + " AS line FROM \"" + table.text(0) + "\" ORDER BY line"))
      out += "  " + row.text(0) + "\n";
  }
  return out;
}

std::int64_t House::writes() { return db.row("SELECT total_changes()")->integer(0); }

std::vector<std::string> House::notices() {
  std::vector<std::string> out;
  for (const auto& row : db.rows("SELECT kind, recipient FROM outbox ORDER BY id"))
    out.push_back(row.text(0) + " to " + row.text(1));
  return out;
}

std::string header(const HttpResponse& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

bool has(const HttpResponse& response, std::string_view words) {
  return response.body.find(words) != std::string::npos;
}

std::vector<Token> tokens_in(std::string_view text, const LinkKeys& keys) {
  const std::size_t length = make_token({}, keys.front()).size();
  std::vector<Token> out;
  for (std::size_t i = 0; i + length <= text.size(); ++i) {
    if (const auto token = find_token(text.substr(i, length), keys)) out.push_back(*token);
  }
  return out;
}

}  // namespace tertius::web
