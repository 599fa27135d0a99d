#pragma once
// Received letters, raw, each with what became of it. A letter is stored in the transaction that acts on it
// and before its sender hears 250; the same letter twice (SHA-256 of the bytes and recipient) is acted on
// once.

#include <optional>
#include <string>
#include <vector>

#include "broker/address.hpp"
#include "broker/ids.hpp"
#include "broker/time.hpp"
#include "storage/db.hpp"
#include "storage/place.hpp"

namespace tertius::storage {

struct LetterRow {
  LetterId id{};
  Time received_at{};
  std::string sha256;  // hex
  std::string message_id;
  std::string envelope_sender;
  std::string recipient;
  std::string subject;
  std::string kind;     // human, auto, bounce, ...
  std::string outcome;  // one sentence: "held forward by connector until ..."
  std::optional<IntroductionId> introduction;
  std::string raw;  // as received; empty in listings
};

void add_letter(Database& db, const LetterRow& row);
std::optional<LetterRow> find_letter(Database& db, LetterId id);  // with raw
std::optional<LetterRow> find_letter_by_hash(Database& db, const std::string& sha256,
                                             const std::string& recipient);
bool has_message_id(Database& db, const std::string& message_id, const std::string& recipient);
std::vector<LetterRow> recent_letters(Database& db, int limit);
// Newest first, at most 1,000; walks the whole table.
std::vector<LetterRow> letters_from(Database& db, const Address& sender);
std::vector<LetterRow> letters_before(Database& db, const Place& place, int limit);
std::vector<LetterRow> letters_about(Database& db, IntroductionId id);

// A nonce is spent once; false where it already was. Old ones are swept.
bool spend_nonce(Database& db, const std::string& visit, Time now);
void spend_once_more(Database& db, const std::string& visit, Time now);  // find_spent has the last time
std::optional<Time> find_spent(Database& db, const std::string& visit);  // for a day

}  // namespace tertius::storage
