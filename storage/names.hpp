#pragma once
// Names in the database for the enums that have none in broker/.

#include <optional>
#include <string_view>

#include "broker/person.hpp"
#include "storage/outbox.hpp"

namespace tertius::storage {

std::string_view outbox_state_name(OutboxState state);
std::optional<OutboxState> find_outbox_state(std::string_view name);
std::string_view tie_source_name(TieSource source);
std::optional<TieSource> find_tie_source(std::string_view name);
std::string_view consent_name(Consent consent);
std::optional<Consent> find_consent(std::string_view name);

}  // namespace tertius::storage
