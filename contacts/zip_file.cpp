#include "contacts/zip_file.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace tertius::contacts {

namespace {

using namespace std::string_view_literals;

constexpr auto local_mark = "PK\x03\x04"sv, central_mark = "PK\x01\x02"sv, end_mark = "PK\x05\x06"sv,
               end64_mark = "PK\x06\x07"sv;
constexpr std::size_t local_bytes = 30, central_bytes = 46, end_bytes = 22, longest_comment = 65'535;
constexpr std::uint16_t encrypted = 1 << 0 | 1 << 6 | 1 << 13;
constexpr std::uint16_t stored = 0, deflated = 8;
// What a ratio tells nothing about: a page of equal lines.
constexpr std::size_t harmless_bytes = 1'000'000;

Failure cut_off() {
  return {"The archive is damaged or cut off.",
          "Download it again, or unpack it and choose Connections.csv."};
}

Failure not_read(const std::string& what) {
  return {what, "Unpack the archive, and choose Connections.csv itself."};
}

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}
std::uint16_t short_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(number_at(bytes, at, 2));
}
std::uint32_t long_at(std::string_view bytes, std::size_t at) { return number_at(bytes, at, 4); }

bool has_mark(std::string_view bytes, std::size_t at, std::string_view mark, std::size_t size) {
  return at <= bytes.size() && bytes.size() - at >= size && bytes.substr(at).starts_with(mark);
}

// The last record, behind which a comment may stand; a comment may hold the mark too, and then does not end
// where the file ends.
std::size_t find_end(std::string_view bytes) {
  if (bytes.size() < end_bytes) return bytes.npos;
  const std::size_t last = bytes.size() - end_bytes;
  const std::size_t first = last > longest_comment ? last - longest_comment : 0;
  for (std::size_t at = last + 1; at-- > first;)
    if (has_mark(bytes, at, end_mark, end_bytes) && at + end_bytes + short_at(bytes, at + 20) == bytes.size())
      return at;
  return bytes.npos;
}

struct Directory {
  std::size_t at = 0, count = 0;
};

Result<Directory> find_directory(std::string_view bytes, const ZipLimits& limits) {
  const std::size_t end = find_end(bytes);
  if (end == bytes.npos) return cut_off();
  constexpr std::size_t end64_bytes = 20;
  const bool has_end64 = end >= end64_bytes && has_mark(bytes, end - end64_bytes, end64_mark, end64_bytes);
  if (has_end64 || short_at(bytes, end + 10) == 0xFFFF || long_at(bytes, end + 16) == 0xFFFFFFFF)
    return not_read("The archive is in the 64-bit form of ZIP, which is not read.");
  if (short_at(bytes, end + 4) != 0 || short_at(bytes, end + 6) != 0)
    return not_read("The archive is one of several volumes.");
  const Directory found{long_at(bytes, end + 16), short_at(bytes, end + 10)};
  if (found.count > limits.entries)
    return not_read("The archive holds more than " + std::to_string(limits.entries) + " files.");
  if (found.at > end) return cut_off();
  return found;
}

ZipEntry entry_at(std::string_view bytes, std::size_t at) {
  ZipEntry entry;
  entry.flags = short_at(bytes, at + 8);
  entry.method = short_at(bytes, at + 10);
  entry.crc = long_at(bytes, at + 16);
  entry.packed_bytes = long_at(bytes, at + 20);
  entry.bytes = long_at(bytes, at + 24);
  entry.header_at = long_at(bytes, at + 42);
  entry.name = bytes.substr(at + central_bytes, short_at(bytes, at + 28));
  return entry;
}

