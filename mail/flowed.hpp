#pragma once
// format=flowed (RFC 3676): soft line ends undone, space-stuffing removed. Quoted paragraphs keep one "> "
// per level. Text in and out has LF line ends. Linear time.

#include <string>
#include <string_view>

namespace tertius::mail {

std::string unflow(std::string_view text, bool delete_space);

}  // namespace tertius::mail
