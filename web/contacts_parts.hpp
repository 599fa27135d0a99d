#pragma once
// What the pages about contacts and their files share.

#include <cstdint>
#include <optional>
#include <string_view>

#include "broker/result.hpp"
#include "web/pages.hpp"
#include "web/upload.hpp"

namespace tertius::web {

// A whole number and nothing else.
std::optional<std::int64_t> number_in(std::string_view text);

// The page of all contacts, with what was wrong with an address book that was to be linked.
HttpResponse contact_list(const Call& call, const Failure& wrong = {});
// Whether one of them is being read.
bool put_books(Fields& fields, const Call& call, const Failure& wrong);
HttpResponse post_books(const Call& call);

// Who may be one person, and who has been merged into the contact (alike_page.cpp).
void put_alike(Fields& fields, const Call& call);
void put_merged(Fields& fields, const Call& call, PersonId contact);
HttpResponse post_alike(const Call& call);
std::string_view source_label(TieSource source);

}  // namespace tertius::web
