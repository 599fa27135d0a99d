#pragma once
// Whether a URL that a stranger has given us may be dialled at an address that its name resolved to. Asked
// just before the socket is opened, so that a name that changes its mind gains nothing. Pure.

#include <string_view>

namespace tertius::mail {

// `address` is a sockaddr of `length` octets. `allow_private`: loopback, http there too, and private
// networks.
bool may_dial(std::string_view url, int family, const void* address, std::size_t length, bool allow_private);

}  // namespace tertius::mail
