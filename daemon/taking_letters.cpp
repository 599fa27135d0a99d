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

// One letter for all its recipients: of 25 MB, a hundred copies would be 2.5 GB.
struct Taking {
  Incoming incoming;
  std::vector<std::string> recipients;
};

std::shared_ptr<Taking> taking_of(mail::ReceivedLetter letter) {
  auto out = std::make_shared<Taking>();
  out->recipients = distinct(letter.recipients);
  out->incoming = read_incoming(std::move(letter.sender), {}, std::move(letter.bytes));
  if (!letter.checked) forget_results(out->incoming.letter);
  return out;
}

std::string receive_for_each(Engine& engine, Taking& taking) {
  std::string outcome;
  for (const std::string& recipient : taking.recipients) {
    taking.incoming.recipient = recipient;
    taking.incoming.letter.envelope.recipients = {recipient};
    outcome = receive(engine, taking.incoming);
  }
  return outcome;
}

}  // namespace

void take_letter(DatabaseThread& database, mail::ReceivedLetter letter, LmtpHandlers::Verdicts done) {
  const std::size_t count = letter.recipients.size();
  const auto taking = taking_of(std::move(letter));
  database.run<std::string>([taking](Engine& engine) { return receive_for_each(engine, *taking); },
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
