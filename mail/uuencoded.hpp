#pragma once
// Files that stand uuencoded within a text ("begin 644 name" ... "end"): what mail programs sent before MIME,
// and some scanners, cron jobs and Outlook's plain text still do. Linear time.

#include <cstddef>
#include <string>
#include <vector>

namespace tertius::mail {

struct UuencodedFile {
  std::string name;
  std::size_t size = 0;  // decoded
};

// Cuts whole files out of `text` (LF line ends) and tells of them. What only begins like one stays text: it
// may be what somebody wrote.
std::vector<UuencodedFile> take_uuencoded(std::string& text);

}  // namespace tertius::mail
