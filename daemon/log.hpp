#pragma once
// The log: one line an event, key=value, on stderr (journald keeps it). Never bodies, tokens, subjects or
// addresses. Threads: any.

#include <exception>
#include <string>
#include <string_view>

#include "broker/delivery.hpp"
#include "storage/outbox.hpp"

namespace tertius::daemon {

void start_log(const std::string& level);
void set_log_level(const std::string& level);  // any thread

// A field's value as it may stand in the log: quoted where it has spaces, without control characters, and
// without addresses, which relays say back in their replies: an envelope sender of ours has a token in it.
std::string log_value(std::string_view value);

void log_info(std::string_view event, std::string_view fields = {});
void log_error(std::string_view event, std::string_view fields = {});
void log_warning(std::string_view event, std::string_view fields = {});
void log_failure(std::string_view doing, const std::exception_ptr& error);
void log_letter(std::string_view outcome);  // without what its writer wrote
void log_delivery(const storage::OutboxRow& row, const DeliveryResult& result);

std::string describe(const std::exception_ptr& error);

}  // namespace tertius::daemon
