#pragma once
// Mail at rest -> the header of each letter: Maildir with its folders, mbox (RFC 4155), trees of either as
// Thunderbird, Dovecot and mutt keep them, single letters. Bodies are passed over and never kept, so memory
// does not grow with the mail. What is no mail (indexes, pictures) is left out. Failures of the disk are
// Failures with the file's name; strangers write the bytes.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "broker/result.hpp"

namespace tertius::mail {

// As much of a header as is looked at; the rest of a longer one is passed over.
inline constexpr std::size_t most_header_octets = 65'536;

// In order of path. Fails where `path` is not there; links to folders are not followed.
Result<std::vector<std::filesystem::path>> find_stored_mail(const std::filesystem::path& path);

enum class StoredAs { mbox, letter, nothing };

// Calls visit() with the header of each letter in the file, without the empty line behind it.
Result<StoredAs> visit_headers(const std::filesystem::path& file,
                               const std::function<void(std::string_view header)>& visit);

}  // namespace tertius::mail
