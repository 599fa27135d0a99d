#pragma once
// Bearer tokens of the JSON API and what was answered under an Idempotency-Key. Secrets are hashes here
// (broker/sha256.hpp). Callers hold a transaction.

#include <optional>
#include <string>
#include <vector>

#include "broker/api_scope.hpp"
#include "broker/ids.hpp"
#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

enum class ApiTokenId : std::int64_t {};

struct ApiToken {
  ApiTokenId id{};
  PersonId person{};
  std::string name;  // "reporting script"
  ApiScopes scopes;
  Time created_at{};
  std::optional<Time> used_at = std::nullopt;  // to the day
  std::optional<Time> expires_at = std::nullopt;
  std::optional<Time> revoked_at = std::nullopt;
};

void add_api_token(Database& db, const ApiToken& token, const std::string& secret_hash);
// Whoever it belongs to; empty where it is unknown, expired or revoked.
std::optional<ApiToken> find_api_token(Database& db, const std::string& secret_hash, Time now);
std::optional<ApiToken> load_api_token(Database& db, ApiTokenId id);
std::vector<ApiToken> api_tokens_of(Database& db, PersonId person);  // newest first, revoked ones too
std::vector<ApiToken> recent_api_tokens(Database& db, int limit);
void use_api_token(Database& db, const ApiToken& token, Time now);  // writes once a day
bool revoke_api_token(Database& db, ApiTokenId id, Time now);       // false where it was already
int revoke_api_tokens_of(Database& db, PersonId person, Time now);  // how many were not yet
int count_live_api_tokens(Database& db, PersonId person, Time now);

inline constexpr std::chrono::hours api_answer_life{24};

struct ApiAnswer {
  std::string request_hash;  // of method, path and body
  int status = 0;
  std::string location;  // '' where there is none
  std::string body;
};
std::optional<ApiAnswer> find_api_answer(Database& db, ApiTokenId token, const std::string& key, Time now);
// Throws StorageTrouble::busy where another daemon has answered this key meanwhile: tried again, that answer
// is found. Old ones are swept.
void add_api_answer(Database& db, ApiTokenId token, const std::string& key, const ApiAnswer& answer,
                    Time now);

}  // namespace tertius::storage
