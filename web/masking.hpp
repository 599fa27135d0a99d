#pragma once
// Secrets taken out of what is shown to somebody else than whom they were mailed to: the tokens of links and
// reply addresses, and sign-in links. Whoever looks at a mail of somebody's must not press a button of theirs
// by accident. A soft line break of quoted-printable inside a token does not hide it; base64 does, and is
// nothing one presses. Pure.

#include <string>
#include <string_view>

#include "broker/link.hpp"

namespace tertius::web {

inline constexpr std::string_view mask = "[hidden]";

std::string mask_secrets(std::string_view text, const LinkKeys& keys);

}  // namespace tertius::web