// The octets that the entry has in the archive. Its local header has a name and extra field of its own
// length.
Result<std::string_view> packed(std::string_view bytes, const ZipEntry& entry) {
  if (!has_mark(bytes, entry.header_at, local_mark, local_bytes)) return cut_off();
  const std::size_t at = std::size_t{entry.header_at} + local_bytes + short_at(bytes, entry.header_at + 26) +
                         short_at(bytes, entry.header_at + 28);
  if (at > bytes.size() || bytes.size() - at < entry.packed_bytes) return cut_off();
  return bytes.substr(at, entry.packed_bytes);
}

struct Inflater {
  z_stream stream{};
  bool ready = false;

  Inflater() { ready = inflateInit2(&stream, -MAX_WBITS) == Z_OK; }  // raw: ZIP has no zlib header
  ~Inflater() {
    if (ready) inflateEnd(&stream);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
};

Failure too_large(const ZipLimits& limits) {
  return not_read("A file in the archive unpacks to more than " + std::to_string(limits.bytes / 1'000'000) +
                  " MB, or is packed more tightly than a list of contacts can be.");
}

std::size_t most_of(std::string_view in, const ZipLimits& limits) {
  return std::min(limits.bytes, std::max(harmless_bytes, in.size() * limits.ratio));
}

Result<std::string> inflated(std::string_view in, const ZipLimits& limits) {
  Inflater inflater;
  if (!inflater.ready) return not_read("There is not enough memory to unpack the archive.");
  inflater.stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  inflater.stream.avail_in = static_cast<uInt>(in.size());
  std::string out;
  std::array<char, 65'536> piece;
  for (int state = Z_OK; state != Z_STREAM_END;) {
    inflater.stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    inflater.stream.avail_out = static_cast<uInt>(piece.size());
    state = inflate(&inflater.stream, Z_NO_FLUSH);
    if (state != Z_OK && state != Z_STREAM_END) return cut_off();
    out.append(piece.data(), piece.size() - inflater.stream.avail_out);
    if (out.size() > most_of(in, limits)) return too_large(limits);
  }
  return out;
}

bool is_whole(const std::string& text, const ZipEntry& entry) {
  const auto sum = crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size());
  return text.size() == entry.bytes && sum == entry.crc;
}

}  // namespace

bool is_zip(std::string_view bytes) { return bytes.starts_with(local_mark) || bytes.starts_with(end_mark); }

Result<std::vector<ZipEntry>> list_zip(std::string_view bytes, const ZipLimits& limits) {
  const auto directory = find_directory(bytes, limits);
  if (!directory) return directory.error();
  std::vector<ZipEntry> entries;
  std::size_t at = directory.value().at;
  while (entries.size() < directory.value().count) {
    if (!has_mark(bytes, at, central_mark, central_bytes)) return cut_off();
    const std::size_t whole = central_bytes + std::size_t{short_at(bytes, at + 28)} +
                              short_at(bytes, at + 30) + short_at(bytes, at + 32);
    if (bytes.size() - at < whole) return cut_off();
    entries.push_back(entry_at(bytes, at));
    at += whole;
  }
  return entries;
}

Result<std::string> read_zip_entry(std::string_view bytes, const ZipEntry& entry, const ZipLimits& limits) {
  if (entry.flags & encrypted) return not_read("The archive is encrypted.");
  if (entry.packed_bytes == 0xFFFFFFFF || entry.bytes == 0xFFFFFFFF || entry.header_at == 0xFFFFFFFF)
    return not_read("The archive is in the 64-bit form of ZIP, which is not read.");
  if (entry.method != stored && entry.method != deflated)
    return not_read("The archive is packed by a method that is not read (number " +
                    std::to_string(entry.method) + ").");
  if (entry.bytes > limits.bytes) return too_large(limits);
  const auto in = packed(bytes, entry);
  if (!in) return in.error();
  auto text =
      entry.method == stored ? Result<std::string>(std::string(in.value())) : inflated(in.value(), limits);
  if (text && !is_whole(text.value(), entry)) return cut_off();
  return text;
}

std::string_view base_name(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  return slash == name.npos ? name : name.substr(slash + 1);
}

}  // namespace tertius::contacts
