// Contact files: taking them in, how far they are, what came of them, and taking them back.
#include "storage/imports.hpp"

#include <array>

#include "web/contacts_parts.hpp"
#include "web/multipart.hpp"
#include "web/parts.hpp"
#include "web/session.hpp"

namespace tertius::web {

namespace {

constexpr int imports_shown = 20;
constexpr int most_waiting = 20;  // of one member's
constexpr auto refresh_seconds = "2";

struct StateRow {
  storage::ImportState state;
  std::string_view text, kind;
};
constexpr auto state_rows = std::to_array<StateRow>({
    {storage::ImportState::waiting, "waiting", "wait"},
    {storage::ImportState::running, "being read", "wait"},
    {storage::ImportState::done, "done", "good"},
    {storage::ImportState::failed, "not understood", "bad"},
    {storage::ImportState::undone, "taken back", "plain"},
});
const StateRow& row_of(storage::ImportState state) { return state_rows[static_cast<std::size_t>(state)]; }

bool is_under_way(const storage::ImportRow& import) {
  return import.state == storage::ImportState::waiting || import.state == storage::ImportState::running;
}

std::string url_of(const storage::ImportRow& import) {
  return "/contacts/imports/" + std::to_string(static_cast<std::int64_t>(import.id));
}

std::string file_name(const storage::ImportRow& import) {
  return import.file_name.empty() ? "A file without a name" : import.file_name;
}

std::string summary(const storage::ImportRow& import) {
  const auto& report = import.report;
  switch (import.state) {
    case storage::ImportState::waiting: return "It is read as soon as the files before it are in.";
    case storage::ImportState::running:
      return std::to_string(import.done) + " of " + std::to_string(import.total) + " people so far.";
    case storage::ImportState::done:
      return std::to_string(import.total) + " people: " + std::to_string(report.added) + " new, " +
             std::to_string(report.merged) + " added to, " + std::to_string(report.unchanged) +
             " as they were" +
             (import.gone > 0 ? ", " + std::to_string(import.gone) + " no longer named." : ".");
    case storage::ImportState::failed: return import.what;
    case storage::ImportState::undone: return "What it brought is gone again.";
  }
  return {};
}

void put_progress(Fields& fields, const storage::ImportRow& import) {
  if (import.state != storage::ImportState::running) return;
  fields.sections["PROGRESS"] = {row({{"DONE", std::to_string(import.done)},
                                      {"TOTAL", std::to_string(std::max<std::int64_t>(import.total, 1))}})};
}

Fields import_row(const storage::ImportRow& import) {
  const StateRow& state = row_of(import.state);
  Fields out = row({{"FILE", file_name(import)},
                    {"URL", url_of(import)},
                    {"WHEN", when(import.created_at)},
                    {"STATE", std::string(state.text)},
                    {"STATE_KIND", std::string(state.kind)},
                    {"SUMMARY", summary(import)}});
  put_progress(out, import);
  return out;
}

// Works without a script, and goes on when the page was closed meanwhile.
HttpResponse refreshing(HttpResponse response, bool under_way) {
  if (under_way) response.headers.emplace_back("Refresh", refresh_seconds);
  return response;
}

HttpResponse import_list(const Call& call) {
  Fields fields;
  bool under_way = false;
  for (const auto& import : storage::imports_of(call.desk.db, call.member->person.id, imports_shown)) {
    fields.sections["IMPORTS"].push_back(import_row(import));
    under_way = under_way || is_under_way(import);
  }
  if (fields.sections.empty()) fields.sections["NONE"] = {Fields{}};
  if (under_way) fields.sections["UNDER_WAY"] = {Fields{}};
  return refreshing(page(call, "imports", "My imports", std::move(fields)), under_way);
}

void put_skipped(Fields& fields, const storage::ImportRow& import) {
  for (const auto& skipped : import.skipped)
    fields.sections["SKIPPED"].push_back(row({{"ROW", std::to_string(skipped.row)}, {"WHY", skipped.why}}));
  const auto more = import.skipped_count - static_cast<std::int64_t>(import.skipped.size());
  if (more > 0) fields.sections["MORE_SKIPPED"] = {row({{"COUNT", std::to_string(more)}})};
}

void put_facts(Fields& fields, const storage::ImportRow& import) {
  if (import.format.empty()) return;
  const auto fact = [&](const char* label, std::int64_t count) {
    fields.sections["FACTS"].push_back(row({{"LABEL", label}, {"COUNT", std::to_string(count)}}));
  };
  fact("People in the file", import.total);
  fact("New", import.report.added);
  fact("Added to", import.report.merged);
  fact("As they were", import.report.unchanged);
  if (import.gone > 0) fact("No longer named", import.gone);
  fact("Skipped", import.skipped_count);
  if (import.hidden > 0) fact("Hide themselves", import.hidden);
}

std::string contacts_text(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " contact" : " contacts");
}

// A newer file of a list has taken something away, or only looks as if it had.
std::string missing_text(const storage::ImportRow& import) {
  std::string text;
  if (import.gone > 0)
    text =
        "This file does not name " + contacts_text(import.gone) +
        " of your earlier file of this list: what was known of them from there alone is gone. If it is only "
        "a part of the list, remove what it brought within 30 days, and they are back. ";
  if (import.left_alone > 0)
    text += contacts_text(import.left_alone) +
            " of other files of this kind stay, though this one does not name them: it names too few of "
            "theirs to be the newer edition: they "
            "stay. What is out of date can be removed on the page of its own file.";
  return text;
}

std::optional<storage::ImportRow> find_import(const Call& call) {
  const auto id = call.parts.size() == 3 ? number_in(call.parts[2]) : std::nullopt;
  if (!id) return std::nullopt;
  return storage::find_import(call.desk.db, call.member->person.id, storage::ImportId{*id});
}

HttpResponse no_such_import(const Call& call) {
  return message(call, 404, "This is none of your imports", "Perhaps the address was cut off.", "");
}

HttpResponse report(const Call& call) {
  const auto import = find_import(call);
  if (!import) return no_such_import(call);
  Fields fields = import_row(*import);
  fields.values["FORMAT"] = import->format;
  fields.values["NONCE"] = member_nonce(call);
  fields.values["HINT"] = import->hint;
  put_facts(fields, *import);
  fields.values["MISSING"] = import->state == storage::ImportState::done ? missing_text(*import) : "";
  put_skipped(fields, *import);
  const bool can_undo = import->state == storage::ImportState::done || is_under_way(*import);
  if (can_undo) fields.sections["UNDO"] = {Fields{}};
  if (is_under_way(*import)) fields.sections["UNDER_WAY"] = {Fields{}};
  return refreshing(page(call, "import", file_name(*import), std::move(fields)), is_under_way(*import));
}

HttpResponse undo(const Call& call) {
  const auto import = find_import(call);
  if (!import) return no_such_import(call);
  storage::undo_import(call.desk.db, call.member->person.id, import->id, call.desk.now);
  call.desk.wake();
  return see_other(url_of(*import));
}

HttpResponse nothing_taken(const Call& call, int status, const std::string& what, const std::string& hint) {
  Fields fields = row({{"MESSAGE", what}, {"HINT", hint}});
  fields.sections["LINKS"] = {row({{"URL", "/contacts"}, {"LABEL", "Back to my contacts"}})};
  return page(call, "message", "Nothing was read", std::move(fields), status);
}

HttpResponse take_files(const Call& call) {
  const auto upload = read_multipart(call.request);
  if (!upload) return nothing_taken(call, 400, upload.error().what, upload.error().hint);
  const auto& files = upload.value().files;
  if (files.empty()) return nothing_taken(call, 422, "No file was chosen.", "Choose one or several.");
  const PersonId me = call.member->person.id;
  const auto waiting = storage::count_unfinished_imports(call.desk.db, me);
  if (waiting + static_cast<std::int64_t>(files.size()) > most_waiting)
    return nothing_taken(call, 429, "Too many of your files are still waiting.",
                         "Come back when they have been read.");
  for (const UploadedFile& file : files) {
    storage::ImportRow import;
    import.id = storage::ImportId{call.desk.new_id()};
    import.owner = me;
    import.file_name = file.name;
    import.created_at = call.desk.now;
    storage::add_import(call.desk.db, import, file.content);
  }
  call.desk.wake();
  return see_other("/contacts/imports");
}

}  // namespace

bool is_upload(const HttpRequest& request) {
  return request.method == "POST" &&
         path_parts(request.path) == std::vector<std::string>{"contacts", "imports"};
}

std::optional<HttpResponse> refuse_upload(const HttpRequest& request, Desk& desk) {
  const auto member = find_member(request, desk);
  if (is_upload(request) && member && member->person.member) return std::nullopt;
  HttpResponse out;
  out.status = 403;
  out.content_type = "text/plain; charset=utf-8";
  out.body = "Sign in first, then send the file again.\n";
  return out;
}

HttpResponse show_imports(const Call& call) {
  return call.parts.size() == 2 ? import_list(call) : report(call);
}

HttpResponse post_imports(const Call& call) { return call.parts.size() == 2 ? take_files(call) : undo(call); }

}  // namespace tertius::web
