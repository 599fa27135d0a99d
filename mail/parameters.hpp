#pragma once
// Fields of the form `value; name=value; name="value"`: Content-Type and Content-Disposition (RFC 2045 5.1),
// with comments, RFC 2231 continuations and charsets, and what clients write instead (RFC 2047 words in
// quotes, bare blanks, missing quotes). Never fails; what makes no sense is skipped. Linear time.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertius::mail {

struct ParameterField {
  std::string value;                                            // lower case: "multipart/mixed", "attachment"
  std::vector<std::pair<std::string, std::string>> parameters;  // names in lower case, as written, in order
};

ParameterField read_parameters(std::string_view field);

// As written between the quotes; empty if absent. For boundaries, which are octets and nothing else.
std::string_view find_parameter(const ParameterField& field, std::string_view name);
// Put together from its RFC 2231 pieces and decoded to UTF-8; empty if absent.
std::string decoded_parameter(const ParameterField& field, std::string_view name);

}  // namespace tertius::mail
