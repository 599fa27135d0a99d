#include "daemon/export_mails.hpp"

#include <algorithm>

#include "daemon/notice_letter.hpp"
#include "mail/mbox.hpp"
#include "storage/letters.hpp"
#include "storage/whole_letters.hpp"

namespace tertius::daemon {

namespace {

struct Item {
  Time at{};
  std::int64_t octets = 0;
  std::optional<LetterId> letter;  // none: a notice
  std::optional<NoticeId> notice;
};

// A notice is some 10 KB; it is not written to find out.
constexpr std::int64_t notice_octets = 16'384;

void add_letters(Engine& engine, const Address& address, std::vector<Item>& out) {
  for (const auto& letter : storage::whole_letters_from(engine.db, address))
    out.push_back({letter.received_at, letter.octets, letter.id, std::nullopt});
}

// What has not gone out is nobody's yet, and what has no words any more is no mail.
void add_notices(Engine& engine, const Address& address, std::vector<Item>& out) {
  for (const auto& row : storage::notices_to(engine.db, text(address))) {
    if (row.state == storage::OutboxState::sent && row.fields != Fields{})
      out.push_back({row.sent_at.value_or(row.created_at), notice_octets, std::nullopt, row.id});
  }
}

// Of one second: ids grow with time (daemon/ids.hpp), and an answer is younger than what it answers.
std::int64_t made_at(const Item& item) { return item.letter ? number(*item.letter) : number(*item.notice); }

std::vector<Item> items_of(Engine& engine, const std::vector<Address>& addresses) {
  std::vector<Item> out;
  for (const Address& address : addresses) {
    add_letters(engine, address, out);
    add_notices(engine, address, out);
  }
  std::ranges::sort(out, {}, [](const Item& item) { return std::pair(item.at, made_at(item)); });
  return out;
}

void drop_older_notices(std::vector<Item>& items, std::size_t most) {
  auto left = static_cast<std::size_t>(
      std::ranges::count_if(items, [](const Item& item) { return item.notice.has_value(); }));
  std::erase_if(items, [&](const Item& item) { return item.notice && left-- > most; });
}

void keep_newest(std::vector<Item>& items, std::int64_t most_octets) {
  auto first = items.end();
  while (first != items.begin() && std::prev(first)->octets <= most_octets) most_octets -= (--first)->octets;
  items.erase(items.begin(), first);
}

// Empty where its template does not write it any more.
std::string entry_of(Engine& engine, const Item& item) {
  if (item.letter) {
    const auto letter = storage::find_letter(engine.db, *item.letter);
    return letter ? mail::mbox_entry(letter->envelope_sender, item.at, letter->raw) : std::string();
  }
  const auto row = storage::find_notice(engine.db, *item.notice);
  const auto written = row ? write_mail(*row, engine.settings) : Result<mail::OutgoingMail>(Failure{});
  if (!written) return {};
  const auto& sender = written.value().sender;
  return mail::mbox_entry(sender ? text(*sender) : "", item.at, written.value().bytes);
}

}  // namespace

std::size_t export_mails(Engine& engine, const std::vector<Address>& addresses, const MailSink& sink,
                         const MailLimits& most) {
  auto items = items_of(engine, addresses);
  drop_older_notices(items, most.notices);
  keep_newest(items, most.octets);
  std::size_t count = 0;
  for (const Item& item : items) {
    const std::string entry = entry_of(engine, item);
    if (entry.empty()) continue;
    sink(entry);
    ++count;
  }
  return count;
}

}  // namespace tertius::daemon
