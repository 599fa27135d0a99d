#include "daemon/taking_letters.hpp"

#include <set>

#include "daemon/log.hpp"
#include "daemon/receiving.hpp"
#include "mail/ascii.hpp"

namespace tertius::daemon {

namespace {

// RCPT TO may name one of us twice, in other letters of upper and lower case.
std::vector<std::string> distinct(const std::vector<std::string>& recipients) {
  std::vector<std::string> out;
  std::set<std::string> seen;
  for (const std::string& recipient : recipients) {
    const auto address = parse_address(recipient);
    if (seen.insert(address ? address_key(address.value()) : recipient).second) out.push_back(recipient);
  }
  return out;
}

mail::Verdict verdict_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const storage::StorageError& e) {
    return e.trouble == storage::StorageTrouble::busy ? mail::Verdict::busy : mail::Verdict::failed;
  } catch (...) {
    return mail::Verdict::failed;
  }
}

// Anybody may have written them (RFC 8601 5).
void forget_results(Letter& letter) {
  std::erase_if(letter.headers, [](const HeaderField& field) {
    return mail::equals_ignoring_case(field.name, "Authentication-Results");
  });
}

std::vector<Incoming> incoming_of(mail::ReceivedLetter letter) {
  std::vector<Incoming> out;
  for (const std::string& recipient : distinct(letter.recipients)) {
    if (out.empty()) {
      out.push_back(read_incoming(letter.sender, recipient, std::move(letter.bytes)));
      if (!letter.checked) forget_results(out.front().letter);
      continue;
    }
    out.push_back(out.front());
    out.back().recipient = recipient;
    out.back().letter.envelope.recipients = {recipient};
  }
  return out;
}

}  // namespace

void take_letter(DatabaseThread& database, mail::ReceivedLetter letter, LmtpHandlers::Verdicts done) {
  const std::size_t count = letter.recipients.size();
  auto incoming = std::make_shared<std::vector<Incoming>>(incoming_of(std::move(letter)));
  database.run<std::string>(
      [incoming](Engine& engine) {
        std::string outcome;
        for (const Incoming& one : *incoming) outcome = receive(engine, one);
        return outcome;
      },
      [done = std::move(done), count](auto outcome) {
        if (const auto* error = std::get_if<std::exception_ptr>(&outcome)) {
          log_failure("receiving a letter", *error);
          return done(std::vector(count, verdict_of(*error)));
        }
        log_letter(std::get<std::string>(outcome));
        done(std::vector(count, mail::Verdict::taken));
      });
}

}  // namespace tertius::daemon
