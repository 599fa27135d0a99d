// vCards, and their properties one by one.
#include "contacts/vcard.hpp"

#include "contacts/vcard_lines.hpp"
#include "tests/fuzz/contact_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

void vcard(std::string_view bytes) {
  require_file(tertius::contacts::read_vcard(bytes), bytes.size());
  tertius::contacts::CardReader reader(bytes);
  tertius::contacts::CardProperty property;
  std::size_t octets = 0;
  while (reader.next(property)) {
    octets += property.name.size() + property.value.size() + 1;
    for (const char c : property.name) require(c < 'a' || c > 'z', "names of properties are in upper case");
    std::size_t parts = 0;
    for (const auto& part : tertius::contacts::split_value(property.value)) parts += part.size() + 1;
    require(parts <= property.value.size() + 1, "parts are pieces of their value");
  }
  require(octets <= 3 * bytes.size() + 1, "properties are bounded by their file");
}

}  // namespace tertius::fuzz
