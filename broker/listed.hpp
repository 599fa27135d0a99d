#pragma once
// What an operator brings from elsewhere, a row each: members, and who knows whom.

#include <cstddef>
#include <string>
#include <vector>

#include "broker/address.hpp"
#include "broker/contact.hpp"

namespace tertius {

struct ListedMember {
  std::size_t row = 0;  // 1 is the first behind the header
  Address address;
  std::string name, organisation, title;  // the name alone is never empty
};

struct ListedTie {
  std::size_t row = 0;
  Address owner, contact;
  double rating = 0;  // (0,1]
};

template <class Row>
struct Listed {
  std::vector<Row> rows;
  std::vector<SkippedRow> skipped;
};

}  // namespace tertius
