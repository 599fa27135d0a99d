#include "daemon/import_loop.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "contacts/read_contacts.hpp"
#include "daemon/log.hpp"
#include "storage/gone.hpp"
#include "storage/my_contacts.hpp"

namespace tertius::daemon {

namespace {

namespace asio = boost::asio;

constexpr std::size_t rows_at_once = 500;
constexpr int people_at_once = 500;
// A lease that another daemon let run out is seen this late.
constexpr std::chrono::seconds longest_idle{30};

Result<ContactFile> read_file(const storage::ImportRow& row, const std::string& content) {
  try {
    // The last card of a linked address book may be gone.
    if (row.book && content.empty()) return ContactFile{.format = "vCard", .contacts = {}, .skipped = {}};
    return contacts::read_contacts(content);
  } catch (const std::exception&) {
    log_failure("reading a contact file", std::current_exception());
    return Failure{"The file could not be read.", "Export it again, and try once more."};
  }
}

template <class T>
bool has_failed(const Answer_of<T>& answer, std::string_view what) {
  const auto* error = std::get_if<std::exception_ptr>(&answer);
  if (error) log_failure(what, *error);
  return error != nullptr;
}

}  // namespace

struct ImportLoop::Work {
  storage::ImportRow row;
  std::string content;
  Result<ContactFile> file = Failure{};
  storage::ImportMemory memory = {};
};

ImportLoop::ImportLoop(asio::io_context& io, DatabaseThread& database)
    : io_(io), database_(database), timer_(io) {}

ImportLoop::~ImportLoop() { reader_.join(); }

void ImportLoop::poke() {
  poked_ = true;
  claim();
}

void ImportLoop::stop() {
  stopped_ = true;
  timer_.cancel();
}

void ImportLoop::claim() {
  if (stopped_ || busy_) return;
  busy_ = true;
  poked_ = false;
  using Claimed = std::shared_ptr<Work>;
  database_.run<Claimed>(
      [](Engine& engine) -> Claimed {
        const auto row = storage::claim_import(engine.db, engine.now());
        if (!row) return nullptr;
        return std::make_shared<Work>(Work{*row, storage::load_import_file(engine.db, row->id)});
      },
      [this](auto answer) {
        if (has_failed(answer, "looking for files to import")) return sleep();
        auto& work = std::get<Claimed>(answer);
        work ? read(std::move(work)) : forget_some();
      });
}

void ImportLoop::read(std::shared_ptr<Work> work) {
  asio::post(reader_, [this, work = std::move(work)] {
    work->file = read_file(work->row, work->content);
    work->content = {};
    asio::post(io_, [this, work] { begin(work); });
  });
}

void ImportLoop::begin(const std::shared_ptr<Work>& work) {
  if (stopped_) return;
  database_.run<bool>(
      [work](Engine& engine) {
        if (!work->file)
          storage::fail_import(engine.db, work->row.id, work->file.error(), engine.now());
        else
          storage::begin_import(engine.db, work->row.id, work->file.value());
        return work->file.has_value();
      },
      [this, work](auto answer) {
        if (has_failed(answer, "beginning an import")) return sleep();
        std::get<bool>(answer) ? import_more(work) : forget_some();
      });
}

void ImportLoop::import_more(const std::shared_ptr<Work>& work) {
  if (stopped_) return;
  using Slice = std::pair<bool, storage::ImportMemory>;
  database_.run<Slice>(
      [work](Engine& engine) {
        // What a slice that is rolled back has learnt is not so, and that is known once it is committed.
        Slice out{false, work->memory};
        const auto row = storage::import_slice(engine.db, work->row.id, work->file.value(), rows_at_once,
                                               out.second, engine.now(), engine.settings.ids);
        out.first = row && row->state == storage::ImportState::running;
        return out;
      },
      [this, work](auto answer) {
        if (has_failed(answer, "importing contacts")) return sleep();
        auto& [is_running, memory] = std::get<Slice>(answer);
        work->memory = std::move(memory);
        is_running ? import_more(work) : forget_some();
      });
}

void ImportLoop::forget_some() {
  if (stopped_) return;
  database_.run<std::int64_t>(
      [](Engine& engine) {
        storage::keep_gone_since(engine.db, engine.now() - storage::gone_can_return);
        return storage::forget_unneeded(engine.db, people_at_once);
      },
      [this](auto answer) {
        if (has_failed(answer, "forgetting contacts")) return sleep();
        busy_ = false;
        std::get<std::int64_t>(answer) > 0 || poked_ ? claim() : sleep();
      });
}

void ImportLoop::sleep() {
  busy_ = false;
  if (stopped_) return;
  timer_.expires_after(longest_idle);
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) claim();
  });
}

}  // namespace tertius::daemon
