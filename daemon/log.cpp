#include "daemon/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace tertius::daemon {

namespace {

std::string_view delivery_name(Delivery delivery) {
  switch (delivery) {
    case Delivery::sent: return "sent";
    case Delivery::deferred: return "deferred";
    case Delivery::bounced: return "bounced";
    case Delivery::ambiguous: return "ambiguous";
    case Delivery::unharmed: return "unharmed";
  }
  return "";
}

std::string line(std::string_view event, std::string_view fields) {
  std::string out = "event=" + log_value(event);
  if (!fields.empty()) out += " " + std::string(fields);
  return out;
}

bool is_of_address(char c) { return std::string_view(" <>()[],;:\"'/\\").find(c) == std::string_view::npos; }

// Where the local part ahead of the @ begins; a quoted one may have anything in it (RFC 5321 4.1.2).
std::size_t begin_of_local(std::string_view before) {
  if (before.ends_with('"') && before.size() > 1)
    if (const auto quote = before.rfind('"', before.size() - 2); quote != std::string_view::npos)
      return quote;
  std::size_t begin = before.size();
  while (begin > 0 && is_of_address(before[begin - 1])) --begin;
  return begin;
}

std::string without_addresses(std::string_view text) {
  std::string out;
  for (std::size_t at; (at = text.find('@')) != std::string_view::npos;) {
    out += text.substr(0, begin_of_local(text.substr(0, at)));
    out += "[address]";
    text.remove_prefix(at + 1);
    while (!text.empty() && (is_of_address(text[0]) || text[0] == '@')) text.remove_prefix(1);
  }
  return out += text;
}

}  // namespace

void start_log(const std::string& level) {
  auto logger = spdlog::stderr_logger_mt("tertius");
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

void set_log_level(const std::string& level) {
  spdlog::default_logger()->set_level(spdlog::level::from_str(level));
}

std::string log_value(std::string_view said) {
  const std::string value = without_addresses(said);
  const bool plain = !value.empty() && value.find_first_of(" \"=\\") == std::string_view::npos;
  std::string out;
  for (const char c : value) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x20 || octet == 0x7f)
      out += ' ';
    else if (c == '"' || c == '\\')
      (out += '\\') += c;
    else
      out += c;
  }
  return plain ? out : "\"" + out + "\"";
}

void log_info(std::string_view event, std::string_view fields) { spdlog::info("{}", line(event, fields)); }
void log_error(std::string_view event, std::string_view fields) { spdlog::error("{}", line(event, fields)); }
void log_warning(std::string_view event, std::string_view fields) { spdlog::warn("{}", line(event, fields)); }

std::string describe(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const storage::StorageError& e) {
    return e.hint.empty() ? e.what() : std::string(e.what()) + " (" + e.hint + ")";
  } catch (const std::exception& e) {
    return e.what();
  } catch (...) {
    return "an unknown failure";
  }
}

void log_failure(std::string_view doing, const std::exception_ptr& error) {
  spdlog::error("{}", line("failed", "doing=" + log_value(doing) + " why=" + log_value(describe(error))));
}

// Behind the colon may be what an answer said, for whoever reads `tertius letters`.
void log_letter(std::string_view outcome) {
  log_info("letter", "outcome=" + log_value(outcome.substr(0, outcome.find(':'))));
}

void log_delivery(const storage::OutboxRow& row, const DeliveryResult& result) {
  std::string fields =
      "notice=" + std::to_string(number(row.id)) + " kind=" + std::string(notice_name(row.kind)) +
      " result=" + std::string(delivery_name(result.delivery)) + " attempt=" + std::to_string(row.attempts);
  if (result.delivery == Delivery::sent) return log_info("delivery", fields);
  log_warning("delivery",
              fields + " code=" + std::to_string(result.code) + " reply=" + log_value(result.text));
}

}  // namespace tertius::daemon
