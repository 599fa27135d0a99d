// token: who may use the JSON API, and for what
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>

#include "broker/sha256.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/api_tokens.hpp"
#include "storage/people.hpp"
#include "web/api_json.hpp"
#include "web/api_secret.hpp"

namespace tertius::daemon {

namespace {

struct TokenOptions {
  std::string config, person, scopes, name, id;
  int days = 0, limit = 100;
  bool json = false;
};

std::string all_scopes() {
  std::string out;
  for (const ApiScopeRow& row : api_scopes()) out.append(out.empty() ? "" : ",").append(row.name);
  return out;
}

ApiScopes must_find_scopes(const std::string& names) {
  const auto scopes = find_scopes(names);
  if (!scopes || scopes->empty())
    throw CommandFailure{exit_usage,
                         {"\"" + names + "\" names no scope, or one that is not known", all_scopes()}};
  return *scopes;
}

boost::json::object token_json(storage::Database& db, const storage::ApiToken& token) {
  const Person person = storage::load_person(db, token.person);
  return {{"id", web::id_text(token.id)},
          {"person", person.address ? text(*person.address) : ""},
          {"name", token.name},
          {"scopes", text(token.scopes)},
          {"created_at", web::json_time(token.created_at)},
          {"used_at", web::json_time(token.used_at)},
          {"expires_at", web::json_time(token.expires_at)},
          {"revoked_at", web::json_time(token.revoked_at)}};
}

int add_token(const TokenOptions& options) {
  const ApiScopes scopes = must_find_scopes(options.scopes);
  const auto place = open_workplace(options.config);
  storage::Transaction transaction(place->db);
  const auto person = storage::find_person_by_address(place->db, must_parse_address(options.person));
  if (!person)
    throw CommandFailure{exit_no_user,
                         {options.person + " is not known here", "tertius member add makes members"}};
  const Time now = place->engine.now();
  storage::ApiToken token{.id = storage::ApiTokenId{place->engine.settings.ids()},
                          .person = person->id,
                          .name = options.name,
                          .scopes = scopes,
                          .created_at = now};
  if (options.days > 0) token.expires_at = now + std::chrono::days{options.days};
  const std::string secret = web::new_api_secret();
  storage::add_api_token(place->db, token, hex_sha256(secret));
  note(*place, storage::AuditAct::token_added, "token " + web::id_text(token.id));
  transaction.commit();
  if (options.json) {
    auto out = token_json(place->db, token);
    out["secret"] = secret;
    print_json(out);
  } else {
    std::cout << secret << "\n";
    std::cerr << "This is the only time that it is shown. Use it so:\n  Authorization: Bearer " << secret
              << "\n";
  }
  return 0;
}

std::string standing(const storage::ApiToken& token, Time now) {
  if (token.revoked_at) return "revoked";
  if (token.expires_at && *token.expires_at <= now) return "expired";
  return token.expires_at ? "until " + date_text(*token.expires_at) : "good";
}

int list_tokens(const TokenOptions& options) {
  const auto place = open_workplace(options.config);
  boost::json::array json;
  std::vector<std::vector<std::string>> rows{{"ID", "PERSON", "NAME", "SCOPES", "LAST USED", "STANDING"}};
  for (const auto& token : storage::recent_api_tokens(place->db, options.limit)) {
    json.push_back(token_json(place->db, token));
    rows.push_back({web::id_text(token.id), person_label(storage::load_person(place->db, token.person)),
                    token.name, text(token.scopes), token.used_at ? date_text(*token.used_at) : "never",
                    standing(token, place->engine.now())});
  }
  options.json ? print_json(json) : print_table(rows);
  return 0;
}

int revoke_token(const TokenOptions& options) {
  const auto place = open_workplace(options.config);
  const auto id = web::find_id<storage::ApiTokenId>(options.id);
  storage::Transaction transaction(place->db);
  if (!id || !storage::load_api_token(place->db, *id))
    throw CommandFailure{exit_data, {"there is no token " + options.id, "tertius token list has their ids"}};
  const bool was_good = storage::revoke_api_token(place->db, *id, place->engine.now());
  if (was_good) note(*place, storage::AuditAct::token_revoked, "token " + web::id_text(*id));
  transaction.commit();
  if (options.json)
    print_json(token_json(place->db, storage::load_api_token(place->db, *id).value()));
  else
    std::cout << "token " << options.id << (was_good ? " is revoked\n" : " was revoked already\n");
  return 0;
}

}  // namespace

void add_token_command(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<TokenOptions>();
  auto* token = app.add_subcommand("token", "Who may use the JSON API, and for what")->require_subcommand(1);
  auto* adding = token->add_subcommand("add", "Make a token for a person, and print it once");
  add_config_option(*adding, options->config);
  adding->add_option("--person", options->person, "Whose it is: alice@example.org")->required();
  adding->add_option("--scope", options->scopes, "What it may do, of " + all_scopes())->required();
  adding->add_option("--name", options->name, "What it is for: \"reporting script\"")->required();
  adding->add_option("--days", options->days, "How long it is good; for ever if left out")
      ->check(CLI::Range(1, 3650));
  adding->add_flag("--json", options->json);
  adding->callback([&chosen, options] { chosen = [options] { return add_token(*options); }; });

  auto* listing = token->add_subcommand("list", "The newest tokens, and when each was used");
  add_config_option(*listing, options->config);
  listing->add_option("--limit", options->limit)->check(CLI::Range(1, 100'000));
  listing->add_flag("--json", options->json);
  listing->callback([&chosen, options] { chosen = [options] { return list_tokens(*options); }; });

  auto* revoking = token->add_subcommand("revoke", "From now on this token opens nothing");
  add_config_option(*revoking, options->config);
  revoking->add_option("id", options->id)->required();
  revoking->add_flag("--json", options->json);
  revoking->callback([&chosen, options] { chosen = [options] { return revoke_token(*options); }; });
}

}  // namespace tertius::daemon
