#include "contacts/multistatus.hpp"

#include <libxml/parser.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>

namespace tertius::contacts {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t longest_value = 64 * 1024;  // of all but a card
constexpr std::size_t most_homes = 16;

constexpr std::string_view dav = "DAV:";
constexpr std::string_view card_dav = "urn:ietf:params:xml:ns:carddav";
constexpr std::string_view calendar_server = "http://calendarserver.org/ns/";

enum class Element {
  other,
  response,
  href,
  propstat,
  status,
  etag,
  card,
  name,
  sync_token,
  ctag,
  principal,
  home,
  resource_type,
  collection,
  address_book,
  valid_sync_token,
};
struct Known {
  std::string_view space, name;
  Element element;
};
constexpr auto known = std::to_array<Known>({
    {dav, "response", Element::response},
    {dav, "href", Element::href},
    {dav, "propstat", Element::propstat},
    {dav, "status", Element::status},
    {dav, "getetag", Element::etag},
    {card_dav, "address-data", Element::card},
    {dav, "displayname", Element::name},
    {dav, "sync-token", Element::sync_token},
    {calendar_server, "getctag", Element::ctag},
    {dav, "current-user-principal", Element::principal},
    {card_dav, "addressbook-home-set", Element::home},
    {dav, "resourcetype", Element::resource_type},
    {dav, "collection", Element::collection},
    {card_dav, "addressbook", Element::address_book},
    {dav, "valid-sync-token", Element::valid_sync_token},
});

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

Element element_of(const xmlChar* space, const xmlChar* name) {
  const auto found = std::ranges::find_if(
      known, [&](const Known& one) { return one.name == view(name) && one.space == view(space); });
  return found == known.end() ? Element::other : found->element;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// "HTTP/1.1 404 Not Found"
int status_in(std::string_view line) {
  const auto space = line.find(' ');
  int status = 0;
  if (space != line.npos) std::from_chars(line.data() + space + 1, line.data() + line.size(), status);
  return status;
}

bool is_good(int status) { return status == 0 || (status >= 200 && status < 300); }

struct Reader {
  Multistatus out;
  std::vector<Element> open;
  std::string text;
  std::optional<DavResource> resource;
  std::optional<DavResource> properties;  // of an open propstat, whose status may come last
  int propstat_status = 0;
  const char* refused = nullptr;
  xmlParserCtxtPtr parser = nullptr;

  void refuse(const char* why) {
    if (refused == nullptr) refused = why;
    xmlStopParser(parser);
  }
  Element parent() const { return open.empty() ? Element::other : open.back(); }
  DavResource* target() { return properties ? &*properties : nullptr; }

  void start(Element element);
  void end();
  void add_text(std::string_view more);
  void take_flag(Element element);
  void take_value(Element element, std::string_view value);
  void take_property(Element element, std::string_view value);
  void end_propstat();
  void end_response();
};

void Reader::start(Element element) {
  if (open.size() >= deepest) return refuse("is nested too deeply");
  if (element == Element::response && !resource) resource.emplace();
  if (element == Element::propstat && resource && !properties) {
    properties.emplace();
    propstat_status = 0;
  }
  take_flag(element);
  open.push_back(element);
  text.clear();
}

void Reader::take_flag(Element element) {
  if (element == Element::valid_sync_token) out.is_token_refused = true;
  if (parent() != Element::resource_type || target() == nullptr) return;
  if (element == Element::address_book) target()->is_address_book = true;
  if (element == Element::collection) target()->is_collection = true;
}

void Reader::add_text(std::string_view more) {
  const std::size_t most = parent() == Element::card ? longest_card : longest_value;
  if (text.size() + more.size() > most) return refuse("has a value that is too long");
  text += more;
}

void Reader::end() {
  if (open.empty()) return;
  const Element element = open.back();
  open.pop_back();
  const std::string value = std::exchange(text, {});
  if (element == Element::propstat) return end_propstat();
  if (element == Element::response) return end_response();
  take_value(element, element == Element::card ? std::string_view(value) : trimmed(value));
}

void Reader::take_value(Element element, std::string_view value) {
  if (target() != nullptr) return take_property(element, value);
  if (element == Element::sync_token && !resource) out.sync_token = value;
  if (!resource || parent() != Element::response) return;
  if (element == Element::href && resource->href.empty()) resource->href = value;
  if (element == Element::status) resource->status = status_in(value);
}

void Reader::take_property(Element element, std::string_view value) {
  DavResource& of = *target();
  switch (element) {
    case Element::status:
      if (parent() == Element::propstat) propstat_status = status_in(value);
      return;
    case Element::href:
      if (parent() == Element::principal) of.principal = value;
      if (parent() == Element::home && of.homes.size() < most_homes) of.homes.emplace_back(value);
      return;
    case Element::etag: of.etag = value; return;
    case Element::card: of.card = value; return;
    case Element::name: of.name = value; return;
    case Element::sync_token: of.sync_token = value; return;
    case Element::ctag: of.ctag = value; return;
    case Element::other:
    case Element::response:
    case Element::propstat:
    case Element::principal:
    case Element::home:
    case Element::resource_type:
    case Element::collection:
    case Element::address_book:
    case Element::valid_sync_token: return;
  }
}

// Properties that are missing, or not for us, come in a propstat of their own.
void Reader::end_propstat() {
  if (!properties || !resource) return;
  DavResource found = std::move(*properties);
  properties.reset();
  if (!is_good(propstat_status)) return;
  for (const auto member : {&DavResource::etag, &DavResource::card, &DavResource::name,
                            &DavResource::sync_token, &DavResource::ctag, &DavResource::principal})
    if (!(found.*member).empty()) (*resource).*member = std::move(found.*member);
  if (!found.homes.empty()) resource->homes = std::move(found.homes);
  resource->is_address_book = resource->is_address_book || found.is_address_book;
  resource->is_collection = resource->is_collection || found.is_collection;
}

void Reader::end_response() {
  if (!resource) return;
  properties.reset();
  if (is_good(resource->status)) resource->status = 0;
  if (!resource->href.empty()) out.resources.push_back(std::move(*resource));
  resource.reset();
  if (out.resources.size() > most_resources) refuse("names too many resources");
}

Reader& reader_of(void* self) { return *static_cast<Reader*>(self); }

void on_start(void* self, const xmlChar* name, const xmlChar*, const xmlChar* space, int, const xmlChar**,
              int, int, const xmlChar**) {
  reader_of(self).start(element_of(space, name));
}
void on_end(void* self, const xmlChar*, const xmlChar*, const xmlChar*) { reader_of(self).end(); }
void on_text(void* self, const xmlChar* text, int length) {
  reader_of(self).add_text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
}
// Entities are declared in a document type alone; a million laughs begin there.
void on_document_type(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
  reader_of(self).refuse("has a document type, which is not read");
}
void on_warning(void*, const char*, ...) {}

xmlSAXHandler handler() {
  xmlSAXHandler sax{};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = on_start;
  sax.endElementNs = on_end;
  sax.characters = on_text;
  sax.cdataBlock = on_text;
  sax.internalSubset = on_document_type;
  sax.warning = on_warning;
  sax.error = on_warning;
  sax.serror = [](void*, auto*) {};  // const or not, by version
  return sax;
}

}  // namespace

Result<Multistatus> read_multistatus(std::string_view xml) {
  constexpr std::size_t piece = 64 * 1024;
  Reader reader;
  xmlSAXHandler sax = handler();
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> parser(
      xmlCreatePushParserCtxt(&sax, &reader, nullptr, 0, nullptr), xmlFreeParserCtxt);
  if (!parser) throw std::bad_alloc();
  // HUGE lifts the limit of 10 MB on one text: a card with a picture. Ours stand above.
  xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_HUGE);
  reader.parser = parser.get();
  int code = 0;
  for (std::size_t at = 0; at < xml.size() && code == 0 && reader.refused == nullptr; at += piece) {
    const auto part = xml.substr(at, piece);
    code = xmlParseChunk(parser.get(), part.data(), static_cast<int>(part.size()), 0);
  }
  if (code == 0 && reader.refused == nullptr) code = xmlParseChunk(parser.get(), "", 0, 1);
  if (reader.refused != nullptr)
    return Failure{"The server's answer " + std::string(reader.refused) + ".", "Is this a CardDAV server?"};
  if (code != 0 || parser->wellFormed == 0)
    return Failure{"The server's answer is no XML.", "Is this a CardDAV server?"};
  return std::move(reader.out);
}

}  // namespace tertius::contacts
