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

std::string log_value(std::string_view value) {
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

void log_delivery(const storage::OutboxRow& row, const DeliveryResult& result) {
  std::string fields =
      "notice=" + std::to_string(number(row.id)) + " kind=" + std::string(notice_name(row.kind)) +
      " result=" + std::string(delivery_name(result.delivery)) + " attempt=" + std::to_string(row.attempts);
  if (result.delivery == Delivery::sent) return log_info("delivery", fields);
  log_warning("delivery",
              fields + " code=" + std::to_string(result.code) + " reply=" + log_value(result.text));
}

}  // namespace tertius::daemon
