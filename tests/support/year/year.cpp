#include "tests/support/year/year.hpp"

#include <array>
#include <cmath>
#include <random>

#include "broker/notice_fields.hpp"
#include "broker/policy.hpp"
#include "broker/sha256.hpp"
#include "storage/introductions.hpp"
#include "storage/letters.hpp"
#include "storage/outbox.hpp"
#include "storage/people.hpp"

namespace tertius::year {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct Domain {
  const char* name;
  double share, slowness;  // seconds, the median
};
constexpr auto domains =
    std::to_array<Domain>({{"gmail.com", 0.4, 2},
                           {"outlook.com", 0.25, 4},
                           {"rowan.example", 0.1, 1},
                           {"constantcontact.example", 0.08, 12},
                           {"greylisting.university.example", 0.06, 900},
                           {"old-exchange.council.example", 0.05, 240},
                           {"a-very-long-subdomain.of.some.international-company.example", 0.03, 60},
                           {"acme.example", 0.03, 8}});
constexpr auto first_names = std::to_array<const char*>(
    {"Alice", "Bob", "Christine", "Dora", "Emil", "Farah", "Gail", "Hugo", "Ines", "Jan", "Keiko", "Lars"});
constexpr auto last_names = std::to_array<const char*>(
    {"Chen", "Stone", "Weaver", "Goodman", "Okafor", "M\u00fcller", "Rossi", "Silva", "Tanaka", "Novak"});
constexpr int people = 400, members = 60;

class Year {
 public:
  Year(storage::Database& db, const Links& links, const Wanted& wanted)
      : db_(db), links_(links), wanted_(wanted), random_(wanted.seed) {}

  void fill() {
    for (int i = 1; i <= people; ++i) add_person(i);
    for (int i = 0; i < wanted_.introductions; ++i) add_introduction();
    add_waiting();
  }

 private:
  double share() { return std::uniform_real_distribution<double>(0, 1)(random_); }
  int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }
  // Half take less than `median`, nine of ten less than `p90`.
  seconds took(double median, double p90) {
    const double spread = std::log(p90 / median) / 1.2816;
    return seconds{
        static_cast<std::int64_t>(median * std::exp(std::normal_distribution<double>(0, spread)(random_)))};
  }
  std::int64_t next_id() { return ++last_id_; }
  const Domain& domain() {
    double at = share();
    for (const Domain& one : domains)
      if ((at -= one.share) < 0) return one;
    return domains.front();
  }

  void add_person(int id) {
    Person person;
    person.id = PersonId{id};
    const auto n = static_cast<std::size_t>(id);
    person.name = std::string(first_names[n % first_names.size()]) + " " +
                  last_names[n / first_names.size() % last_names.size()];
    person.organisation = "Company " + std::to_string(id);
    person.member = id <= members;
    person.address = parse_address(id == 1 ? std::string(operator_address)
                                           : "p" + std::to_string(id) + "@" + domain().name)
                         .value();
    storage::add_person(db_, person);
    people_.push_back(person);
  }

  // Twice as many at the end of the year as at its beginning, and a third of it at weekends.
  Time draw_time() {
    for (;;) {
      const double at = std::sqrt(0.25 + 0.75 * share()) * 2 - 1;
      const Time time = wanted_.now - seconds{static_cast<std::int64_t>((1 - at) * 364 * 86400)};
      const auto weekday = std::chrono::weekday{std::chrono::floor<days>(time)};
      const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
      if (!weekend || share() < 0.33) return time;
    }
  }

  void step(Introduction& intro, Time at, const char* trigger, State to, const std::string& remark = {}) {
    storage::append_history(db_, intro.id, {at, trigger, intro.state, to, remark});
    intro.state = to;
    intro.state_since = at;
  }

  void post(const Introduction& intro, NoticeKind kind, Role to, Time at) {
    const Person& person = people_[static_cast<std::size_t>(number(*person_in(intro, to))) - 1];
    storage::OutboxRow row;
    row.id = NoticeId{next_id()};
    row.introduction = intro.id;
    row.kind = kind;
    row.role = to;
    row.person = person.id;
    row.recipient = text(*person.address);
    row.message_id = std::to_string(number(row.id)) + "@" + links_.domain;
    row.created_at = row.not_before = at;
    row.attempts = 1;
    send(row);
    if (wanted_.with_words)
      row.fields = notice_fields({kind, to, {}, {}}, intro, cast_of(intro), links_, "Rowan Alumni", policy_);
    storage::add_notice(db_, row);
  }

