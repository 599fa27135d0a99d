// The operator's view of everybody's introductions, letters and mails.
#include <boost/json/array.hpp>

#include "storage/introductions.hpp"
#include "storage/letters.hpp"
#include "storage/names.hpp"
#include "storage/outbox.hpp"
#include "web/api_call.hpp"
#include "web/api_json.hpp"
#include "web/audited.hpp"
#include "web/masking.hpp"

namespace tertius::web {

namespace json = boost::json;

namespace {

json::value introduction_id(const std::optional<IntroductionId>& id) {
  return id ? json::value(id_text(*id)) : json::value();
}

// As on the dashboard: a letter's recipient may be the reply address of somebody's, and its token presses
// their button.
std::string shown(const ApiCall& call, std::string_view text) {
  return mask_secrets(text, call.desk.links.keys);
}

json::object letter_json(const ApiCall& call, const storage::LetterRow& row) {
  return {{"id", id_text(row.id)},
          {"received_at", json_time(row.received_at)},
          {"kind", row.kind},
          {"sender", shown(call, row.envelope_sender)},
          {"recipient", shown(call, row.recipient)},
          {"subject", shown(call, row.subject)},
          {"outcome", shown(call, row.outcome)},
          {"introduction", introduction_id(row.introduction)}};
}

json::object notice_json(const ApiCall& call, const storage::OutboxRow& row) {
  return {{"id", id_text(row.id)},
          {"introduction", introduction_id(row.introduction)},
          {"kind", notice_name(row.kind)},
          {"recipient", row.recipient},
          {"state", storage::outbox_state_name(row.state)},
          {"attempts", row.attempts},
          {"created_at", json_time(row.created_at)},
          {"not_before", json_time(row.not_before)},
          {"sent_at", json_time(row.sent_at)},
          {"message_id", shown(call, row.message_id)},
          {"last_reply", shown(call, row.last_reply)}};
}

// A page of rows, newest first.
template <class Row>
HttpResponse rows_page(const ApiCall& call,
                       std::vector<Row> (*load)(storage::Database&, const storage::Place&, int),
                       Time Row::*moment, json::object (*show)(const ApiCall&, const Row&)) {
  const auto paging = read_paging(call, 2);
  if (const auto* wrong = std::get_if<ApiProblem>(&paging)) return problem(call, *wrong);
  const auto& page = std::get<Paging>(paging);
  const auto rows = load(call.desk.db, place_of(page), page.limit + 1);
  json::array items;
  for (const Row& row : rows) {
    if (static_cast<int>(items.size()) == page.limit) break;
    items.push_back(show(call, row));
  }
  std::string next;
  if (rows.size() > items.size()) {
    const Row& last = rows[items.size() - 1];
    next = cursor_behind(last.*moment, last.id);
  }
  return page_of(call, std::move(items), next);
}

HttpResponse change_notice(const ApiCall& call, storage::ByHand what) {
  const auto id = find_id<NoticeId>(call.values[0]);
  if (!id || !storage::find_notice(call.desk.db, *id)) return not_found(call);
  const Done done = call.desk.change_notice(*id, what);
  if (!done) return problem(call, {"refused", done.error().what + ".", done.error().hint + "."});
  note(call, act_of(what), "notice " + id_text(*id));
  return json_response(200, notice_json(call, storage::find_notice(call.desk.db, *id).value()));
}

}  // namespace

HttpResponse api_all_introductions(const ApiCall& call) {
  return rows_page<Introduction>(
      call, storage::introductions_before, &Introduction::created_at,
      [](const ApiCall& c, const Introduction& row) { return whole_introduction_json(c.desk, row); });
}

HttpResponse api_whole_introduction(const ApiCall& call) {
  const auto id = find_id<IntroductionId>(call.values[0]);
  const auto introduction = id ? storage::find_introduction(call.desk.db, *id) : std::nullopt;
  if (!introduction) return not_found(call);
  json::object out = whole_introduction_json(call.desk, *introduction);
  json::array history;
  for (const auto& entry : storage::load_history(call.desk.db, *id)) {
    history.push_back(json::object{{"at", json_time(entry.at)},
                                   {"trigger", entry.trigger},
                                   {"from", state_name(entry.from)},
                                   {"to", state_name(entry.to)},
                                   {"remark", entry.remark}});
  }
  out["history"] = std::move(history);
  return json_response(200, out);
}

HttpResponse api_letters(const ApiCall& call) {
  return rows_page<storage::LetterRow>(call, storage::letters_before, &storage::LetterRow::received_at,
                                       letter_json);
}

HttpResponse api_outbox(const ApiCall& call) {
  return rows_page<storage::OutboxRow>(call, storage::notices_before, &storage::OutboxRow::created_at,
                                       notice_json);
}

HttpResponse api_retry_notice(const ApiCall& call) { return change_notice(call, storage::ByHand::retry); }
HttpResponse api_cancel_notice(const ApiCall& call) { return change_notice(call, storage::ByHand::cancel); }

}  // namespace tertius::web
