// year_of_mail URL LINK-KEY-FILE DOMAIN PUBLIC-URL INTRODUCTIONS WITH-WORDS: fills the database and prints
// the secret of a browser in which the operator is signed in.
#include <array>
#include <charconv>
#include <fstream>
#include <iostream>

#include "broker/sha256.hpp"
#include "storage/browsers.hpp"
#include "storage/migrate.hpp"
#include "tests/support/year/year.hpp"

int main(int count, char** arguments) {
  using namespace tertius;
  if (count != 5) return 64;
  const std::string url = arguments[1], public_url = arguments[2];
  storage::Database db = storage::open_database(url);
  storage::migrate(db);
  const Links links{public_url, "intro.test", "intro", {LinkKey{1, {}}}};
  const Time now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  year::fill(db, links, {now, std::stoi(arguments[3]), arguments[4] == std::string("words"), 1});
  const std::string secret = "made-up-for-looking";
  storage::put_browser(db, {.key_hash = hex_sha256(secret),
                            .person = year::the_operator,
                            .name = "A test",
                            .created_at = now,
                            .seen_at = now,
                            .expires_at = now + std::chrono::days{9},
                            .signed_in_until = now + std::chrono::days{9}});
  std::cout << secret << "\n";
  return 0;
}
