#include "tests/support/storage/every_statement.hpp"

#include "storage/address_books.hpp"
#include "storage/api_tokens.hpp"
#include "storage/audit.hpp"
#include "storage/forgotten.hpp"
#include "storage/gone.hpp"
#include "storage/imports.hpp"
#include "storage/leases.hpp"
#include "storage/letters.hpp"
#include "storage/mail_search.hpp"
#include "storage/mailboxes.hpp"
#include "storage/merging.hpp"
#include "storage/my_contacts.hpp"
#include "storage/my_introductions.hpp"
#include "storage/network_rows.hpp"
#include "storage/own_words.hpp"
#include "storage/paces.hpp"
#include "storage/people_page.hpp"
#include "storage/preferences.hpp"
#include "storage/retention.hpp"
#include "storage/sending_stop.hpp"
#include "storage/statistics.hpp"
#include "storage/visible_people.hpp"
#include "storage/webhooks.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

void use_people(Database& db) {
  add_people(db, 4);
  save_person(db, load_person(db, PersonId{1}));
  search_people(db, "person of note", 5);
  search_visible(db, PersonId{1}, "preson of note", 5);
  may_see(db, PersonId{1}, PersonId{2});
  addresses_of(db, PersonId{1});
  find_person_by_address(db, make_address("p1@example.org"));
  find_person_by_profile(db, "https://www.linkedin.com/in/x");
  list_members(db);
  ContactFile file;
  file.contacts = {sample_contact("Gail", "gail@cc.example"), sample_contact("Name", ""),
                   sample_contact("P", "p2@example.org")};
  import_contacts(db, PersonId{1}, file, noon, ids_from(100));
  ties_of(db, PersonId{1});
  ties_to(db, PersonId{1});
  has_way_over(db, PersonId{1}, PersonId{2});
  Person gail = *find_person_by_address(db, make_address("gail@cc.example"));
  keep_own_words(db, PersonId{2}, gail, {"Gail G.", "", ""});
  as_seen_by(db, PersonId{3}, gail);
  as_called(db, gail, " gail g ");
  all_words_for(db, gail.id);
  keep_words_of_owners(db, gail.id);
  settle_words(db, gail.id);
  delete_ties(db, PersonId{1}, gail.id);
  add_do_not_ask(db, PersonId{2}, gail.id);
  keep_refusals(db, gail);
  restore_refusals(db, gail.id, "gail@cc.example");
  ImportRow import;
  import.id = ImportId{1};
  import.owner = PersonId{1};
  import_at_once(db, import, file, noon, ids_from(200));
  const Contact last = file.contacts.back();
  file.contacts.pop_back();
  import.id = ImportId{2};
  import_at_once(db, import, file, noon, ids_from(300));
  file.contacts = {last};
  import.id = ImportId{3};
  import_at_once(db, import, file, noon, ids_from(400));
  undo_import(db, PersonId{1}, ImportId{2}, noon);
  forget_source(db, PersonId{1}, TieSource::address_book);
  keep_gone_since(db, noon);
}

void use_merging(Database& db) {
  for (const std::int64_t contact : {3, 4})
    put_tie(db, {PersonId{2}, PersonId{contact}, TieSource::rating, 0.9, std::nullopt, "knows"});
  db.run("UPDATE people SET name = 'A', organisation = 'B' WHERE id IN (3, 4)");
  find_alike(db, PersonId{2}, 5);
  const auto kept = merge_contacts(db, PersonId{2}, PersonId{3}, PersonId{4}, noon).value();
  const PersonId gone = merged_into(db, PersonId{2}, kept).at(0).gone;
  merged_as(db, PersonId{2}, gone);
  release_merged(db, kept);
  unmerge_contact(db, PersonId{2}, gone);
}

