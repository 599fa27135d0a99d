// An operator's lists of members and of ties.
#include "contacts/listed_csv.hpp"

#include <algorithm>

#include "contacts/mail_evidence.hpp"
#include "tests/fuzz/contact_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

void require_address(const Address& address) {
  const auto again = parse_address(text(address));
  require(again.has_value() && again.value() == address, "an address can be written to");
}

template <class Row>
void require_listed(const Result<Listed<Row>>& listed, std::size_t bytes, void (*require_row)(const Row&)) {
  if (!listed) return require(!listed.error().what.empty(), "a failure says what is wrong");
  require(listed.value().rows.size() + listed.value().skipped.size() <= bytes, "no row from nowhere");
  require(std::ranges::is_sorted(listed.value().rows, {}, &Row::row), "rows keep their order");
  for (const Row& row : listed.value().rows) require_row(row);
  for (const SkippedRow& row : listed.value().skipped) {
    require(!row.why.empty(), "a skipped row says why");
    require_text(row.why);
  }
}

void require_member(const ListedMember& member) {
  require_address(member.address);
  require(!member.name.empty(), "a member has a name");
  require_line(member.name), require_line(member.organisation), require_line(member.title);
}

void require_tie(const ListedTie& tie) {
  require_address(tie.owner), require_address(tie.contact);
  require(tie.rating > 0 && tie.rating <= 1, "a rating is within (0, 1]");
}

}  // namespace

void listed_csv(std::string_view bytes) {
  require_listed(contacts::read_listed_members(bytes), bytes.size(), require_member);
  require_listed(contacts::read_listed_ties(bytes), bytes.size(), require_tie);
  if (contacts::is_mail_evidence(bytes)) require_file(contacts::read_mail_evidence(bytes), bytes.size());
}

}  // namespace tertius::fuzz
