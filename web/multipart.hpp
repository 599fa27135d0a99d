#pragma once
// multipart/form-data (RFC 7578), as browsers send forms with files. Total, in linear time; what is no such
// body is a Failure, never half a form. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/result.hpp"
#include "web/http.hpp"

namespace tertius::web {

struct UploadedFile {
  std::string field;
  std::string name;          // for showing; "" where the browser gave none
  std::string_view content;  // points into the request's body
};

struct Multipart {
  Form fields;
  std::vector<UploadedFile> files;  // a file input that was left empty is none
};

inline constexpr std::size_t most_parts = 100;

// A part as it came, octet for octet; the content points into the request's body.
struct FormPart {
  std::string name;
  std::optional<std::string> file_name;  // none: a field
  std::string_view content;
};

bool is_multipart(const HttpRequest& request);
Result<std::vector<FormPart>> read_form_parts(const HttpRequest& request);
Result<Multipart> read_multipart(const HttpRequest& request);

// A stranger's file name as a word to show: without folders, control characters and marks that turn the
// direction of writing, and not too long. Nothing is ever opened by it.
std::string shown_file_name(std::string_view name);

}  // namespace tertius::web
