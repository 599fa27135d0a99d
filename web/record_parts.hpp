#pragma once
// What the pages of letters, notices and introductions below the dashboard share. All text of mails goes
// through shown(), which hides the secrets in it.

#include "storage/introductions.hpp"
#include "storage/mail_search.hpp"
#include "web/parts.hpp"

namespace tertius::web {

std::string shown(const Call& call, std::string_view text);
// The number in the path behind /dashboard/<what>/; none where there is none.
std::optional<std::int64_t> path_number(const Call& call);

// From the query: q, before; `kind` is the name of the field that narrows.
storage::MailSearch search_of(const Call& call, const std::string& kind_field);
// The fields of a search form, and the link to what follows.
void put_search(Fields& fields, const storage::MailSearch& search, const std::string& kind_field,
                std::span<const std::string_view> kinds);
void put_next(Fields& fields, const Call& call, const std::optional<storage::PageKey>& next,
              bool looked_only_so_far, const std::string& kind_field);

std::string introduction_url(IntroductionId id);
std::string letter_url(LetterId id);
std::string notice_url(NoticeId id);
// Of the sections HISTORY, LETTERS and NOTICES.
void put_full_history(const Call& call, Fields& fields, IntroductionId id);
Fields letter_line(const Call& call, const storage::LetterRow& letter);
Fields notice_line(const Call& call, const storage::OutboxRow& notice);
std::string notice_state_kind(storage::OutboxState state);

// A name of the database for people: "declined silently".
std::string spoken(std::string_view name);
// At most `most` octets, cut between characters.
std::string beginning(const std::string& text, std::size_t most);

}  // namespace tertius::web
