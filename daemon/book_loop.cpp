#include "daemon/book_loop.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "daemon/log.hpp"

namespace tertius::daemon {

namespace {

namespace asio = boost::asio;

constexpr int at_once = 4;
constexpr std::chrono::seconds longest_idle{60};
// A server that answers drop by drop keeps one of the threads no longer, and its book's lease lasts.
constexpr std::chrono::minutes longest_look{10};
static_assert(longest_look < storage::book_lease);
constexpr std::chrono::hours soonest_retry{1};  // of a server that is down, or refuses a login

Result<storage::SyncedBook> read_or_fail(const BookReading& reading, const BookReadingSettings& settings,
                                         const std::atomic<bool>& stopped) {
  const auto end = std::chrono::steady_clock::now() + longest_look;
  try {
    return read_linked_book(reading, settings,
                            [&] { return stopped || std::chrono::steady_clock::now() > end; });
  } catch (const std::exception&) {
    log_failure("reading an address book", std::current_exception());
    return Failure{"The address book could not be read.", "We try again later."};
  }
}

}  // namespace

struct BookLoop::Work {
  BookReading reading;
  Result<storage::SyncedBook> found = Failure{};
};

bool save_look(storage::Database& db, const storage::LinkedBook& book,
               const Result<storage::SyncedBook>& found, Time now, std::chrono::hours interval) {
  if (found) return storage::save_synced(db, book.id, found.value(), now, now + interval);
  storage::save_failed_sync(db, book.id, found.error(), now, now + std::min(interval, soonest_retry));
  return false;
}

BookLoop::BookLoop(asio::io_context& io, DatabaseThread& database, BookReadingSettings settings)
    : io_(io), database_(database), settings_(std::move(settings)), timer_(io), readers_(at_once) {}

BookLoop::~BookLoop() {
  stopped_ = true;
  readers_.join();
}

void BookLoop::poke() {
  poked_ = true;
  claim();
}

void BookLoop::stop() {
  stopped_ = true;
  timer_.cancel();
}

void BookLoop::claim() {
  if (stopped_ || claiming_ || being_read_ >= at_once) return;
  claiming_ = true;
  poked_ = false;
  using Claimed = std::shared_ptr<Work>;
  database_.run<Claimed>(
      [](Engine& engine) -> Claimed {
        auto book = storage::claim_book(engine.db, engine.now());
        if (!book) return nullptr;
        auto etags = storage::etags_of(engine.db, book->id);
        return std::make_shared<Work>(Work{{std::move(*book), std::move(etags)}});
      },
      [this](auto answer) {
        claiming_ = false;
        if (const auto* error = std::get_if<std::exception_ptr>(&answer)) {
          log_failure("looking for address books", *error);
          return sleep();
        }
        auto& work = std::get<Claimed>(answer);
        if (!work) return poked_ ? claim() : sleep();
        read(std::move(work));
        claim();
      });
}

void BookLoop::read(std::shared_ptr<Work> work) {
  ++being_read_;
  asio::post(readers_, [this, work = std::move(work), settings = settings_] {
    work->found = read_or_fail(work->reading, settings, stopped_);
    asio::post(io_, [this, work] { save(work); });
  });
}

void BookLoop::save(const std::shared_ptr<Work>& work) {
  --being_read_;
  if (stopped_) return;  // its lease runs out
  const auto& book = work->reading.book;
  log_info("address book",
           "book=" + std::to_string(static_cast<std::int64_t>(book.id)) +
               (work->found ? " changed=" + std::to_string(work->found.value().changed.size()) +
                                  " gone=" + std::to_string(work->found.value().gone.size())
                            : " failed"));
  database_.run<std::monostate>(
      [work](Engine& engine) {
        const auto id = work->reading.book.id;
        if (!save_look(engine.db, work->reading.book, work->found, engine.now(),
                       engine.settings.address_book_interval))
          return std::monostate{};
        const auto book = storage::find_book(engine.db, id);
        storage::import_book(engine.db, *book, storage::ImportId{engine.settings.ids()}, engine.now());
        engine.news = true;
        return std::monostate{};
      },
      [this](auto answer) {
        if (const auto* error = std::get_if<std::exception_ptr>(&answer))
          log_failure("saving an address book", *error);  // its lease runs out
        claim();
      });
}

void BookLoop::sleep() {
  if (stopped_) return;
  timer_.expires_after(longest_idle);
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) claim();
  });
}

}  // namespace tertius::daemon
