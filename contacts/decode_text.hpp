#pragma once
// A text file as programs on Windows leave it -> UTF-8: UTF-16 by its byte order mark (Outlook, Excel's
// "Unicode text"), and Windows-1252 where no octet above 127 is part of UTF-8 (Outlook's and old Excel's
// CSV). A file in UTF-8 of which a few octets are broken stays as it is: the rows with them are told. Total,
// pure.

#include <string>
#include <string_view>

namespace tertius::contacts {

std::string decode_text(std::string_view bytes);

}  // namespace tertius::contacts
