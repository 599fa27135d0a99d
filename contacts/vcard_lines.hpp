#pragma once
// A vCard file as its properties: folded lines joined (RFC 6350 3.2, and the soft line breaks of 2.1),
// groups, parameters and encodings undone, values as UTF-8. Total, linear time. The views point into the
// file.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertius::contacts {

struct CardProperty {
  std::string name;                     // upper case, without its group: "EMAIL"
  std::vector<std::string> parameters;  // upper case: "TYPE=WORK", "PREF=1", and 2.1's bare "PREF"
  std::string value;                    // decoded; escapes are still there
  bool readable = true;                 // false: a charset that we do not read, or binary
};

// Takes properties off the front of the text, one by one.
class CardReader {
 public:
  explicit CardReader(std::string_view text) : rest_(text) {}
  // False at the end. A line without a colon comes back with an empty name.
  bool next(CardProperty& property);

 private:
  std::string_view take_line();
  std::string take_folded();
  std::string_view rest_;
};

// Parts of a structured value at unescaped semicolons, escapes undone: "Goodman;Gail" -> Goodman, Gail.
std::vector<std::string> split_value(std::string_view value, char separator = ';');
std::string unescape(std::string_view value);

}  // namespace tertius::contacts
