#pragma once
// A ZIP archive from strangers (PKWARE APPNOTE 6.3), held in memory: what is in it, and one file of it.
// Nothing is unpacked to a disk, so that a name is a name and never a path. A bomb is measured before it goes
// off: no more octets come out than are allowed, however many are claimed, and an archive in an archive is
// not opened. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "broker/result.hpp"

namespace tertius::contacts {

struct ZipEntry {
  std::string name;          // as the archive has it, any octets
  std::uint16_t flags = 0;   // bit 0: encrypted
  std::uint16_t method = 0;  // 0 stored, 8 deflated
  std::uint32_t crc = 0;
  std::uint32_t packed_bytes = 0, bytes = 0;
  std::uint32_t header_at = 0;  // of its local header
};

struct ZipLimits {
  std::size_t entries = 10'000;
  std::size_t bytes = 64'000'000;  // of one file, unpacked
  std::size_t ratio = 200;         // unpacked to packed; contact lists come to 20
};

bool is_zip(std::string_view bytes);

// Fails for archives that are cut off, in several volumes, in the 64-bit form, or with too many entries.
Result<std::vector<ZipEntry>> list_zip(std::string_view bytes, const ZipLimits& limits = {});
// Fails for a file that is encrypted, packed by a method other than deflate, damaged, or over the limits.
Result<std::string> read_zip_entry(std::string_view bytes, const ZipEntry& entry,
                                   const ZipLimits& limits = {});

// "Connections.csv" of "a/b\\Connections.csv".
std::string_view base_name(std::string_view name);

}  // namespace tertius::contacts
