#include "storage/api_tokens.hpp"

#include "storage/columns.hpp"

namespace tertius::storage {
namespace {

ApiScopes stored_scopes(const std::string& names) {
  if (const auto scopes = find_scopes(names)) return *scopes;
  throw_unknown_name(names);
}

std::vector<ApiToken> select(Database& db, std::string_view tail, const std::vector<Value>& arguments) {
  const std::string head =
      "SELECT id, person, name, scopes, created_at, used_at, expires_at, revoked_at FROM api_tokens ";
  std::vector<ApiToken> tokens;
  for (const Row& found : db.rows(head + std::string(tail), arguments)) {
    RowReader row(found);
    ApiToken token;
    token.id = row.id<ApiTokenId>();
    token.person = row.id<PersonId>();
    token.name = row.text();
    token.scopes = stored_scopes(row.text());
    token.created_at = row.time();
    token.used_at = row.optional_time();
    token.expires_at = row.optional_time();
    token.revoked_at = row.optional_time();
    tokens.push_back(std::move(token));
  }
  return tokens;
}

std::optional<ApiToken> first(std::vector<ApiToken> tokens) {
  return tokens.empty() ? std::nullopt : std::optional(std::move(tokens.front()));
}

}  // namespace

void add_api_token(Database& db, const ApiToken& token, const std::string& secret_hash) {
  db.run(
      "INSERT INTO api_tokens (id, secret_hash, person, name, scopes, created_at, used_at, expires_at, "
      "revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {value_of(token.id), secret_hash, value_of(token.person), token.name, text(token.scopes),
       value_of(token.created_at), value_of(token.used_at), value_of(token.expires_at),
       value_of(token.revoked_at)});
}

std::optional<ApiToken> find_api_token(Database& db, const std::string& secret_hash, Time now) {
  return first(
      select(db, "WHERE secret_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)",
             {secret_hash, value_of(now)}));
}

std::optional<ApiToken> load_api_token(Database& db, ApiTokenId id) {
  return first(select(db, "WHERE id = $1", {value_of(id)}));
}

std::vector<ApiToken> api_tokens_of(Database& db, PersonId person) {
  return select(db, "WHERE person = $1 ORDER BY created_at DESC, id DESC", {value_of(person)});
}

std::vector<ApiToken> recent_api_tokens(Database& db, int limit) {
  return select(db, "ORDER BY created_at DESC, id DESC LIMIT $1", {value_of(limit)});
}

void use_api_token(Database& db, const ApiToken& token, Time now) {
  if (token.used_at && *token.used_at + std::chrono::days{1} > now) return;
  db.run("UPDATE api_tokens SET used_at = $2 WHERE id = $1", {value_of(token.id), value_of(now)});
}

bool revoke_api_token(Database& db, ApiTokenId id, Time now) {
  return db.run("UPDATE api_tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
                {value_of(id), value_of(now)}) > 0;
}

int revoke_api_tokens_of(Database& db, PersonId person, Time now) {
  return static_cast<int>(
      db.run("UPDATE api_tokens SET revoked_at = $2 WHERE person = $1 AND revoked_at IS NULL",
             {value_of(person), value_of(now)}));
}

int count_live_api_tokens(Database& db, PersonId person, Time now) {
  const auto row = db.row(
      "SELECT COUNT(*) FROM api_tokens WHERE person = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR "
      "expires_at > $2)",
      {value_of(person), value_of(now)});
  return row ? static_cast<int>(row->integer(0)) : 0;
}

std::optional<ApiAnswer> find_api_answer(Database& db, ApiTokenId token, const std::string& key, Time now) {
  const auto found = db.row(
      "SELECT request_hash, status, location, body FROM api_answers WHERE token = $1 AND key = $2 AND "
      "answered_at > $3",
      {value_of(token), key, value_of(now - api_answer_life)});
  if (!found) return std::nullopt;
  RowReader row(*found);
  ApiAnswer answer;
  answer.request_hash = row.text();
  answer.status = row.number();
  answer.location = row.text();
  answer.body = row.text();
  return answer;
}

void add_api_answer(Database& db, ApiTokenId token, const std::string& key, const ApiAnswer& answer,
                    Time now) {
  db.run("DELETE FROM api_answers WHERE answered_at <= $1", {value_of(now - api_answer_life)});
  const auto added = db.run(
      "INSERT INTO api_answers (token, key, request_hash, status, location, body, answered_at) VALUES ($1, "
      "$2, $3, $4, $5, $6, $7) ON CONFLICT (token, key) DO NOTHING",
      {value_of(token), key, answer.request_hash, value_of(answer.status), answer.location, answer.body,
       value_of(now)});
  if (added == 0) throw StorageError(StorageTrouble::busy, "this Idempotency-Key was answered meanwhile");
}

}  // namespace tertius::storage