void use_address_books(Database& db) {
  LinkedBook book;
  book.id = BookId{1};
  book.owner = PersonId{1};
  add_book(db, book);
  books_of(db, PersonId{1});
  recent_books(db, 5);
  make_book_due(db, PersonId{1}, book.id, noon);
  claim_book(db, noon);
  claim_this_book(db, book.id, noon + std::chrono::hours{1});
  release_books(db, noon);
  save_synced(db, book.id, {"", "", "", "", {{"/a", "1", "A"}}, {"/b"}}, noon, noon);
  save_failed_sync(db, book.id, {}, noon, noon);
  load_cards(db, book.id);
  for (const int day : {0, 1, 40}) {
    ImportRow edition;
    edition.id = ImportId{500 + day};
    edition.owner = PersonId{1};
    edition.book = book.id;
    const ContactFile file{
        .format = "vCard", .contacts = {sample_contact("Ed", "ed@x.example")}, .skipped = {}};
    import_at_once(db, edition, file, noon + std::chrono::days{day}, ids_from(600 + 10 * day));
  }
  remove_book(db, PersonId{1}, book.id);
}

void use_network(Database& db) {
  load_network(db);
  load_network_news(db, {});
}

void use_introductions(Database& db) {
  const Introduction intro = asked_introduction(1, noon);
  add_introduction(db, intro, noon);
  save_introduction(db, intro, noon);
  find_introduction(db, intro.id);
  find_introductions_of(db, PersonId{1});
  recent_introductions(db, 5);
  find_due(db, noon, 5);
  earliest_deadline(db);
  append_history(db, intro.id, {});
  load_history(db, intro.id);
  list_my_introductions(db, PersonId{1}, noon, 20, 0);
  save_preferences(db, PersonId{2},
                   {.click_policy = {}, .quiet_from = {}, .quiet_to = {}, .max_open_asks = 2});
  add_do_not_ask(db, PersonId{2}, PersonId{3}, "p3@example.org");
  do_not_ask_list(db, PersonId{2});
  do_not_ask_addresses(db, PersonId{2});
  load_facts(db, intro, noon, {PersonId{2}});
  remove_do_not_ask(db, PersonId{2}, PersonId{3}, "p3@example.org");
  load_answer_counts(db, PersonId{1}, PersonId{3}, {PersonId{2}}, noon);
}

void use_outbox(Database& db) {
  add_notice(db, sample_notice(1));
  claim_notices(db, noon, std::chrono::minutes{5}, 5);
  settle_notices(
      db, {{NoticeId{1}, OutboxState::due, noon, "", false}, {NoticeId{1}, OutboxState::sent, {}, "", false}},
      noon);
  release_claims(db, noon);
  release_claims_of(db, DaemonId{1}, noon);
  cancel_unsent(db, IntroductionId{1});
  find_notice(db, NoticeId{1});
  find_notice_by_message_id(db, "x");
  find_latest_notice(db, IntroductionId{1}, Role::target);
  recent_notices(db, 5);
  notices_to(db, "p1@example.org");
  earliest_not_before(db);
  count_waiting(db);
  answered_since(db, "p1@example.org", NoticeKind::problem, noon);
  suppress(db, "x@example.org", "why", noon);
  unsuppress(db, "x@example.org");
}

void use_letters(Database& db) {
  add_letter(db, LetterRow{});
  find_letter(db, LetterId{0});
  find_letter_by_hash(db, "x", "x");
  has_message_id(db, "x", "x");
  recent_letters(db, 5);
  letters_about(db, IntroductionId{1});
  spend_nonce(db, "visit", noon);
  save_mailbox_place(db, "a@b/INBOX", {}, noon);
  find_mailbox_place(db, "a@b/INBOX");
}

void use_statistics(Database& db) {
  const Buckets buckets{noon, std::chrono::days{7}, 4};
  count_introductions(db, buckets);
  count_asks(db, buckets, noon);
  decision_times(db, buckets);
  count_letters(db, buckets);
  count_notices(db, buckets);
  count_backlog(db, noon);
  count_held(db);
  find_sending_stop(db);
  stop_sending(db, "why", noon);
  resume_sending(db);
  slowest_domains(db, {noon, buckets.until()});
}

void use_mail_search(Database& db) {
  for (const char* words : {"", "two words", "1", "x@example.org"}) {
    search_letters(db, {words, ""});
    search_notices(db, {words, ""});
  }
}

