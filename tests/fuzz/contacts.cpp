// A member's contact file, whatever it is.
#include "contacts/read_contacts.hpp"

#include "contacts/zip_file.hpp"

#include "tests/fuzz/contact_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

void contacts(std::string_view bytes) {
  const bool is_packed = tertius::contacts::is_zip(bytes);
  require_file(tertius::contacts::read_contacts(bytes),
               is_packed ? tertius::contacts::ZipLimits{}.bytes : bytes.size());
}

}  // namespace tertius::fuzz
