#pragma once
// One conversation with one server: redirects that stay on it are followed, anywhere else nothing is sent,
// for the login is for this server alone. A reply that is none of what was asked for becomes a sentence for
// the address book's owner.

#include <optional>
#include <string>
#include <string_view>

#include "contacts/carddav.hpp"
#include "contacts/multistatus.hpp"

namespace tertius::contacts {

std::string escaped_xml(std::string_view text);

class DavTalk {
 public:
  DavTalk(const std::string& typed_url, const DavFetch& fetch);

  std::string typed;       // the URL that was typed, or empty where it is none
  std::string collection;  // the address book's URL, as soon as it is found

  DavReply send(DavRequest request);
  // What was asked, for replies that are a multistatus alone. `last_url` is where it came from.
  Result<Multistatus> ask(DavRequest request);
  Failure failure(const DavReply& reply) const;
  // Where no other request would do better.
  std::optional<Failure> login_or_network(const DavReply& reply) const;

  std::string last_url;
  std::string absolute(std::string_view href, const std::string& base) const;  // empty: no URL
  // A path by which two spellings of one href are the same.
  std::string href_of(std::string_view href) const;
  bool is_same_place(std::string_view a, std::string_view b) const;

 private:
  const DavFetch& fetch_;
  std::string origin_;
};

}  // namespace tertius::contacts
