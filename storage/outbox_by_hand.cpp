#include "storage/outbox_by_hand.hpp"

#include "storage/introductions.hpp"
#include "storage/names.hpp"

namespace tertius::storage {

namespace {

bool asks_in_vain(Database& db, const OutboxRow& row) {
  if (!row.introduction || !asks_something(row.kind)) return false;
  const auto introduction = find_introduction(db, *row.introduction);
  return introduction && is_final(introduction->state);
}

}  // namespace

Done change_notice(Database& db, NoticeId id, ByHand what, Time now) {
  const std::string name = std::to_string(number(id));
  const auto row = find_notice(db, id);
  if (!row) return Failure{"there is no notice " + name, "tertius outbox lists them"};
  if (what == ByHand::retry && asks_in_vain(db, *row))
    return Failure{"notice " + name + " asks about an introduction that has ended",
                   "its links and answers would be refused; a new request starts a new one"};
  if (what == ByHand::retry && row->fields == Fields{})
    return Failure{"the words of notice " + name + " have been forgotten",
                   "they were kept for as long as retention.notice_texts says"};
  const bool changed = what == ByHand::retry ? retry_notice(db, id, now) : cancel_notice(db, id);
  if (!changed)
    return Failure{"notice " + name + " is " + std::string(outbox_state_name(row->state)),
                   "what has been sent or is on its way stays as it is"};
  return std::monostate{};
}

}  // namespace tertius::storage