  void send(storage::OutboxRow& row) {
    double slowness = 5;
    for (const Domain& one : domains)
      if (row.recipient.ends_with(std::string("@") + one.name)) slowness = one.slowness;
    row.state = share() < 0.012 ? storage::OutboxState::failed : storage::OutboxState::sent;
    row.last_reply =
        row.state == storage::OutboxState::failed ? "550 5.1.1 no such user" : "250 2.0.0 queued";
    if (row.state != storage::OutboxState::sent) return;
    const seconds delay = took(slowness, slowness * 6);
    row.sent_at = row.created_at + delay;
    if (delay > minutes{5}) row.attempts = 2 + static_cast<int>(delay / hours{1});
  }

  Cast cast_of(const Introduction& intro) const {
    Cast cast;
    cast.requester = people_[static_cast<std::size_t>(number(intro.requester)) - 1];
    cast.target = people_[static_cast<std::size_t>(number(intro.target)) - 1];
    if (const auto connector = current_connector(intro))
      cast.connector = people_[static_cast<std::size_t>(number(*connector)) - 1];
    return cast;
  }

  void add_letter(const Introduction& intro, Role from, Time at, const std::string& kind,
                  const std::string& words, const std::string& outcome) {
    if (at > wanted_.now) return;
    const Person& person = people_[static_cast<std::size_t>(number(*person_in(intro, from))) - 1];
    const Token token{number(intro.id), from, TokenUse::reply, 1};
    storage::LetterRow row;
    row.id = LetterId{next_id()};
    row.received_at = at;
    row.recipient = reply_address(links_, token);
    row.envelope_sender = kind == "bounce" ? "" : text(*person.address);
    row.subject = "Re: Introduce " + cast_of(intro).requester.name + "?";
    row.message_id = std::to_string(number(row.id)) + "@client.example";
    row.kind = kind;
    row.outcome = outcome;
    row.introduction = intro.id;
    row.raw = "From: " + person.name + " <" + text(*person.address) + ">\r\nTo: <" + row.recipient +
              ">\r\nSubject: " + row.subject + "\r\nMessage-ID: <" + row.message_id +
              (kind == "auto" ? ">\r\nAuto-Submitted: auto-replied" : ">") +
              "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + words +
              "\r\n\r\nOn Monday, Rowan Alumni wrote:\r\n> Forward: " +
              token_url(links_, "d", {number(intro.id), from, TokenUse::decision, 1}, "forward") + "\r\n";
    row.sha256 = hex_sha256(row.raw);
    storage::add_letter(db_, row);
  }

  void add_introduction() {
    Introduction intro;
    intro.id = IntroductionId{next_id()};
    intro.requester = PersonId{2 + below(members - 1)};
    intro.target = PersonId{members + 1 + below(people - members)};
    intro.connectors = {PersonId{2 + below(members - 1)}};
    if (intro.connectors[0] == intro.requester) intro.connectors[0] = PersonId{1};
    intro.created_at = intro.state_since = draw_time();
    intro.cover_note = "Could you pass this on? We met at the alumni dinner.";
    intro.pitch = "May I ask you twenty minutes about email for small shops?";
    intro.confirmed = true;
    // Its history refers to it, so that it is there first.
    storage::add_introduction(db_, intro, {});
    live(intro);
    storage::save_introduction(db_, intro, {});
  }

  void live(Introduction& intro) {
    step(intro, intro.created_at, "draft", State::drafted, "request received");
    const Time asked = intro.created_at + took(120, 4000);
    if (share() < 0.04) return end(intro, intro.created_at + days{14}, "expire", State::expired);
    if (asked > wanted_.now) return;
    intro.asks = {
        {.round = 1, .connector = intro.connectors[0], .asked_at = asked, .expires_at = asked + days{14}}};
    step(intro, asked, "ask", State::asked);
    post(intro, NoticeKind::request, Role::connector, asked);
    post(intro, NoticeKind::status_asked, Role::requester, asked);
    if (share() < 0.05)
      add_letter(intro, Role::connector, asked + minutes{1}, "auto", "I am away until Monday.",
                 "an automatic reply: the clock is paused");
    if (share() < 0.02)
      add_letter(intro, Role::connector, asked + minutes{2}, "bounce", "550 5.1.1 no such user",
                 "a bounce of the connector");
    if (share() < 0.01)
      add_letter(intro, Role::connector, asked + hours{2}, "list", "Digest", "recorded; it decides nothing");
    answer(intro, asked);
  }

