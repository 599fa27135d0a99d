#include "daemon/book_reading.hpp"

#include "contacts/carddav.hpp"
#include "mail/http_fetch.hpp"
#include "web/address_books.hpp"

namespace tertius::daemon {
namespace {

// libcurl's words end as they like.
std::string with_stop(std::string text) {
  if (!text.empty() && !text.ends_with('.')) text += '.';
  return text;
}

contacts::DavReply reply_of(mail::Fetched fetched) {
  contacts::DavReply reply{fetched.status, std::move(fetched.body), std::move(fetched.location), {}};
  if (reply.status != 0) return reply;
  reply.trouble = {"The server does not answer: " + with_stop(fetched.what),
                   "Is the address right, and the server running?"};
  if (fetched.is_untrusted)
    reply.trouble = {"The server's certificate is not trusted: " + with_stop(fetched.what),
                     "Nothing was sent, the password neither. Is the address right? If so, whoever runs the "
                     "server has to mend it."};
  return reply;
}

contacts::DavFetch fetch_by(mail::HttpFetcher& fetcher) {
  return [&fetcher](const contacts::DavRequest& request) {
    return reply_of(
        fetcher.fetch({request.method,
                       request.url,
                       {"Depth: " + std::to_string(request.depth),
                        "Content-Type: application/xml; charset=utf-8", "Accept: application/xml, text/xml"},
                       request.body}));
  };
}

storage::SyncedBook synced(contacts::BookNews news) {
  storage::SyncedBook out{
      std::move(news.name), std::move(news.collection), std::move(news.sync_token), std::move(news.ctag), {},
      std::move(news.gone)};
  for (contacts::BookCard& card : news.changed)
    out.changed.push_back({std::move(card.href), std::move(card.etag), std::move(card.card)});
  return out;
}

}  // namespace

Result<storage::SyncedBook> read_linked_book(const BookReading& reading, const BookReadingSettings& settings,
                                             std::function<bool()> is_given_up) {
  const storage::LinkedBook& book = reading.book;
  const auto password = web::password_of(book, settings.keys);
  if (!password)
    return Failure{"The password cannot be read any more, because the link key has changed.",
                   "Unlink the address book and link it again."};
  mail::FetchSettings fetching;
  fetching.user_agent = settings.user_agent;
  fetching.user = book.user_name;
  fetching.password = *password;
  fetching.allow_private = settings.allow_private;
  fetching.ca_file = settings.ca_file;
  fetching.is_given_up = std::move(is_given_up);
  mail::HttpFetcher fetcher(std::move(fetching));
  auto news = contacts::sync_book(
      {book.url, book.name, book.collection, book.sync_token, book.ctag, reading.etags}, fetch_by(fetcher));
  if (!news) return news.error();
  return synced(std::move(news.value()));
}

}  // namespace tertius::daemon
