// A member's contact file, whatever it is.
#include "contacts/read_contacts.hpp"

#include <algorithm>

#include "contacts/zip_file.hpp"

#include "tests/fuzz/contact_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

// What an archive of this size may come to, by the reader's own limits.
std::size_t most_unpacked(std::size_t bytes) {
  const tertius::contacts::ZipLimits limits;
  return std::min(limits.bytes, std::max(std::size_t{1} << 20, bytes * limits.ratio));
}

}  // namespace

void contacts(std::string_view bytes) {
  const bool is_packed = tertius::contacts::is_zip(bytes);
  require_file(tertius::contacts::read_contacts(bytes),
               is_packed ? most_unpacked(bytes.size()) : bytes.size());
}

}  // namespace tertius::fuzz