  void decide(Introduction& intro, Time at, DecisionKind kind) {
    intro.asks[0].decided_at = at;
    intro.asks[0].decision = kind;
  }

  void answer(Introduction& intro, Time asked) {
    const double luck = share();
    const Time at = asked + took(5 * 3600.0, 60 * 3600.0);
    if (luck > 0.84 || at > asked + days{14}) return end(intro, asked + days{14}, "expire", State::expired);
    if (at > wanted_.now) return;
    const bool forwards = luck < 0.62;
    if (share() < 0.5)
      add_letter(intro, Role::connector, at, "human",
                 forwards ? "Forward. She is as good as they come." : "No, sorry, not a good time.",
                 forwards ? "forward by the connector" : "decline by the connector");
    if (forwards) return forward(intro, at);
    if (luck < 0.72) {
      decide(intro, at, DecisionKind::decline);
      return step(intro, at, "decline", State::declined);
    }
    if (luck < 0.80) {
      decide(intro, at, DecisionKind::decline);
      step(intro, at, "decline_silently", State::declined_silently);
      return end(intro, asked + days{14}, "expire", State::expired);
    }
    decide(intro, at, DecisionKind::revise);
    step(intro, at, "revise", State::revising);
    if (share() < 0.6) end(intro, at + days{14}, "withdraw", State::withdrawn);
  }

  void forward(Introduction& intro, Time at) {
    decide(intro, at, DecisionKind::forward);
    intro.forwarded_at = at;
    intro.endorsement = "She is as good as they come.";
    step(intro, at, "forward", State::forwarded);
    post(intro, NoticeKind::pitch, Role::target, at);
    post(intro, NoticeKind::status_forwarded, Role::requester, at);
    const double luck = share();
    const Time answered = at + took(12 * 3600.0, 96 * 3600.0);
    if (luck > 0.85) return end(intro, at + days{14}, "expire", State::expired);
    if (answered > wanted_.now) return;
    if (luck > 0.8) return step(intro, answered, "decline", State::target_declined);
    if (luck > 0.7) {
      step(intro, answered, "decline_silently", State::declined_silently);
      return end(intro, at + days{14}, "expire", State::expired);
    }
    intro.introduced_at = answered;
    if (share() < 0.4)
      add_letter(intro, Role::target, answered, "human", "Yes, happy to talk.", "accept by the target");
    step(intro, answered, "accept", State::introduced);
    post(intro, NoticeKind::introduction, Role::target, answered);
    end(intro, answered + days{21}, "report", State::closed);
  }

  void end(Introduction& intro, Time at, const char* trigger, State to) {
    if (at <= wanted_.now) step(intro, at, trigger, to);
  }

  // What the outbox holds at this moment.
  void add_waiting() {
    constexpr auto late =
        std::to_array<int>({0, 3, 9, 12, 30, 41, 70, 200, 400, 900, 2000, 5000, -3600, -7200, -9000});
    for (int i = 0; i < 180; ++i) {
      const int seconds_late = late[static_cast<std::size_t>(i) % late.size()];
      storage::OutboxRow row;
      row.id = NoticeId{next_id()};
      row.kind = NoticeKind::sign_in;
      row.role = Role::requester;
      row.recipient = text(*people_[static_cast<std::size_t>(2 + below(50))].address);
      row.message_id = std::to_string(number(row.id)) + "@" + links_.domain;
      row.created_at = wanted_.now - seconds{std::max(seconds_late, 0)};
      row.not_before = wanted_.now - seconds{seconds_late};
      storage::add_notice(db_, row);
    }
  }

  storage::Database& db_;
  const Links& links_;
  Wanted wanted_;
  std::mt19937 random_;
  Policy policy_;
  std::vector<Person> people_;
  std::int64_t last_id_ = 1000;
};

}  // namespace

void fill(storage::Database& db, const Links& links, const Wanted& wanted) {
  storage::Transaction transaction(db);
  Year(db, links, wanted).fill();
  transaction.commit();
}

}  // namespace tertius::year
