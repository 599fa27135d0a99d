#pragma once
// An address book on a server, by CardDAV (RFC 6352): found from what its owner typed (RFC 6764), and asked
// for what has changed (RFC 6578; by getctag and etags where the server has no sync-token). Speaks through
// `fetch`, which does the dialling; the login goes nowhere but to the server that was typed. Pure.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "broker/result.hpp"

namespace tertius::contacts {

struct DavRequest {
  std::string method, url;
  int depth = 0;
  std::string body;
};
struct DavReply {
  int status = 0;
  std::string body;
  std::string location;  // of a redirect, absolute
  Failure trouble = {};  // why there is no reply, where `status` is 0
};
using DavFetch = std::function<DavReply(const DavRequest&)>;

// What is known of the book so far; all but `url` is empty at the first time.
struct KnownBook {
  std::string url;  // as typed
  std::string name, collection, sync_token, ctag;
  std::map<std::string, std::string> etags;  // by href
};

struct BookCard {
  std::string href, etag, card;  // a vCard without its pictures
};
struct BookNews {
  std::string name, collection, sync_token, ctag;
  std::vector<BookCard> changed;
  std::vector<std::string> gone;  // hrefs
};

inline constexpr std::size_t most_cards = 50'000;

Result<BookNews> sync_book(const KnownBook& known, const DavFetch& fetch);

}  // namespace tertius::contacts