void use_api(Database& db) {
  add_api_token(db,
                {.id = ApiTokenId{1}, .person = PersonId{1}, .name = "n", .scopes = {}, .created_at = noon},
                "hash");
  const ApiToken token = find_api_token(db, "hash", noon).value();
  api_tokens_of(db, PersonId{1});
  recent_api_tokens(db, 5);
  use_api_token(db, token, noon);
  count_live_api_tokens(db, PersonId{1}, noon);
  add_api_answer(db, token.id, "key", {"hash", 200, "", "{}"}, noon);
  find_api_answer(db, token.id, "key", noon);
  revoke_api_token(db, token.id, noon);
  for (const char* words : {"", "person", "person of note"}) people_page(db, PersonId{1}, words, {}, 5);
  ties_of_behind(db, PersonId{1}, PersonId{0}, "", 5);
  delete_ties(db, PersonId{1}, PersonId{2});
  for (const std::optional<Role> role : {std::optional<Role>{}, std::optional(Role::requester),
                                         std::optional(Role::connector), std::optional(Role::target)})
    introductions_known_to(db, PersonId{1}, role, {}, 5);
  introductions_before(db, {}, 5);
  letters_before(db, {}, 5);
  notices_before(db, {}, 5);
}

void use_webhooks(Database& db) {
  for (const auto& person : {std::optional<PersonId>{}, std::optional(PersonId{1})})
    add_webhook(db, {.id = WebhookId{person ? 1 : 2},
                     .person = person,
                     .url = "https://example.org/",
                     .secret = "whsec_c2VjcmV0",
                     .created_at = noon});
  webhooks_of(db, PersonId{1});
  webhooks_of(db, std::nullopt);
  recent_webhooks(db, 5);
  listening_webhooks(db, PersonId{1}, PersonId{2}, PersonId{3});
  queue_delivery(db, {.id = DeliveryId{1},
                      .webhook = WebhookId{1},
                      .introduction = IntroductionId{1},
                      .shown_state = "asked",
                      .created_at = noon});
  recent_deliveries(db, WebhookId{1}, 5);
  for (const auto& [hook, delivery] : claim_deliveries(db, noon, std::chrono::minutes{1}, 5)) {
    retry_delivery(db, delivery, "", noon, noon);
    take_delivery(db, delivery, "", noon);
    give_up_delivery(db, delivery, "", noon);
  }
  release_webhooks(db, noon);
  forget_deliveries_about(db, PersonId{1});
  disable_webhook(db, WebhookId{1}, "", noon);
  remove_webhook(db, WebhookId{1});
}

// Not the lists of all daemons and all leases, which are as short as the list of machines.
void use_daemons(Database& db) {
  DaemonRow daemon;
  daemon.id = DaemonId{1};
  see_daemon(db, daemon);
  take_lease(db, "clock", DaemonId{1}, noon, std::chrono::seconds{15});
  holds_lease(db, "clock", DaemonId{1}, noon);
  if (!db.is_postgres()) return;
  take_pace(db, "somebody", 5, std::chrono::seconds{1}, noon);
  forget_paces(db, noon);
}

void use_audit(Database& db) {
  note_audit(db, noon, by_operator, AuditAct::erased, "");
  recent_audit(db, noon, 5);
  check_audit(db, {});
}

// All but the sign-ins, whose tables are small.
void use_retention(Database& db) {
  RetentionPass pass;
  while (pass.kind < static_cast<std::size_t>(Retained::sign_ins))
    forget_a_batch(db, {.introduced = std::chrono::days{1}}, noon, pass);
  has_whole_letters(db, noon);
}

}  // namespace

std::set<std::string> every_statement(Database& db) {
  std::set<std::string> heard;
  db.before_statement = [&](std::string_view sql) { heard.emplace(sql); };
  for (const auto use :
       {use_people, use_merging, use_address_books, use_network, use_introductions, use_outbox, use_letters,
        use_statistics, use_mail_search, use_api, use_webhooks, use_daemons, use_audit, use_retention})
    use(db);
  db.before_statement = nullptr;
  return heard;
}

}  // namespace tertius::storage
