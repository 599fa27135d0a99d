#include "mail/mime_parts.hpp"

#include <mimetic/mimetic.h>

#include <algorithm>
#include <exception>
#include <map>

#include "mail/ascii.hpp"
#include "mail/header_block.hpp"

namespace tertius::mail {
namespace {

// mimetic 0.9.8 offers two searches for the next boundary: the one for pointers finds it in mid-line too, the
// one for streams takes any line that begins with it ("--b" ends at "--bb") and is four times slower; both
// lose what follows an unclosed inner multipart, and take `boundary="a;b"` for "a". The search is virtual:
// this is a third one, anchored, exact (RFC 2046 5.1.1), and without copies. The walk around it is mimetic's.
class Walk : public mimetic::IteratorParser<const char*, std::input_iterator_tag> {
  using Base = mimetic::IteratorParser<const char*, std::input_iterator_tag>;

 public:
  Walk(mimetic::MimeEntity& root, std::string_view letter, const ReadLimits& limits)
      : Base(root), letter_(letter), block_begin_(letter.data()), limits_(limits) {}

  // Before mimetic reads the header at `at`: false, and `unreadable`, where that passes a limit.
  bool allows_next_part(const char* at);

  struct Place {
    std::string_view header;  // as written
    std::string_view body;    // of a leaf
    const char* end = nullptr;
    bool has_boundary = false;
  };
  // Absent for an entity that holds a message: its content is that message.
  const Place* find_place(const mimetic::MimeEntity& entity) const {
    const auto found = places_.find(&entity);
    return found == places_.end() ? nullptr : &found->second;
  }
  const std::string& unreadable() const { return unreadable_; }

 protected:
  void copy_until_boundary(mimetic::ParsingElem element) override;

 private:
  struct Delimiter {
    const char* line = nullptr;  // where its line begins; the end of the letter where there is none
    const char* next = nullptr;  // behind its line
    std::size_t level = 0;       // 0 is the innermost open multipart
    bool closes = false;
    bool found = false;
  };
  const char* end() const { return letter_.data() + letter_.size(); }
  std::string_view between(const char* from, const char* to) const {
    return {from, static_cast<std::size_t>(std::max(to, from) - from)};
  }
  std::string_view own_header(const char* body) const;
  Delimiter match(const char* line, const char* line_end, const char* next) const;
  Delimiter find_delimiter(const char* from) const;
  void open_multipart(Place& place);
  void refuse(std::string_view what, std::size_t limit) {
    unreadable_ = "more " + std::string(what) + " than " + std::to_string(limit);
  }

