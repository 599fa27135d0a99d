#include "contacts/interactions.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "broker/name_words.hpp"

namespace tertius::contacts {
namespace {

struct Participant {
  const Mailbox* mailbox;
  Address address;
};

// Each once; what is no address is nobody.
std::vector<Participant> participants_of(const std::vector<Mailbox>& mailboxes) {
  std::vector<Participant> out;
  for (const Mailbox& mailbox : mailboxes) {
    auto address = parse_address(mailbox.address);
    if (!address) continue;
    const auto key = address_key(address.value());
    const bool known =
        std::ranges::any_of(out, [&](const auto& one) { return address_key(one.address) == key; });
    if (!known) out.push_back({&mailbox, std::move(address.value())});
    if (out.size() > too_many_participants + 1) break;
  }
  return out;
}

double decay(Time at, Time now) {
  const double age = std::max(std::chrono::duration<double>(now - at).count(), 0.0);
  return std::exp2(-age / std::chrono::duration<double>(half_life).count());
}

}  // namespace

Interactions::Interactions(const std::vector<Address>& mine, Time now) : now_(now) {
  for (const Address& address : mine) mine_.insert(address_key(address));
}

bool Interactions::is_first_copy(const std::string& id) {
  return id.empty() || seen_.insert(std::hash<std::string>{}(id)).second;
}

void Interactions::tally(const Mailbox& mailbox, const Address& address, bool sent, double weight, Time at) {
  Tally& tally = tallies_[address_key(address)];
  Interaction& one = tally.interaction;
  if (one.sent + one.received == 0) one.address = address, one.first = one.last = at;
  ++(sent ? one.sent : one.received);
  one.score += (sent ? weight_of_sent : 1) * weight * decay(at, now_);
  one.first = std::min(one.first, at);
  one.last = std::max(one.last, at);
  // Somebody's own From is their word for themself; the member's address book may call them "Mum".
  const std::string name = bare_name(mailbox.name);
  if (name.empty() || (tally.named_themself && sent)) return;
  if (!sent || one.name.empty()) one.name = name;
  tally.named_themself = tally.named_themself || !sent;
}

void Interactions::add(const Message& message) {
  if (message.automatic) return void(++passed_.automatic);
  if (!is_first_copy(message.id)) return void(++passed_.again);
  auto from = participants_of(message.from), to = participants_of(message.to);
  const auto mine = [&](const Participant& one) { return is_mine(one.address); };
  const bool sent = from.size() == 1 && mine(from.front());
  const bool received = from.size() == 1 && !sent && std::ranges::any_of(to, mine);
  if (!sent && !received) return void(++passed_.strangers);
  std::erase_if(to, mine);
  const std::size_t others = to.size() + (received ? 1 : 0);
  if (others >= too_many_participants) return void(++passed_.crowded);
  if (others == 0) return void(++passed_.strangers);  // a note to oneself
  ++counted_;
  const Time at = std::min(message.sent, now_);
  const double weight = 1.0 / static_cast<double>(others);
  // Those written to beside the member have not written to the member.
  for (const auto& one : received ? from : to) tally(*one.mailbox, one.address, sent, weight, at);
}

std::vector<Interaction> Interactions::both_ways() const {
  std::vector<Interaction> out;
  for (const auto& [key, tally] : tallies_)
    if (tally.interaction.sent > 0 && tally.interaction.received > 0) out.push_back(tally.interaction);
  std::ranges::stable_sort(out, std::greater{}, &Interaction::score);
  return out;
}

}  // namespace tertius::contacts
