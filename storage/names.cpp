#include "storage/names.hpp"

#include <array>

namespace tertius::storage {
namespace {

// Each in the order of its enum.
constexpr std::array<std::string_view, 5> outbox_states{"due", "claimed", "sent", "failed", "cancelled"};
constexpr std::array<std::string_view, 4> tie_sources{"linkedin", "address_book", "mail", "rating"};
constexpr std::array<std::string_view, 3> consents{"ask_first", "straight", "never"};
static_assert(static_cast<std::size_t>(OutboxState::cancelled) + 1 == outbox_states.size());
static_assert(static_cast<std::size_t>(TieSource::rating) + 1 == tie_sources.size());
static_assert(static_cast<std::size_t>(Consent::never) + 1 == consents.size());

template <class Enum, std::size_t size>
std::optional<Enum> find_in(const std::array<std::string_view, size>& names, std::string_view name) {
  for (std::size_t i = 0; i < size; ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace

std::string_view outbox_state_name(OutboxState state) {
  return outbox_states[static_cast<std::size_t>(state)];
}
std::optional<OutboxState> find_outbox_state(std::string_view name) {
  return find_in<OutboxState>(outbox_states, name);
}
std::string_view tie_source_name(TieSource source) { return tie_sources[static_cast<std::size_t>(source)]; }
std::optional<TieSource> find_tie_source(std::string_view name) {
  return find_in<TieSource>(tie_sources, name);
}
std::string_view consent_name(Consent consent) { return consents[static_cast<std::size_t>(consent)]; }
std::optional<Consent> find_consent(std::string_view name) { return find_in<Consent>(consents, name); }

}  // namespace tertius::storage
