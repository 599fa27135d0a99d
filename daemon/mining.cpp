#include "daemon/mining.hpp"

#include <algorithm>
#include <array>

#include "broker/words.hpp"
#include "mail/date.hpp"
#include "mail/header_block.hpp"
#include "mail/mailbox_list.hpp"
#include "mail/stored_mail.hpp"

namespace tertius::daemon {
namespace {

using Fields = std::vector<HeaderField>;

// Lists (RFC 2919, 2369), robots (RFC 3834) and bulk mail of before.
bool is_automatic(const Fields& fields) {
  for (const auto* name : {"List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID"})
    if (!mail::find_field(fields, name).empty()) return true;
  const std::string submitted = fold(mail::find_field(fields, "Auto-Submitted"));
  const std::string precedence = fold(mail::find_field(fields, "Precedence"));
  constexpr std::array<std::string_view, 3> bulk = {"bulk", "list", "junk"};
  return (!submitted.empty() && !submitted.starts_with("no")) ||
         std::ranges::find(bulk, precedence) != bulk.end();
}

std::string bare_id(std::string_view id) {
  const std::size_t from = id.find('<'), to = id.find('>');
  return std::string(from < to && to != id.npos ? id.substr(from + 1, to - from - 1) : id);
}

std::optional<contacts::Message> read_message(std::string_view header) {
  const Fields fields = mail::read_header_block(header);
  const auto sent = mail::read_date(mail::find_field(fields, "Date"));
  if (!sent) return std::nullopt;
  contacts::Message message;
  message.id = bare_id(mail::find_field(fields, "Message-ID"));
  message.from = mail::read_mailboxes(mail::find_field(fields, "From"));
  message.to = mail::read_mailboxes(mail::find_field(fields, "To"));
  std::ranges::move(mail::read_mailboxes(mail::find_field(fields, "Cc")), std::back_inserter(message.to));
  message.sent = *sent;
  message.automatic = is_automatic(fields);
  return message;
}

void mine_file(const std::filesystem::path& file, contacts::Interactions& interactions, Mining& done) {
  const auto kind = mail::visit_headers(file, [&](std::string_view header) {
    ++done.letters;
    const auto message = read_message(header);
    message ? interactions.add(*message) : void(++done.undated);
  });
  ++done.files;
  if (!kind) done.unreadable.push_back(kind.error());
  if (kind && kind.value() == mail::StoredAs::nothing) ++done.no_mail;
}

}  // namespace

Result<Mining> mine_mail(const std::vector<std::filesystem::path>& paths,
                         contacts::Interactions& interactions,
                         const std::function<void(const Mining&, std::size_t files)>& told) {
  std::vector<std::filesystem::path> files;
  for (const auto& path : paths) {
    auto found = mail::find_stored_mail(path);
    if (!found) return found.error();
    std::ranges::move(found.value(), std::back_inserter(files));
  }
  Mining done;
  for (const auto& file : files) {
    mine_file(file, interactions, done);
    told(done, files.size());
  }
  return done;
}

}  // namespace tertius::daemon
