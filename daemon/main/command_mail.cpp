// inject, outbox, letters
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>
#include <iostream>

#include "broker/sha256.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "daemon/receiving.hpp"
#include "storage/letters.hpp"
#include "storage/names.hpp"
#include "storage/outbox_by_hand.hpp"
#include "storage/sending_stop.hpp"

namespace tertius::daemon {

namespace {

struct MailOptions {
  std::string config, file{"-"}, recipient, sender, id, retry, cancel, stop;
  bool json = false, resume = false;
  int limit = 50;
};

int take_letter(const MailOptions& options, const std::string& raw) {
  const auto place = open_workplace(options.config);
  const std::string recipient =
      options.recipient.empty() ? ask_address(place->engine.settings.links) : options.recipient;
  if (!knows_recipient(place->engine.settings.links, recipient))
    throw CommandFailure{exit_no_user,
                         {recipient + " is no address of ours",
                          "the mailbox itself, or one with a token from a mail of ours"}};
  const Incoming incoming = read_incoming(options.sender, recipient, raw);
  storage::Transaction transaction(place->db);
  const std::string outcome = receive(place->engine, incoming);
  transaction.commit();
  std::cout << outcome << "\n";
  return 0;
}

// For a pipe from any mail server: 0 only after the commit, 67 for a recipient not ours, and 75 for whatever
// else fails. Postfix sends a letter back to its writer at every other code (its sys_exits.c), 70 and 78
// included: a typing error in our configuration must not do that.
int inject(const MailOptions& options) {
  const std::string raw = read_file(options.file);
  try {
    return take_letter(options, raw);
  } catch (const CommandFailure& e) {
    throw CommandFailure{e.code == exit_no_user ? e.code : exit_try_later, e.failure};
  } catch (const storage::StorageError& e) {
    throw CommandFailure{exit_try_later, {e.what(), e.hint}};
  } catch (const std::exception& e) {
    throw CommandFailure{exit_try_later, {e.what(), {}}};
  }
}

std::int64_t must_parse_number(const std::string& text, const Failure& otherwise) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size()) throw CommandFailure{exit_data, otherwise};
  return id;
}

int change_notice(Workplace& place, const std::string& text, storage::ByHand what) {
  const NoticeId id{must_parse_number(text, {"there is no notice " + text, "tertius outbox lists them"})};
  storage::Transaction transaction(place.db);
  const Done done = storage::change_notice(place.db, id, what, place.engine.now());
  if (!done) throw CommandFailure{exit_data, done.error()};
  const bool again = what == storage::ByHand::retry;
  note(place, again ? storage::AuditAct::notice_retried : storage::AuditAct::notice_cancelled,
       "notice " + std::to_string(number(id)));
  transaction.commit();
  std::cout << "notice " << text << (again ? " goes out again\n" : " will not be sent\n");
  return 0;
}

// In force for a running daemon at its next claim, within five seconds.
int change_sending(Workplace& place, const MailOptions& options) {
  storage::Transaction transaction(place.db);
  const bool changed = options.resume ? storage::resume_sending(place.db)
                                      : storage::stop_sending(place.db, options.stop, place.engine.now());
  const auto act = options.resume ? storage::AuditAct::sending_resumed : storage::AuditAct::sending_stopped;
  if (changed) note(place, act, "");
  transaction.commit();
  if (options.resume)
    std::cout << (changed ? "Mail goes out again.\n" : "Sending had not been stopped.\n");
  else
    std::cout << (changed ? "No mail goes out until: tertius outbox --resume\n"
                          : "It had been stopped already.\n");
  return 0;
}

