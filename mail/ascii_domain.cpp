#include "mail/ascii_domain.hpp"

#include <idn2.h>

#include <algorithm>
#include <memory>

namespace tertius::mail {

Result<std::string> ascii_domain(const std::string& domain) {
  const bool ascii = std::all_of(domain.begin(), domain.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (ascii && !domain.empty()) return domain;
  if (domain.find('\0') != std::string::npos) return Failure{"a domain contains NUL", {}};
  char* found = nullptr;
  const int status = idn2_to_ascii_8z(domain.c_str(), &found, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, decltype(&idn2_free)> owned(found, &idn2_free);
  if (status != IDN2_OK) return Failure{"not a domain: " + domain + " (" + idn2_strerror(status) + ")", {}};
  return std::string(owned.get());
}

}  // namespace tertius::mail
