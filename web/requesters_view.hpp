#pragma once
// What R may read of the others in a request of theirs: in their mails, on their pages, in previews.

#include "broker/notice_fields.hpp"
#include "storage/db.hpp"
#include "web/desk.hpp"

namespace tertius::web {

// A connector who would rather not be named is somebody until they have answered, and stays so where they
// said no; whom R may not see and named by an address has that address alone. A target whom R may not see is
// as R wrote it and nothing else, until the two are introduced.
Cast as_requester_sees(storage::Database& db, const Introduction& introduction, Cast cast,
                       const Sentences& sentences);

// The people of an introduction as one of them may see them; R as above.
Cast cast_shown_to(const Desk& desk, const Introduction& introduction, Role viewer);

// The name and organisation in R's words and nothing that is known here; no name where they are an address.
Person as_written(const Person& target, const std::string& words);

// Whom R asks for by `words`: as they are where R may see them, else as R wrote it and nothing besides.
Person target_shown(storage::Database& db, PersonId requester, const Person& target, const std::string& words,
                    const Sentences& sentences = {});

// The same people with those out of sight who would rather not be named.
std::vector<Person> without_unnamed(storage::Database& db, std::vector<Person> connectors);

}  // namespace tertius::web
