#pragma once
// One command line of an SMTP-like client, taken apart (RFC 5321 4.1.1, 4.1.2). Strangers write it; what does
// not parse comes back empty.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertius::mail {

struct CommandLine {
  std::string verb;           // upper case
  std::string_view argument;  // without surrounding spaces
};

CommandLine split_command(std::string_view line);

struct Parameter {
  std::string keyword;  // upper case
  std::string value;
};

// Whether `address` is taken for a sender: the null reverse-path (RFC 5321 4.5.5), or an address, though it
// be an odd one.
bool is_reverse_path(std::string_view address);

struct Path {
  std::string address;  // empty for "<>"; a source route is dropped (RFC 5321 appendix C)
  std::vector<Parameter> parameters;
};

// `keyword` is "FROM:" or "TO:". Only "<...>" is taken: the address parses, or is empty, or "postmaster".
std::optional<Path> find_path(std::string_view argument, std::string_view keyword);

}  // namespace tertius::mail