int outbox(const MailOptions& options) {
  const auto place = open_workplace(options.config);
  if (options.resume || !options.stop.empty()) return change_sending(*place, options);
  if (!options.retry.empty()) return change_notice(*place, options.retry, storage::ByHand::retry);
  if (!options.cancel.empty()) return change_notice(*place, options.cancel, storage::ByHand::cancel);
  boost::json::array json;
  std::vector<std::vector<std::string>> rows{
      {"ID", "STATE", "TRIES", "NOT BEFORE", "KIND", "RECIPIENT", "LAST REPLY"}};
  for (const auto& row : storage::recent_notices(place->db, options.limit)) {
    const std::string state(storage::outbox_state_name(row.state));
    json.push_back(boost::json::object{{"id", number(row.id)},
                                       {"state", state},
                                       {"attempts", row.attempts},
                                       {"not_before", iso_time(row.not_before)},
                                       {"kind", notice_name(row.kind)},
                                       {"recipient", row.recipient},
                                       {"message_id", row.message_id},
                                       {"last_reply", row.last_reply}});
    rows.push_back({std::to_string(number(row.id)), state, std::to_string(row.attempts),
                    time_text(row.not_before), std::string(notice_name(row.kind)), row.recipient,
                    row.last_reply});
  }
  options.json ? print_json(json) : print_table(rows);
  if (const auto stop = storage::find_sending_stop(place->db))
    std::cerr << "Sending is stopped since " << time_text(stop->since) << ": " << printable(stop->why)
              << "\n  hint: tertius outbox --resume\n";
  return 0;
}

storage::LetterRow must_find_letter(storage::Database& db, const std::string& text) {
  const Failure unknown{"there is no letter " + text, "tertius letters lists them"};
  const auto letter = storage::find_letter(db, LetterId{must_parse_number(text, unknown)});
  if (!letter) throw CommandFailure{exit_data, unknown};
  return *letter;
}

int letters(const MailOptions& options) {
  const auto place = open_workplace(options.config);
  if (!options.id.empty()) {
    const auto letter = must_find_letter(place->db, options.id);
    if (letter.raw.empty() && letter.sha256 != hex_sha256(""))
      throw CommandFailure{exit_data,
                           {"letter " + options.id + " was kept for its time, and forgotten",
                            "retention.letters says how long letters are kept as they came"}};
    std::cout << letter.raw;
    return 0;
  }
  boost::json::array json;
  std::vector<std::vector<std::string>> rows{{"ID", "RECEIVED", "KIND", "FROM", "SUBJECT", "OUTCOME"}};
  for (const auto& row : storage::recent_letters(place->db, options.limit)) {
    json.push_back(boost::json::object{{"id", number(row.id)},
                                       {"received_at", iso_time(row.received_at)},
                                       {"kind", row.kind},
                                       {"sender", row.envelope_sender},
                                       {"recipient", row.recipient},
                                       {"subject", row.subject},
                                       {"outcome", row.outcome}});
    rows.push_back({std::to_string(number(row.id)), time_text(row.received_at), row.kind, row.envelope_sender,
                    row.subject, row.outcome});
  }
  options.json ? print_json(json) : print_table(rows);
  return 0;
}

}  // namespace

void add_mail(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<MailOptions>();
  auto* injecting =
      app.add_subcommand("inject", "Take one letter from standard input, as a pipe from any mail server");
  add_config_option(*injecting, options->config);
  injecting->add_option("--recipient", options->recipient,
                        "The envelope recipient; the plain mailbox if left out");
  injecting->add_option("--sender", options->sender, "The envelope sender; empty is <>");
  injecting->add_option("file", options->file, "The letter, or - for standard input");
  injecting->callback([&chosen, options] { chosen = [options] { return inject(*options); }; });

  auto* waiting = app.add_subcommand("outbox", "The newest notices and what became of them");
  add_config_option(*waiting, options->config);
  waiting->add_option("--limit", options->limit)->check(CLI::Range(1, 100'000));
  waiting->add_flag("--json", options->json);
  waiting->add_option("--retry", options->retry, "Send this notice now, as if never tried (by its ID)");
  waiting->add_option("--cancel", options->cancel, "Do not send this notice (by its ID)")
      ->excludes("--retry");
  waiting->add_option("--stop", options->stop, "Send nothing more, and say why; all else goes on")
      ->excludes("--retry");
  waiting->add_flag("--resume", options->resume, "Send again what waits")->excludes("--stop");
  waiting->callback([&chosen, options] { chosen = [options] { return outbox(*options); }; });

  auto* received = app.add_subcommand(
      "letters", "The newest letters and how they were read; with an id, that letter as it came");
  add_config_option(*received, options->config);
  received->add_option("id", options->id);
  received->add_option("--limit", options->limit)->check(CLI::Range(1, 100'000));
  received->add_flag("--json", options->json);
  received->callback([&chosen, options] { chosen = [options] { return letters(*options); }; });
}

}  // namespace tertius::daemon
