#include "daemon/collected.hpp"

#include "daemon/receiving.hpp"
#include "mail/delivered.hpp"

namespace tertius::daemon {

mail::ReceivedLetter collected_letter(const Links& links, std::string bytes) {
  const auto envelope = mail::delivered_envelope(bytes);
  const bool ours = knows_recipient(links, envelope.recipient);
  return {envelope.sender, {ours ? envelope.recipient : ask_address(links)}, std::move(bytes)};
}

}  // namespace tertius::daemon
