#pragma once
// Browsers that people are known in, and the mailed links that sign them in. Keys are hashes
// (broker/sha256.hpp); the secrets themselves are nowhere but in cookies and mails. Callers hold a
// transaction.

#include <optional>
#include <string>
#include <vector>

#include "broker/ids.hpp"
#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

struct Browser {
  std::string key_hash;
  PersonId person{};
  std::string name;  // "Firefox on Linux"
  Time created_at{};
  Time seen_at{};  // to the day
  Time expires_at{};
  std::optional<Time> signed_in_until = std::nullopt;
  std::string pending_visit = {};  // not yet known: the decision of this visit has to pass its hold first
};

void put_browser(Database& db, const Browser& browser);  // one row for each key and person; replaces it
std::optional<Browser> find_browser(Database& db, const std::string& key_hash, PersonId person);
// Whoever is signed in there; one at most.
std::optional<Browser> find_session(Database& db, const std::string& key_hash, Time now);
std::vector<Browser> browsers_of(Database& db, PersonId person,
                                 Time now);  // that have not expired, newest first
// Who was known under one key is known under the other, and under the first no more.
void move_browser(Database& db, const std::string& old_hash, const std::string& new_hash);
void see_browser(Database& db, const Browser& browser, Time now);  // writes once a day
// The visit's decision has taken effect, or never will.
void know_browser(Database& db, const std::string& visit);
void forget_visit(Database& db, const std::string& visit);
void forget_browser(Database& db, const std::string& key_hash, PersonId person);
void sign_out(Database& db, const std::string& key_hash);  // everybody in this browser; it stays known
void forget_browsers_of(Database& db, PersonId person);    // signed out everywhere, known nowhere

void add_sign_in(Database& db, const std::string& key_hash, PersonId person, Time now, Time expires_at);
std::optional<PersonId> find_sign_in(Database& db, const std::string& key_hash, Time now);
std::optional<PersonId> take_sign_in(Database& db, const std::string& key_hash, Time now);  // works once
int count_sign_ins(Database& db, PersonId person, Time since);

}  // namespace tertius::storage
