#pragma once
// The one door to the database's introductions. Each function here is a whole change: what was read, what
// step() made of it and the notices it causes go into the caller's transaction together. Nobody else writes
// an introduction. Threads: the database thread, or a command line tool that owns its connection. Throws
// StorageError alone.

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "broker/ids.hpp"
#include "broker/link.hpp"
#include "broker/notice_fields.hpp"
#include "broker/policy.hpp"
#include "broker/recognise.hpp"
#include "broker/step.hpp"
#include "daemon/ways.hpp"
#include "storage/daemons.hpp"
#include "storage/db.hpp"
#include "storage/outbox.hpp"

namespace tertius::daemon {

struct EngineSettings {
  Policy policy;
  Links links;
  std::string community;                                   // "Rowan Alumni"
  std::optional<Address> operator_address = std::nullopt;  // who gets the alerts
  bool hold_ambiguous_to_target = false;                   // never twice to a target, perhaps never at all
  bool private_webhooks = false;                           // to this machine and its own network too
  bool private_address_books = false;                      // on them
  std::chrono::hours address_book_interval{6};             // between two looks at a linked one
  NetworkSource network = {};                              // empty: ways are looked up in the database
  NetworkSource long_ways = {};     // without that one: where a way over two is looked for; empty: nowhere
  std::string trusted_authserv_id;  // whose Authentication-Results count; empty: nobody's
  storage::DaemonId daemon{};       // which of those on this database; 0: a command, or one that is by itself
  Clock clock;
  IdSource ids;
  // Told of each step, inside its transaction, which may still fail; for onlookers such as the walkthrough.
  // May be empty.
  std::function<void(const Introduction& before, const Step& step)> on_step = {};
  std::function<void(LetterKind)> on_letter = {};  // the same of each letter
};

// The letter that is being acted on; what is posted to its writer meanwhile answers it (RFC 3834 3.1.5).
struct Answered {
  std::string message_id;
  std::string writer;  // addr-spec
};

struct Engine {
  storage::Database& db;
  EngineSettings settings;
  bool news = false;  // something may be due now: a notice was posted, or a deadline moved
  std::optional<Answered> answered = std::nullopt;

  Time now() const { return settings.clock(); }
};

// Whether this daemon is the one who does what `lease` is for. Nobody else can be before the transaction
// ends.
bool has_turn(Engine& engine, const std::string& lease);

using Applied = std::variant<Introduction, Refusal>;

// Steps one introduction. A version that moved underneath is StorageTrouble::busy: the same call may be tried
// again.
Applied apply(Engine& engine, IntroductionId id, const Event& event);

// From now on this person gets no mail; their open introductions end silently.
void stop_person(Engine& engine, PersonId person);
// They get mail again; what had ended stays ended, and an address that bounces stays dead.
void start_again(Engine& engine, PersonId person);

// Introductions whose time has come, at most `limit`; the number stepped.
int meet_deadlines(Engine& engine, int limit);

// Puts one notice in the outbox. Answers to people who are not in an introduction have none.
void post_notice(Engine& engine, const NoticeOrder& order, const Introduction& introduction);
struct Answer {
  NoticeKind kind{};
  Address to;
  std::optional<Person> person;
  std::string language{"en"};
  std::vector<Wording> remark = {};  // REMARK, said in that language
  Fields fields;                     // values and sections of the answer itself; the common ones are added
};
void post_answer(Engine& engine, const Answer& answer);

// The people of an introduction, for notices and pages.
Cast load_cast(storage::Database& db, const Introduction& introduction);

}  // namespace tertius::daemon
