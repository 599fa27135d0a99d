#include "web/multipart.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include "broker/utf8.hpp"

namespace tertius::web {

namespace {

constexpr std::size_t longest_boundary = 70;  // RFC 2046 5.1.1
constexpr std::size_t longest_part_header = 8'192;
constexpr std::size_t longest_field = 131'072;  // as of a form without files
constexpr std::size_t longest_shown_name = 100;

const Failure damaged{"The upload did not arrive whole.", "Please choose the files again."};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Takes `a quoted "value"` or a bare one off the front.
std::string take_value(std::string_view& rest) {
  std::string out;
  if (!rest.starts_with('"')) {
    const auto end = std::min(rest.find(';'), rest.size());
    out = trimmed(rest.substr(0, end));
    rest.remove_prefix(end);
    return out;
  }
  rest.remove_prefix(1);
  while (!rest.empty() && rest.front() != '"') {
    // Old Internet Explorers send C:\folder\file: a backslash escapes quotes alone.
    if (rest.starts_with("\\\"")) rest.remove_prefix(1);
    out += rest.front();
    rest.remove_prefix(1);
  }
  rest.remove_prefix(std::min<std::size_t>(1, rest.size()));
  return out;
}

struct Parameters {
  std::string kind;  // "form-data", "multipart/form-data"
  Form values;       // names in lower case
};

Parameters read_parameters(std::string_view header) {
  Parameters out;
  const auto end = std::min(header.find(';'), header.size());
  out.kind = lower(trimmed(header.substr(0, end)));
  header.remove_prefix(end);
  while (header.starts_with(';')) {
    header.remove_prefix(1);
    const auto equals = header.find_first_of("=;");
    if (equals == header.npos || header[equals] == ';') {
      header.remove_prefix(std::min(equals, header.size()));
      continue;
    }
    const std::string name = lower(trimmed(header.substr(0, equals)));
    header.remove_prefix(equals + 1);
    header.remove_prefix(std::min(header.find_first_not_of(" \t"), header.size()));
    out.values.emplace(name, take_value(header));
    header.remove_prefix(std::min(header.find(';'), header.size()));
  }
  return out;
}

Parameters content_type(const HttpRequest& request) {
  const auto found = request.headers.find("content-type");
  return found == request.headers.end() ? Parameters{} : read_parameters(found->second);
}

// The HTML standard escapes these three in names, and no others.
std::string unescaped(std::string_view name) {
  struct Escape {
    std::string_view written;
    char meant;
  };
  constexpr Escape escapes[] = {{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}};
  std::string out;
  while (!name.empty()) {
    const auto* found =
        std::ranges::find_if(escapes, [&](const Escape& e) { return name.starts_with(e.written); });
    const bool is_escape = found != std::end(escapes);
    out += is_escape ? found->meant : name.front();
    name.remove_prefix(is_escape ? found->written.size() : 1);
  }
  return out;
}

std::string disposition_of(std::string_view header) {
  while (!header.empty()) {
    const auto end = std::min(header.find("\r\n"), header.size());
    const std::string_view line = header.substr(0, end);
    header.remove_prefix(std::min(end + 2, header.size()));
    const auto colon = line.find(':');
    if (colon != line.npos && lower(trimmed(line.substr(0, colon))) == "content-disposition")
      return std::string(trimmed(line.substr(colon + 1)));
  }
  return {};
}

// One part, between two boundaries: its header, an empty line, its content.
std::optional<FormPart> read_part(std::string_view part) {
  const auto gap = part.substr(0, longest_part_header).find("\r\n\r\n");
  if (gap == part.npos) return std::nullopt;
  const Parameters disposition = read_parameters(disposition_of(part.substr(0, gap)));
  const std::string name = field(disposition.values, "name");
  if (disposition.kind != "form-data" || name.empty()) return std::nullopt;
  FormPart out{clean_text(unescaped(name)), std::nullopt, part.substr(gap + 4)};
  const auto file = disposition.values.find("filename");
  if (file != disposition.values.end()) out.file_name = unescaped(file->second);
  return out;
}

bool take_part(const FormPart& part, Multipart& out) {
  if (!part.file_name) {
    if (part.content.size() > longest_field) return false;
    out.fields.insert_or_assign(part.name, clean_text(part.content));
  } else if (!part.file_name->empty() || !part.content.empty()) {
    out.files.push_back({part.name, shown_file_name(*part.file_name), part.content});
  }
  return true;
}

// RFC 2046 5.1.1: CRLF before the boundary is its own; spaces may follow it.
bool skip_line_end(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  if (!rest.starts_with("\r\n")) return false;
  rest.remove_prefix(2);
  return true;
}

bool turns_direction(char32_t point) {
  return point == 0x061C || point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069);
}

}  // namespace

bool is_multipart(const HttpRequest& request) { return content_type(request).kind == "multipart/form-data"; }

Result<std::vector<FormPart>> read_form_parts(const HttpRequest& request) {
  const std::string boundary = field(content_type(request).values, "boundary");
  if (boundary.empty() || boundary.size() > longest_boundary) return damaged;
  const std::string mark = "\r\n--" + boundary;
  std::string_view rest = request.body;
  // The first boundary may stand at the very beginning, without the CRLF before it.
  const auto first = rest.starts_with(mark.substr(2)) ? 0 : rest.find(mark);
  if (first == rest.npos) return damaged;
  rest.remove_prefix(first == 0 ? mark.size() - 2 : first + mark.size());
  std::vector<FormPart> out;
  while (!rest.starts_with("--")) {
    if (out.size() >= most_parts)
      return Failure{"These are too many files at once.", "Send them in several goes."};
    if (!skip_line_end(rest)) return damaged;
    const auto end = rest.find(mark);
    auto part = end == rest.npos ? std::nullopt : read_part(rest.substr(0, end));
    if (!part) return damaged;
    out.push_back(std::move(*part));
    rest.remove_prefix(end + mark.size());
  }
  return out;
}

Result<Multipart> read_multipart(const HttpRequest& request) {
  const auto parts = read_form_parts(request);
  if (!parts) return parts.error();
  Multipart out;
  for (const FormPart& part : parts.value()) {
    if (!take_part(part, out)) return damaged;
  }
  return out;
}

std::string shown_file_name(std::string_view name) {
  name.remove_prefix(name.find_last_of("/\\") + 1);  // npos + 1 is 0
  std::string out;
  for (std::string_view rest = name; !rest.empty();) {
    const char32_t point = take_code_point(rest);
    if (point < 0x20 || (point >= 0x7F && point < 0xA0) || turns_direction(point)) continue;
    append_code_point(out, point);
  }
  if (out.size() > longest_shown_name) out = std::string(utf8_prefix(out, longest_shown_name)) + "...";
  return out;
}

}  // namespace tertius::web
