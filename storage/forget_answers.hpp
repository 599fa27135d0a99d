#pragma once
// Words of mails that are about no introduction, "Gail Okafor is not known here": nobody's but the one's they
// went to, and yet they may name somebody who is to be forgotten.

#include <string>

#include "broker/address.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

// The words are gone of each that has the name as whole words, or the address as an address of its own. A
// mail that still waits goes out whole.
void forget_answers_naming(Database& db, const std::string& name);
void forget_answers_with_address(Database& db, const Address& address);

}  // namespace tertius::storage
