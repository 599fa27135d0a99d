// The API's imports: what the person's contact files brought, and taking that back.
#include <boost/json/array.hpp>

#include "storage/imports.hpp"
#include "web/api_call.hpp"
#include "web/api_json.hpp"

namespace tertius::web {

namespace json = boost::json;

namespace {

constexpr int most_listed = 200;

json::object import_json(const storage::ImportRow& import) {
  return {{"id", id_text(import.id)},
          {"file_name", import.file_name},
          {"state", storage::import_state_name(import.state)},
          {"format", import.format},
          {"people", import.total},
          {"added", import.report.added},
          {"merged", import.report.merged},
          {"unchanged", import.report.unchanged},
          {"gone", import.gone},
          {"left_alone", import.left_alone},
          {"skipped", import.skipped_count},
          {"created_at", json_time(import.created_at)},
          {"finished_at", json_time(import.finished_at)}};
}

}  // namespace

HttpResponse api_list_imports(const ApiCall& call) {
  json::array items;
  for (const auto& import : storage::imports_of(call.desk.db, call.person.id, most_listed))
    items.push_back(import_json(import));
  return page_of(call, std::move(items), "");
}

HttpResponse api_undo_import(const ApiCall& call) {
  const auto id = find_id<storage::ImportId>(call.values[0]);
  if (!id || !storage::undo_import(call.desk.db, call.person.id, *id, call.desk.now)) return not_found(call);
  call.desk.wake();
  return nothing_left();
}

}  // namespace tertius::web
