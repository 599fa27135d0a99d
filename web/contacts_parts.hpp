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

}  // namespace tertius::web