  std::string_view letter_;
  const char* block_begin_;  // no header before this is the current entity's
  const ReadLimits& limits_;
  std::size_t parts_ = 0, fields_ = 0;
  std::map<const mimetic::MimeEntity*, Place> places_;
  std::string unreadable_;
};

std::size_t count_fields(std::string_view block) {
  std::size_t fields = block.empty() || is_blank(block.front()) ? 0 : 1;
  for (std::size_t at = block.find('\n'); at != block.npos; at = block.find('\n', at + 1)) {
    if (at + 1 < block.size() && !is_blank(block[at + 1])) ++fields;
  }
  return fields;
}

// The lines between the last empty line before `body` (the part's own end of header apart) and `body`.
std::string_view Walk::own_header(const char* body) const {
  std::string_view block = between(block_begin_, body);
  for (int line_ends = 0; line_ends < 2; ++line_ends) {
    if (block.ends_with('\n')) block.remove_suffix(1);
    if (block.ends_with('\r')) block.remove_suffix(1);
  }
  const std::size_t lf = block.rfind("\n\n"), crlf = block.rfind("\n\r\n");
  std::size_t begin = 0;
  if (lf != block.npos) begin = lf + 2;
  if (crlf != block.npos) begin = std::max(begin, crlf + 3);
  return block.substr(begin);
}

Walk::Delimiter Walk::match(const char* line, const char* line_end, const char* next) const {
  std::string_view text = between(line, line_end);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);  // transport padding
  std::size_t level = 0;
  for (const std::string& boundary : m_boundaryList) {
    if (text.starts_with(boundary)) {
      const std::string_view rest = text.substr(boundary.size());
      if (rest.empty() || rest == "--") return {line, next, level, !rest.empty(), true};
    }
    ++level;
  }
  return {};
}

Walk::Delimiter Walk::find_delimiter(const char* from) const {
  for (const char* line = from; line < end();) {
    const std::size_t length = between(line, end()).find('\n');
    const char* line_end = length == std::string_view::npos ? end() : line + length;
    const char* next = line_end == end() ? end() : line_end + 1;
    if (*line == '-' && line + 1 < line_end && line[1] == '-') {
      const Delimiter found = match(line, line_end, next);
      if (found.found) return found;
    }
    line = next;
  }
  return {end(), end(), 0, false, false};
}

// mimetic has pushed what it takes for the boundary; ours takes its place. Without one there is nothing to
// find, and the part is text (an empty boundary would match every "--").
void Walk::open_multipart(Place& place) {
  const ParameterField type = read_parameters(find_field(read_header_block(place.header), "content-type"));
  std::string boundary(find_parameter(type, "boundary"));
  boundary.resize(boundary.find_last_not_of(" \t") + 1);
  place.has_boundary = !boundary.empty();
  m_boundaryList.front() = place.has_boundary ? "--" + boundary : std::string("\n");
}

// mimetic grows a field's value by 128 octets at a time, copying all of it: a header of megabytes would take
// hours; and a field of six octets costs it two hundred. Below a message/rfc822 the next header follows
// without a boundary, so as many blocks are looked at as may follow.
bool Walk::allows_next_part(const char* at) {
  if (m_entityStack.size() > limits_.depth) refuse("levels of parts", limits_.depth);
  if (++parts_ > limits_.parts) refuse("parts", limits_.parts);
  for (std::string_view rest = between(at, end()); unreadable_.empty() && !rest.empty();) {
    const std::size_t length = header_block_length(rest.substr(0, limits_.header_bytes + 1));
    if (length > limits_.header_bytes) refuse("octets in a part's header", limits_.header_bytes);
    const std::string block = lower(rest.substr(0, std::min(length, limits_.header_bytes)));
    fields_ += count_fields(block);
    if (fields_ > limits_.header_fields) refuse("fields of header", limits_.header_fields);
    if (block.find("message/") == block.npos) break;
    rest.remove_prefix(length);
  }
  return unreadable_.empty();
}

void Walk::copy_until_boundary(mimetic::ParsingElem element) {
  const mimetic::MimeEntity* entity = m_entityStack.top();
  const bool first = places_.find(entity) == places_.end();
  Place& place = places_[entity];
  // A line that is no field ends the header block; mimetic has put its beginning into the body already.
  const char* begin = m_bit;
  if (first) {
    begin -= std::min(entity->body().size(), static_cast<std::size_t>(m_bit - block_begin_));
    place.header = own_header(begin);
  }
  if (element == pePreamble) open_multipart(place);
  const Delimiter found = find_delimiter(begin);
  const char* body_end = found.line;
  if (found.found && body_end > begin) --body_end;  // the line end before it belongs to the boundary
  if (found.found && body_end > begin && body_end[-1] == '\r') --body_end;
  if (first) place.body = between(begin, body_end);
  place.end = body_end;
  m_bit = block_begin_ = found.next;
  if (!found.found) {
    m_lastBoundary = NoBoundary;
  } else if (found.level > 0) {
    // An outer boundary closes all that is open within. mimetic would drop the siblings that follow; told
    // that the inner one is closed, and given the same line again, it finds each level in its turn.
    m_lastBoundary = ClosingBoundary;
    m_bit = found.line;
  } else {
    m_lastBoundary = found.closes ? ClosingBoundary : Boundary;
  }
  if (m_lastBoundary == Boundary && !allows_next_part(m_bit)) {
    m_lastBoundary = NoBoundary;
    m_bit = end();
  }
}

// Only name() and value(): every typed accessor but the three const ones of Content-* throws on input as
// plain as "To: :" and crashes later, in its destructor.
std::vector<HeaderField> fields_of(const mimetic::MimeEntity& entity, std::string_view raw_header) {
  std::vector<HeaderField> fields;
  fields.reserve(entity.header().size());
  for (const mimetic::Field& field : entity.header()) {
    fields.push_back({std::string(field.name().data(), field.name().size()), field.value()});
  }
  // mimetic has parsed this one to know where to walk, and gives it back rewritten.
  const auto type = std::find_if(fields.begin(), fields.end(), [](const auto& field) {
    return equals_ignoring_case(field.name, "content-type");
  });
  if (type != fields.end() && !raw_header.empty()) {
    const auto raw = read_header_block(raw_header);
    if (const auto value = find_field(raw, type->name); !value.empty()) type->value = value;
  }
  return fields;
}

Part make_part(const mimetic::MimeEntity& entity, const Walk& walk,
               std::string_view default_type = "text/plain") {
  const Walk::Place* place = walk.find_place(entity);
  Part part;
  part.headers = fields_of(entity, place == nullptr ? std::string_view{} : place->header);
  part.content_type = read_parameters(find_field(part.headers, "content-type"));
  if (place != nullptr) part.body = place->body;
  // What stands in a digest is a message unless it says otherwise (RFC 2046 5.1.5).
  const std::string_view inner_type =
      part.content_type.value == "multipart/digest" ? "message/rfc822" : "text/plain";
  for (const mimetic::MimeEntity* child : entity.body().parts()) {
    part.parts.push_back(make_part(*child, walk, inner_type));
  }
  const bool multipart = part.content_type.value.starts_with("multipart/");
  const bool text = multipart && part.parts.empty() && (place == nullptr || !place->has_boundary);
  if (part.content_type.value.empty()) part.content_type.value = default_type;
  if (text || part.content_type.value.find('/') == std::string::npos) part.content_type.value = "text/plain";
  if (place == nullptr && part.parts.size() == 1) {
    const Walk::Place* inner = walk.find_place(*entity.body().parts().front());
    if (inner != nullptr && inner->end != nullptr) {
      part.body = {inner->header.data(), static_cast<std::size_t>(inner->end - inner->header.data())};
    }
  }
  return part;
}

}  // namespace

PartTree read_parts(std::string_view letter, const ReadLimits& limits) {
  PartTree tree;
  // The constructor that parses leaks when it throws.
  mimetic::MimeEntity entity;
  Walk walk(entity, letter, limits);
  try {
    if (walk.allows_next_part(letter.data())) walk.run(letter.data(), letter.data() + letter.size());
  } catch (const std::exception& failure) {
    tree.unreadable = std::string("mimetic: ") + failure.what();
  }
  if (tree.unreadable.empty()) tree.unreadable = walk.unreadable();
  tree.root = make_part(entity, walk);
  return tree;
}

}  // namespace tertius::mail
