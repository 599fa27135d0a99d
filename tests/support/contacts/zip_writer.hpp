#pragma once
// ZIP archives for tests, good ones and such as no program writes.

#include <cstdint>
#include <string>
#include <vector>

namespace tertius::contacts {

struct ZipFile {
  std::string name, text;
  std::uint16_t method = 8;  // 0 stored, 8 deflated; any other is claimed alone
  std::uint16_t flags = 0;
};

std::string zip(const std::vector<ZipFile>& files, const std::string& comment = {});
std::string number_le(std::uint64_t number, int octets);

}  // namespace tertius::contacts
