#include "tests/support/contacts/load_file.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tertius {

std::string load_file(const std::string& name) {
  std::ifstream file(std::string(TERTIUS_TEST_DATA) + "/contacts/" + name, std::ios::binary);
  if (!file) throw std::runtime_error("no test data: " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace tertius
