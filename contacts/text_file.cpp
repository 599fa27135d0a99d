#include "contacts/text_file.hpp"

#include <array>

#include "broker/words.hpp"

namespace tertius::contacts {

namespace {

struct Foreign {
  std::string_view begins;
  std::string_view what;
  std::string_view hint;
};
using namespace std::string_view_literals;
constexpr auto foreign = std::to_array<Foreign>({
    {"PK\x03\x04"sv, "a ZIP archive", "Unpack it and choose Connections.csv or the .vcf file inside."},
    {"\x1F\x8B"sv, "a gzip archive", "Unpack it first."},
    {"%PDF"sv, "a PDF", "Export the contacts as CSV or vCard."},
    {"\xD0\xCF\x11\xE0"sv, "an Excel workbook", "Save it as CSV UTF-8."},
    {"<!DOCTYPE"sv, "a web page", "The download failed, perhaps for want of signing in: try it again."},
    {"<html"sv, "a web page", "The download failed, perhaps for want of signing in: try it again."},
});

}  // namespace

Result<std::string_view> text_of_file(std::string_view bytes) {
  for (const auto& kind : foreign) {
    if (bytes.starts_with(kind.begins))
      return Failure{"The file is " + std::string(kind.what) + ", not a list of contacts.",
                     std::string(kind.hint)};
  }
  if (bytes.find('\0') != std::string_view::npos)
    return Failure{"The file is not text: it has NUL octets.",
                   "Export the contacts as CSV (UTF-8) or vCard."};
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return bytes;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet > 0x20 && octet != 0x7F) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return std::string(trim(out));
}

}  // namespace tertius::contacts
