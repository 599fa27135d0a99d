#include "tests/support/contacts/zip_writer.hpp"

#include <zlib.h>

#include <stdexcept>

namespace tertius::contacts {

namespace {

std::string deflated(const std::string& text) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("no deflate");
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// What local and central header have in common: flags to the length of the extra field.
std::string middle(const ZipFile& file, const std::string& packed) {
  const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(file.text.data()), file.text.size());
  return number_le(20, 2) + number_le(file.flags, 2) + number_le(file.method, 2) + number_le(0, 4) +
         number_le(crc, 4) + number_le(packed.size(), 4) + number_le(file.text.size(), 4) +
         number_le(file.name.size(), 2) + number_le(0, 2);
}

}  // namespace

std::string number_le(std::uint64_t number, int octets) {
  std::string out;
  for (int i = 0; i < octets; ++i) out += static_cast<char>(number >> (8 * i) & 0xFF);
  return out;
}

std::string zip(const std::vector<ZipFile>& files, const std::string& comment) {
  std::string out, directory;
  for (const ZipFile& file : files) {
    const std::string packed = file.method == 0 ? file.text : deflated(file.text);
    directory += "PK\x01\x02" + number_le(20, 2) + middle(file, packed) + number_le(0, 2) + number_le(0, 2) +
                 number_le(0, 2) + number_le(0, 4) + number_le(out.size(), 4) + file.name;
    out += "PK\x03\x04" + middle(file, packed) + file.name + packed;
  }
  return out + directory + "PK\x05\x06" + number_le(0, 4) + number_le(files.size(), 2) +
         number_le(files.size(), 2) + number_le(directory.size(), 4) + number_le(out.size(), 4) +
         number_le(comment.size(), 2) + comment;
}

}  // namespace tertius::contacts
